"""Hangul taken apart: initial consonants, and the keys that type it.

A syllable block is arithmetic: U+AC00 + (lead * 21 + vowel) * 28 + tail (Unicode Standard 3.12). Two views
of a word follow from it.

*Keys.* On the two-set keyboard (두벌식, KS X 5002) every letter is a key of the Latin layout: 도 is "eh",
깨 is "Ro". A word written as its keys makes four problems one. Half-typed Hangul (도ㄲ, 도깹) is a prefix of
the whole word's keys. Hangul typed with the keyboard left on Latin ("ehRoql") *is* the keys. English typed
with it left on Hangul (ㄴㅅ묘) has the English word as its keys. And ㅘ or ㄳ, typed as two letters, are two.
Case is forgotten: shift only doubles a consonant, and phones and hurried people drop it.

*Initials* (초성, choseong): the lead consonants alone, ㄷㄲㅂ for 도깨비, a common shorthand in Korea.
"""

from __future__ import annotations

from functools import lru_cache

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
FIRST = 0xAC00

_KEYS = dict(
    zip(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml",
        strict=True,
    )
)
_PAIRS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_JOINED = {parts: letter for letter, parts in _PAIRS.items()}
_LETTERS = {key: letter for letter, key in _KEYS.items()} | {
    key.upper(): letter for letter, key in _KEYS.items() if key.islower() and key not in "qwertop"
}
_LEAD_KEYS = [_KEYS[lead].lower() for lead in LEADS]
_REST_KEYS = [
    "".join(_KEYS[part] for letter in (vowel, tail) for part in _PAIRS.get(letter, letter)).lower()
    for vowel in VOWELS
    for tail in TAILS
]
_LONE_KEYS = {letter: key.lower() for letter, key in _KEYS.items()} | {
    letter: "".join(_KEYS[part] for part in parts).lower() for letter, parts in _PAIRS.items()
}
_PLAIN_LEAD = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")


def parts(syllable: str) -> tuple[int, int, int]:
    """Take a syllable block apart into the numbers of its lead, vowel and tail."""
    lead, rest = divmod(ord(syllable) - FIRST, 588)
    return lead, *divmod(rest, 28)


def is_syllable(letter: str) -> bool:
    """Tell a whole syllable from a lone jamo or another script."""
    return "가" <= letter <= "힣"


def keys(word: str) -> str:
    """Write Hangul as the lower-case keys that type it; leave all else."""
    return "".join(map(_keys_of, word))


@lru_cache(maxsize=4096)
def _keys_of(letter: str) -> str:
    if is_syllable(letter):
        lead, rest = divmod(ord(letter) - FIRST, 588)
        return _LEAD_KEYS[lead] + _REST_KEYS[rest]
    return _LONE_KEYS.get(letter, letter)


def initials(word: str) -> str:
    """Return the lead consonants of Hangul, doubled ones as single, digits as they are."""
    return "".join(
        LEADS[(ord(letter) - FIRST) // 588] if "가" <= letter <= "힣" else letter for letter in word
    ).translate(_PLAIN_LEAD)


def read_initials(word: str) -> str | None:
    """Return what was typed as initials alone, in the form of `initials`; None if there is more to it.

    Keyboards join two consonants where they can (ㅂㅅ comes out as ㅄ): they are taken apart again.
    """
    apart = "".join(_PAIRS.get(letter, letter) for letter in word)
    return apart.translate(_PLAIN_LEAD) if all(letter in LEADS for letter in apart) else None


def compose(typed: str) -> str | None:
    """Read Latin keys as a Korean keyboard would; None if they do not make whole syllables.

    The automaton of any 두벌식 input method: a consonant after a vowel is a tail until a vowel follows
    and takes it as its lead. The last syllable may be unfinished, as in half-typed text.
    """
    letters = [_LETTERS.get(key) for key in typed]
    if None in letters or not letters:
        return None
    blocks: list[list[str]] = []
    for letter in filter(None, letters):
        if letter in VOWELS:
            if not _add_vowel(blocks, letter):
                return None
        elif blocks and _may_close(blocks[-1], letter):
            blocks[-1][2] = _JOINED.get(blocks[-1][2] + letter, letter) if blocks[-1][2] else letter
        else:
            blocks.append([letter, "", ""])
    whole = blocks if blocks[-1][1] else blocks[:-1]
    if not whole or any(not vowel for _, vowel, _ in whole):
        return None
    return "".join(
        chr(FIRST + (LEADS.index(lead) * 21 + VOWELS.index(vowel)) * 28 + TAILS.index(tail)) if vowel else lead
        for lead, vowel, tail in blocks
    )


def _may_close(block: list[str], letter: str) -> bool:
    _, vowel, tail = block
    return bool(vowel) and (letter in TAILS if not tail else tail + letter in _JOINED)


def _add_vowel(blocks: list[list[str]], vowel: str) -> bool:
    if not blocks:
        return False
    lead, medial, tail = blocks[-1]
    if medial and not tail:
        blocks[-1][1] = _JOINED.get(medial + vowel, "")
        return bool(blocks[-1][1])
    if not medial:
        blocks[-1][1] = vowel
        return lead in LEADS
    kept, moved = _PAIRS.get(tail, ("", tail)) if tail in _PAIRS else ("", tail)
    blocks[-1][2] = kept
    blocks.append([moved, vowel, ""])
    return True
