"""What the bot has on its disk, as a test beside it sees: votes, cards, and a lock that holds its writes up."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.catalogue.model import Song
from tests.wire.process import BotProcess
from tests.wire.world import READER, Payload


def hearts(bot: BotProcess, song: Song) -> int:
    """Count who loves a song, on disk."""
    with sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(DISTINCT user_id) FROM marks WHERE song_id = ?", (song.id,)).fetchone()[0]


def seeded(bot: BotProcess, card: Payload) -> int | None:
    """Tell whether a card is kept as seeded; None where it is not kept."""
    with sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True) as database:
        row = database.execute("SELECT seeded FROM cards WHERE message_id = ?", (int(card["id"]),)).fetchone()
    return row and row[0]


@contextmanager
def writing_blocked(bot: BotProcess, seconds: float) -> Iterator[None]:
    """Hold the database's write lock for some seconds, as another program may."""
    database = sqlite3.connect(bot.database, isolation_level=None, check_same_thread=False)
    database.execute("BEGIN IMMEDIATE")
    release = threading.Timer(seconds, lambda: (database.rollback(), database.close()))
    release.start()
    try:
        yield
    finally:
        release.join()


async def eventually(holds: Callable[[], bool], what: str, patience_s: float = 15.0) -> None:
    """Wait for something that nobody tells of, such as a row in the database."""
    until = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < until, f"{what}: not within {patience_s:g} s"
        await asyncio.sleep(0.05)


async def card_of(bot: BotProcess, song: Song) -> Payload:
    """Ask for a song's card and return the message, once it is kept as one."""
    reply = await bot.standin.slash(READER, "song", song=song.id)
    card = reply.message
    assert card is not None
    await eventually(lambda: seeded(bot, card) is not None, "the card is kept")
    return card
