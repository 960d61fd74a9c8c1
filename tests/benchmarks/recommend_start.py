"""How a bot starts from a store with a million marks: how long, how big, and how long the loop is held."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import learning
from bot.catalogue.model import Catalogue
from bot.memory import kept_for_good
from bot.recommend import Recommender
from bot.store import Store
from tests.benchmarks.recommend_speed import MARKS, PEOPLE, SONGS, grown, marks

BREATH = 0.002
"""Seconds between two looks at the clock."""
MEGABYTE = 1_000_000


async def _write(path: Path, catalogue: Catalogue) -> int:
    """Fill a store's file as a million presses would, without waiting for each; returns the marks written."""
    async with await Store.open(path):
        pass
    rows = sorted({(event.user, event.song, event.guild) for event in marks(catalogue, MARKS, PEOPLE)})
    insert = (
        "INSERT INTO marks (user_id, song_id, origin, origin_id, guild_id, marked_at) VALUES (?, ?, 'button', ?, ?, 1)"
    )
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(insert, ((user, song, guild, guild) for user, song, guild in rows))
    connection.close()
    return len(rows)


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """Look at the clock all the while; gives the seconds by which each look was late."""
    late: list[float] = [0.0]

    async def look() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(BREATH)
            late.append(time.perf_counter() - began - BREATH)

    looking = asyncio.create_task(look())
    try:
        yield late
    finally:
        looking.cancel()


def _resident() -> float:
    """Megabytes this process holds; 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * 4096 / MEGABYTE if told.exists() else 0.0


async def _start(path: Path, catalogue: Catalogue) -> None:
    recommender = Recommender(catalogue)
    gc.collect()
    before = _resident()
    async with watched() as late:
        began = time.perf_counter()
        with kept_for_good():
            store = await Store.open(path)
            opened = time.perf_counter() - began
            await learning.learn(store, recommender)
        spent = time.perf_counter() - began
    held = max(late)
    print(f"  started (budget 5 s): {spent:.1f} s, {opened:.1f} s of it the store's counts")
    print(f"  the loop's longest hold meanwhile (budget 20 ms): {1000 * held:.0f} ms")
    print(f"  memory for counts and marks (budget 300 MB): {_resident() - before:.0f} MB", flush=True)
    await store.close()


def run(catalogue: Catalogue) -> None:
    """Write the store's file, then start from it."""
    print(f"\nStarting from a store of {SONGS:,} songs and {MARKS:,} marks of {PEOPLE:,} people")
    large = grown(catalogue, SONGS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite3"
        asyncio.run(_write(path, large))
        asyncio.run(_start(path, large))
