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
        ("what a s p o i l e r", "spoiler"),
        ("S.P-O_I*L|E~R!", "spoiler"),
        ("이거 스 포 임", "스포임"),
        ("완전스.포임", "스포"),
    ],
)
def test_a_blocked_word_is_found(text: str, word: str) -> None:
    assert blocked_word(text, ["other", folded(word)]) == folded(word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a class act", "ass"),
        ("passé", "ass"),
        ("assé", "ass"),
        ("", "ass"),
        ("몇 시 발표", "시발"),
        ("as simple as it was", "ass"),
        ("I am at", "mat"),
    ],
)
def test_a_word_within_another_is_not(text: str, word: str) -> None:
    assert blocked_word(text, [word]) is None


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=10).map(folded).filter(bool), max_size=4))
def test_what_is_found_was_blocked_and_stands_there(text: str, words: list[str]) -> None:
    found = blocked_word(text, words)

    assert found is None or found in words
    assert found is None or found in folded(text) or _letters(found) in _letters(folded(text))


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@given(st.text(min_size=1, max_size=20).map(folded).filter(bool))
def test_a_blocked_word_alone_is_always_found(word: str) -> None:
    assert blocked_word(word, [word]) == word
