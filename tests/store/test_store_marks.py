"""Votes: the table of what a mark becomes, cell by cell, and what people see of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.model import SongId
from bot.store import Favourite, MarkChange, Pressed, Reaction, Store

USER, OTHER = 11, 12
HERE, THERE = 501, 502
SONG, ANOTHER = SongId("goblin-stay-with-me"), SongId("goblin-beautiful")
HEART = Reaction(9001, "❤️")


async def as_absent(store: Store) -> None:
    """The mark was never made."""


async def as_present(store: Store) -> None:
    await store.marks.react(USER, SONG, HERE, HEART, now=100)


async def as_withdrawn(store: Store) -> None:
    await store.marks.react(USER, SONG, HERE, HEART, now=100)
    await store.marks.remove(USER, SONG)


async def added(store: Store) -> None:
    await store.marks.react(USER, SONG, HERE, HEART, now=200)


async def taken_back(store: Store) -> None:
    await store.marks.unreact(USER, HEART)


async def removed(store: Store) -> None:
    await store.marks.remove(USER, SONG)


async def cleared_by_others(store: Store) -> None:
    await store.cards.set_cleared(HEART.message)


async def card_gone(store: Store) -> None:
    await store.cards.forget(HEART.message)


async def mark(store: Store) -> str:
    """Which of the three a reaction's mark is, told apart by what a replayed reaction does."""
    if await store.marks.since(USER, SONG) is not None:
        return "present"
    return "absent" if await store.marks.react(USER, SONG, HERE, HEART, now=300) else "withdrawn"


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [
        (as_absent, added, "present"),
        (as_absent, taken_back, "absent"),
        (as_absent, removed, "absent"),
        (as_absent, cleared_by_others, "absent"),
        (as_absent, card_gone, "absent"),
        (as_present, added, "present"),
        (as_present, taken_back, "absent"),
        (as_present, removed, "withdrawn"),
        (as_present, cleared_by_others, "present"),
        (as_present, card_gone, "present"),
        (as_withdrawn, added, "withdrawn"),
        (as_withdrawn, taken_back, "absent"),
        (as_withdrawn, removed, "withdrawn"),
        (as_withdrawn, cleared_by_others, "withdrawn"),
        (as_withdrawn, card_gone, "withdrawn"),
    ],
)
async def test_a_reactions_mark_follows_the_table(store: Store, before, event, after) -> None:
    await before(store)

    await event(store)

    assert await mark(store) == after


@pytest.mark.parametrize("origin", ["button", "command"])
async def test_a_press_is_absent_or_present_and_comes_back_after_an_explicit_removal(store: Store, origin) -> None:
    first = await store.marks.press(USER, SONG, HERE, origin, now=100)
    assert await store.marks.remove(USER, SONG)
    assert await store.marks.since(USER, SONG) is None

    again = await store.marks.press(USER, SONG, HERE, origin, now=200)

    assert first == Pressed(new=True, since=100, total=1)
    assert again == Pressed(new=True, since=200, total=1)


async def test_hearts_of_every_kind_on_several_cards_are_one_vote(store: Store) -> None:
    for reaction in (HEART, Reaction(9001, "💜"), Reaction(9001, "❤️", burst=True), Reaction(9002, "❤️")):
        await store.marks.react(USER, SONG, HERE, reaction, now=100)
    await store.marks.press(USER, SONG, HERE, "button", now=101)
    await store.marks.press(USER, SONG, HERE, "command", now=102)

    assert store.tally.everywhere(SONG) == store.tally.here(HERE, SONG) == 1
    assert await store.marks.favourites(USER) == (Favourite(SONG, 100),)


async def test_a_vote_stands_until_its_last_mark_is_taken_back(store: Store) -> None:
    await store.marks.react(USER, SONG, HERE, HEART, now=100)
    await store.marks.react(USER, SONG, HERE, Reaction(9001, "❤️", burst=True), now=101)

    assert not await store.marks.unreact(USER, HEART)
    assert store.tally.everywhere(SONG) == 1
    assert await store.marks.unreact(USER, Reaction(9001, "❤️", burst=True))
    assert store.tally.everywhere(SONG) == 0


