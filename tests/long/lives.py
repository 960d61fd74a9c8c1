"""From a start to an end: what the proofs of kills and of restarts do alike."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

from tests.long.crowd import Crowd
from tests.long.ledger import copied, kept, whole
from tests.wire.process import BotProcess


async def timed_start(bot: BotProcess) -> float:
    """Start the bot; return the seconds until it has its READY."""
    begun = time.monotonic()
    await bot.start()
    return time.monotonic() - begun


async def let_go(busy: asyncio.Task[None]) -> None:
    """End what the crowd still waits for; what failed in it is told."""
    busy.cancel()
    with suppress(asyncio.CancelledError):
        await busy


def look(database: Path, folder: Path, crowd: Crowd, when: str) -> list[str]:
    """Compare the files with what the crowd was told."""
    crowd.note_counts()
    with copied(database, folder) as connection:
        wrong = whole(connection) + crowd.ledger.compare(kept(connection))
    return [f"{when}: {sentence}" for sentence in wrong]
