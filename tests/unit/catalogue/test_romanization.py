"""Sound keys: spellings of one Korean word meet, others stay apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import load
from bot.catalogue.romanization import join, sound_of_latin, sounds_of_hangul
from bot.catalogue.text import is_hangul, words


def sounds(name: str) -> set[str]:
    ways = [sounds_of_hangul(word) if is_hangul(word) else (sound_of_latin(word),) for word in words(name)]
    return {join([way[0] for way in ways]), join([way[-1] for way in ways])}


@pytest.mark.parametrize(
    ("korean", "spellings"),
    [
        ("도깨비", ["dokkaebi", "tokkaebi", "tokkebi", "dokebi"]),
        ("서", ["seo", "suh", "so"]),
        ("미치게 만들어", ["michige mandeureo", "mich'ige mandŭrŏ"]),
        ("이미", ["imi", "eemee", "yimi"]),
        ("처음부터", ["cheoeumbuteo", "chueumbuto"]),
        ("입력", ["imnyeok", "ipryeok"]),
        ("은결", ["eungyeol", "eun-gyul"]),
        ("같이", ["gachi", "kachi"]),
        ("사랑인가 봐", ["saranginga bwa", "sarang in ga bwa"]),
        ("좋은", ["joeun", "choeun", "jo-eun"]),
    ],
)
def test_fans_spellings_meet_the_hangul(korean: str, spellings: list[str]) -> None:
    for spelling in spellings:
        assert sounds(spelling) & sounds(korean), spelling


def test_different_words_keep_different_sounds() -> None:
    names = ("도깨비", "시그널", "미생", "비밀의 숲", "눈물의 여왕", "태양의 후예")
    assert len(set().union(*map(sounds, names))) >= len(names)


def test_nearly_all_romanisations_in_the_catalogue_meet_their_hangul() -> None:
    pairs = [
        (song.romanized, song.title_ko)
        for song in load().songs.values()
        if song.romanized and song.title_ko and words(song.title_ko)
    ]
    met = sum(bool(sounds(romanized) & sounds(korean)) for romanized, korean in pairs)

    assert met / len(pairs) >= 0.93


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789"))
def test_a_sound_key_has_no_doubled_letters(word: str) -> None:
    sound = sound_of_latin(word)

    assert all(one != other for one, other in pairwise(sound))
