"""The song of the day in the store: one claim a day whatever comes at once, and all of it there after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.catalogue.model import SongId
from bot.store import Claimed, Daily, DailyPost, Loved, Store

GUILD, CHANNEL, NOW = 1, 10, 1_800_000_000
DAY = date(2027, 1, 15)


async def test_a_started_daily_song_is_there_after_a_restart(path: Path) -> None:
    async with await Store.open(path) as store:
        await store.daily.start(GUILD, CHANNEL, 9, "Asia/Seoul", NOW)
        await store.daily.change(GUILD, NOW + 5, weekdays=(6, 0, 6), mood="rainy-day", recap=True)
        await store.daily.claim(GUILD, "song", DAY, CHANNEL, NOW + 9)

    async with await Store.open(path) as store:
        kept = Daily(GUILD, CHANNEL, 9, "Asia/Seoul", (0, 6), "rainy-day", None, True, True, NOW + 5)
        assert store.daily.get(GUILD) == kept
        assert store.daily.running() == (kept,)
        assert store.daily.claimed(GUILD, "song") == Claimed(DAY, NOW + 9)
        assert store.daily.claimed(GUILD, "recap") is None


async def test_only_a_change_of_its_times_forgets_what_was_due(store: Store) -> None:
    await store.daily.start(GUILD, CHANNEL, 9, "UTC", NOW)

    moved = await store.daily.change(GUILD, NOW + 5, channel=11, mood="rainy-day")
    rushed = await store.daily.change(GUILD, NOW + 6, hour=8)

    assert moved is not None
    assert (moved.channel, moved.changed_at) == (11, NOW)
    assert rushed is not None
    assert rushed.changed_at == NOW + 6


async def test_started_again_it_keeps_what_was_chosen(store: Store) -> None:
    await store.daily.start(GUILD, CHANNEL, 9, "UTC", NOW)
    await store.daily.change(GUILD, NOW, mood="rainy-day", running=False)

    assert store.daily.running() == ()
    again = await store.daily.start(GUILD, 11, 20, "Asia/Seoul", NOW)

    assert (again.channel, again.mood, again.running) == (11, "rainy-day", True)


async def test_of_many_who_stop_it_one_is_told_that_it_did(store: Store) -> None:
    await store.daily.start(GUILD, CHANNEL, 9, "UTC", NOW)
    assert await store.daily.stop(GUILD, CHANNEL + 1, NOW) is False

    stopped = await asyncio.gather(*(store.daily.stop(GUILD, CHANNEL, NOW) for _ in range(4)))

    assert sorted(stopped) == [False, False, False, True]
    assert store.daily.running() == ()


async def test_what_was_never_started_cannot_be_changed(store: Store) -> None:
    assert await store.daily.change(GUILD, NOW, hour=8) is None
    assert store.daily.get(GUILD) is None


async def test_fifty_claims_at_once_take_a_day_once(store: Store) -> None:
    posts = await asyncio.gather(*(store.daily.claim(GUILD, "song", DAY, CHANNEL, NOW) for _ in range(50)))

    assert [post for post in posts if post is not None] == [DailyPost(0, None, CHANNEL, None)]
    assert await store.daily.claim(GUILD, "recap", DAY, CHANNEL, NOW) is not None
    assert await store.daily.claim(GUILD + 1, "song", DAY, CHANNEL, NOW) is not None


async def test_a_song_is_drawn_knowing_what_came_before(store: Store) -> None:
    told: list[tuple[Mapping[SongId, int], SongId | None]] = []

    def draw(played: Mapping[SongId, int], last: SongId | None) -> SongId:
        told.append((dict(played), last))
        return SongId("a" if not played else "b")

    for turn in range(3):
        await store.daily.claim(GUILD, "song", DAY, CHANNEL, NOW + turn, turn=turn, draw=draw)

    assert told == [({}, None), ({"a": 1}, "a"), ({"a": 1, "b": 1}, "b")]
    assert [post.song for post in await store.daily.posts(GUILD, "song", DAY)] == ["a", "b", "b"]


async def test_a_day_given_back_can_be_taken_again_but_not_one_that_was_sent(store: Store) -> None:
    await store.daily.claim(GUILD, "song", DAY, CHANNEL, NOW)
    await store.daily.release(GUILD, "song", DAY)
    assert store.daily.claimed(GUILD, "song") is None

    await store.daily.claim(GUILD, "song", DAY, CHANNEL, NOW)
    await store.daily.sent(GUILD, "song", DAY, 77)
    await store.daily.release(GUILD, "song", DAY)

    assert await store.daily.claim(GUILD, "song", DAY, CHANNEL, NOW) is None
    assert await store.daily.posts(GUILD, "song", DAY) == (DailyPost(0, None, CHANNEL, 77),)


async def test_listeners_hear_of_changes_and_claims_until_they_leave(store: Store) -> None:
    heard: list[int] = []
    stop = store.daily.on_change(heard.append)

    await store.daily.start(GUILD, CHANNEL, 9, "UTC", NOW)
    await store.daily.claim(GUILD, "song", DAY, CHANNEL, NOW)
    stop()
    await store.daily.change(GUILD, NOW, hour=8)

    assert heard == [GUILD, GUILD]


async def test_loves_are_counted_once_a_person_from_their_first_heart_here(store: Store) -> None:
    await store.marks.press(1, "a", GUILD, "button", NOW - 100)
    await store.marks.press(1, "a", GUILD, "command", NOW)
    await store.marks.press(2, "a", GUILD, "button", NOW)
    await store.marks.press(3, "a", GUILD + 1, "button", NOW)

    assert await store.daily.loved(GUILD, NOW - 50) == (Loved(SongId("a"), 2, 1),)


async def test_a_renamed_song_stays_played(store: Store) -> None:
    await store.daily.claim(GUILD, "song", DAY, CHANNEL, NOW, draw=lambda *_: SongId("old"))

    await store.songs.rename({"old": "new"})

    assert [post.song for post in await store.daily.posts(GUILD, "song", DAY)] == ["new"]


async def test_a_guild_is_greeted_once(path: Path) -> None:
    async with await Store.open(path) as store:
        greeted = await asyncio.gather(*(store.daily.greet(GUILD, NOW) for _ in range(5)))
        assert sorted(greeted) == [False] * 4 + [True]

    async with await Store.open(path) as store:
        assert await store.daily.greet(GUILD, NOW) is False


async def test_a_forgotten_guild_leaves_nothing(path: Path) -> None:
    async with await Store.open(path) as store:
        for guild in (GUILD, GUILD + 1):
            await store.daily.start(guild, CHANNEL, 9, "UTC", NOW)
            await store.daily.claim(guild, "song", DAY, CHANNEL, NOW)
            await store.daily.greet(guild, NOW)

        await store.daily.forget(GUILD)
        assert (store.daily.get(GUILD), store.daily.claimed(GUILD, "song")) == (None, None)

    async with await Store.open(path) as store:
        assert store.daily.get(GUILD) is None
        assert await store.daily.posts(GUILD, "song", DAY) == ()
        assert await store.daily.greet(GUILD, NOW) is True
        assert store.daily.get(GUILD + 1) is not None
