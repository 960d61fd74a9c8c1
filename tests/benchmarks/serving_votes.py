"""The store alone: votes of 64 callers, each durable before it counts, beside an INSERT and a commit for each."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path

import aiosqlite

from bot.store import Store

CALLERS = 64
OURS, EACH = "ours.sqlite3", "each.sqlite3"
"""Names of the files, made where they are not there."""
_INSERT = (
    "INSERT INTO marks (user_id, song_id, origin, origin_id, emoji, burst, guild_id, marked_at) "
    "VALUES (?, ?, 'reaction', 9001, '❤', 0, 501, 100) ON CONFLICT DO NOTHING"
)


async def ours(folder: Path, votes: int) -> float:
    """Return the votes a second that the store takes."""
    async with await Store.open(folder / OURS) as store:

        async def call(caller: int) -> None:
            for number in range(votes // CALLERS):
                await store.marks.press(caller * votes + number, f"song-{number}", 501, "button", 100)

        begun = time.perf_counter()
        await asyncio.gather(*(call(caller) for caller in range(CALLERS)))
        taken = time.perf_counter() - begun
    return votes / taken


async def autocommitted(folder: Path, votes: int) -> float:
    """Return the votes a second by one awaited, autocommitted INSERT each, with the same pragmas and table."""
    path = folder / EACH
    await (await Store.open(path)).close()
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            await connection.execute(f"PRAGMA {pragma}")

        async def call(caller: int) -> None:
            for number in range(votes // CALLERS):
                await connection.execute_insert(_INSERT, (caller * votes + number, f"song-{number}"))

        begun = time.perf_counter()
        await asyncio.gather(*(call(caller) for caller in range(CALLERS)))
        taken = time.perf_counter() - begun
    return votes / taken


def kept(database: Path) -> int:
    """Count the votes by reaction that are on the disk."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return connection.execute("SELECT COUNT(*) FROM marks WHERE origin = 'reaction'").fetchone()[0]
