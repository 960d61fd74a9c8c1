"""The greeting of a server that the bot has just joined."""

from __future__ import annotations

import discord

from bot.locale import Texts
from bot.ui import reply
from bot.ui.routes import press


def greeting(texts: Texts) -> discord.ui.LayoutView:
    """Lay out three lines and what to do first."""
    return reply.note(
        texts("joining.greeting"),
        press("join-try", label=texts("joining.try"), style=discord.ButtonStyle.primary),
        press("daily-here", label=texts("daily.here")),
        press("join-remove", label=texts("joining.remove")),
    )
