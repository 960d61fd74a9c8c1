"""Removing several favourites, and putting back just what stood."""

from __future__ import annotations

from bot.store import Favourite, MarkChange, Reaction, Store

USER, OTHER = 11, 12
HERE, THERE = 501, 502
FIRST, SECOND, THIRD = "goblin-stay-with-me", "goblin-beautiful", "goblin-i-miss-you"
HEART = Reaction(9001, "❤️")


async def loved(store: Store) -> tuple[Favourite, ...]:
    """Three favourites: a press in two guilds, a reaction, and one of both."""
    await store.marks.press(USER, FIRST, HERE, "button", 100)
    await store.marks.press(USER, FIRST, THERE, "command", 110)
    await store.marks.react(USER, SECOND, HERE, HEART, 200)
    await store.marks.react(USER, THIRD, HERE, Reaction(9002, "💜"), 300)
    await store.marks.press(USER, THIRD, HERE, "button", 310)
    return await store.marks.favourites(USER)


async def test_what_is_put_back_stands_as_it_stood(store: Store) -> None:
    before = await loved(store)
    heard: list[MarkChange] = []
    store.marks.on_change(heard.append)

    removed = await store.removals.remove(USER, [FIRST, SECOND, THIRD, FIRST, "never-loved"])
    assert await store.marks.favourites(USER) == ()
    assert store.tally.everywhere(FIRST) == 0
    back = await store.removals.put_back(USER, removed)

    assert set(back) == {FIRST, SECOND, THIRD}
    assert await store.marks.favourites(USER) == before
    assert store.tally.here(THERE, FIRST) == store.tally.here(HERE, FIRST) == store.tally.everywhere(FIRST) == 1
    assert sum(change.decisive and not change.loved for change in heard) == 3
    assert sum(change.decisive and change.loved for change in heard) == 3


async def test_a_reaction_taken_back_meanwhile_is_not_put_back(store: Store) -> None:
    await loved(store)
    removed = await store.removals.remove(USER, [SECOND])
    await store.marks.unreact(USER, HEART)

    back = await store.removals.put_back(USER, removed)

    assert back == ()
    assert await store.marks.since(USER, SECOND) is None


async def test_putting_back_twice_is_putting_back_once(store: Store) -> None:
    before = await loved(store)
    removed = await store.removals.remove(USER, [FIRST, THIRD])

    await store.removals.put_back(USER, removed)

    assert await store.removals.put_back(USER, removed) == ()
    assert await store.marks.favourites(USER) == before
    assert store.tally.everywhere(THIRD) == 1


async def test_nobody_elses_favourites_are_touched(store: Store) -> None:
    await loved(store)
    await store.marks.press(OTHER, FIRST, HERE, "button", 100)

    removed = await store.removals.remove(OTHER, [SECOND, THIRD])

    assert removed.songs == ()
    assert len(await store.marks.favourites(USER)) == 3
