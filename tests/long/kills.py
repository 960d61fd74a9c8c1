"""SIGKILL at any moment, again and again: what a reader was told is kept, is kept, and once."""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path

from bot.catalogue.loader import load
from tests.long.crowd import SONGS, Crowd
from tests.long.lives import Starts, every_heart, let_go, look
from tests.long.proof import Proof
from tests.wire.process import BotProcess
from tests.wire.standin import StandIn

SHORT = 30
ROUNDS = 200
_LAST_WORDS_S = 0.05
"""Seconds in which answers that had left the bot before its death are still read."""


async def prove(rounds: int, seed: int) -> Proof:
    """Kill the bot so many times, at moments drawn from the seed, and look at the files it left each time."""
    chance = random.Random(seed)
    failures: list[str] = []
    starts = Starts()
    at_start = 0
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        folder = Path(scratch)
        async with StandIn() as standin, BotProcess(standin, folder) as bot:
            crowd = Crowd(standin, sorted(load().songs)[:SONGS], seed)
            await bot.start()
            await crowd.gather_cards()
            for death in range(1, rounds + 1):
                if not bot.running:
                    if chance.random() < 0.2:
                        at_start += 1
                        await bot.launch()
                        await asyncio.sleep(chance.uniform(0.0, 1.0))
                        await bot.kill()
                        failures += look(bot.database, folder, crowd, f"death {death}, while starting")
                        continue
                    await starts.start(bot)
                await _live(crowd, chance, bot)
                failures += look(bot.database, folder, crowd, f"death {death}")
            if not bot.running:
                await starts.start(bot)
            failures += await every_heart(bot, folder, crowd)
            bot.terminate()
            if code := await bot.ended(within_s=5.0):
                failures.append(f"the last stop ended with {code}")
            failures += look(bot.database, folder, crowd, "the end")
            if "Traceback" in bot.output:
                failures.append(f"a stack trace in the log:\n{bot.output[bot.output.index('Traceback') :][:2000]}")
    figures = {
        "kills survived": rounds,
        "of them while starting": at_start,
        "writes acknowledged": crowd.ledger.acknowledged,
        "facts compared": len(crowd.ledger.may_be),
        "hearts shown on cards": sum(crowd.ledger.shown.values()),
        "hearts given": crowd.ledger.hearts.total(),
        **starts.figures,
    }
    return Proof("kills", figures, tuple(failures + starts.failures + crowd.surprises))


async def _live(crowd: Crowd, chance: random.Random, bot: BotProcess) -> None:
    """Let the crowd go on until a moment comes, and kill the bot in it."""
    crowd.answered.clear()
    busy = asyncio.create_task(crowd.go_on())
    match chance.choices(("soon", "answer", "counted"), (5, 4, 1))[0]:
        case "answer":  # right after somebody has seen an answer: nothing may be on its way to the disk then
            for _ in range(chance.randint(1, 40)):
                crowd.answered.clear()
                await crowd.answered.wait()
        case "counted":  # after the cards' counts were edited
            await asyncio.sleep(3.1 + chance.uniform(0.0, 0.5))
        case _:
            await asyncio.sleep(chance.uniform(0.0, 0.8))
    await bot.kill()
    await asyncio.sleep(_LAST_WORDS_S)
    await let_go(busy)
