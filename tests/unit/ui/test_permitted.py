"""Blocked words: whole in Latin letters, anywhere in Korean, however they are dressed up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.permitted import blocked_word, folded


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("You ASS!", "ass"),
        ("ｓｐｏｉｌｅｒ here", "spoiler"),
        ("a s\u200bpoiler", "spoiler"),
        ("완전스포임", "스포"),
        ("the  bad\nword", "bad word"),
        ("c++ is out", "c++"),
    ],
)
def test_a_blocked_word_is_found(text: str, word: str) -> None:
    assert blocked_word(text, ["other", folded(word)]) == folded(word)


@pytest.mark.parametrize(("text", "word"), [("a class act", "ass"), ("passé", "ass"), ("assé", "ass"), ("", "ass")])
def test_a_word_within_another_is_not(text: str, word: str) -> None:
    assert blocked_word(text, [word]) is None


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=10).map(folded).filter(bool), max_size=4))
def test_what_is_found_was_blocked_and_stands_there(text: str, words: list[str]) -> None:
    found = blocked_word(text, words)

    assert found is None or (found in words and found in folded(text))


@given(st.text(min_size=1, max_size=20).map(folded).filter(bool))
def test_a_blocked_word_alone_is_always_found(word: str) -> None:
    assert blocked_word(word, [word]) == word
