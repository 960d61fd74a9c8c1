"""Folding of what people type into words that can be compared.

Every step forgets a difference that readers do not mean: width and ligatures (Unicode NFKC), the way Hangul
is put together (precomposed or NFD), case, accents, apostrophes, punctuation. What is left are runs of
Latin letters and digits, and runs of Hangul. Letters of other scripts carry no name in this catalogue and
fall away, as do emoji and the piles of combining marks called zalgo.

Sources: Unicode Standard Annex #15 (normalisation forms) and #29 (grapheme clusters); for lone jamo,
chapter 3.12 of the Unicode Standard: NFKC would turn the ㄷ a keyboard gives (U+3137) into a leading jamo
that composes with what follows, so lone jamo are folded by hand.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUERY = 100
"""Characters of a query that are read; a title with its artists and drama takes fewer."""
LONGEST_WORD = 40
"""Letters of a word that are read: seven words written as one take fewer."""
MOST_WORDS = 10
"""Words of a query that are read."""
MOST_TIMES = 2
"""Times the same word of a query is read: "Me to You, You to Me" needs two."""
LONGEST_NAME = 100
"""Characters Discord shows of a choice's name."""

_ENGLISH_FILLERS = """
ost osts song songs from by the a an of in and feat ft featuring drama dramas kdrama kdramas soundtrack
soundtracks music sung sings singing singer track lyrics mv theme kbs sbs mbc tvn jtbc x vs
"""
_KOREAN_FILLERS = """
노래 드라마 곡 주제가 삽입곡 음악 사운드트랙 가수 부른 나온 나오는 나왔던 가사 오에스티 들려줘 찾아줘
"""
FILLERS = frozenset((_ENGLISH_FILLERS + _KOREAN_FILLERS).split())
"""Words people wrap around a name; they count little, yet a title may hold one."""

_COMPATIBILITY_JAMO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_LEADING = {0x1100 + place: jamo for place, jamo in enumerate(_COMPATIBILITY_JAMO)}
_TRAILING = {
    0x11A8 + place: jamo for place, jamo in enumerate("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
}
_MEDIAL = {0x1161 + place: jamo for place, jamo in enumerate("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")}
_LONE_JAMO = {**_LEADING, **_TRAILING, **_MEDIAL}
_HALF_WIDTH = {0xFFA1 + place: chr(0x3131 + place) for place in range(30)} | {
    code: chr(0x314F + place)
    for place, code in enumerate(
        (*range(0xFFC2, 0xFFC8), *range(0xFFCA, 0xFFD0), *range(0xFFD2, 0xFFD8), *range(0xFFDA, 0xFFDD))
    )
}
_SPECIAL = {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ı"): "i", ord("æ"): "ae", ord("œ"): "oe"}
_APOSTROPHES = re.compile("['’‘`´ʼ＇]")
_NOT_JAMO = re.compile("[^ㄱ-ㆎ]+")
_MARKED = re.compile("[^\x00-\x7f가-힣ㄱ-ㆎ]+")
_WORD = re.compile("[a-z0-9]+|[가-힣ㄱ-ㅣ]+")
_JOINERS = frozenset("\u200d\ufe0f\ufe0e\u20e3")


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, as words."""

    words: tuple[str, ...]
    open: bool
    """Whether the last word may still be growing: nothing was typed after it."""


def fold(text: str) -> str:
    """Forget width, composition, case, accents and apostrophes; keep the spaces."""
    if text.isascii():
        return _APOSTROPHES.sub("", text).lower()
    text = unicodedata.normalize("NFC", text.translate(_HALF_WIDTH))
    text = _NOT_JAMO.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text).translate(_LONE_JAMO)
    text = _APOSTROPHES.sub("", text).casefold().translate(_SPECIAL)
    return _MARKED.sub(_unmarked, text)


def _unmarked(run: re.Match[str]) -> str:
    apart = unicodedata.normalize("NFD", run[0])
    return "".join(ch for ch in apart if not unicodedata.combining(ch))


def words(text: str) -> tuple[str, ...]:
    """Cut a name into runs of Latin letters and digits and runs of Hangul."""
    return tuple(_WORD.findall(fold(text)))


def read_query(text: str) -> Query:
    """Cut what was typed into words, reading no more of it than a name could need."""
    folded = fold(text[: 2 * LONGEST_QUERY])[:LONGEST_QUERY]
    found: list[str] = []
    for whole in _WORD.findall(folded):
        word = whole[:LONGEST_WORD]
        if found.count(word) < MOST_TIMES:
            found.append(word)
    return Query(tuple(found[:MOST_WORDS]), open=folded[-1:].isalnum())


def is_hangul(word: str) -> bool:
    """Tell a run of Hangul from a run of Latin letters."""
    return word[:1] >= "ㄱ"


def shorten(text: str, limit: int = LONGEST_NAME) -> str:
    """Cut a name to so many UTF-16 units, never inside a syllable, an accent or an emoji sequence."""
    text = unicodedata.normalize("NFC", text)
    if _units(text) <= limit:
        return text
    kept, used = 0, 0
    for end in _cluster_ends(text):
        used += _units(text[kept:end])
        if used > limit - 1:
            break
        kept = end
    return text[:kept].rstrip() + "…"


def _units(text: str) -> int:
    return len(text) + sum(ch > "\uffff" for ch in text)


def _cluster_ends(text: str) -> list[int]:
    ends = []
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        joined = (
            before == "\u200d"
            or after in _JOINERS
            or unicodedata.combining(after)
            or 0x1160 <= ord(after) <= 0x11FF
            or "\U0001f3fb" <= after <= "\U0001f3ff"
        )
        if not joined:
            ends.append(place)
    return ends
