"""Order by score, yet mix dramas and artists: what is much alike steps back a little each time.

A greedy choice of the best song less what it repeats, as in maximal marginal relevance (Carbonell & Goldstein
1998), with the drama and the artists as the likeness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.recommend.features import Features, Rows, Scores

REPEATED_DRAMA: Final = 1.0
"""What a song loses for each one of its drama before it, in nats."""

ALIKE: Final = 0.9
"""Share of that loss which is lifted where all the songs given are of one drama."""

REPEATED_ARTIST: Final = 0.3
"""What a song loses for each one of its artist before it, in nats."""


@dataclass(frozen=True, slots=True)
class Mixer:
    """Knows which songs repeat which."""

    drama: Sequence[int]
    artists: Sequence[tuple[int, ...]]

    @classmethod
    def of(cls, features: Features) -> Mixer:
        """Take dramas and artists from the tags."""
        artist = [family == "artist" for family in features.family]
        return cls(
            features.drama.tolist(),
            [tuple(t for t in features.own[row] if artist[t]) for row in range(len(features.songs))],
        )

    def order(
        self,
        rows: Rows,
        scores: Scores,
        count: int,
        *,
        a_drama: int | None = None,
        an_artist: int | None = None,
        taken: Sequence[int] = (),
        given: Sequence[int] = (),
    ) -> list[int]:
        """Pick rows one by one, best first, at most so many of one drama or artist where a limit is given.

        Dramas are mixed less, the more the songs given are of one drama themselves.
        """
        loss = REPEATED_DRAMA * (1 - ALIKE * self._agreement(given))
        dramas: Counter[int] = Counter(self.drama[row] for row in taken)
        artists: Counter[int] = Counter(a for row in taken for a in self.artists[row])
        pool = rows[np.argsort(-scores[rows], kind="stable")].tolist()
        picked: list[int] = []
        while pool and len(picked) < count:
            best, height = -1, -np.inf
            for at, row in enumerate(pool):
                score = float(scores[row])
                if score <= height:
                    break
                if a_drama is not None and dramas[self.drama[row]] >= a_drama:
                    continue
                if an_artist is not None and any(artists[a] >= an_artist for a in self.artists[row]):
                    continue
                score -= loss * dramas[self.drama[row]] + self._heard(row, artists)
                if score > height:
                    best, height = at, score
            if best < 0:
                break
            row = pool.pop(best)
            picked.append(row)
            dramas[self.drama[row]] += 1
            artists.update(self.artists[row])
        return picked

    def _heard(self, row: int, artists: Mapping[int, int]) -> float:
        return REPEATED_ARTIST * max((artists[artist] for artist in self.artists[row]), default=0)

    def _agreement(self, given: Sequence[int]) -> float:
        """Share of the songs after the first that repeat the commonest drama."""
        dramas = Counter(self.drama[row] for row in given)
        return (max(dramas.values()) - 1) / (len(given) - 1) if len(given) > 1 else 0.0
