"""Which things a query means: its words found in their names, and weighed.

For every word of the query and every thing, the best likeness of the word to any of its names is kept,
times the weight of that kind of name (the field). The words are summed with the weight of their rarity
(inverse document frequency: Spärck Jones 1972; a word in many songs says little), as BM25F does for texts
with fields (Robertson, Zaragoza and Taylor 2004) but without counting repetitions, which names do not have.
To that sum, 1 when every word was found, come

- how completely the words make up a name: a title named whole is meant rather than a longer one that holds
  it;
- fame, as a prior among equals: the logarithm of the published lists and collections that name the thing;
- what the asker holds dear or looked at lately, in autocomplete.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.entries import Field, Names
from bot.catalogue.lexicon import Postings
from bot.catalogue.reading import Reading
from bot.catalogue.text import FILLERS

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]

MATCHED = 0.4
"""Share of a name that must be in the query for the name to tell why a thing was found."""
WHOLE = {Field.TITLE: 0.16, Field.ARTIST: 0.07, Field.DRAMA: 0.11, Field.ABOUT: 0.0}
"""What a name found whole adds, by field."""
OPENING = {Field.TITLE: 0.08, Field.ARTIST: 0.04, Field.DRAMA: 0.06, Field.ABOUT: 0.0}
"""What it adds that all of the query begins a name, by field; twice as much from three words on."""
FAME = 0.09
FAME_UNTYPED = 3
"""Letters at which fame counts twice, and more for fewer: the less is known, the more the prior says."""
FILLER_WEIGHT = 0.12
"""How much "ost" or "song" counts, beside 1 for another word as rare."""
_WORTH = np.array([WHOLE[field] for field in Field], np.float32)
_OPENING = np.array([OPENING[field] for field in Field], np.float32)
SHORTLIST = 160
"""Things that are compared closely."""
BEGUN = 0.8
"""How like a word its first letter is, beside 1 for the whole of it."""
INNER_BEGINNING = 0.9
"""How much the beginning of a word inside a name counts beside the beginning of the name."""


class Links:
    """Which thing has which names, as what, sorted by thing."""

    def __init__(self) -> None:
        self.number = _Numbers()
        """Every name and its number."""
        self.names = array("i")
        """Numbers of names, those of one thing that are the same to it in a stretch."""
        self.things, self.fields, self.sizes, self.weights = array("i"), array("b"), array("i"), array("f")
        """For each stretch whose it is, as what, how long, and how much it counts."""

    def add(self, thing: int, names: Names) -> None:
        """Give a thing names that are the same to it."""
        self.names.extend(map(self.number.__getitem__, names.names))
        self.things.append(thing)
        self.fields.append(names.field)
        self.sizes.append(len(names.names))
        self.weights.append(names.weight)


class _Numbers(dict[str, int]):
    """Numbers names in the order they are met."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


