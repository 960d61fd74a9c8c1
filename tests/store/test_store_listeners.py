"""What a recommendation must know of the person it is for."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.catalogue.model import SongId
from bot.store import Favourite, ListenerState, Reaction, Shown, Store
from bot.store.database import Database

USER, OTHER = 11, 12
DAY = 86_400


async def test_a_newcomer_has_no_state(store: Store) -> None:
    assert await store.listeners.state(USER, now=100) == ListenerState((), frozenset(), frozenset(), frozenset())


async def test_a_listeners_state_is_theirs_alone(store: Store) -> None:
    await store.marks.press(USER, "loved", 0, "command", now=100)
    await store.listeners.know(USER, "known", now=100)
    await store.listeners.dismiss(USER, "dismissed", now=100)
    store.listeners.shown_soon(USER, ["shown"], now=100)
    store.listeners.shown_soon(OTHER, ["else"], now=100)

    assert await store.listeners.state(USER, now=100) == ListenerState(
        (Favourite(SongId("loved"), 100),),
        frozenset({SongId("known")}),
        frozenset({SongId("dismissed")}),
        frozenset({SongId("shown")}),
    )


async def test_known_and_dismissed_can_be_said_and_unsaid(store: Store) -> None:
    assert await store.listeners.know(USER, "a", now=1)
    assert not await store.listeners.know(USER, "a", now=2)
    assert await store.listeners.unknow(USER, "a")
    assert not await store.listeners.unknow(USER, "a")
    assert await store.listeners.dismiss(USER, "a", now=1)
    assert not await store.listeners.dismiss(USER, "a", now=2)
    assert await store.listeners.undismiss(USER, "a")
    assert not await store.listeners.undismiss(USER, "a")


async def test_shown_counts_for_ninety_days_from_the_last_time(store: Store) -> None:
    store.listeners.shown_soon(USER, ["once", "twice"], now=0)
    store.listeners.shown_soon(USER, ["twice"], now=DAY)

    assert (await store.listeners.state(USER, now=90 * DAY)).shown == {"once", "twice"}
    assert (await store.listeners.state(USER, now=90 * DAY + 1)).shown == {"twice"}


async def test_shown_lately_comes_newest_first_in_the_order_shown(store: Store) -> None:
    store.listeners.shown_soon(USER, ["c", "a", "b"], now=100)
    store.listeners.shown_soon(USER, ["e", "a"], now=200)

    assert await store.listeners.shown_lately(USER) == (
        Shown(SongId("e"), 200),
        Shown(SongId("a"), 200),
        Shown(SongId("c"), 100),
        Shown(SongId("b"), 100),
    )
    assert len(await store.listeners.shown_lately(USER, limit=3)) == 3


async def test_songs_shown_a_moment_ago_rest_though_they_wait_to_be_written(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "x.sqlite3", gather=10.0) as store:
        store.listeners.shown_soon(USER, ["a", "b"], now=100)
        store.listeners.shown_soon(USER, ["b", "c"], now=100)

        assert (await store.listeners.state(USER, now=100)).shown == {"a", "b", "c"}
        assert rows(store) == []

        assert {song.song for song in await store.listeners.shown_lately(USER)} == {"a", "b", "c"}
        assert rows(store) == ["a", "b", "c"]
        assert (await store.listeners.state(USER, now=100)).shown == {"a", "b", "c"}


CHANGES: dict[str, Callable[[Store], Awaitable[object]]] = {
    "pressed": lambda store: store.marks.press(USER, "new", 0, "button", now=110),
    "pressed again": lambda store: store.marks.press(USER, "loved", 5, "command", now=90),
    "pressed many": lambda store: store.marks.press_many(USER, ["new", "newer"], 0, "button", now=110),
    "taken back": lambda store: store.marks.undo(USER, "loved", 0, "button", 100),
    "reacted": lambda store: store.marks.react(USER, "new", 5, Reaction(9, "❤️"), now=110),
    "unreacted": lambda store: store.marks.unreact(USER, Reaction(8, "❤️")),
    "removed": lambda store: store.marks.remove(USER, "loved"),
    "cleared": lambda store: store.marks.clear(USER),
    "removed by the dozen": lambda store: store.removals.remove(USER, ["loved", "hearted"]),
    "known": lambda store: store.listeners.know(USER, "new", now=110),
    "not known": lambda store: store.listeners.unknow(USER, "known"),
    "dismissed": lambda store: store.listeners.dismiss(USER, "new", now=110),
    "not dismissed": lambda store: store.listeners.undismiss(USER, "dismissed"),
    "shown": lambda store: shown(store, "new"),
    "renamed": lambda store: store.songs.rename({"loved": "new", "shown": "newer", "known": "newest"}),
    "deleted": lambda store: store.privacy.delete(USER, now=110),
}


async def shown(store: Store, song: str) -> None:
    store.listeners.shown_soon(USER, [song], now=110)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_what_is_remembered_of_a_listener_is_what_is_written(
    path: Path, change: Callable[[Store], Awaitable[object]]
) -> None:
    async with await Store.open(path) as store:
        await store.marks.press(USER, "loved", 0, "button", now=100)
        await store.marks.react(USER, "hearted", 5, Reaction(8, "❤️"), now=95)
        await store.marks.press(USER, "hearted", 5, "button", now=97)
        await store.listeners.know(USER, "known", now=100)
        await store.listeners.dismiss(USER, "dismissed", now=100)
        await shown(store, "shown")
        before = await store.listeners.state(USER, now=120)
        assert await store.listeners.state(USER, now=120) == before

        await change(store)

        remembered = await store.listeners.state(USER, now=120)

    async with await Store.open(path) as store:
        assert remembered == await store.listeners.state(USER, now=120)
    assert remembered != before


async def test_whoever_asks_again_is_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.marks.press(USER, "loved", 0, "button", now=100)
    known = await store.listeners.state(USER, now=120)
    monkeypatch.setattr(Database, "read", None)

    assert await store.listeners.state(USER, now=120) == known


async def test_what_was_read_while_something_was_written_is_not_remembered(store: Store) -> None:
    reading = asyncio.create_task(store.listeners.state(USER, now=120))
    await asyncio.sleep(0)
    await store.listeners.know(USER, "known", now=110)
    await reading

    assert (await store.listeners.state(USER, now=120)).known == {"known"}


def rows(store: Store) -> list[str]:
    """What the file itself says was shown."""
    with sqlite3.connect(store.path) as connection:
        return [song for (song,) in connection.execute("SELECT song_id FROM shown ORDER BY song_id")]