@pytest.mark.parametrize(("seen", "same"), [("❤️", "❤"), ("🫶🏽", "🫶"), ("👍🏿", "👍🏻")])
async def test_variation_selector_and_skin_tone_do_not_make_another_reaction(
    store: Store, seen: str, same: str
) -> None:
    await store.marks.react(USER, SONG, HERE, Reaction(9001, seen), now=100)

    assert await store.marks.unreact(USER, Reaction(9001, same))


async def test_a_lone_skin_tone_is_still_a_reaction(store: Store) -> None:
    assert await store.marks.react(USER, SONG, HERE, Reaction(9001, "🏽"), now=100)
    assert await store.marks.unreact(USER, Reaction(9001, "🏽"))


async def test_taking_back_somebody_elses_or_an_unknown_reaction_changes_nothing(store: Store) -> None:
    await store.marks.react(USER, SONG, HERE, HEART, now=100)

    assert not await store.marks.unreact(OTHER, HEART)
    assert not await store.marks.unreact(USER, Reaction(1, "❤️"))
    assert store.tally.everywhere(SONG) == 1


async def test_an_old_reaction_does_not_bring_back_what_was_removed(store: Store) -> None:
    await store.marks.react(USER, SONG, HERE, HEART, now=100)
    await store.marks.remove(USER, SONG)

    assert not await store.marks.react(USER, SONG, HERE, HEART, now=200)
    assert await store.marks.favourites(USER) == ()


async def test_after_a_removal_taking_the_heart_off_and_putting_it_on_again_is_a_vote(store: Store) -> None:
    await store.marks.react(USER, SONG, HERE, HEART, now=100)
    await store.marks.remove(USER, SONG)
    await store.marks.unreact(USER, HEART)

    assert await store.marks.react(USER, SONG, HERE, HEART, now=200)
    assert await store.marks.since(USER, SONG) == 200


async def test_pressing_in_a_second_guild_counts_there_too_but_is_one_favourite(store: Store) -> None:
    await store.marks.press(USER, SONG, HERE, "button", now=100)

    there = await store.marks.press(USER, SONG, THERE, "button", now=200)

    assert there == Pressed(new=False, since=100, total=1)
    assert (store.tally.here(HERE, SONG), store.tally.here(THERE, SONG)) == (1, 1)
    assert store.tally.everywhere(SONG) == 1


async def test_removing_takes_it_away_in_every_guild(store: Store) -> None:
    await store.marks.press(USER, SONG, HERE, "button", now=100)
    await store.marks.press(USER, SONG, THERE, "command", now=200)

    assert await store.marks.remove(USER, SONG)
    assert not await store.marks.remove(USER, SONG)
    assert store.tally.here(HERE, SONG) == store.tally.here(THERE, SONG) == 0


async def test_undo_takes_back_its_own_press_and_no_other(store: Store) -> None:
    await store.marks.press(USER, SONG, HERE, "button", now=100)
    await store.marks.react(USER, SONG, HERE, HEART, now=150)

    assert not await store.marks.undo(USER, SONG, HERE, "button", pressed_at=99)
    assert not await store.marks.undo(OTHER, SONG, HERE, "button", pressed_at=100)
    assert await store.marks.undo(USER, SONG, HERE, "button", pressed_at=100)
    assert not await store.marks.undo(USER, SONG, HERE, "button", pressed_at=100)
    assert await store.marks.since(USER, SONG) == 150


async def test_a_multi_select_presses_all_or_none(store: Store) -> None:
    await store.marks.press(USER, SONG, HERE, "command", now=50)

    pressed = await store.marks.press_many(USER, [SONG, ANOTHER], HERE, "button", now=100)
    with pytest.raises(UnicodeEncodeError):
        await store.marks.press_many(OTHER, [SONG, "\ud800"], HERE, "button", now=100)

    assert pressed == (Pressed(False, 50, 1), Pressed(True, 100, 2))
    assert await store.marks.favourites(OTHER) == ()
    assert store.tally.everywhere(SONG) == 1


