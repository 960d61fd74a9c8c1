"""Order by score, yet mix dramas and artists: what is much alike steps back a little each time.

A greedy choice of the best song less what it repeats, as in maximal marginal relevance (Carbonell & Goldstein
1998), with the drama and the artists as the likeness. A song only ever loses worth, so that what it was worth
bounds what it is worth: few songs need to be weighed for each pick (lazy greedy evaluation, Minoux 1978).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

import numpy as np

from bot.recommend.features import Features, Rows, Scores

REPEATED_DRAMA: Final = 1.0
"""What a song loses for each one of its drama before it, in nats."""

ALIKE: Final = 0.9
"""Share of that loss which is lifted where all the songs given are of one drama."""

REPEATED_ARTIST: Final = 0.3
"""What a song loses for each one of its artist before it, in nats."""


AT_ONCE: Final = 128
"""Best songs that are put in order at first: most answers need no more."""

Coming = Iterator[tuple[float, int]]
"""Rows, the best first, each with what it lacks: its score, negated."""


@dataclass(frozen=True, slots=True)
class Mixer:
    """Knows which songs repeat which."""

    drama: Sequence[int]
    """Drama of each song, as a number."""
    artists: Sequence[tuple[int, ...]]
    """Artists of each song, by their tags' numbers."""

    @classmethod
    def of(cls, features: Features) -> Mixer:
        """Take dramas and artists from the tags."""
        artist = [family == "artist" for family in features.family]
        return cls(features.drama.tolist(), [tuple(tag for tag in own if artist[tag]) for own in features.own])

    def mix(
        self,
        coming: Coming,
        count: int,
        *,
        a_drama: int | None = None,
        an_artist: int | None = None,
        taken: Sequence[int] = (),
        given: Sequence[int] = (),
    ) -> list[int]:
        """Pick rows that come best first one by one, at most so many of one drama or artist where a limit is given.

        Dramas are mixed less, the more the songs given are of one drama themselves.
        """
        heard = _Heard(self, self._loss(given), a_drama, an_artist)
        for row in taken:
            heard.add(row)
        following = next(coming, None)
        picked: list[int] = []
        waiting: list[tuple[float, int, float]] = []
        while len(picked) < count and (following is not None or waiting):
            if following is not None and (not waiting or following < waiting[0]):
                was, row = following
                lack = was
                following = next(coming, None)
            else:
                was, row, lack = heappop(waiting)
            fine = heard.fine(row)
            if fine is None:
                continue
            now = fine + lack
            if now > was:
                heappush(waiting, (now, row, lack))
            else:
                picked.append(row)
                heard.add(row)
        return picked

    def apart(self, coming: Coming, count: int, taken: Sequence[int]) -> list[int]:
        """Pick rows that come best first, none of a drama or an artist picked or taken before."""
        dramas = {self.drama[row] for row in taken}
        artists = {artist for row in taken for artist in self.artists[row]}
        picked: list[int] = []
        for _, row in coming:
            if self.drama[row] not in dramas and artists.isdisjoint(self.artists[row]):
                picked.append(row)
                if len(picked) == count:
                    break
                dramas.add(self.drama[row])
                artists.update(self.artists[row])
        return picked

    def _loss(self, given: Sequence[int]) -> float:
        return REPEATED_DRAMA * (1 - ALIKE * self._agreement(given))

    def _agreement(self, given: Sequence[int]) -> float:
        """Share of the songs after the first that repeat the commonest drama."""
        dramas = Counter(self.drama[row] for row in given)
        return (max(dramas.values()) - 1) / (len(given) - 1) if len(given) > 1 else 0.0


def best_first(rows: Rows, scores: Scores) -> Coming:
    """Yield what each row lacks and the row, the best first; of equals, the first."""
    lack = -scores[rows]
    bound = np.partition(lack, AT_ONCE)[AT_ONCE] if len(rows) > AT_ONCE else np.inf
    for part in (lack < bound, lack >= bound):
        some, lacking = rows[part], lack[part]
        order = np.lexsort((some, lacking))
        yield from zip(lacking[order].tolist(), some[order].tolist(), strict=True)


class Ranking:
    """Rows put in order once, for many who each leave out some of them."""

    __slots__ = ("_lacking", "_rows")

    def __init__(self, rows: Rows, scores: Scores) -> None:
        lacking = -scores[rows]
        order = np.lexsort((rows, lacking))
        self._rows, self._lacking = rows[order], lacking[order]

    def without(self, barred: Container[int]) -> Coming:
        """Yield what `best_first` would of all rows but those barred."""
        for begin in range(0, len(self._rows), AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            for lack, row in zip(self._lacking[part].tolist(), self._rows[part].tolist(), strict=True):
                if row not in barred:
                    yield lack, row


class _Heard:
    """What was picked so far, and what a song loses by repeating it."""

    def __init__(self, mixer: Mixer, loss: float, a_drama: int | None, an_artist: int | None) -> None:
        self._mixer, self._loss, self._a_drama, self._an_artist = mixer, loss, a_drama, an_artist
        self._dramas: dict[int, int] = {}
        self._artists: dict[int, int] = {}

    def add(self, row: int) -> None:
        """Count a song that was picked."""
        drama = self._mixer.drama[row]
        self._dramas[drama] = self._dramas.get(drama, 0) + 1
        for artist in self._mixer.artists[row]:
            self._artists[artist] = self._artists.get(artist, 0) + 1

    def fine(self, row: int) -> float | None:
        """Tell what a song loses, by its drama and the one of its artists heard most; None past a limit."""
        dramas = self._dramas.get(self._mixer.drama[row], 0)
        artists = 0
        for artist in self._mixer.artists[row]:
            artists = max(artists, self._artists.get(artist, 0))
        past = self._a_drama is not None and dramas >= self._a_drama
        if past or (self._an_artist is not None and artists >= self._an_artist):
            return None
        return self._loss * dramas + REPEATED_ARTIST * artists
