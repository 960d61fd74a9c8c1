"""Says in plain words why Discord and the bot have parted, and with which exit code that ends."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import discord

from bot.commandline.exits import FAILED, MISUSED
from bot.trouble import is_everyday, named

_LOCKED_OUT: Final = (
    "Discord does not accept this DISCORD_TOKEN: it was reset or is not whole. Copy it again from the developer"
    " portal, page “Bot”, into {dotenv} or the environment."
)
_INTENTS: Final = (
    "Discord does not allow the intents this bot asks for (close code {code}). It asks for Guilds and reactions"
    " only, which need no approval: look at the application's page “Bot” on the developer portal, and at changes"
    " to bot/app.py."
)
_CLOSED: Final = {
    4010: "Discord refuses this shard (close code 4010). Start again; if it stays so, update discord.py.",
    4011: "The bot is in more servers than this many shards may serve (close code 4011). Start again: the number"
    " of shards is asked for at each start.",
    4012: "Discord no longer speaks this version of its gateway (close code 4012). Update discord.py.",
}
"""The other close codes after which a connection may not be tried again, from Discord's gateway documentation."""
_AWAY: Final = (
    "Discord could not be reached ({error}). Check the connection and https://discordstatus.com, then start again."
)


def parting(error: Exception, dotenv: Path) -> tuple[str, int] | None:
    """Return what to tell the operator and the exit code; None for an error that is a mistake of ours."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == 4004:
        return _LOCKED_OUT.format(dotenv=dotenv), MISUSED
    if isinstance(error, discord.PrivilegedIntentsRequired) or code in {4013, 4014}:
        return _INTENTS.format(code=code or 4014), MISUSED
    if code in _CLOSED:
        return _CLOSED[code], FAILED
    return (_AWAY.format(error=named(error)), FAILED) if is_everyday(error) else None
