"""Cards: a reaction finds its song, and what was once true of a card stays true."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue.model import SongId
from bot.store import Card, Reaction, Store, database

CARD = Card(9001, 800, 501, "picks", (SongId("b"), SongId("a"), SongId("b")), "ko", at=100, reasons='["왜"]')


async def test_a_card_comes_back_as_it_was_sent(store: Store) -> None:
    await store.cards.add(CARD)

    assert await store.cards.get(CARD.message) == CARD
    assert await store.cards.get(1) is None


async def test_a_card_healed_later_stays_seeded_and_cleared(store: Store) -> None:
    await store.cards.add(CARD)
    assert await store.cards.set_seeded(CARD.message)
    assert await store.cards.set_cleared(CARD.message)

    await store.cards.add(replace(CARD, songs=("c",), locale="en"))

    assert await store.cards.get(CARD.message) == replace(CARD, songs=("c",), locale="en", seeded=True, cleared=True)


async def test_what_is_no_card_cannot_be_seeded_cleared_or_forgotten(store: Store) -> None:
    assert not await store.cards.set_seeded(1)
    assert not await store.cards.set_cleared(1)
    assert not await store.cards.forget(1)


async def test_a_forgotten_card_leaves_its_votes(store: Store) -> None:
    await store.cards.add(CARD)
    await store.marks.react(11, "a", 501, Reaction(CARD.message, "❤️"), now=100)

    assert await store.cards.forget(CARD.message)

    assert await store.cards.get(CARD.message) is None
    assert store.tally.everywhere("a") == 1


async def test_the_newest_cards_of_a_song_are_found_in_their_guild(store: Store) -> None:
    for message, guild, kind, song, at in (
        (1, 5, "song", "stay", 100),
        (2, 5, "song", "stay", 200),
        (3, 5, "song", "stay", 300),
        (4, 6, "song", "stay", 300),
        (5, 5, "picks", "stay", 300),
        (6, 5, "song", "other", 300),
    ):
        await store.cards.add(Card(message, 9, guild, kind, (SongId(song),), "en", at))

    assert await store.cards.newest(5, "stay", "song", since=0, most=2) == (3, 2)
    assert await store.cards.newest(5, "stay", "song", since=201, most=9) == (3,)
    assert await store.cards.newest(7, "stay", "song", since=0, most=9) == ()


async def test_a_card_just_sent_is_found_at_once(store: Store) -> None:
    store.cards.add_soon(CARD, shown_to=11)

    assert await store.cards.get(CARD.message) == CARD


async def test_cards_sent_close_together_share_a_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[int] = []
    together = database.commit_together
    monkeypatch.setattr(
        database, "commit_together", lambda to, units: commits.append(len(units)) or together(to, units)
    )

    async with await Store.open(tmp_path / "x.sqlite3", gather=0.05) as store:
        for message in range(1, 21):
            store.cards.add_soon(replace(CARD, message=message), shown_to=11)
            store.cards.set_seeded_soon(message)
            await asyncio.sleep(0)
        async with asyncio.timeout(10):
            while not commits:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)

        assert [await store.cards.get(message) for message in range(1, 21)] == [
            replace(CARD, message=message, seeded=True) for message in range(1, 21)
        ]
    assert commits == [40]


async def test_that_a_card_is_seeded_is_kept_with_the_next_commit(store: Store) -> None:
    await store.cards.add(CARD)
    store.cards.set_seeded_soon(CARD.message)

    await store.marks.press(11, "a", 501, "button", 100)

    assert await store.cards.get(CARD.message) == replace(CARD, seeded=True)


async def test_that_a_card_is_seeded_is_kept_when_nothing_else_is_written(store: Store) -> None:
    await store.cards.add(CARD)
    store.cards.set_seeded_soon(CARD.message)

    async with asyncio.timeout(10):
        while not _seeded(store.path):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


async def test_that_a_card_is_seeded_is_kept_when_the_store_closes(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "x.sqlite3") as store:
        await store.cards.add(CARD)
        store.cards.set_seeded_soon(CARD.message)

    async with await Store.open(tmp_path / "x.sqlite3") as store:
        assert await store.cards.get(CARD.message) == replace(CARD, seeded=True)


def _seeded(path: Path) -> bool:
    """Look into the file itself: the store's own reads would have it written first."""
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT seeded FROM cards").fetchone() == (1,)


async def test_a_card_asked_for_is_remembered_until_it_changes(store: Store) -> None:
    changes: dict[str, Callable[[], Awaitable[object]]] = {
        "sent anew": lambda: store.cards.add(replace(CARD, songs=(SongId("z"),))),
        "renamed": lambda: store.songs.rename({"a": "z"}),
        "forgotten": lambda: store.cards.forget(CARD.message),
        "its channel gone": lambda: store.cards.forget_channel(CARD.channel),
        "its server left": lambda: store.departed.remove(CARD.guild),
    }
    for name, change in changes.items():
        await store.cards.forget(CARD.message)
        await store.cards.add(CARD)
        assert store.cards.remembered(CARD.message) is None
        await store.cards.get(CARD.message)
        assert store.cards.remembered(CARD.message) == CARD

        await change()

        assert store.cards.remembered(CARD.message) is None, name


async def test_a_card_that_changes_while_it_is_read_is_not_remembered(store: Store) -> None:
    await store.cards.add(CARD)

    for _ in range(20):
        get = store.cards.get
        await asyncio.gather(get(CARD.message), store.songs.rename({"a": "z"}), get(CARD.message))
        remembered = store.cards.remembered(CARD.message)
        assert remembered is None or remembered == await store.cards.get(CARD.message)
        await store.cards.add(CARD)


async def test_only_so_many_cards_are_remembered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.recent.MOST", 2)
    for message in (1, 2, 3):
        await store.cards.add(replace(CARD, message=message))
        await store.cards.get(message)

    assert [store.cards.remembered(message) is not None for message in (1, 2, 3)] == [False, True, True]
