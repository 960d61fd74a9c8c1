"""What is made ready is what discord.py's own items would send."""

from __future__ import annotations

import json

import discord

from bot.layout import Ready, container, made, row, section, text

COLOUR = discord.Colour(0x8E7CC3)


def button(name: str) -> discord.ui.Button[discord.ui.LayoutView]:
    return discord.ui.Button(label=name, custom_id=name, emoji="❤️")


async def test_ready_parts_are_what_items_would_be() -> None:
    built = discord.ui.LayoutView(timeout=None)
    frame = discord.ui.Container[discord.ui.LayoutView](accent_colour=COLOUR)
    frame.add_item(discord.ui.TextDisplay("one"))
    frame.add_item(discord.ui.Section(discord.ui.TextDisplay("two"), accessory=button("a")))
    frame.add_item(discord.ui.ActionRow(button("b"), button("c")))
    built.add_item(frame)

    ready = Ready(
        container(COLOUR, text("one"), section("two", made(button("a"))), row(made(button("b")), made(button("c"))))
    )

    assert json.loads(json.dumps(built.to_components())) == [{**ready.to_components()[0], "spoiler": False}]
    assert ready.has_components_v2() == built.has_components_v2() is True


async def test_items_added_later_stand_below_what_was_ready() -> None:
    ready = Ready(text("first"))

    ready.add_item(discord.ui.TextDisplay("second"))

    assert [part["content"] for part in ready.to_components()] == ["first", "second"]
