"""Sound keys: the same few letters for a Korean word however it is romanised, or a Latin one misspelt.

Revised Romanization (Ministry of Culture, 2000) writes 도깨비 "dokkaebi", McCune-Reischauer (1939)
"tokkaebi", fans "dokebi" or "tokkebi"; the name 서 is Seo, Suh and So. A sound key keeps what they agree on:

- plain, tense and aspirated stops fall together (g k kk kh → k; d t tt → t; b p pp, v, f → p; j ch jj z →
  j), s with ss and sh, r with l;
- ㅓ ㅗ ㅜ ㅡ and their spellings (eo, o, u, oo, ou, eu, uh) fall together → o; ㅐ ㅔ → e; ee, y → i; the
  glides ya ye yo, wa we wi wo remain;
- an h that is not before a vowel is silent; ng becomes nk, so that 은결 and 응결, both "eungyeol", meet;
- doubled letters count once.

Hangul goes there directly, syllable by syllable, in two ways, because fans do both: as pronounced
(입력 "imnyeok"; the rules of 표준 발음법, standard pronunciation: liaison, nasals, ㄹ, ㅎ, palatalisation)
and letter by letter ("ipryeok"). The idea is that of Soundex (Russell 1918) and Metaphone (Philips 1990),
made for Korean in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.catalogue.hangul import is_syllable, parts

_SPELLINGS = {
    "tch": "j", "ch": "j", "jj": "j", "j": "j", "zh": "j", "z": "j",
    "sh": "s", "s": "s", "ck": "k", "kh": "k", "gh": "k", "k": "k", "g": "k", "q": "k", "c": "k", "x": "ks",
    "ph": "p", "bh": "p", "p": "p", "b": "p", "v": "p", "f": "p", "th": "t", "dh": "t", "t": "t", "d": "t",
    "rh": "l", "r": "l", "l": "l", "ng": "nk", "wh": "w",
    "yeo": "yo", "yeu": "yo", "you": "yo", "yoo": "yo", "yo": "yo", "yu": "yo", "yae": "ye", "ye": "ye",
    "yee": "i", "yi": "i", "ee": "i", "y": "i", "ae": "e", "oe": "we", "wae": "we", "we": "we", "wee": "wi",
    "wi": "wi", "eui": "wi", "ui": "wi", "weo": "wo", "wo": "wo", "woo": "o", "wu": "o",
    "aeu": "ao", "oeu": "o", "oui": "owi", "eo": "o", "eu": "o", "ou": "o", "oo": "o", "u": "o", "o": "o",
}  # fmt: skip
_SOFT = {"soft": "s", "glide": "y", "mute": ""}
_SPELLING = re.compile(
    "|".join(
        (
            "(?P<soft>c(?=[eiy]))",
            "(?P<glide>y(?=a))",
            "(?P<mute>h(?![aeiouyw]))",
            *sorted(_SPELLINGS, key=len, reverse=True),
        )
    )
)
_DOUBLED = re.compile(r"(.)\1+")

_LEAD = ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "j", "j", "j", "k", "t", "p", "h")
_VOWEL = ("a", "e", "ya", "ye", "o", "e", "yo", "ye", "o", "wa", "we", "we", "yo", "o", "wo", "we", "wi",
          "yo", "o", "wi", "i")  # fmt: skip
_SILENT, _NASAL, _LIQUID, _BREATH = 11, (2, 6), 5, 18
_TAIL_LETTERS = ("", "k", "k", "ks", "n", "nj", "n", "t", "l", "lk", "lm", "lp", "ls", "lt", "lp", "l", "m",
                 "p", "ps", "s", "s", "nk", "j", "j", "k", "t", "p", "")  # fmt: skip
_TAIL_SOUNDS = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
                "t", "t", "nk", "t", "t", "k", "t", "p", "")  # fmt: skip
_NASAL_OF = {"k": "nk", "t": "n", "p": "m"}


def sound_of_latin(word: str) -> str:
    """Return the sound key of a folded Latin word."""
    return _close(_SPELLING.sub(_spell, word))


def _spell(match: re.Match[str]) -> str:
    return _SOFT.get(match.lastgroup or "", "") if match.lastgroup else _SPELLINGS[match[0]]


@lru_cache(maxsize=4096)
def sounds_of_hangul(word: str) -> tuple[str, ...]:
    """Return the sound keys of a Hangul word: as pronounced, and letter by letter where that differs."""
    spoken, lettered = _read(word, spoken=True), _read(word, spoken=False)
    return (spoken,) if spoken == lettered else (spoken, lettered)


def forget_sounds() -> None:
    """Forget the words read lately, after reading thousands of which few come again: two megabytes."""
    sounds_of_hangul.cache_clear()
    _step.cache_clear()


def _read(word: str, *, spoken: bool) -> str:
    out: list[str] = []
    tail = 0
    for letter in word:
        heard, tail = _step(tail, letter, spoken)
        out.append(heard)
    out.append((_TAIL_SOUNDS if spoken else _TAIL_LETTERS)[tail])
    return _close("".join(out))


@lru_cache(maxsize=8192)
def _step(tail: int, letter: str, spoken: bool) -> tuple[str, int]:
    """Return what is heard up to a letter's vowel, and the tail it leaves for the next one."""
    if not is_syllable(letter):
        return _TAIL_SOUNDS[tail] + (letter if letter.isascii() else ""), 0
    lead, vowel, next_tail = parts(letter)
    closed, opened = _join(tail, lead, vowel, spoken=spoken)
    return closed + opened + _VOWEL[vowel], next_tail


def _join(tail: int, lead: int, vowel: int, *, spoken: bool) -> tuple[str, str]:
    """Say how a tail and the next lead sound together: the rules that romanisations disagree on."""
    opened = _LEAD[lead]
    if not tail:
        return "", opened
    letters, closed = _TAIL_LETTERS[tail], _TAIL_SOUNDS[tail]
    stopped = letters[-1:] in ("k", "t", "p", "j", "s") and letters != "nk"
    if lead == _SILENT:
        if spoken and vowel == 20 and letters[-1:] == "t":
            return letters[:-1], "j"
        return letters, ""
    if lead == _BREATH and stopped:
        return (letters if letters[-1] == "j" and spoken else closed), ""
    if not spoken:
        return closed, opened
    if lead in _NASAL:
        closed = _NASAL_OF.get(closed, closed)
        if closed == "l" and lead == 2:
            opened = "l"
    elif lead == _LIQUID:
        if closed == "n":
            closed = "l"
        elif closed != "l":
            closed, opened = _NASAL_OF.get(closed, closed), "n"
    return closed, opened


def join(keys: Sequence[str]) -> str:
    """Write the sound keys of several words as one: what meets at the seams may fall together."""
    out = keys[0]
    for key in keys[1:]:
        if key and out[-1:] == key[0]:
            out += key[1:]
        elif key[:1] == "j" and out[-1:] == "t":
            out = out[:-1] + key
        else:
            out += key
    return out


def _close(key: str) -> str:
    return _DOUBLED.sub(_once, key.replace("tj", "j"))


def _once(run: re.Match[str]) -> str:
    return run[1]
