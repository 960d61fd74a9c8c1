"""The words of all names, found by spelling, by beginning, by sound, by initials, and by sound with mistakes.

A name of several words gives the index its single words, each two neighbours written as one, and each of
its ends written as one ("staywithme", "withme"): readers put spaces where they like. Such a run is called a
term here. Latin terms are kept as they are spelt, Hangul terms as the keys that type them, both sorted, so
that a beginning is one stretch of the list; every term knows the names it is in, and what share of the name
it is.

Mistakes are looked for among sound keys (see `romanization` and `nearness`), where most misspellings have
vanished already.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.catalogue import hangul
from bot.catalogue.abbreviations import PickedSyllables, initials_of
from bot.catalogue.nearness import LONGEST_KEY, Nearness
from bot.catalogue.romanization import forget_sounds, join, sound_of_latin, sounds_of_hangul
from bot.catalogue.text import is_hangul

_LAST = "\uffff"
_LONGEST_RUN = 8
"""Words of a name that are read."""

Stretch = tuple[int, int]
"""A stretch of terms: first, and one past the last."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which names a term is in: those of term t stand at offsets[t]:offsets[t + 1]."""

    offsets: Sequence[int]
    names: NDArray[np.int32]
    shares: NDArray[np.float32]
    """How much of the name the term is, 0 to 1."""
    opens: NDArray[np.bool_]
    """Whether the name begins with the term."""
    lengths: NDArray[np.float32]
    """How long the term is, in letters or keys."""


