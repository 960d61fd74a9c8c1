"""Korean particles, whose form depends on whether the word before them ends in a consonant."""

from __future__ import annotations

import re

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_RIEUL = 8
_ENDS_IN_CONSONANT = frozenset("013678lmnr")
"""Digits and Latin letters whose Korean reading ends in a consonant (영, 일, 삼, 육, 칠, 팔, 엘, 엠, 엔, 알)."""
_SPOKEN_ENDING = re.compile(r"(?:[aeiou]([mnl])e|n(g))$")
"""English endings read with a final consonant though the letter says otherwise: time (타임), song (송)."""
_ENDS_IN_RIEUL = frozenset("178lr")
_LAST_WORD = re.compile(r"[\W_]+$")
"""Closing marks, which are looked through."""


def with_particle(word: str, pair: str) -> str:
    """Append the fitting one of a pair such as "은/는", "이/가", "을/를", "과/와" or "으로/로".

    A Hangul syllable is 0xAC00 + (initial * 21 + vowel) * 28 + final (Unicode Standard, section 3.12), so its
    final consonant is the remainder by 28. "으로" yields to "로" after ㄹ too. Closing marks are looked through.
    """
    after_consonant, after_vowel = pair.split("/")
    last = next((character for character in reversed(word.lower()) if character.isalnum()), "")
    if _FIRST_SYLLABLE <= ord(last or " ") <= _LAST_SYLLABLE:
        final = (ord(last) - _FIRST_SYLLABLE) % 28
        closed, rieul = final != 0, final == _RIEUL
    elif spoken := _SPOKEN_ENDING.search(_LAST_WORD.sub("", word.lower())):
        closed, rieul = True, spoken[1] == "l"
    else:
        closed, rieul = last in _ENDS_IN_CONSONANT, last in _ENDS_IN_RIEUL
    if rieul and after_consonant == "으로":
        closed = False
    return word + (after_consonant if closed else after_vowel)
