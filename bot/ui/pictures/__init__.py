"""Pictures to look at and pass on; each tells the same in words, and is drawn in a thread.

Imported only where a picture is asked for: Pillow and the letters cost a start some tens of milliseconds.
"""

from __future__ import annotations

import asyncio
import io
from typing import Protocol

import discord

from bot.ui.pictures.champion import Champion
from bot.ui.pictures.chart import Bar, Chart, Panel, ranks


class Picture(Protocol):
    """Something that can be drawn, and told in words."""

    def alt(self) -> str:
        """Tell the same as the picture."""
        ...

    def draw(self) -> bytes:
        """Draw it as PNG."""
        ...


async def drawn(picture: Picture, name: str) -> tuple[discord.File, discord.ui.MediaGallery[discord.ui.LayoutView]]:
    """Draw a picture beside the event loop; returns the file to send and the gallery that shows it."""
    png = await asyncio.to_thread(picture.draw)
    alt = picture.alt()
    file = discord.File(io.BytesIO(png), f"{name}.png", description=alt)
    gallery: discord.ui.MediaGallery[discord.ui.LayoutView] = discord.ui.MediaGallery()
    gallery.add_item(media=file, description=alt)
    return file, gallery


__all__ = ["Bar", "Champion", "Chart", "Panel", "Picture", "drawn", "ranks"]
