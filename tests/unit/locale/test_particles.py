"""Korean particles follow the sound of the word before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locale.particles import with_particle

PAIRS = ("은/는", "이/가", "을/를", "과/와", "으로/로")
HANGUL = st.integers(min_value=0xAC00, max_value=0xD7A3).map(chr)


@pytest.mark.parametrize(
    ("word", "pair", "spoken"),
    [
        ("도깨비", "을/를", "도깨비를"),
        ("시크릿 가든", "을/를", "시크릿 가든을"),
        ("도깨비", "은/는", "도깨비는"),
        ("첫눈", "이/가", "첫눈이"),
        ("펀치", "과/와", "펀치와"),
        ("찬열", "과/와", "찬열과"),
        ("호텔", "으로/로", "호텔로"),
        ("첫눈", "으로/로", "첫눈으로"),
        ("도깨비", "으로/로", "도깨비로"),
        ("Goblin", "을/를", "Goblin을"),
        ("Flower", "으로/로", "Flower로"),
        ("응답하라 1988", "을/를", "응답하라 1988을"),
        ("응답하라 1997", "으로/로", "응답하라 1997로"),
        ("49", "이/가", "49가"),
        ("도깨비 (2016)", "을/를", "도깨비 (2016)을"),
        ("“첫눈”", "이/가", "“첫눈”이"),
        ("*도깨비*", "은/는", "*도깨비*는"),
        ("Everytime", "과/와", "Everytime과"),
        ("Start Over Again and Alone!", "은/는", "Start Over Again and Alone!은"),
        ("A Love Song", "을/를", "A Love Song을"),
        ("Smile", "으로/로", "Smile로"),
        ("*Stay With Me*", "과/와", "*Stay With Me*와"),
        ("", "을/를", "를"),
        ("!?", "이/가", "!?가"),
    ],
)
def test_the_particle_fits_the_word(word: str, pair: str, spoken: str) -> None:
    assert with_particle(word, pair) == spoken


@given(st.text(), st.sampled_from(PAIRS))
def test_a_word_is_kept_and_one_of_the_two_forms_follows(word: str, pair: str) -> None:
    spoken = with_particle(word, pair)

    assert spoken in {word + form for form in pair.split("/")}


@given(st.text(), HANGUL, st.sampled_from(PAIRS[:4]))
def test_a_hangul_ending_decides_by_its_final_consonant(word: str, last: str, pair: str) -> None:
    closed = (ord(last) - 0xAC00) % 28 != 0

    assert with_particle(word + last, pair) == word + last + pair.split("/")[0 if closed else 1]


@given(st.text(), HANGUL)
def test_after_rieul_it_is_ro(word: str, last: str) -> None:
    final = (ord(last) - 0xAC00) % 28

    assert with_particle(word + last, "으로/로").endswith("으로") == (final not in {0, 8})


@given(st.text(), st.sampled_from(["”", ")", "*", "!", "…", "』"]), st.sampled_from(PAIRS))
def test_closing_marks_are_looked_through(word: str, mark: str, pair: str) -> None:
    plain = with_particle(word, pair).removeprefix(word)

    assert with_particle(word + mark, pair) == word + mark + plain
