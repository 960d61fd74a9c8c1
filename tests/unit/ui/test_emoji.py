"""Which emoji may stand for a vote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.emoji import reaction_key, standard


@pytest.mark.parametrize("emoji", ["❤️", "❤", "💜", "🫶🏽", "❤️‍🔥", "👩‍🎤", "🇰🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "⭐", "☔", "🎵", "🪭", "🫩"])
def test_one_standard_emoji_may(emoji: str) -> None:
    assert standard(f" {emoji} ") == emoji


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "7", "1️⃣", "❤️❤️", "💜 💜", "🇰", "🏽", "❤️ love", "\u200d", "\ufe0f", "가", "<3", "→", "✁"]
)
def test_anything_else_may_not(typed: str) -> None:
    assert standard(typed) is None


@given(st.text(st.characters(categories=["L", "N", "P", "Z", "M"], exclude_characters="‼⁉〰〽™ℹⓂ㊗㊙"), min_size=1))
def test_no_letters_numbers_or_signs_may(typed: str) -> None:
    assert standard(typed) is None


def test_a_custom_emoji_is_known_by_its_id_when_somebody_reacts() -> None:
    assert reaction_key("<:norae:123456789012345678>") == "123456789012345678"
    assert reaction_key("<a:norae:123456789012345678>") == "123456789012345678"
    assert reaction_key("💜") == "💜"
