"""Which reactions are votes."""

from __future__ import annotations

from typing import Final

from bot.store import Card
from bot.ui.cards import KEYCAPS
from bot.ui.comment_pages import POSTED
from bot.ui.emoji import reaction_key
from bot.ui.showing import CHAMPION, ONE_SONG

_HEARTS: Final = frozenset("❤🧡💛💚💙🩵💜🤎🖤🩶🤍🩷💖💗💓💞💕💘💝💟❣💌🫶😍🥰😻") | {"❤\u200d🔥", "❤\u200d🩹"}
_VARIATION_SELECTOR = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def plain(emoji: str) -> str:
    """Return an emoji without variation selector and skin tone."""
    return "".join(c for c in emoji if c != _VARIATION_SELECTOR and ord(c) not in _SKIN_TONES)


def voted_song(card: Card, emoji: str, vote_emoji: str) -> str | None:
    """Return the song a reaction on this card votes for; None where it votes for nothing."""
    emoji = plain(emoji)
    if card.kind == POSTED:
        return None
    if card.kind in {ONE_SONG, CHAMPION}:
        return card.songs[0] if emoji in _HEARTS or emoji == plain(reaction_key(vote_emoji)) else None
    keycaps = [plain(keycap) for keycap in KEYCAPS[: len(card.songs)]]
    return card.songs[keycaps.index(emoji)] if emoji in keycaps else None
