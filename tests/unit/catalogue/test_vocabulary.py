"""The words data files may use."""

from typing import Any

import pytest
import tomli
from tiny_data import VOCABULARY

from bot.catalogue.checks import RefusedError
from bot.catalogue.vocabulary import read_vocabulary


@pytest.fixture
def table() -> dict[str, Any]:
    return tomli.loads(VOCABULARY)


def faults(table: object) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        read_vocabulary(table)
    return [str(fault.told("v")) for fault in caught.value.faults]


def test_every_family_is_read(table: dict[str, Any]):
    vocabulary = read_vocabulary(table)

    assert vocabulary.genres["r&b"].label == "R&b"
    assert set(vocabulary.tempos) == {"ballad", "mid", "upbeat"}
    assert vocabulary.listener_moods["rainy-day"].emoji == "🌧️"
    assert "female-vocal-male-rap" in vocabulary.voicings


def test_a_word_cannot_be_added_afterwards(table: dict[str, Any]):
    vocabulary = read_vocabulary(table)

    with pytest.raises(TypeError):
        vocabulary.moods["new"] = vocabulary.moods["yearning"]  # type: ignore[index]
    with pytest.raises(TypeError):
        vocabulary.listener_moods["rainy-day"].tags["mood:new"] = 1.0  # type: ignore[index]


@pytest.mark.parametrize("family", ["tempos", "voices", "roles", "voicings"])
def test_families_the_program_counts_on_are_complete_and_no_more(table: dict[str, Any], family: str):
    word, told = next(iter(table[family].items()))
    del table[family][word]
    table[family]["other-word"] = told

    assert f"v: {family}.{word} is missing; expected a word the program needs" in faults(table)
    assert any(f'v: {family}.other-word: "other-word" is not a word the program knows' in f for f in faults(table))


def test_a_family_that_is_missing_leaves_the_others_checked(table: dict[str, Any]):
    del table["themes"]
    table["moods"]["romantic"]["emojy"] = "💕"
    table["listener_moods"]["rainy-day"]["tags"] = {"theme:anything": 1, "mood:nothing": 1}

    assert faults(table) == [
        'v: moods.romantic.emojy: "emojy" is not a key of a word; did you mean "emoji"?',
        "v: themes is missing; expected a table of words, each under its id",
    ]


@pytest.mark.parametrize("weight", [0, 2, -1.01, "1", True, float("nan"), float("inf")])
def test_weights_outside_their_range_are_refused(table: dict[str, Any], weight: object):
    table["listener_moods"]["rainy-day"]["tags"] = {"mood:melancholic": weight}

    assert "is not a weight from -1 to 1, other than 0" in faults(table)[0]


def test_a_listener_mood_without_tags_is_refused(table: dict[str, Any]):
    table["listener_moods"]["rainy-day"]["tags"] = {}

    assert faults(table)[0].startswith("v: listener_moods.rainy-day.tags: a table is not a table of tags")


def test_words_must_be_written_as_ids(table: dict[str, Any]):
    table["moods"]["So Sad"] = {"label": "So sad", "label_ko": "슬픔"}

    assert faults(table) == [
        'v: moods."So Sad": "So Sad" is not a word\'s name: a-z, 0-9 and single hyphens',
    ]
