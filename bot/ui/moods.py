"""An accent colour by mood: decoration only, nothing depends on it."""

from __future__ import annotations

from typing import Final

import discord

from bot.catalogue import Song

_COLOURS: Final = {
    "yearning": 0x8E7CC3,
    "romantic": 0xE691B0,
    "heartbreak": 0x5B6C9D,
    "melancholic": 0x6F8FAF,
    "hopeful": 0xF2C14E,
    "comforting": 0xD9A679,
    "energetic": 0xEE6C4D,
    "bubbly": 0xFF9FB2,
    "bittersweet": 0xB56576,
    "dreamy": 0x9AD1D4,
    "nostalgic": 0xC9A66B,
    "playful": 0xF4A259,
    "dark": 0x3D405B,
    "serene": 0x81B29A,
    "epic": 0xA63D40,
    "tense": 0x6D597A,
}
_PLAIN: Final = 0x8E7CC3


def accent(song: Song) -> discord.Colour:
    """Return the colour of a song's first mood."""
    return discord.Colour(_COLOURS.get(song.moods[0] if song.moods else "", _PLAIN))
