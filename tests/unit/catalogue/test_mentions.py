"""What a message names in passing: sure only with a second witness, and no everyday words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.mentions import MOST_PERHAPS, MOST_SURE, mentioned
from bot.catalogue.search import SearchIndex
from tests.unit.catalogue.test_naming import curated

STAY, GOBLIN = "goblin-stay-with-me", "goblin"


def told(text: str) -> dict[str, bool]:
    """Tell what a text names, and whether that is sure."""
    naming = curated()
    search: SearchIndex = naming._search
    return {one.id: one.sure for one in mentioned(text, naming, search)}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("I can't stop listening to Stay With Me by Chanyeol and Punch!!", {STAY}),
        ("[MV] CHANYEOL(찬열), PUNCH(펀치) _ Stay With Me (Goblin(도깨비) OST Part.1)", {STAY, GOBLIN}),
        ("도깨비에서 나온 첫눈처럼 너에게 가겠다 듣고 울었어", {"goblin-i-will-go-to-you-like-the-first-snow", GOBLIN}),
        ("도깨비 OST 너무 좋아", {GOBLIN}),
        ("Crash Landing on You is my favourite", {"crash-landing-on-you"}),
        (
            "My list:\n1. Everytime - Chen & Punch\n2. Beautiful - Crush",
            {"descendants-of-the-sun-everytime", "goblin-beautiful"},
        ),
    ],
)
def test_a_title_beside_its_singer_or_drama_is_sure(text: str, named: set[str]) -> None:
    assert {id for id, sure in told(text).items() if sure} == named


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("You Are My Everything 💕", "descendants-of-the-sun-you-are-my-everything"),
        ("just finished Signal", "signal"),
        ("stay wiht me punhc", STAY),
    ],
)
def test_a_name_alone_or_misspelt_is_merely_possible(text: str, perhaps: str) -> None:
    assert told(text).get(perhaps) is False


@pytest.mark.parametrize(
    "text",
    [
        "stay with me tonight please",
        "good morning everyone, how are you? I love you all",
        "we should go to the beach because of you, my love, it is hello again goodbye",
        "오늘 점심 뭐 먹지 나는 김밥",
        "lol",
        "",
        "https://youtu.be/xyz",
    ],
)
def test_everyday_words_name_nothing(text: str) -> None:
    assert told(text) == {}


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=3_000)
    | st.lists(st.sampled_from(["Goblin", "OST", "Love", "by", "-", "\n", "도깨비"]), max_size=900).map(" ".join)
)
def test_whatever_a_message_says_is_read_without_harm(text: str) -> None:
    assert len(told(text)) <= MOST_SURE + MOST_PERHAPS
