"""Hangul as keys and as initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.hangul import compose, initials, keys, read_initials

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ehRoql", "도깨비"), ("sork", "내가"), ("dlfjfRk", "이럴까"), ("rhoscksgdk", "괜찮아"), ("ekfr", "닭")],
)
def test_latin_keys_make_the_hangul_that_was_meant(typed: str, meant: str) -> None:
    assert compose(typed) == meant


@pytest.mark.parametrize("word", ["stay", "goblin", "k", "r", "", "ehr1", "love"])
def test_words_that_are_no_whole_syllables_are_left_alone(word: str) -> None:
    assert compose(word) is None


@given(SYLLABLES)
def test_what_keys_type_is_what_was_written_but_for_shift(word: str) -> None:
    composed = compose(keys(word))

    assert composed is not None
    assert keys(composed) == keys(word)


@given(SYLLABLES, st.integers(1, 12))
def test_half_typed_hangul_is_a_beginning_of_its_keys(word: str, syllables: int) -> None:
    assert keys(word).startswith(keys(word[:syllables]))


def test_a_consonant_not_yet_followed_is_a_beginning_too() -> None:
    assert keys("도깨비").startswith(keys("도ㄲ"))
    assert keys("도깨비").startswith(keys("도깹"))


def test_initials_forget_doubling_and_joined_consonants() -> None:
    assert initials("도깨비") == read_initials("ㄷㄲㅂ") == read_initials("ㄷㄱㅂ") == "ㄷㄱㅂ"
    assert read_initials("ㅄ") == initials("별성") == "ㅂㅅ"


def test_text_with_more_than_initials_is_not_initials() -> None:
    assert read_initials("도ㄲ") is None
    assert read_initials("ㅏ") is None
