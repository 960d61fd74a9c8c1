"""Folding: which differences between what people type are forgotten, and how names are cut."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.text import LONGEST_QUERY, LONGEST_WORD, MOST_WORDS, fold, read_query, shorten, words


def test_case_accents_width_and_apostrophes_are_forgotten() -> None:
    assert words("Ｍａｓｔｅｒ’ｓ Sun") == words("MASTER'S SÜN") == ("masters", "sun")


def test_hangul_is_the_same_however_it_is_put_together() -> None:
    name = "괜찮아, 사랑이야"
    assert words(unicodedata.normalize("NFD", name)) == words(name) == ("괜찮아", "사랑이야")


def test_lone_jamo_stay_lone_in_every_encoding() -> None:
    assert words("ㄷㄲㅂ") == words("\u1103\u1101\u1107") == words("ﾧﾢﾲ") == ("ㄷㄲㅂ",)
    assert words("도ㄲ") == ("도ㄲ",)


def test_latin_and_hangul_are_cut_apart() -> None:
    assert words("슬의생2 전미도butterfly 10cm") == ("슬의생", "2", "전미도", "butterfly", "10cm")


def test_a_word_is_open_until_something_follows_it() -> None:
    assert read_query("stay wi").open
    assert not read_query("stay with ").open
    assert not read_query("").open


def test_a_query_is_read_no_further_than_a_name_could_need() -> None:
    assert len(read_query(" ".join(f"word{number}" for number in range(2000))).words) <= MOST_WORDS
    assert len("".join(read_query("a b " * 1500).words)) <= LONGEST_QUERY
    assert [len(word) for word in read_query("a" * 6000).words] == [LONGEST_WORD]


def test_a_word_said_over_and_over_is_read_twice() -> None:
    assert read_query("no no no no fate").words == ("no", "no", "fate")


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_short_name_is_shown_whole() -> None:
    assert shorten("도깨비 · Stay With Me") == "도깨비 · Stay With Me"


def test_a_long_name_is_never_cut_inside_a_syllable() -> None:
    long = unicodedata.normalize("NFD", "걸어서 하늘까지 " * 20)

    short = shorten(long)

    assert len(short) <= 100
    assert unicodedata.normalize("NFC", long).startswith(short.rstrip("…"))
    assert short.endswith("…")


def test_a_long_name_is_never_cut_inside_an_accent_or_an_emoji() -> None:
    assert shorten("e\u0323\u0302x" * 50, 8).rstrip("…") in unicodedata.normalize("NFC", "e\u0323\u0302x" * 50)
    assert shorten("👩\u200d🎤" * 40, 8) == "👩\u200d🎤…"
    assert shorten("👍🏽" * 40, 8) == "👍🏽…"


@given(st.text(), st.integers(2, 120))
def test_a_shown_name_never_exceeds_its_limit(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert sum(1 + (ch > "\uffff") for ch in short) <= limit
