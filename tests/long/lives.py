"""From a start to an end: what the proofs of kills and of restarts do alike."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from tests.long.crowd import Crowd
from tests.long.ledger import copied, kept, whole
from tests.long.proof import Figures
from tests.wire.process import BotProcess

START_S: Final = 2.0
"""Seconds of processor time a start may take."""
_HEALED_S: Final = 60.0


@dataclass(slots=True)
class Starts:
    """How long each start took, until the bot has its READY."""

    waited_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)

    async def start(self, bot: BotProcess) -> None:
        """Start the bot once more."""
        begun = time.monotonic()
        await bot.start()
        self.waited_s.append(time.monotonic() - begun)
        self.cpu_s.append(bot.cpu_s)

    @property
    def figures(self) -> Figures:
        """Return the worst and the median."""
        return {
            "worst start s": max(self.waited_s),
            "median start s": median(self.waited_s),
            "worst start's CPU s": max(self.cpu_s),
        }

    @property
    def failures(self) -> list[str]:
        """Say which starts took too long by the bot's own work; a busy machine may keep it waiting."""
        slow = [cpu for cpu in self.cpu_s if cpu > START_S]
        return [f"a start took {cpu:.2f} s of processor time, more than {START_S:g} s" for cpu in slow]


async def let_go(busy: asyncio.Task[None]) -> None:
    """End what the crowd still waits for; what failed in it is told."""
    busy.cancel()
    with suppress(asyncio.CancelledError):
        await busy


async def every_heart(bot: BotProcess, folder: Path, crowd: Crowd) -> list[str]:
    """Wait until each heart under a card is a vote; a recount finds those given while the bot was away."""
    until = time.monotonic() + _HEALED_S
    while True:
        with copied(bot.database, folder) as connection:
            missing = crowd.ledger.unheard(kept(connection))
        if not missing or time.monotonic() > until:
            return [f"{missing} hearts under cards are no votes"] if missing else []
        await asyncio.sleep(0.2)


def look(database: Path, folder: Path, crowd: Crowd, when: str) -> list[str]:
    """Compare the files with what the crowd was told."""
    crowd.note_counts()
    with copied(database, folder) as connection:
        wrong = whole(connection) + crowd.ledger.compare(kept(connection))
    return [f"{when}: {sentence}" for sentence in wrong]
