"""Queries of 6,000 characters that mean nothing, of every kind people and machines paste."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

LENGTH = 6_000
"""Characters of each: the most that Discord lets an option hold."""
ROUNDS = 40
"""Queries of each kind."""

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_SQL = "'; DROP TABLE songs; -- ", " OR 1=1 ", " UNION SELECT * FROM users WHERE name='admin' "


def _of(letters: str) -> Callable[[random.Random], str]:
    return lambda chance: "".join(chance.choices(letters, k=LENGTH))


def _syllables(chance: random.Random) -> str:
    return "".join(" " if chance.random() < 0.2 else chr(0xAC00 + chance.randrange(11_172)) for _ in range(LENGTH))


def _zalgo(chance: random.Random) -> str:
    piles = (chr(chance.randrange(0x300, 0x36F)) for _ in range(LENGTH))
    return "".join(chance.choice(_LATIN + " ") + "".join(next(piles) for _ in range(8)) for _ in range(LENGTH // 9))


def _sql(chance: random.Random) -> str:
    return "".join(chance.choices(_SQL, k=LENGTH))[:LENGTH]


KINDS: dict[str, Callable[[random.Random], str]] = {
    "letters": _of(_LATIN + " " * 6),
    "one word": _of(_LATIN),
    "Hangul": _syllables,
    "common Hangul": _of("가나다라마바사아자차카타파하도깨비너를사랑해   "),
    "jamo": _of("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㅏㅓㅗㅜㅣ   "),
    "emoji": _of("😀❤️🎵👩‍👧🇰🇷🫶🏽 "),
    "right to left": _of("אבגדהוזחטי\u202eابتثجحخ  "),
    "zalgo": _zalgo,
    "SQL": _sql,
    "all mixed": _of(_LATIN + "가나도깨비ㄷㄲㅂ😀א" + " " * 6),
}


def garbage(seed: int) -> Iterator[tuple[str, str]]:
    """Yield seeded queries, each with its kind."""
    chance = random.Random(seed)
    for kind, make in KINDS.items():
        for _ in range(ROUNDS):
            yield kind, make(chance)
