"""Which emoji may stand for a vote: a standard one, or one of the guild's own."""

from __future__ import annotations

import re
from typing import Final

import discord

_CUSTOM = re.compile(r"<(?P<animated>a?):(?P<name>\w{2,32}):(?P<id>\d{17,20})>", re.ASCII)
_NAME = re.compile(r":?(?P<name>\w{2,32}):?", re.ASCII)
_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
_PICTURE_CODES: Final = 8
"""Characters of the longest single picture: a flag spelt with tags."""
_TAGS: Final = range(0xE0020, 0xE0080)
_SIGNS: Final = frozenset(
    "©®‼⁉™ℹ↔↕↖↗↘↙↩↪⌚⌛⌨⏏⏩⏪⏫⏬⏭⏮⏯⏰⏱⏲⏳⏸⏹⏺Ⓜ▪▫▶◀◻◼◽◾☀☁☂☃☄☎☑☔☕☘☝☠☢☣☦☪☮☯☸☹☺♀♂♈♉♊♋♌♍♎♏♐♑♒♓♟♠♣♥♦♨♻♾♿"
    "⚒⚓⚔⚕⚖⚗⚙⚛⚜⚠⚡⚧⚪⚫⚰⚱⚽⚾⛄⛅⛈⛎⛏⛑⛓⛔⛩⛪⛰⛱⛲⛳⛴⛵⛷⛸⛹⛺⛽✂✅✈✉✊✋✌✍✏✒✔✖✝✡✨✳✴❄❇❌❎❓❔❕❗❣❤➕➖➗➡➰➿⤴⤵⬅⬆⬇⬛⬜⭐⭕〰〽㊗㊙🀄🃏"
)
"""Emoji outside the blocks made for pictures (Unicode's emoji-data.txt)."""
_PICTURES: Final = (
    range(0x1F170, 0x1F1E6),
    range(0x1F201, 0x1F252),
    range(0x1F300, 0x1F650),
    range(0x1F680, 0x1F700),
    range(0x1F7E0, 0x1F7F1),
    range(0x1F90C, 0x1FA00),
    range(0x1FA70, 0x1FB00),
)
"""The blocks made for pictures, those not yet in Python's tables too."""


def standard(typed: str) -> str | None:
    """Return the one standard emoji that was typed; None for anything else, keycaps too: those number picks."""
    parts = typed.strip().split(_JOINER)
    return typed.strip() if all(_is_picture(part) for part in parts) else None


def _is_picture(part: str) -> bool:
    """Tell one picture with its variation selector, skin tone or tags, or a flag of two letters."""
    codes = [ord(character) for character in part if character != _AS_EMOJI]
    if len(codes) == 2 and all(code in _FLAG_LETTERS for code in codes):
        return True
    if not codes or codes[0] in _FLAG_LETTERS or codes[0] in _TONES:
        return False
    drawn = chr(codes[0]) in _SIGNS or any(codes[0] in block for block in _PICTURES)
    return drawn and all(code in _TONES or code in _TAGS for code in codes[1:]) and len(codes) <= _PICTURE_CODES


async def usable(guild: discord.Guild, typed: str) -> str | None:
    """Return an emoji as reactions take it: a standard one, or one of this guild's by name or whole; else None."""
    if found := standard(typed):
        return found
    whole, named = _CUSTOM.fullmatch(typed.strip()), _NAME.fullmatch(typed.strip())
    if whole is None and named is None:
        return None
    for emoji in await guild.fetch_emojis():
        fits = emoji.id == int(whole["id"]) if whole else bool(named and emoji.name == named["name"])
        if fits and emoji.available and not emoji.roles:
            return str(emoji)
    return None


def reaction_key(emoji: str) -> str:
    """Return what Discord calls an emoji when somebody reacts with it: the id of a custom one, else itself."""
    whole = _CUSTOM.fullmatch(emoji)
    return whole["id"] if whole else emoji
