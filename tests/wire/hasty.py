"""The bot in time lapse: `python -m tests.wire.hasty` waits out in seconds what takes Discord minutes.

Pauses of a second and more are three hundred times shorter, and a gateway that is silent counts as dead after
SILENCE_S rather than after a minute; nothing else is changed.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Final, TypeVar

from bot import app
from bot.commandline.serving import run
from bot.settings import Settings
from bot.ui import redrawing

T = TypeVar("T")

LAPSE: Final = 300.0
LONG_S: Final = 1.0
"""Seconds from which on a pause is shortened: those of rate limits and of politeness stay."""
SILENCE_S: Final = 2.0
"""Seconds without a word from the gateway."""


def main() -> int:
    """Run the bot as `python -m bot run` does; returns its exit code."""
    sleep, create = asyncio.sleep, app.create_bot

    async def nap(delay: float, result: T | None = None) -> T | None:
        return await sleep(delay / LAPSE if delay >= LONG_S else delay, result)

    def create_hasty(settings: Settings, *, gather: float) -> app.Noraebot:
        bot = create(settings, gather=gather)
        bot._connection.heartbeat_timeout = SILENCE_S
        return bot

    asyncio.sleep = nap  # type: ignore[assignment]
    app.create_bot = create_hasty
    redrawing.GATHER_S /= LAPSE
    redrawing._AGAIN_S = tuple(pause / LAPSE for pause in redrawing._AGAIN_S)
    return run()


if __name__ == "__main__":
    sys.exit(main())
