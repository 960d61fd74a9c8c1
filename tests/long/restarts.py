"""SIGTERM under load, one restart after the other: it ends in time, with exit code 0, and nothing is lost."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from pathlib import Path

from bot.catalogue.loader import load
from tests.long.crowd import SONGS, Crowd
from tests.long.lives import Starts, every_heart, let_go, look
from tests.long.proof import Proof
from tests.wire.process import BotProcess
from tests.wire.standin import StandIn

SHORT = 10
ROUNDS = 40
_STOP_S = 5.0
"""Seconds in which it must have ended."""


async def prove(rounds: int, seed: int) -> Proof:
    """Stop the bot so many times while the crowd is busy, and look at the files each time."""
    chance = random.Random(seed)
    failures: list[str] = []
    starts = Starts()
    stops: list[float] = []
    with tempfile.TemporaryDirectory(prefix="restarts-") as scratch:
        folder = Path(scratch)
        async with StandIn() as standin, BotProcess(standin, folder) as bot:
            crowd = Crowd(standin, sorted(load().songs)[:SONGS], seed)
            for stop in range(1, rounds + 1):
                await starts.start(bot)
                if stop == 1:
                    await crowd.gather_cards()
                busy = asyncio.create_task(crowd.go_on())
                await asyncio.sleep(chance.uniform(0.1, 0.8))
                told = time.monotonic()
                bot.terminate()
                if code := await bot.ended(within_s=_STOP_S):
                    failures.append(f"stop {stop} ended with {code}")
                stops.append(time.monotonic() - told)
                await let_go(busy)
                failures += look(bot.database, folder, crowd, f"stop {stop}")
            await starts.start(bot)
            failures += await every_heart(bot, folder, crowd)
            bot.terminate()
            await bot.ended(within_s=_STOP_S)
            if "Traceback" in bot.output:
                failures.append(f"a stack trace in the log:\n{bot.output[bot.output.index('Traceback') :][:2000]}")
    figures = {
        "restarts under load": rounds,
        "writes acknowledged": crowd.ledger.acknowledged,
        "facts compared": len(crowd.ledger.may_be),
        "worst stop s": max(stops),
        "hearts given": crowd.ledger.hearts.total(),
        **starts.figures,
    }
    return Proof("restarts", figures, tuple(failures + starts.failures + crowd.surprises))
