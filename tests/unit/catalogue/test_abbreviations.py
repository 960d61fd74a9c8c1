"""Abbreviations nobody wrote down."""

import pytest

from bot.catalogue.abbreviations import PickedSyllables, initials_of
from bot.catalogue.text import words


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Descendants of the Sun", "dots"),
        ("Because This Is My First Life", "btimfl"),
        ("The Smile Has Left Your Eyes", "shlye"),
        ("Reply 1988", "r1988"),
        ("Reply 1988", "r88"),
        ("It's Okay to Not Be Okay", "iotnbo"),
    ],
)
def test_the_first_letters_of_a_latin_name(name: str, short: str) -> None:
    assert short in set(initials_of(words(name)))


@pytest.mark.parametrize("name", ["Goblin", "도깨비", "또 오해영", "1988 2", ""])
def test_one_word_or_hangul_has_no_initials(name: str) -> None:
    assert list(initials_of(words(name))) == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("별에서 온 그대", "별그대"),
        ("슬기로운 의사생활", "슬의생"),
        ("응답하라 1994", "응사"),
        ("태양의 후예", "태후"),
    ],
)
def test_picked_syllables_of_a_korean_name(name: str, short: str) -> None:
    picked = PickedSyllables()
    picked.add(7, words(name))

    assert [found for found, _ in picked.find(short)] == [7]


def test_syllables_out_of_order_or_the_whole_name_are_no_abbreviation() -> None:
    picked = PickedSyllables()
    picked.add(7, words("별에서 온 그대"))

    assert list(picked.find("그별대")) == []
    assert list(picked.find("별에서온그대")) == []


def test_syllables_that_begin_words_make_the_better_abbreviation() -> None:
    picked = PickedSyllables()
    picked.add(1, words("태양의 후예"))
    picked.add(2, words("태평양 전쟁후기"))

    fits = dict(picked.find("태후"))

    assert fits[1] > fits[2]
