"""Discord's numbers: what breaks them is named, what keeps them is passed, and text is cut to fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import limits

Component = dict[str, Any]


def text(content: str = "Hello") -> Component:
    return {"type": 10, "content": content}


def button(id: str = "love:a", label: str = "Love") -> Component:
    return {"type": 2, "style": 1, "custom_id": id, "label": label}


def row(*children: Component) -> Component:
    return {"type": 1, "components": list(children)}


def container(*children: Component) -> Component:
    return {"type": 17, "components": list(children)}


def section(accessory: Component, *texts: Component) -> Component:
    return {"type": 9, "components": list(texts), "accessory": accessory}


def select(*values: str, least: int = 1, most: int = 1, **more: Any) -> Component:
    options = [{"label": value or "x", "value": value} for value in values]
    return {"type": 3, "custom_id": "open", "options": options, "min_values": least, "max_values": most, **more}


SOUND = [
    [text("x" * limits.MESSAGE_TEXT)],
    [row(*(button(f"love:{n}", "x" * limits.BUTTON_LABEL) for n in range(limits.ROW_BUTTONS)))],
    [button("x" * limits.CUSTOM_ID)],
    [container(*(text() for _ in range(limits.COMPONENTS - 1)))],
    [section(button(), *(text() for _ in range(limits.SECTION_TEXTS)))],
    [row(select(*map(str, range(limits.SELECT_OPTIONS)), most=limits.SELECT_OPTIONS))],
    [row(select("x" * limits.OPTION_TEXT, placeholder="x" * limits.PLACEHOLDER))],
]

BROKEN = [
    ([text("x" * 2_001), container(text("x" * 2_000))], "text"),
    ([row(*(button(f"love:{n}") for n in range(6)))], "buttons in a row"),
    ([row(button(label="x" * 81))], "button label"),
    ([row(button("x" * 101))], "custom_id"),
    ([row(button("love:a")), section(button("love:a"), text())], "custom_id twice: love:a"),
    ([container(*(text() for _ in range(40)))], "components"),
    ([section(button(), *(text() for _ in range(4)))], "texts in a section"),
    ([text(" \n")], "without text"),
    ([row(select(*map(str, range(26))))], "options"),
    ([row(select())], "without options"),
    ([row(select("a", "a"))], "value twice"),
    ([row(select("a", most=2))], "more than it offers"),
    ([row(select("a", "b", least=2, most=1))], "more than it offers"),
    ([row(select("x" * 101))], "option value"),
    ([row(select("a", placeholder="x" * 151))], "placeholder"),
]


@pytest.mark.parametrize("components", SOUND)
def test_a_message_at_its_limit_may_be_sent(components: list[Component]) -> None:
    assert limits.violations(components) == []


@pytest.mark.parametrize(("components", "named"), BROKEN)
def test_a_message_over_a_limit_names_it(components: list[Component], named: str) -> None:
    assert any(named in violation for violation in limits.violations(components))


def test_every_broken_limit_is_named_not_only_the_first() -> None:
    assert len(limits.violations([row(*(button("love:a", "x" * 81) for _ in range(6)))])) >= 8


def test_walking_finds_accessories_and_what_a_label_holds() -> None:
    label = {"type": 18, "label": "Why?", "component": {"type": 4, "custom_id": "text"}}

    found = [component["type"] for component in limits.walk([container(section(button(), text())), label])]

    assert found == [17, 9, 10, 2, 18, 4]


@given(st.text(), st.integers(min_value=1, max_value=120))
def test_shortened_text_fits_and_is_otherwise_a_beginning(words: str, length: int) -> None:
    short = limits.shorten(words, length)

    assert len(short) <= length
    assert short == words or (short.endswith("…") and words.startswith(short[:-1]))


def test_text_is_cut_at_a_space_where_one_is_near() -> None:
    assert limits.shorten("I Will Go to You Like the First Snow", 20) == "I Will Go to You…"


def test_a_single_long_word_is_cut_anywhere() -> None:
    assert limits.shorten("가" * 30, 10) == "가" * 9 + "…"
