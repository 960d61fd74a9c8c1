"""What asking Discord for something may end in on any day, and so is no surprise and no stack trace."""

from __future__ import annotations

from typing import Final

import aiohttp
import discord

UNKNOWN_INTERACTION: Final = 10062
ALREADY_ACKNOWLEDGED: Final = 40060
_TOO_LARGE: Final = frozenset({40005, 50035})
"""The codes of a body that is too large, and of one whose form is not right."""

LOST: Final = (aiohttp.ClientError, TimeoutError, ConnectionError)
"""The connection broke, or nobody answered."""
OUTAGE: Final = (discord.HTTPException, discord.RateLimited, *LOST)
"""Discord said no, or nothing."""


def is_everyday(error: BaseException | None) -> bool:
    """Tell whether an error is Discord's or the network's daily life rather than a mistake of ours."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status in {403, 404, 429} or error.code == ALREADY_ACKNOWLEDGED
    return isinstance(error, (discord.RateLimited, discord.ConnectionClosed, discord.GatewayNotFound, *LOST))


def is_too_large(error: discord.HTTPException) -> bool:
    """Tell whether Discord refused a message for its size or form."""
    return error.status == 413 or (error.status == 400 and error.code in _TOO_LARGE)


def named(error: BaseException) -> str:
    """Write an error in one line, by its kind and its words."""
    return " ".join(f"{type(error).__name__}: {error}".split())