async def test_a_press_lifts_not_for_me_and_so_does_a_new_heart_but_not_a_replayed_one(store: Store) -> None:
    await store.listeners.dismiss(USER, SONG, now=90)
    await store.marks.react(USER, SONG, HERE, HEART, now=100)
    assert (await store.listeners.state(USER, now=100)).dismissed == frozenset()

    await store.listeners.dismiss(USER, SONG, now=110)
    await store.marks.react(USER, SONG, HERE, HEART, now=120)
    assert (await store.listeners.state(USER, now=120)).dismissed == {SONG}

    await store.marks.press(USER, SONG, HERE, "button", now=130)
    assert (await store.listeners.state(USER, now=130)).dismissed == frozenset()


async def test_favourites_come_newest_first(store: Store) -> None:
    for at, song in ((300, "b"), (100, "c"), (200, "a")):
        await store.marks.press(USER, song, HERE, "command", now=at)

    assert await store.marks.favourites(USER) == (
        Favourite(SongId("b"), 300),
        Favourite(SongId("a"), 200),
        Favourite(SongId("c"), 100),
    )
    assert await store.marks.total(USER) == 3


async def test_clearing_removes_all_of_ones_own_and_sticks(store: Store) -> None:
    await store.marks.react(USER, SONG, HERE, HEART, now=100)
    await store.marks.press(USER, ANOTHER, HERE, "button", now=200)
    await store.marks.press(OTHER, SONG, HERE, "button", now=200)

    assert await store.marks.clear(USER) == (ANOTHER, SONG)

    await store.marks.react(USER, SONG, HERE, HEART, now=300)
    assert await store.marks.favourites(USER) == ()
    assert await store.marks.clear(USER) == ()
    assert store.tally.everywhere(SONG) == 1


async def test_listeners_hear_each_beginning_and_end_once_decisive(store: Store) -> None:
    heard: list[MarkChange] = []
    end = store.marks.on_change(heard.append)

    await store.marks.press(USER, SONG, HERE, "button", now=100)
    await store.marks.press(USER, SONG, HERE, "command", now=101)
    await store.marks.press(USER, SONG, THERE, "button", now=102)
    await store.marks.remove(USER, SONG)
    end()
    await store.marks.press(USER, SONG, HERE, "button", now=103)

    assert heard == [
        MarkChange(USER, SONG, HERE, loved=True, decisive=True, at=100),
        MarkChange(USER, SONG, THERE, loved=True, decisive=False, at=102),
        MarkChange(USER, SONG, HERE, loved=False, decisive=False, at=None),
        MarkChange(USER, SONG, THERE, loved=False, decisive=True, at=None),
    ]


async def test_a_listener_that_fails_neither_loses_the_vote_nor_silences_the_others(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[MarkChange] = []

    def failing(change: MarkChange) -> None:
        raise RuntimeError("listener")

    store.marks.on_change(failing)
    store.marks.on_change(heard.append)

    await store.marks.press(USER, SONG, HERE, "button", now=100)

    assert [change.song for change in heard] == [SONG]
    assert store.tally.everywhere(SONG) == 1
    assert "A listener to favourites failed" in caplog.text


async def test_counts_and_favourites_are_the_same_after_a_restart(path: Path) -> None:
    async with await Store.open(path) as store:
        for user in range(1, 6):
            await store.marks.press(user, SONG, HERE, "button", now=100)
        await store.marks.press(1, SONG, THERE, "button", now=100)
        await store.marks.remove(5, SONG)

    async with await Store.open(path) as store:
        assert store.tally.everywhere(SONG) == 4
        assert (store.tally.here(HERE, SONG), store.tally.here(THERE, SONG)) == (4, 1)
        assert await store.marks.favourites(1) == (Favourite(SONG, 100),)