class Match(NamedTuple):
    """A name by which a thing was found."""

    field: int
    share: float
    """How much of the name was in the query."""
    name: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: the best things first."""

    things: list[int]
    scores: list[float]
    covered: list[float]
    """How much of the query each of them answers, 0 to 1."""
    matched: list[list[Match]]
    """By which names they were found, as far as these tell why."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """Which names the words of a query are in: one row for every word, name and way of reading."""

    words: NDArray[np.int64]
    names: NDArray[np.int32]
    likeness: Floats
    shares: Floats
    opening: NDArray[np.int32]
    """Names that begin with all of the query."""


class Ranking:
    """Names and things in arrays, and the arithmetic between them."""

    def __init__(self, links: Links, fame: Sequence[float], postings: Postings) -> None:
        self._postings = postings
        self._size, self._names = len(fame), len(links.number)
        of = np.repeat(links.things, links.sizes)
        self.name_of = np.array(links.names)
        self.field_of = np.repeat(links.fields, links.sizes)
        self._weight_of = np.repeat(links.weights, links.sizes)
        self.first_name = np.searchsorted(of, np.arange(self._size + 1)).astype(np.int32)
        sorting = np.argsort(self.name_of, kind="stable")
        self._thing_by_name = of[sorting]
        self._weight_by_name = self._weight_of[sorting]
        self._first_thing = np.searchsorted(self.name_of[sorting], np.arange(self._names + 1)).astype(np.int32)
        self.fame = np.array(fame, np.float32)

    def names_of(self, number: int) -> tuple[int, int]:
        """Return where the names of a thing stand in `name_of`: first, and one past the last."""
        return int(self.first_name[number]), int(self.first_name[number + 1])

    def rank(
        self,
        words: Sequence[str],
        readings: Sequence[Reading],
        among: slice | NDArray[np.int32],
        limit: int,
        favour: Floats | None = None,
    ) -> Found:
        """Rank things for a query that was read, within a stretch or a choice of them."""
        laid = self._lay(readings)
        answered = self._spread(laid, len(words))[:, among]
        fame = FAME * (1 + FAME_UNTYPED / sum(map(len, words)))
        prior = self.fame[among] * np.float32(fame)
        if favour is not None:
            prior = prior + favour[among]
        weights = self._weigh(words, answered)
        covered = weights @ answered
        first = covered + prior
        size = len(first)
        count = min(max(limit * 3, SHORTLIST), size)
        chosen = np.argpartition(-first, count - 1)[:count] if count < size else np.arange(size)
        numbers = chosen + among.start if isinstance(among, slice) else among[chosen]
        of_names = self._shares(laid, len(words))
        opening = np.zeros(self._names, np.bool_)
        opening[laid.opening] = True
        scores = np.round(first[chosen] + self._whole(numbers, of_names, opening, min(len(words), 3)), 5)
        order = np.lexsort((numbers, -scores))[:limit]
        best = numbers[order]
        return Found(
            best.tolist(),
            scores[order].tolist(),
            covered[chosen][order].tolist(),
            self._match(best, of_names, opening),
        )

    def _match(self, numbers: Numbers, of_names: Floats, opening: NDArray[np.bool_]) -> list[list[Match]]:
        """Gather the names that tell why these things were found."""
        starts = self.first_name[numbers]
        counts = self.first_name[numbers + 1] - starts
        places = _stretches(starts, counts)
        names, fields = self.name_of[places], self.field_of[places]
        shares = of_names[names]
        told = np.flatnonzero(((shares > MATCHED) | opening[names]) & (fields != Field.ABOUT))
        owners = np.repeat(np.arange(len(numbers)), counts)[told]
        matched: list[list[Match]] = [[] for _ in range(len(numbers))]
        columns = (owners, fields[told], shares[told], names[told])
        for owner, field, share, name in zip(*(column.tolist() for column in columns), strict=True):
            matched[owner].append(Match(field, share, name))
        return matched

    def _lay(self, readings: Sequence[Reading]) -> _Laid:
        """Write down which names the words of the query are in, and how like they are.

        A reading of several words gives its likeness to each of them, and each its part of the share.
        """
        postings, offsets = self._postings, self._postings.offsets
        rows: list[tuple[int, int, float, float, int, float]] = []
        named: list[tuple[int, int, float, float]] = []
        opening: list[NDArray[np.int32]] = []
        for reading in readings:
            total = sum(reading.lengths)
            found = [(first, end, trust, typed) for first, end, typed, trust in reading.beginnings]
            found += [(term, term + 1, like, 0.0) for term, like in reading.likeness.items()]
            for word, length in enumerate(reading.lengths, reading.first):
                part = length / total
                rows += ((offsets[first], offsets[end], like, typed, word, part) for first, end, like, typed in found)
                named += ((word, name, like, like * part) for name, like in reading.names.items())
            if reading.everything:
                for first, end, like, typed in found:
                    if typed or like > 0.9:
                        low, high = offsets[first], offsets[end]
                        opening.append(postings.names[low:high][postings.opens[low:high]])
        table = np.array(rows, np.float64).reshape(-1, 6)
        lows = table[:, 0].astype(np.int64)
        counts = table[:, 1].astype(np.int64) - lows
        places = _stretches(lows, counts)
        spread = np.repeat(table[:, 2:].astype(np.float32), counts, axis=0)
        begun = spread[:, 1] > 0
        typed = np.where(begun, spread[:, 1] / postings.lengths[places], 1)
        likeness = (spread[:, 0] * (BEGUN + (1 - BEGUN) * typed)).astype(np.float32)
        likeness[begun & ~postings.opens[places]] *= np.float32(INNER_BEGINNING)
        shares = (likeness * typed * spread[:, 3] * postings.shares[places]).astype(np.float32)
        more = np.array(named, np.float64).reshape(-1, 4)
        return _Laid(
            np.concatenate((spread[:, 2].astype(np.int64), more[:, 0].astype(np.int64))),
            np.concatenate((postings.names[places], more[:, 1].astype(np.int32))),
            np.concatenate((likeness, more[:, 2].astype(np.float32))),
            np.concatenate((shares, more[:, 3].astype(np.float32))),
            np.concatenate(opening) if opening else np.zeros(0, np.int32),
        )

    def _spread(self, laid: _Laid, words: int) -> Floats:
        """Carry the likeness of names to the things they are names of: the best one counts."""
        out = np.zeros((words, self._size), np.float32)
        starts = self._first_thing[laid.names]
        counts = self._first_thing[laid.names + 1] - starts
        places = _stretches(starts, counts)
        into = np.repeat(laid.words * self._size, counts) + self._thing_by_name[places]
        np.maximum.at(out.reshape(-1), into, np.repeat(laid.likeness, counts) * self._weight_by_name[places])
        return out

    def _shares(self, laid: _Laid, words: int) -> Floats:
        """Add up how much of each name the words of the query are, each word by its best reading."""
        shares = np.zeros((words, self._names), np.float32)
        np.maximum.at(shares.reshape(-1), laid.words * self._names + laid.names, laid.shares)
        return np.minimum(shares.sum(axis=0), np.float32(1))

    def _weigh(self, words: Sequence[str], answered: Floats) -> Floats:
        """Weigh each word by its rarity; fillers, and words found nowhere, by little or their length."""
        size = answered.shape[1] + 1
        weights = np.empty(len(words), np.float32)
        for place, (word, row) in enumerate(zip(words, answered, strict=True)):
            best = float(row.max(initial=0.0))
            common = np.count_nonzero(row >= max(best - 0.1, 0.01)) if best > 0 else size // 4
            weights[place] = max(math.log(size / (common + 0.5)) / math.log(size + 1), 0.1)
            if word in FILLERS:
                weights[place] *= FILLER_WEIGHT
        return weights / weights.sum()

    def _whole(self, numbers: NDArray[np.int32], of_names: Floats, opening: NDArray[np.bool_], words: int) -> Floats:
        """Add up what names found whole are worth, field by field."""
        starts = self.first_name[numbers]
        counts = self.first_name[numbers + 1] - starts
        places = _stretches(starts, counts)
        names, fields = self.name_of[places], self.field_of[places]
        whole = of_names[names] * self._weight_of[places]
        cells = np.repeat(np.arange(len(numbers)) * len(Field), counts) + fields
        best, begun = np.zeros((2, len(numbers), len(Field)), np.float32)
        np.maximum.at(best.reshape(-1), cells, _WORTH[fields] * whole * whole)
        np.maximum.at(begun.reshape(-1), cells, _OPENING[fields] * opening[names])
        return best.sum(axis=1) + begun.max(axis=1) * np.float32((1 + words) / 2)


def _stretches(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """List the numbers of several stretches, one after another."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
