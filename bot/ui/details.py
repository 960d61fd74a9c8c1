"""The private page behind ⋯: all that is known of a song, and what a reader may say of it besides love."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Song
from bot.layout import laid_out
from bot.locale import Texts
from bot.ui import lines
from bot.ui.moods import accent
from bot.ui.pages import Row
from bot.ui.routes import press

_FIELD: Final = 220
"""Characters of one line's content."""
_SOURCES: Final = 4
"""Sources named."""
_ADDRESS: Final = 200
"""Characters of an address that is still shown as a link."""


def details_page(song: Song, catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Lay out a song's details, other services, and the buttons Not for me, I know it and Report a mistake."""
    container = discord.ui.Container(accent_colour=accent(song))
    container.add_item(discord.ui.TextDisplay("\n".join(_rows(song, catalogue, texts))))
    services = lines.elsewhere(song, catalogue)
    container.add_item(
        Row(
            *(
                discord.ui.Button[discord.ui.LayoutView](label=name, url=address)
                for name, address in list(services.items())[: limits.ROW_BUTTONS]
            )
        )
    )
    container.add_item(
        Row(
            press("dismiss", song.id, label=texts("details.not-for-me")),
            press("known", song.id, label=texts("details.know-it")),
            press("suggest-mistake", song.id, label=texts("details.mistake")),
        )
    )
    return laid_out(container)


def _rows(song: Song, catalogue: Catalogue, texts: Texts) -> list[str]:
    drama = catalogue.drama_of(song)
    facts: list[tuple[str, str | None]] = [
        ("details.drama", f"{lines.drama_title(drama, texts)} ({drama.year})"),
        ("details.part", str(song.part) if song.part else None),
        ("details.released", song.released),
        ("details.romanised", song.romanized),
        ("details.meaning", song.gloss),
        ("details.aliases", ", ".join(song.aliases)),
    ]
    rows = [f"### {limits.shorten(lines.title(song, texts), _FIELD)}"]
    singers = limits.shorten(lines.sung_by(song, texts, catalogue), _FIELD)
    rows.append(texts("details.singers", value=singers))
    rows += [texts(key, value=escape_markdown(limits.shorten(value, _FIELD))) for key, value in facts if value]
    if song.sources:
        rows.append(texts("details.sources", value=_sources(song)))
    rows.append(f"-# {texts(f'details.checked.{song.checked}')}")
    return rows


def _sources(song: Song) -> str:
    return " · ".join(
        f"[{urlsplit(source).hostname or source[:40]}](<{source}>)"
        if len(source) <= _ADDRESS
        else str(urlsplit(source).hostname)
        for source in song.sources[:_SOURCES]
    )