class Lexicon:
    """All terms of all names."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        drafts = _Drafts()
        self._picked = PickedSyllables()
        for number, words in enumerate(names):
            drafts.add(number, words)
            if words and is_hangul(words[0]):
                self._picked.add(number, words)
        forget_sounds()
        latin, typed, short = (sorted(terms) for terms in (drafts.latin, drafts.typed, drafts.short))
        self._latin, self._typed, self._short = latin, typed, short
        self._typed_from, self._short_from = len(latin), len(latin) + len(typed)
        self.terms = frozenset(drafts.latin), frozenset(drafts.typed)
        """All Latin terms, and all Hangul ones as keys, to be cut out of what was written as one."""
        order = [drafts.latin[t] for t in latin] + [drafts.typed[t] for t in typed] + [drafts.short[t] for t in short]
        self.postings = drafts.postings(order, [len(term) for term in (*latin, *typed, *short)])
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        self._sounds = _Table(drafts.sounds, place)
        self._initials = _Table(drafts.initials, place)
        self._near = Nearness(self._sounds.keys)

    def spelling(self, term: int) -> str:
        """Return a term as it is kept: Latin letters, or the keys that type its Hangul."""
        if term < self._typed_from:
            return self._latin[term]
        if term < self._short_from:
            return self._typed[term - self._typed_from]
        return self._short[term - self._short_from]

    def is_typed(self, term: int) -> bool:
        """Tell a Hangul term from a Latin one."""
        return self._typed_from <= term < self._short_from

    def latin(self, start: str) -> Stretch:
        """Find the Latin terms that begin so; the first of them may be the very word."""
        return _beginning(self._latin, start, 0)

    def typed(self, start: str) -> Stretch:
        """Find the Hangul terms whose keys begin so."""
        return _beginning(self._typed, start, self._typed_from)

    def short(self, start: str) -> Stretch:
        """Find the abbreviations that begin so."""
        return _beginning(self._short, start, self._short_from)

    def sounding(self, sound: str) -> Sequence[int]:
        """Find the terms of exactly this sound key."""
        return self._sounds.exact(sound)

    def sounding_from(self, sound: str, most: int) -> Sequence[int]:
        """Find terms whose sound key begins so."""
        return self._sounds.prefix(sound, most)

    def initialled(self, initials: str, most: int) -> Sequence[int]:
        """Find Hangul terms whose lead consonants begin so, the shortest first."""
        return self._initials.prefix(initials, most)

    def near(self, sound: str, edits: int) -> list[tuple[int, int]]:
        """Find the terms whose sound key is 1 to `edits` edits away, each with its distance."""
        return [
            (term, distance) for place, distance in self._near.find(sound, edits) for term in self._sounds.at(place)
        ]

    def picked(self, short: str) -> list[tuple[int, float]]:
        """Find the names a Korean abbreviation may stand for."""
        return list(self._picked.find(short))


def _beginning(terms: Sequence[str], start: str, base: int) -> Stretch:
    low = bisect_left(terms, start)
    return base + low, base + bisect_left(terms, start + _LAST, low)


class _Word(NamedTuple):
    """A word of a name in all the forms that terms are made of."""

    spelt: str
    korean: bool
    spoken: str
    lettered: str
    initials: str


class _Drafts:
    """Terms and their names as they are collected, before they are sorted."""

    def __init__(self) -> None:
        self.latin: dict[str, int] = {}
        self.typed: dict[str, int] = {}
        self.short: dict[str, int] = {}
        self.sounds: dict[str, list[int]] = defaultdict(list)
        self.initials: dict[str, list[int]] = defaultdict(list)
        self._count = 0
        self._terms = array("i")
        self._names = array("i")
        self._shares = array("f")
        self._opens = array("b")
        self._known: dict[str, _Word] = {}

    def add(self, name: int, words: tuple[str, ...]) -> None:
        """Take a name's words, neighbours, ends and abbreviations in."""
        words = words[:_LONGEST_RUN]
        parts = [self._known.get(word) or self._learn(word) for word in words]
        count = len(parts)
        whole = sum(map(len, words)) or 1
        runs = [(place, place + 1) for place in range(count)]
        runs += [(place, place + 2) for place in range(count - 1)]
        runs += [(place, count) for place in range(count - 2)]
        for start, end in runs:
            share = sum(map(len, words[start:end])) / whole
            self._post(self._term(parts[start:end]), name, share, opens=start == 0)
        for short in initials_of(words):
            if short not in self.short:
                self.short[short] = self._new()
            self._post(self.short[short], name, 1.0, opens=True)

    def postings(self, order: list[int], lengths: list[int]) -> Postings:
        """Sort what was collected by the final order of the terms."""
        place = np.empty(self._count, np.int32)
        place[order] = np.arange(self._count, dtype=np.int32)
        terms = place[np.frombuffer(self._terms, np.int32)]
        sorting = np.argsort(terms, kind="stable")
        terms = terms[sorting]
        return Postings(
            array("i", np.searchsorted(terms, np.arange(self._count + 1)).astype(np.int32).tobytes()),
            np.frombuffer(self._names, np.int32)[sorting],
            np.frombuffer(self._shares, np.float32)[sorting],
            np.frombuffer(self._opens, np.bool_)[sorting],
            np.array(lengths, np.float32)[terms],
        )

    def _post(self, term: int, name: int, share: float, *, opens: bool) -> None:
        self._terms.append(term)
        self._names.append(name)
        self._shares.append(share)
        self._opens.append(opens)

    def _new(self) -> int:
        self._count += 1
        return self._count - 1

    def _term(self, parts: Sequence[_Word]) -> int:
        korean = any(part.korean for part in parts)
        spelt = "".join(part.spelt for part in parts) if len(parts) > 1 else parts[0].spelt
        known = self.typed if korean else self.latin
        term = known.get(spelt)
        if term is None:
            term = known[spelt] = self._new()
            spoken = join([part.spoken for part in parts])[:LONGEST_KEY]
            self.sounds[spoken].append(term)
            if korean:
                lettered = join([part.lettered for part in parts])[:LONGEST_KEY]
                if lettered != spoken:
                    self.sounds[lettered].append(term)
                self.initials["".join(part.initials for part in parts)].append(term)
        return term

    def _learn(self, word: str) -> _Word:
        if is_hangul(word):
            ways = sounds_of_hangul(word)
            learnt = _Word(hangul.keys(word), True, ways[0], ways[-1], hangul.initials(word))
        else:
            sound = sound_of_latin(word)
            learnt = _Word(word, False, sound, sound, word)
        self._known[word] = learnt
        return learnt


class _Table:
    """Sorted keys, each with its terms."""

    def __init__(self, drafts: dict[str, list[int]], place: NDArray[np.int32]) -> None:
        self.keys = sorted(drafts)
        self._offsets = array("i", [0])
        flat = array("i")
        for key in self.keys:
            flat.extend(drafts[key])
            self._offsets.append(len(flat))
        self._terms = array("i", place[np.frombuffer(flat, np.int32)].tobytes()) if flat else flat

    def at(self, place: int) -> Sequence[int]:
        """Return the terms of the key at this place."""
        return self._terms[self._offsets[place] : self._offsets[place + 1]]

    def exact(self, key: str) -> Sequence[int]:
        """Return the terms of this key."""
        place = bisect_left(self.keys, key)
        return self.at(place) if place < len(self.keys) and self.keys[place] == key else ()

    def prefix(self, key: str, most: int) -> Sequence[int]:
        """Return terms of keys that begin so."""
        low = bisect_left(self.keys, key)
        high = bisect_left(self.keys, key + _LAST, low)
        return self._terms[self._offsets[low] : min(self._offsets[high], self._offsets[low] + most)]
