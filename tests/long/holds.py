"""Keeps the bot busy with votes, commands, reloads and recounts, and says who held its event loop longest."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.catalogue.loader import load
from tests.flow.holds import LIMIT_S, Holds
from tests.long.proof import Proof
from tests.wire.process import BotProcess
from tests.wire.standin import StandIn
from tests.wire.world import KOREAN, OWNER, READER

SHORT = 6
"""Seconds of business, in a short round."""
ROUNDS = 60
_TOGETHER = 4
"""How many people ask at once."""
_RELOAD_S = 3.0
"""Seconds between two reloads of everything."""
_WORDS = (
    "goblin",
    "도ㄲ",
    "ㄷㄲㅂ",
    "ehRoql",
    "dots",
    "stay with",
    "rain",
    "love love love love",
    "a",
    "zzzz qqqq xxxx",
)


async def prove(rounds: int, seed: int) -> Proof:
    """Be busy for so many seconds; it fails where one callback held the loop past the limit."""
    with tempfile.TemporaryDirectory(prefix="noraebot-holds-") as folder:
        report = Path(folder) / "holds.json"
        async with StandIn() as standin, BotProcess(standin, Path(folder), OWNER_IDS=OWNER.id) as bot:
            bot.program = ("-m", "tests.long.watched", str(report))
            await bot.start()
            done = await _busy(standin, random.Random(seed), rounds)
            bot.terminate()
            await bot.ended(within_s=10.0)
        holds = Holds(*json.loads(report.read_text("utf-8")))
    ranked = sorted(holds.longest.items(), key=lambda hold: -hold[1])[:6]
    figures: dict[str, int | float | str] = {
        "asked": done,
        "callbacks": holds.total,
        "over 20 ms": holds.over,
        "longest hold, ms": ranked[0][1] * 1000 if ranked else 0.0,
        "longest garbage collection, ms": holds.collecting * 1000,
        "longest holds": "; ".join(f"{seconds * 1000:.1f} ms {who}" for who, seconds in ranked),
    }
    failures = tuple(f"{who} held the loop for {s * 1000:.0f} ms" for who, s in ranked if s > LIMIT_S)
    return Proof("holds", figures, failures if holds.total else ("nothing was watched",))


async def _busy(standin: StandIn, chance: random.Random, seconds: int) -> int:
    """Let several people ask one thing after another; returns how many were answered."""
    until = time.monotonic() + seconds
    songs = sorted(load().songs)
    answered = 0

    async def person() -> None:
        nonlocal answered
        while time.monotonic() < until:
            await _ask(standin, chance, songs)
            answered += 1

    async def operator() -> None:
        while time.monotonic() < until:
            await standin.slash(OWNER, "admin reload", what="all")
            if standin.gateway.session is not None:
                await standin.gateway.greet(standin.gateway.session)  # a READY has the cards recounted
            await asyncio.sleep(_RELOAD_S)

    await asyncio.gather(operator(), *(person() for _ in range(_TOGETHER)))
    return answered


async def _ask(standin: StandIn, chance: random.Random, songs: Sequence[str]) -> None:
    who = chance.choice([READER, KOREAN])
    song = chance.choice(songs)

    async def vote() -> None:
        card = (await standin.slash(who, "song", song=song)).message
        if card is not None:
            await standin.react(KOREAN, card, "💜")
            await standin.press(who, card, f"love:{song}")

    asks: list[Callable[[], Awaitable[object]]] = [
        vote,
        lambda: standin.slash(who, "recommend"),
        lambda: standin.slash(who, "recommend", like=f"song:{song}", count=5),
        lambda: standin.slash(who, "find", words=chance.choice(_WORDS)),
        lambda: standin.slash(who, "favourites list"),
        lambda: standin.slash(who, "top"),
        lambda: standin.complete(who, "song", "song", song=chance.choice(_WORDS)),
        lambda: standin.complete(who, "recommend", "like", like=chance.choice(_WORDS)),
    ]
    await chance.choice(asks)()
