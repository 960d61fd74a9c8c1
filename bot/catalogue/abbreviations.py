"""Abbreviations nobody wrote down: initials (DOTS) and picked syllables (별그대).

Fans shorten a Latin name to the first letters of its words, with or without its article, a number whole or
by its last two figures (Reply 1988: R1988, R88). Koreans pick syllables in order, the first one first,
mostly those that begin words or their parts (슬기로운 의사생활: 슬의생), and read a number aloud
(응답하라 1994: 응사, 사 being four).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from bot.catalogue.hangul import is_syllable
from bot.catalogue.text import is_hangul

_ARTICLES = frozenset(("the", "a", "an"))
_FIGURES = dict(zip("0123456789", "공일이삼사오육칠팔구", strict=True))
_MOST_WORDS = 12
_SHORTEST, _LONGEST = 2, 5


def initials_of(words: tuple[str, ...]) -> Iterator[str]:
    """Yield the abbreviations a Latin name of two words or more may go by."""
    if not 2 <= len(words) <= _MOST_WORDS or not any("a" <= word[0] <= "z" for word in words):
        return
    if any(is_hangul(word) for word in words):
        return
    for kept in {words, words[1:] if words[0] in _ARTICLES and len(words) > 2 else words}:
        yield "".join(word if word.isdigit() else word[0] for word in kept)
        if any(word.isdigit() and len(word) == 4 for word in kept):
            yield "".join(word[-2:] if word.isdigit() else word[0] for word in kept)


class PickedSyllables:
    """Korean names by their first syllable, to be asked which of them a short word may stand for."""

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[int, str, tuple[int, ...]]]] = defaultdict(list)

    def add(self, name: int, words: tuple[str, ...]) -> None:
        """Remember a name that is long enough to be shortened."""
        spoken = [_aloud(word) for word in words]
        whole = "".join(spoken)
        if len(whole) >= _SHORTEST + 2 and is_syllable(whole[0]):
            starts = (0, *accumulate(map(len, spoken[:-1])))
            self._names[whole[0]].append((name, whole, starts))

    def find(self, short: str) -> Iterator[tuple[int, float]]:
        """Yield the names with these syllables in this order, and how good an abbreviation it is, 0 to 1."""
        if not _SHORTEST <= len(short) <= _LONGEST or not all(map(is_syllable, short)):
            return
        for name, whole, starts in self._names.get(short[0], ()):
            if len(whole) <= len(short):
                continue
            place, begun = 0, 1
            for syllable in short[1:]:
                at_start = next((at for at in starts if at > place and whole[at] == syllable), -1)
                place = at_start if at_start > 0 else whole.find(syllable, place + 1)
                if place < 0:
                    break
                begun += place in starts
            else:
                yield name, begun / max(len(short), len(starts))


def _aloud(word: str) -> str:
    """Write a word as it is spoken, as far as abbreviations care: figures one by one."""
    return "".join(_FIGURES.get(letter, letter) for letter in word)
