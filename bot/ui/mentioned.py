"""What a message names, as an answer: what is sure apart from what is merely possible, and a menu that opens it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue.mentions import Mention, mentioned
from bot.catalogue.naming import naming
from bot.host import Host
from bot.layout import laid_out
from bot.library import Library
from bot.ui import pages
from bot.ui.choices import name_of
from bot.ui.pages import Row
from bot.ui.reply import Audience
from bot.ui.routes import Item, choose, option, press

_NAME = 120
"""Characters of a drama's name."""
_EMOJI = {"song": "🎵", "drama": "🎬"}


def told_in(message: discord.Message) -> str:
    """Gather all that a message says: its text, its links' titles, what it forwards, what a bot laid out."""
    return "\n".join(part for part in _parts(message) if part)


def _parts(message: discord.Message | discord.MessageSnapshot) -> Iterator[str | None]:
    yield message.content
    for embed in message.embeds:
        yield embed.title
        yield embed.description
        yield from (field.value for field in embed.fields)
    components: list[Any] = [component.to_dict() for component in message.components]
    yield from (str(part.get("content", "")) for part in limits.walk(components))
    for forwarded in getattr(message, "message_snapshots", ()):
        yield from _parts(forwarded)


async def found_in(text: str, library: Library) -> tuple[Mention, ...]:
    """Find what a text names, in a thread."""
    return await asyncio.to_thread(lambda: mentioned(text, naming(library.catalogue, library.search), library.search))


def mentions_page(bot: Host, to: Audience, mentions: Sequence[Mention]) -> discord.ui.LayoutView:
    """Lay out what a message names; privately with a button that posts it."""
    texts = to.texts
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"### {texts('mentions.heading')}"))
    for sure in (True, False):
        rows = [_row(bot, to, one) for one in mentions if one.sure is sure]
        if rows:
            heading = texts("mentions.sure" if sure else "mentions.perhaps")
            container.add_item(discord.ui.TextDisplay("\n".join([f"**{heading}**", *rows])))
    options = [
        option(
            f"{_EMOJI[one.kind]} {name_of(one.kind, one.id, bot.library, texts)}",
            f"{one.kind}:{one.id}",
            texts("mentions.sure" if one.sure else "mentions.perhaps"),
        )
        for one in mentions
    ]
    container.add_item(Row(choose("open-found", placeholder=texts("select.open-one"), options=options)))
    if to.private:
        post: Item = press("mentions-post", sum(one.sure for one in mentions), label=texts("button.post-here"))
        container.add_item(Row(post))
    return laid_out(container)


def read_back(message: discord.Message | None, sure: int, library: Library) -> list[Mention]:
    """Read from a page's menu what it tells, so that it can be posted; what is gone is left out."""
    components: list[Any] = [component.to_dict() for component in message.components] if message else []
    menu = next((part for part in limits.walk(components) if part.get("custom_id") == "open-found"), None)
    values = [str(one.get("value", "")) for one in (menu or {}).get("options", ())][: limits.SELECT_OPTIONS]
    found: list[Mention] = []
    for place, value in enumerate(values):
        kind, _, id = value.partition(":")
        if kind == "song" and (song := library.catalogue.song(id)):
            found.append(Mention("song", song.id, sure=place < sure))
        elif kind == "drama" and (drama := library.catalogue.drama(id)):
            found.append(Mention("drama", drama.id, sure=place < sure))
    return list(dict.fromkeys(found))


def _row(bot: Host, to: Audience, mention: Mention) -> str:
    song = bot.library.catalogue.song(mention.id) if mention.kind == "song" else None
    if song:
        return f"🎵 {pages.song_row(bot, to, song)}"
    name = limits.shorten(name_of(mention.kind, mention.id, bot.library, to.texts), _NAME)
    return f"🎬 **{escape_markdown(name)}**"
