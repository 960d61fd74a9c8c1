"""Breaks the gateway in every way Discord documents while people vote, and compares the votes with the disk."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.catalogue.loader import load
from tests.long.proof import Proof
from tests.wire import world
from tests.wire.ledger import card_of, eventually, hearts
from tests.wire.process import BotProcess
from tests.wire.standin import StandIn
from tests.wire.world import KOREAN, OWNER

SHORT = 1
"""Rounds of every way the gateway breaks."""
ROUNDS = 10
HEARTBEAT_MS = 500
"""Between two heartbeats, where the bot runs in time lapse: more than that is silence."""
_RESUMED = (1000, 1001, 4000, 4001, 4002, 4005, 4008)
_BEGUN_ANEW = (4003, 4007, 4009)
"""Close codes after which Discord has forgotten the session."""
_FATAL = {4004: 2, 4010: 1, 4011: 1, 4012: 1, 4013: 2, 4014: 2}
"""Close codes after which no connection may be tried, with the bot's exit code."""


async def prove(rounds: int, seed: int) -> Proof:
    """Break the gateway so many times in each way; every vote given meanwhile must be on the disk once."""
    chance = random.Random(seed)
    songs = sorted(load().songs.values(), key=lambda song: song.id)
    failures: list[str] = []
    votes = breaks = 0
    with tempfile.TemporaryDirectory(prefix="noraebot-gateway-") as folder:
        async with StandIn() as standin, BotProcess(standin, Path(folder)) as bot:
            if rounds == SHORT:
                bot.program, standin.gateway.heartbeat_ms = ("-m", "tests.wire.hasty"), HEARTBEAT_MS
            await bot.start()
            for way, break_it in _ways(standin).items():
                for _ in range(rounds):
                    song = chance.choice(songs)
                    songs.remove(song)
                    card = await card_of(bot, song)
                    identified = standin.gateway.identified
                    await break_it()
                    if way.startswith("forgotten"):
                        await standin.until(lambda begun=identified: standin.gateway.identified > begun, way)
                    await standin.react(KOREAN, card, "💜")
                    await standin.react(OWNER, card, "❤️")
                    await standin.unreact(OWNER, card, "❤️")
                    breaks += 1
                    try:
                        await eventually(lambda song=song: hearts(bot, song) == 1, way)
                        votes += 1
                    except AssertionError as error:
                        failures.append(str(error))
            failures += [line for line in bot.output.splitlines() if "Traceback" in line or " ERROR " in line]
    for wrong in await asyncio.gather(*(_turned_away(code, expected) for code, expected in _FATAL.items())):
        failures += wrong
    figures: dict[str, int | float | str] = {"breaks": breaks, "votes kept": votes, "fatal codes told": len(_FATAL)}
    return Proof("gateway", figures, tuple(failures))


def _ways(standin: StandIn) -> dict[str, Callable[[], Awaitable[None]]]:
    gateway = standin.gateway

    async def forget(code: int) -> None:
        gateway.session = None
        await standin.close_gateway(code)

    async def silence() -> None:
        gateway.fall_silent()

    async def greet() -> None:
        if gateway.session is not None:
            await gateway.greet(gateway.session)

    async def away() -> None:
        await standin.dispatch("GUILD_DELETE", {"id": world.GUILD_ID, "unavailable": True})
        await standin.dispatch("GUILD_CREATE", world.guild())

    ways: dict[str, Callable[[], Awaitable[None]]] = {
        "asked to reconnect (op 7)": gateway.ask_to_reconnect,
        "invalid but resumable (op 9)": lambda: gateway.invalidate(resumable=True),
        "forgotten (op 9)": lambda: gateway.invalidate(resumable=False),
        "a READY twice": greet,
        "the guild away and back": away,
    }
    if gateway.heartbeat_ms == HEARTBEAT_MS:
        ways["silent"] = silence
    ways |= {f"closed with {code}": lambda code=code: standin.close_gateway(code) for code in _RESUMED}
    return ways | {f"forgotten, closed with {code}": lambda code=code: forget(code) for code in _BEGUN_ANEW}


async def _turned_away(code: int, expected: int) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="noraebot-gateway-") as folder:
        async with StandIn() as standin, BotProcess(standin, Path(folder)) as bot:
            standin.gateway.refusal = code
            await bot.launch()
            ended = await bot.ended(within_s=60.0)
            wrong = [] if ended == expected else [f"close code {code}: it ended with {ended}, not {expected}"]
            return wrong + ([f"close code {code}: a stack trace"] if "Traceback" in bot.output else [])
