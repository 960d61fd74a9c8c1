"""Daily songs through months of restarts, outages and changed clocks: one a local day, none missed, none again."""

from __future__ import annotations

import logging
import random
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import discord
import simcord
from discord.ext import commands

from bot.app import create_bot
from bot.daily import LATE_SECONDS, local_day
from bot.daily.schedule import instant
from bot.settings import Settings
from tests.flow.world import DAY, Complaints, World, seen, songs_in, speaking
from tests.long.proof import Proof

SHORT = 10
ROUNDS = 120
"""Local days followed, begun shortly before clocks change somewhere."""

_ZONES = ("America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Seoul")
_BEFORE_A_CHANGE = (date(2026, 3, 3), date(2026, 4, 1), date(2026, 9, 2), date(2026, 10, 28))
"""Days shortly before clocks change in one of the zones or another."""
_QUESTION = "Your scene?"
_OFTEN = 0.2
"""How likely the bot goes away after a stretch of time."""
_SLACK = 120
"""Seconds around an outage's edges in which a post may or may not come."""


async def prove(rounds: int, seed: int) -> Proof:
    """Follow a server for so many days while the bot is restarted and away, and count what was posted."""
    chance = random.Random(seed)
    zone, hour = chance.choice(_ZONES), chance.randrange(24)
    with tempfile.TemporaryDirectory(prefix="days-") as folder:
        async with _world(Path(folder), chance.choice(_BEFORE_A_CHANGE)) as world:
            await world.forge(world.manager, "daily-here")
            await world.forge(world.manager, "daily-set:zone", [zone])
            await world.forge(world.manager, "daily-set:hour", [str(hour)])
            begun, away = world.now, list[tuple[int, int]]()
            while world.now < begun + rounds * DAY:
                await world.env.advance_time(chance.uniform(0.02, 1.5) * DAY)
                if chance.random() < _OFTEN:
                    gone = world.now
                    await world.bot.close()
                    await world.env.advance_time(chance.choice((5, 600, 2 * 3_600, 9 * 3_600, 3 * DAY)))
                    world.bot = create_bot(world.settings)
                    await world.env.restart_bot(world.bot)
                    await world.env.settle()
                    away.append((gone, world.now))
            posts = sorted(
                (int(m.created_at.timestamp()), songs_in(m)[0]) for m in _history(world) if _QUESTION in seen(m)
            )
            logged = world.complaints.lines
    failures = [*_judged(posts, zone, hour, begun, world.now, away), *(f"logged: {line}" for line in logged)]
    figures: dict[str, int | float | str] = {
        "days": rounds,
        "zone": f"{zone} at {hour}",
        "outages": len(away),
        "songs posted": len(posts),
        "different songs": len({song for _, song in posts}),
    }
    return Proof("days", figures, tuple(failures))


def _judged(
    posts: list[tuple[int, str]], zone: str, hour: int, begun: int, ended: int, away: list[tuple[int, int]]
) -> list[str]:
    """Name every local day that has not exactly the songs it should have."""
    failures: list[str] = []
    if len({song for _, song in posts}) < len(posts):
        failures.append("a song came again before all had come")
    had = Counter(local_day(at, zone) for at, _ in posts)
    failures += [f"{day} had {count} songs" for day, count in had.items() if count > 1]
    day = local_day(begun, zone) + timedelta(days=2)
    while day < local_day(ended, zone) - timedelta(days=1):
        at = instant(day, hour, zone)
        if at is not None and not had[day] and not _slept_through(at, away):
            local = datetime.fromtimestamp(at, ZoneInfo(zone))
            failures.append(f"{day} had no song, due {local}")
        day += timedelta(days=1)
    return failures


def _slept_through(at: int, away: list[tuple[int, int]]) -> bool:
    return any(gone <= at + _SLACK and at + LATE_SECONDS - _SLACK <= back for gone, back in away)


def _history(world: World) -> list[discord.Message]:
    return list(world.channel.history())


@asynccontextmanager
async def _world(folder: Path, first: date) -> AsyncIterator[World]:
    """Build a server with a manager, on a day, and run the bot in it."""
    empty = commands.AutoShardedBot("!", intents=discord.Intents.default())
    env = simcord.Env(empty, shard_count=1, settle_timeout=120.0)
    built: list[World] = []
    with speaking(lambda: "en-US"):
        try:
            await env.start()
            owner = env.create_user("hana", global_name="Hana")
            guild = env.create_guild("K-drama Club", owner=owner)
            manager = guild.add_member(owner)
            channel = guild.create_text_channel("soundtracks")
            await env.advance_time((first - env.now().date()).days * DAY)
            settings = Settings(database=folder / "days.sqlite3")
            world = World(
                env, guild, channel, manager, manager, manager, settings, create_bot(settings), Complaints(), "en-US"
            )
            built.append(world)
            for name in ("bot", "cogs", "discord"):
                logging.getLogger(name).addHandler(world.complaints)
            await env.restart_bot(world.bot)
            yield world
        finally:
            for one in built:
                await one.bot.close()
                for name in ("bot", "cogs", "discord"):
                    logging.getLogger(name).removeHandler(one.complaints)
            await env.shutdown()
