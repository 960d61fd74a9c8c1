"""Order by score, yet mix dramas and artists: what is much alike steps back a little each time.

A greedy choice of the best song less what it repeats, as in maximal marginal relevance (Carbonell & Goldstein
1998), with the drama and the artists as the likeness.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
    """Drama of each song, as a number."""
    artists: Sequence[tuple[int, ...]]
    """Artists of each song, by their tags' numbers."""
    of_drama: Mapping[int, Rows]
    of_artist: Mapping[int, Rows]

    @classmethod
    def of(cls, features: Features) -> Mixer:
        """Take dramas and artists from the tags."""
        artist = [family == "artist" for family in features.family]
        dramas = features.drama.tolist()
        artists = [tuple(t for t in features.own[row] if artist[t]) for row in range(len(features.songs))]
        of_drama: defaultdict[int, list[int]] = defaultdict(list)
        of_artist: defaultdict[int, list[int]] = defaultdict(list)
        for row, drama in enumerate(dramas):
            of_drama[drama].append(row)
            for tag in artists[row]:
                of_artist[tag].append(row)
        return cls(dramas, artists, _as_rows(of_drama), _as_rows(of_artist))

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

        Dramas are mixed less, the more the songs given are of one drama themselves. After each pick only the
        songs that repeat it lose worth, so that a pick costs one look for the best.
        """
        mix = _Mix(self, np.full(len(self.drama), -np.inf), self._loss(given), a_drama, an_artist)
        mix.worth[rows] = scores[rows]
        for row in taken:
            mix.repeat(row)
        picked: list[int] = []
        while len(picked) < count and len(rows):
            best = int(mix.worth.argmax())
            if mix.worth[best] == -np.inf:
                break
            picked.append(best)
            mix.repeat(best)
            mix.worth[best] = -np.inf
        return picked

    def _loss(self, given: Sequence[int]) -> float:
        return REPEATED_DRAMA * (1 - ALIKE * self._agreement(given))

    def _agreement(self, given: Sequence[int]) -> float:
        """Share of the songs after the first that repeat the commonest drama."""
        dramas = Counter(self.drama[row] for row in given)
        return (max(dramas.values()) - 1) / (len(given) - 1) if len(given) > 1 else 0.0


def _as_rows(songs: Mapping[int, list[int]]) -> dict[int, Rows]:
    return {number: np.array(rows, dtype=np.int32) for number, rows in songs.items()}


class _Mix:
    """What songs are still worth while an order is being made."""

    def __init__(self, mixer: Mixer, worth: Scores, loss: float, a_drama: int | None, an_artist: int | None) -> None:
        self.worth = worth
        self._mixer, self._loss, self._a_drama, self._an_artist = mixer, loss, a_drama, an_artist
        self._dramas: Counter[int] = Counter()
        self._artists: Counter[int] = Counter()
        self._heard: dict[int, int] = {}
        """How often the artist heard most of those of a song was heard; 0 where not named."""

    def repeat(self, row: int) -> None:
        """Let all that repeats a song lose worth, or fall out where a limit is reached."""
        drama = self._mixer.drama[row]
        self._dramas[drama] += 1
        self.worth[self._mixer.of_drama[drama]] -= self._fine(self._dramas[drama], self._a_drama, self._loss)
        for artist in self._mixer.artists[row]:
            self._artists[artist] += 1
            times = self._artists[artist]
            for other in self._mixer.of_artist[artist].tolist():
                before = self._heard.get(other, 0)
                if times > before:
                    self._heard[other] = times
                    self.worth[other] -= REPEATED_ARTIST * (times - before)
            if self._an_artist is not None and times >= self._an_artist:
                self.worth[self._mixer.of_artist[artist]] = -np.inf

    @staticmethod
    def _fine(times: int, limit: int | None, loss: float) -> float:
        return np.inf if limit is not None and times >= limit else loss
