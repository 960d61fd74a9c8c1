"""The check against Discord's description does find what Discord would refuse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract import openapi

CALLBACK = "/interactions/123/token/callback"


def message(*components: dict[str, Any]) -> dict[str, Any]:
    """Return an interaction's answer made of these components."""
    return {"type": 4, "data": {"flags": 32768, "components": list(components)}}


TEXT = {"type": 10, "content": "Hello"}
BUTTON = {"type": 2, "style": 1, "custom_id": "love:a", "label": "Love"}


def test_a_sound_answer_is_passed() -> None:
    assert openapi.mistakes("POST", CALLBACK, message(TEXT, {"type": 1, "components": [BUTTON]})) == []


@pytest.mark.parametrize(
    "body",
    [
        message({"type": 1, "components": [{**BUTTON, "label": "x" * 81}]}),
        message({"type": 1, "components": [{**BUTTON, "custom_id": "x" * 101}]}),
        message({"type": 1, "components": [BUTTON] * 6}),
        message({"type": 99}),
        {"type": 8, "data": {"choices": [{"name": "x" * 101, "value": "x"}]}},
        {"type": 8, "data": {"choices": [{"name": "x", "value": "x"}] * 26}},
    ],
)
def test_what_discord_refuses_is_found_where_its_description_lies(body: dict[str, Any]) -> None:
    assert bool(openapi.mistakes("POST", CALLBACK, body)) == openapi.SPECIFICATION.is_file()


def test_a_path_discord_does_not_describe_is_left_alone() -> None:
    assert openapi.mistakes("POST", "/not/a/path", {"x": 1}) == []
