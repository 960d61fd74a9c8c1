"""A renamed song keeps its past: nothing orphaned, nothing counted twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.catalogue.model import SongId
from bot.store import Card, MarkChange, Reaction, Shown, Store

HERE, THERE = 501, 502
HEART = Reaction(9001, "❤️")


async def test_everything_said_of_a_song_moves_with_it(path: Path) -> None:
    async with await Store.open(path) as store:
        await store.marks.press(1, "old", HERE, "button", now=100)
        await store.cards.add(Card(9001, 800, HERE, "picks", (SongId("old"), SongId("else")), "en", at=100))
        written = await store.comments.write(HERE, "old", 1, "snow", spoiler=False, episode=None, now=100)
        await store.comments.toggle_like(written.id, 2, now=100)
        await store.listeners.know(3, "old", now=100)
        await store.listeners.dismiss(4, "old", now=100)
        store.listeners.shown_soon(5, ["old"], now=100)

        assert await store.songs.rename({"old": "new"}) == 6
        assert await store.songs.rename({"old": "new"}) == 0

    for _ in range(2):
        async with await Store.open(path) as store:
            card = await store.cards.get(9001)
            assert card is not None and card.songs == ("new", "else")
            assert await store.marks.since(1, "new") == 100
            assert (store.tally.everywhere("new"), store.tally.everywhere("old")) == (1, 0)
            assert (store.comments.count(HERE, "new"), store.comments.count(HERE, "old")) == (1, 0)
            assert (await store.listeners.state(3, now=100)).known == {"new"}
            assert (await store.listeners.state(4, now=100)).dismissed == {"new"}
            assert (await store.listeners.state(5, now=100)).shown == {"new"}


async def test_what_is_kept_in_memory_moves_too(store: Store) -> None:
    heard: Counter[tuple[int, str, int]] = Counter()

    def hear(change: MarkChange) -> None:
        heard[change.user, change.song, change.guild] += 1 if change.loved else -1

    store.marks.on_change(hear)
    await store.marks.press(1, "old", HERE, "button", now=100)
    await store.marks.press(1, "new", THERE, "button", now=100)
    await store.marks.press(2, "old", HERE, "button", now=100)
    for song in ("old", "new"):
        written = await store.comments.write(HERE, song, 1, song, spoiler=False, episode=None, now=100)
        await store.comments.toggle_like(written.id, 2, now=100)

    await store.songs.rename({"old": "new"})

    assert (store.tally.everywhere("old"), store.tally.everywhere("new")) == (0, 2)
    assert (store.tally.here(HERE, "new"), store.tally.here(THERE, "new")) == (2, 1)
    assert {key for key, times in heard.items() if times} == {
        (1, "new", HERE),
        (1, "new", THERE),
        (2, "new", HERE),
    }
    assert store.comments.count(HERE, "new") == 2
    best = store.comments.best(HERE, "new")
    assert best is not None and best.song == "new"
    assert store.comments.best(HERE, "old") is None


async def test_loved_under_both_names_is_one_favourite_since_the_earlier(store: Store) -> None:
    await store.marks.press(1, "old", HERE, "button", now=100)
    await store.marks.press(1, "new", HERE, "button", now=200)

    await store.songs.rename({"old": "new"})

    assert await store.marks.since(1, "new") == 100
    assert await store.marks.total(1) == 1


@pytest.mark.parametrize("withdrawn", ["old", "new"])
async def test_present_under_either_name_is_present(store: Store, withdrawn: str) -> None:
    for song in ("old", "new"):
        await store.marks.react(1, song, HERE, HEART, now=100)
    await store.marks.remove(1, withdrawn)

    await store.songs.rename({"old": "new"})

    assert await store.marks.since(1, "new") == 100


async def test_a_removal_sticks_through_a_renaming(store: Store) -> None:
    await store.marks.react(1, "old", HERE, HEART, now=100)
    await store.marks.remove(1, "old")

    await store.songs.rename({"old": "new"})

    assert not await store.marks.react(1, "new", HERE, HEART, now=200)


async def test_shown_under_both_names_keeps_the_later_time(store: Store) -> None:
    store.listeners.shown_soon(1, ["old"], now=300)
    store.listeners.shown_soon(1, ["new"], now=200)

    await store.songs.rename({"old": "new"})

    assert await store.listeners.shown_lately(1) == (Shown(SongId("new"), 300),)


async def test_a_song_renamed_twice_ends_at_its_present_name(store: Store) -> None:
    await store.marks.press(1, "first", HERE, "button", now=100)
    await store.marks.press(2, "second", HERE, "button", now=100)

    await store.songs.rename({"first": "second", "second": "third"})

    assert store.tally.everywhere("third") == 2


async def test_renaming_in_a_circle_is_refused_and_changes_nothing(store: Store) -> None:
    await store.marks.press(1, "a", HERE, "button", now=100)

    with pytest.raises(ValueError, match="circle"):
        await store.songs.rename({"a": "b", "b": "a"})

    assert store.tally.everywhere("a") == 1
