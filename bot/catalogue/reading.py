"""What a typed word may be: the terms of the lexicon it can stand for, and how sure that is.

Each word is read in every way people type it, and so are two or three neighbours written as one. A way of
reading has a likeness from 0 to 1: 1 for the very word, less for its beginning, its sound, its initials, a
mistake in it. The best reading of a word in a name counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from rapidfuzz.distance import OSA

from bot.catalogue import hangul
from bot.catalogue.lexicon import Lexicon
from bot.catalogue.romanization import sound_of_latin, sounds_of_hangul
from bot.catalogue.text import FILLERS, Query, is_hangul

SURE = 0.86
"""Likeness from which on no further reading of a word is looked for."""
VERY = 0.95
"""Likeness of the very word, or of one that differs in nothing that is heard."""
LIKELY = 0.65
"""Likeness from which on a word is not taken for several written as one."""
FEW = 7
"""Words up to which mistakes are looked for; a longer query has other words to be known by."""
_MOST_TERMS = 60
_LONGEST_PART = 20
"""Letters of a term that is cut out of what was written as one."""
_VOWEL_KEYS = re.compile("h[kol]|n[jpl]|ml|[koijpuhynbml]")
_PARTICLES = "에서는 에서 이랑 하고 에게 한테 까지 부터 이 가 은 는 을 를 의 에 도 와 과 랑 로 요"


@dataclass(slots=True)
class Reading:
    """The terms that some neighbouring words of the query, written as one, may stand for."""

    first: int
    """Place of the first of these words in the query."""
    lengths: tuple[int, ...]
    """Letters of each of them."""
    likeness: dict[int, float] = field(default_factory=dict)
    """Single terms, and how like they are."""
    beginnings: list[tuple[int, int, float, float]] = field(default_factory=list)
    """Stretches of terms that begin so: first, end, letters typed, how much an exact match would count."""
    names: dict[int, float] = field(default_factory=dict)
    """Whole names that an abbreviation stands for."""
    everything: bool = False
    """Whether these words are all of the query."""

    def add(self, term: int, likeness: float) -> None:
        """Take a term in, or raise its likeness."""
        if likeness > self.likeness.get(term, 0.0):
            self.likeness[term] = likeness

    def best(self) -> float:
        """Return how sure the surest reading is; a mere beginning is never quite sure."""
        sure = max(self.likeness.values(), default=0.0)
        named = max(self.names.values(), default=0.0)
        begun = max((like - 0.1 for *_, like in self.beginnings), default=0.0)
        return max(sure, named, min(begun, 0.8))


class Reader:
    """Reads queries with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, query: Query) -> tuple[tuple[str, ...], list[Reading]]:
        """Return the words as understood, cut where spaces were missing, and all their readings."""
        last = len(query.words) - 1
        words: list[str] = []
        singles: list[Reading] = []
        for place, word in enumerate(query.words):
            is_open = query.open and place == last
            reading = self._single(word, len(words), is_open=is_open)
            sure = reading.best()
            cut = () if sure >= LIKELY or len(words) >= FEW else self._cut(word, sure)
            if cut:
                singles += (
                    self._single(part, len(words) + at, is_open=is_open and at == len(cut) - 1)
                    for at, part in enumerate(cut)
                )
                words += cut
            else:
                singles.append(reading)
                words.append(word)
        if len(singles) == 1:
            singles[0].everything = True
        if len(words) <= FEW and all(reading.best() < LIKELY for reading in singles):
            for word, reading in zip(words, singles, strict=True):
                self._nearest(reading, word)
        return tuple(words), singles + list(self._runs(words, singles, is_open=query.open))

    def _runs(self, words: list[str], singles: list[Reading], *, is_open: bool) -> Iterator[Reading]:
        sure = [reading.best() >= SURE for reading in singles]
        few = len(words) <= FEW
        sizes = [2, 3, 4] if len(words) <= 4 else [2, 3, 4, len(words)]
        ended: set[int] = set()
        for size in sizes:
            for first in range(len(words) - size + 1):
                everything = size == len(words)
                if first in ended or (size > 2 and all(sure[first : first + size]) and not everything):
                    continue
                run = words[first : first + size]
                written = "".join(run)
                korean = any(map(is_hangul, run))
                if size > 2 and not self._begins_a_term("".join(run[:-1]), korean=korean):
                    ended.add(first)
                    continue
                reading = Reading(first, tuple(map(len, run)), everything=everything)
                at_end = is_open and first + size == len(words)
                if korean:
                    self._hangul(reading, written, is_open=at_end, run=True)
                else:
                    self._latin(reading, written, is_open=at_end, run=True)
                doubtful = not all(sure[first : first + size])
                if size == 2 and doubtful and few and reading.best() < SURE and len(written) >= 5:
                    self._mistaken(reading, written, 0.95)
                if reading.likeness or reading.beginnings:
                    yield reading

    def _begins_a_term(self, written: str, *, korean: bool) -> bool:
        """Tell whether any term begins so, to the eye or the ear: if none does, no longer run is one.

        What only grows is left where its beginning fails, as in a trie. The last two letters of the sound
        are left open: the next word may change them.
        """
        if korean:
            first, end = self._lexicon.typed(hangul.keys(written))
            sounds = sounds_of_hangul(written)
        else:
            first, end = self._lexicon.latin(written)
            sounds = (sound_of_latin(written),)
        return first < end or any(self._lexicon.sounding_from(sound[:-2], 1) for sound in sounds)

    def _single(self, word: str, place: int, *, is_open: bool) -> Reading:
        reading = Reading(place, (len(word),))
        if not is_hangul(word):
            self._latin(reading, word, is_open=is_open)
            if 2 <= len(word) <= 5 and reading.best() < SURE:
                self._swapped(reading, word)
            if reading.best() < VERY or (3 < len(word) < 6 and word not in FILLERS):
                self._mistaken(reading, word)
            composed = hangul.compose(word) if len(word) > 1 else None
            if composed:
                trust = 0.5 if reading.best() >= SURE else 0.95
                self._hangul(reading, composed, is_open=is_open, trust=trust)
            elif len(word) >= 6:
                self._keys(reading, word)
            return reading
        initials = hangul.read_initials(word)
        if initials:
            self._initials(reading, initials)
        self._hangul(reading, word, is_open=is_open)
        if reading.best() < SURE:
            self._inflected(reading, word)
            for name, fit in self._lexicon.picked(word):
                reading.names[name] = 0.6 + 0.3 * fit
            if reading.best() < SURE and not initials:
                self._mistaken(reading, word)
            typed = hangul.keys(word)
            if any(not hangul.is_syllable(letter) for letter in word) and typed.isalpha() and len(typed) > 1:
                self._latin(reading, typed, is_open=is_open, trust=0.95)
        return reading

    def _latin(self, reading: Reading, word: str, *, is_open: bool, run: bool = False, trust: float = 1.0) -> None:
        lexicon = self._lexicon
        first, end = lexicon.latin(word)
        if first < end and lexicon.spelling(first) == word:
            reading.add(first, trust)
            if word in FILLERS and not is_open:
                return
            first += 1
        if first < end and (is_open or (len(word) >= 3 and not run and (len(word) > 3 or not reading.likeness))):
            reading.beginnings.append((first, end, len(word), trust * (0.95 if is_open else 0.7)))
        first, end = lexicon.short(word)
        if first < end:
            if lexicon.spelling(first) == word:
                reading.add(first, trust * (0.93 if len(word) >= 3 else 0.8))
            elif is_open and len(word) >= 3 and not reading.likeness and not reading.beginnings:
                reading.beginnings.append((first, end, len(word), trust * 0.85))
        sound = sound_of_latin(word)
        if len(sound) < (4 if run else 2):
            return
        for term in lexicon.sounding(sound):
            self._sounding(reading, word, sound, term, trust)
        if is_open and len(sound) >= 3:
            for term in lexicon.sounding_from(sound, _MOST_TERMS):
                if lexicon.is_typed(term):
                    reading.add(term, trust * 0.75)

    def _sounding(self, reading: Reading, word: str, sound: str, term: int, trust: float) -> None:
        if self._lexicon.is_typed(term):
            likeness = 0.93 if len(sound) >= 4 else 0.82
        else:
            likeness = 0.62 + 0.35 * OSA.normalized_similarity(word, self._lexicon.spelling(term))
        reading.add(term, trust * likeness)

    def _hangul(self, reading: Reading, word: str, *, is_open: bool, run: bool = False, trust: float = 1.0) -> None:
        lexicon = self._lexicon
        typed = hangul.keys(word)
        first, end = lexicon.typed(typed)
        if first < end and lexicon.spelling(first) == typed:
            reading.add(first, trust)
            first += 1
        if first < end and (is_open or (len(typed) >= 4 and not run)):
            reading.beginnings.append((first, end, len(typed), trust * (0.95 if is_open else 0.75)))
        for sound in sounds_of_hangul(word):
            if len(sound) >= (5 if run else 2):
                for term in lexicon.sounding(sound):
                    if lexicon.is_typed(term):
                        likeness = 0.7 + 0.28 * OSA.normalized_similarity(typed, lexicon.spelling(term))
                    else:
                        likeness = 0.9 if len(sound) >= 4 else 0.75
                    reading.add(term, trust * likeness)

    def _keys(self, reading: Reading, typed: str) -> None:
        """Take keys that make no syllables for a term that begins with Latin letters: SG워너비 as SGdnjsjql."""
        first, end = self._lexicon.typed(typed)
        if first < end and self._lexicon.spelling(first) == typed:
            reading.add(first, 0.95)

    def _initials(self, reading: Reading, initials: str) -> None:
        for term in self._lexicon.initialled(initials, 200):
            exact = _syllables(self._lexicon.spelling(term)) == len(initials)
            reading.add(term, 0.93 if exact else 0.8)

    def _inflected(self, reading: Reading, word: str) -> None:
        for particle in _PARTICLES.split():
            if word.endswith(particle) and len(word) >= len(particle) + 2:
                stem = hangul.keys(word[: -len(particle)])
                first, end = self._lexicon.typed(stem)
                if first < end and self._lexicon.spelling(first) == stem:
                    reading.add(first, 0.92)

    def _swapped(self, reading: Reading, word: str) -> None:
        """Try a short word with two neighbours swapped: its sound may have changed altogether."""
        for place in range(len(word) - 1):
            other = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            first, end = self._lexicon.latin(other)
            if first < end and self._lexicon.spelling(first) == other:
                reading.add(first, 0.85)

    def _mistaken(self, reading: Reading, word: str, trust: float = 1.0) -> None:
        sound = self._sound(word)
        latin = not is_hangul(word)
        size = max(len(sound), len(word) - 1) if latin else len(sound)
        edits = 0 if len(sound) < 3 or reading.first >= FEW else 1 if size < 6 else 2 if size < 10 else 3
        if not edits:
            return
        typed = word if latin else hangul.keys(word)
        for term, distance in self._lexicon.near(sound, edits):
            heard = 1 - distance / max(len(sound), 4)
            if self._lexicon.is_typed(term) == latin:
                likeness = 0.95 * heard
            else:
                spelt = OSA.normalized_similarity(typed, self._lexicon.spelling(term))
                likeness = max(0.5 * heard + 0.5 * spelt, 0.92 * spelt)
            if likeness > 0.55:
                reading.add(term, trust * (1.25 * likeness - 0.25))

    def _nearest(self, reading: Reading, word: str) -> None:
        """Where no word was read with any trust, look further: up to every other letter may be wrong."""
        sound = self._sound(word)
        for term, distance in self._lexicon.near(sound, min(len(sound) // 2, 5)):
            reading.add(term, 0.4 * (1 - distance / len(sound)))

    def _sound(self, word: str) -> str:
        return sounds_of_hangul(word)[0] if is_hangul(word) else sound_of_latin(word)

    def _cut(self, word: str, best_reading: float) -> tuple[str, ...]:
        """Cut what is several words written as one, into the fewest and longest known terms.

        The word-break problem, by dynamic programming over the ends of prefixes. One stretch in between may
        be unknown (a mistake in it), if what is known outweighs it.
        """
        size = len(word)
        korean = is_hangul(word)
        if size < (3 if korean else 5):
            return ()
        known = self._lexicon.terms[korean]
        keys = [hangul.keys(letter) for letter in word] if korean else list(word)
        ends = [0, *accumulate(map(len, keys))]
        typed = "".join(keys)
        unknown_from = 3 if size >= 8 and best_reading < 0.6 and not korean else size + 1
        costs: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(float("inf"), 0, 0)] * size
        for end in range(1, size + 1):
            for start in range(max(0, end - _LONGEST_PART), end):
                part = typed[ends[start] : ends[end]]
                length = end - start
                if part in known and (korean or length > 1 or part in "ai"):
                    cost, told = costs[start][0] + 1 + 1 / length, length
                elif length >= unknown_from:
                    cost, told = costs[start][0] + 1 + 0.6 * length, 0
                else:
                    continue
                if cost < costs[end][0]:
                    costs[end] = (cost, start, costs[start][2] + told)
        cost, start, told = costs[size]
        if not start or cost > 1.5 + size / (2.0 if korean else 2.7) or told * 2 < size:
            return ()
        parts = [word[start:]]
        while start:
            end, start = start, costs[start][1]
            parts.append(word[start:end])
        return tuple(reversed(parts))


def typed_on_hangul(query: Query) -> Query | None:
    """Read Latin words typed with the keyboard left on Hangul (ㄴㅅ묘); None if it looks like Hangul."""
    if not any(_misfit(word) for word in query.words):
        return None
    return Query(tuple(hangul.keys(word) if is_hangul(word) else word for word in query.words), query.open)


def _misfit(word: str) -> bool:
    """Tell Hangul nobody writes: a lone vowel, or a lone consonant before or between syllables."""
    lone = [place for place, letter in enumerate(word) if "ㄱ" <= letter <= "ㅣ"]
    if not lone or hangul.read_initials(word):
        return False
    return any(word[place] >= "ㅏ" for place in lone) or lone != [len(word) - 1]


def _syllables(typed: str) -> int:
    """Count the syllables of Hangul written as keys: its vowels, two keys of one vowel once."""
    return len(_VOWEL_KEYS.findall(typed))
