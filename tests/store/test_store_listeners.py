"""What a recommendation must know of the person it is for."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.catalogue.model import SongId
from bot.store import Favourite, ListenerState, Shown, Store

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
    assert (await store.listeners.state(USER, now=2 * DAY, days=1)).shown == {"twice"}


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


def rows(store: Store) -> list[str]:
    """What the file itself says was shown."""
    with sqlite3.connect(store.path) as connection:
        return [song for (song,) in connection.execute("SELECT song_id FROM shown ORDER BY song_id")]
