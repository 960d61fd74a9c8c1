"""Guilds the bot has left: what goes, what stays, and what a return saves."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalogue.model import SongId
from bot.store import Card, Served, Store
from bot.store.departed import GUILD_TABLES, KEPT_TABLES

LEFT, STAYED = 70, 71
PERSON = 5
SONG = SongId("a")


@pytest.fixture
async def settled(store: Store) -> Store:
    """Two guilds for which everything is kept."""
    for guild in (LEFT, STAYED):
        await store.guilds.change(guild, locale="ko")
        await store.daily.start(guild, 9, 20, "UTC", 1)
        await store.daily.greet(guild, 1)
        await store.cards.add(Card(900 + guild, 9, guild, "song", (SONG,), "en", 1))
        await store.marks.press(PERSON, SONG, guild, "button", 1)
        await store.comments.write(guild, SONG, PERSON, "I cried", spoiler=False, episode=None, now=1)
        await store.comparing.agree(PERSON, guild, 1)
        served = Served(guild, 9, 20, "UTC", date(2026, 6, 1))
        await store.guild_cups.start(served, "any", "-", 8, 1, lambda _: ((SONG, SongId("b")), date(2026, 6, 1)))
    return store


async def kept(store: Store, guild: int) -> dict[str, int]:
    def query(tx) -> dict[str, int]:
        return {
            table: tx.value(f"SELECT COUNT(*) FROM {table} WHERE guild_id = :guild", guild=guild)
            for table in sorted(GUILD_TABLES | KEPT_TABLES)
        }

    return await store._database.read(query)


async def test_every_table_with_a_guild_is_removed_or_kept_on_purpose(store: Store) -> None:
    def with_a_guild(tx) -> set[str]:
        return {
            table
            for (table,) in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")
            if any(column == "guild_id" for _, column, *_ in tx.all(f"PRAGMA table_info({table})"))
        }

    assert await store._database.read(with_a_guild) == GUILD_TABLES | KEPT_TABLES


async def test_what_was_kept_for_a_guild_goes_and_favourites_stay(settled: Store) -> None:
    before = await kept(settled, LEFT)
    assert await settled.departed.left(LEFT, 100)
    assert await settled.departed.due(99) == ()
    assert await settled.departed.due(100) == (LEFT,)

    await settled.departed.remove(LEFT)

    assert before["comments"] == before["cards"] == before["guilds"] == before["dailies"] == 1
    assert {table: rows for table, rows in (await kept(settled, LEFT)).items() if rows} == {"marks": 1}
    assert settled.guilds.get(LEFT).locale is None
    assert settled.comments.count(LEFT, SONG) == 0
    assert settled.daily.get(LEFT) is None
    assert settled.guild_cups.running(LEFT) is None
    assert settled.guild_cups.running(STAYED)
    assert await settled.marks.since(PERSON, SONG) == 1
    assert settled.comments.count(STAYED, SONG) == 1
    assert settled.guilds.get(STAYED).locale == "ko"


async def test_a_return_keeps_everything(settled: Store) -> None:
    await settled.departed.left(LEFT, 100)

    assert await settled.departed.back(LEFT)

    assert await settled.departed.due(10**9) == ()
    assert not await settled.departed.back(LEFT)


async def test_what_was_left_while_nobody_listened_is_found(settled: Store) -> None:
    assert await settled.departed.compare([STAYED, 99], 100) == (LEFT,)
    assert await settled.departed.compare([STAYED, 99], 200) == ()
    assert await settled.departed.due(100) == (LEFT,)

    assert await settled.departed.compare([STAYED, LEFT], 300) == ()

    assert await settled.departed.due(10**9) == ()
