"""Recounts: a reading of Discord against the marks, whatever happens between reading and writing."""

from __future__ import annotations

import pytest

from bot.catalogue.model import SongId
from bot.store import Card, Page, Reaction, Reading, Recounted, Store
from bot.store.journal import Kind, Watch
from bot.store.recounts import State, settled

CARD = Card(900, 5, 70, "song", (SongId("a"),), "en", 1, seeded=True)
HEART = ("❤", False)
VOTES = {HEART: SongId("a"), ("❤", True): SongId("a"), ("💜", False): SongId("a")}
BEGUN = 500


@pytest.fixture(autouse=True)
async def card(store: Store) -> None:
    await store.cards.add(CARD)


def reading(store: Store, *people: int, heart: tuple[str, bool] = HEART, unclear: bool = False) -> Reading:
    """What Discord shows at this moment: these people under one heart."""
    at = store.recounts.moment
    page = Page(heart, frozenset(people), 0, None, at)
    return Reading(CARD, at, VOTES, (page,), frozenset({heart}) if unclear else frozenset())


async def apply(store: Store, watch: Watch, seen: Reading) -> Recounted:
    return await store.recounts.apply(seen, watch, BEGUN, 600)


async def loved(store: Store, *people: int) -> list[bool]:
    return [bool(await store.marks.favourites(person)) for person in people]


def heart(emoji: str = "❤️", *, burst: bool = False) -> Reaction:
    return Reaction(CARD.message, emoji, burst)


async def test_a_recount_adds_who_came_and_takes_away_who_left(store: Store) -> None:
    await store.marks.react(1, "a", 70, heart(), 10)
    await store.marks.react(2, "a", 70, heart(), 10)

    with store.recounts.watch() as watch:
        result = await apply(store, watch, reading(store, 2, 3))

    assert result == Recounted(True, added=1, taken=1)
    assert await loved(store, 1, 2, 3) == [False, True, True]
    assert store.tally.here(70, "a") == 2
    assert await store.marks.since(2, "a") == 10
    assert await store.marks.since(3, "a") == 600


async def test_what_was_withdrawn_stays_so_while_its_heart_is_there(store: Store) -> None:
    await store.marks.react(1, "a", 70, heart(), 10)
    await store.marks.remove(1, "a")

    with store.recounts.watch() as watch:
        await apply(store, watch, reading(store, 1))
    assert await loved(store, 1) == [False]

    with store.recounts.watch() as watch:
        await apply(store, watch, reading(store))
    await store.marks.react(1, "a", 70, heart(), 20)
    assert await loved(store, 1) == [True]


async def test_normal_and_burst_hearts_are_marks_of_their_own(store: Store) -> None:
    await store.marks.react(1, "a", 70, heart(burst=True), 10)

    with store.recounts.watch() as watch:
        await apply(store, watch, reading(store, 1))
        assert (await store.recounts.counts([900]))[900] == {HEART: 1}


async def test_a_heart_that_votes_no_longer_collects_nobody_but_keeps_whom_it_shows(store: Store) -> None:
    await store.marks.react(1, "a", 70, heart("⭐"), 10)
    await store.marks.react(2, "a", 70, heart("⭐"), 10)

    with store.recounts.watch() as watch:
        await apply(store, watch, reading(store, 1, 3, heart=("⭐", False)))

    assert await loved(store, 1, 2, 3) == [True, False, False]


async def test_a_heart_of_which_nothing_is_known_is_left_as_it_was(store: Store) -> None:
    await store.marks.react(1, "a", 70, heart(), 10)

    with store.recounts.watch() as watch:
        await apply(store, watch, reading(store, unclear=True))

    assert await loved(store, 1) == [True]


async def test_what_happened_after_the_reading_wins_over_it(store: Store) -> None:
    for person in (1, 2, 3):
        await store.marks.react(person, "a", 70, heart(), 10)
    with store.recounts.watch() as watch:
        seen = reading(store, 1, 2, 3)
        await store.marks.unreact(1, heart())
        await store.marks.remove(2, "a")
        await store.privacy.delete(3, 20)
        await store.marks.react(4, "a", 70, heart(), 20)
        await apply(store, watch, seen)

    assert await loved(store, 1, 2, 3, 4) == [False, False, False, True]
    with store.recounts.watch() as watch:
        await apply(store, watch, reading(store, 2, 3, 4))
    assert await loved(store, 1, 2, 3, 4) == [False, False, False, True]


async def test_a_favourite_removed_while_its_heart_was_being_found_stays_removed(store: Store) -> None:
    await store.marks.press(1, "a", 70, "button", 10)
    with store.recounts.watch() as watch:
        seen = reading(store, 1)
        await store.marks.remove(1, "a")
        await apply(store, watch, seen)

    with store.recounts.watch() as watch:
        await apply(store, watch, reading(store, 1))

    assert await loved(store, 1) == [False]


async def test_a_withdrawn_heart_given_anew_after_it_was_missed_counts(store: Store) -> None:
    await store.marks.react(1, "a", 70, heart(), 10)
    await store.marks.remove(1, "a")

    with store.recounts.watch() as watch:
        seen = reading(store)
        await store.marks.react(1, "a", 70, heart(), 20)
        await apply(store, watch, seen)

    assert await loved(store, 1) == [True]


async def test_a_reading_that_another_recount_overtook_is_dropped(store: Store) -> None:
    with store.recounts.watch() as early, store.recounts.watch() as late:
        old = reading(store, 1)
        first = await apply(store, late, reading(store))
        second = await apply(store, early, old)

    assert (first.counted, second.counted) == (True, False)
    assert await loved(store, 1) == [False]


@pytest.mark.parametrize("fate", ["cleared", "forgotten", "renamed"])
async def test_a_card_that_changed_meanwhile_is_left_alone(store: Store, fate: str) -> None:
    await store.marks.react(1, "a", 70, heart(), 10)
    with store.recounts.watch() as watch:
        seen = reading(store, 2)
        match fate:
            case "cleared":
                await store.cards.set_cleared(900)
            case "forgotten":
                await store.cards.forget(900)
            case _:
                await store.songs.rename({"a": "b"})
        result = await apply(store, watch, seen)

    assert result == Recounted(counted=False)
    assert await loved(store, 1, 2) == [True, False]


async def test_a_song_put_aside_before_the_recount_and_hearted_since_is_aside_no_more(store: Store) -> None:
    await store.listeners.dismiss(1, "a", BEGUN - 1)
    await store.listeners.dismiss(2, "a", BEGUN + 1)

    with store.recounts.watch() as watch:
        await apply(store, watch, reading(store, 1, 2))

    assert (await store.listeners.state(1, 600)).dismissed == frozenset()
    assert (await store.listeners.state(2, 600)).dismissed == {"a"}


async def test_a_recount_goes_on_where_the_last_one_was_broken_off(store: Store) -> None:
    for message, sent in ((901, 10), (902, 20), (903, 30), (904, 700)):
        await store.cards.add(Card(message, 5, 70, "song", (SongId("a"),), "en", sent))
    await store.cards.set_cleared(900)
    assert [card.message for card in await store.cards.due(0, BEGUN)] == [903, 902, 901]

    await store.cards.set_recounted([903], BEGUN)

    assert [card.message for card in await store.cards.due(0, BEGUN)] == [902, 901]
    assert [card.message for card in await store.cards.due(0, BEGUN + 5)] == [902, 901, 903]
    assert [card.message for card in await store.cards.due(15, BEGUN)] == [902]


async def test_a_channel_that_is_gone_takes_its_cards_and_no_votes(store: Store) -> None:
    await store.marks.react(1, "a", 70, heart(), 10)

    assert await store.cards.forget_channel(5) == 1

    assert await store.cards.get(900) is None
    assert await loved(store, 1) == [True]


async def test_nothing_is_noted_while_nobody_watches(store: Store) -> None:
    with store.recounts.watch() as watch:
        await store.marks.press(1, "a", 70, "button", 10)
    await store.marks.react(1, "a", 70, heart(), 10)

    assert [happening.kind for happening in watch.happenings] == ["pressed"]
    assert store.recounts.moment == 2


@pytest.mark.parametrize(
    ("now", "seen", "since", "becomes"),
    [
        ("absent", True, (), "present"),
        ("absent", False, (), "absent"),
        ("present", True, (), "present"),
        ("present", False, (), "absent"),
        ("withdrawn", True, (), "withdrawn"),
        ("withdrawn", False, (), "absent"),
        ("absent", True, ("taken",), "absent"),
        ("present", False, ("taken", "added"), "present"),
        ("absent", True, ("deleted",), "absent"),
        ("absent", True, ("removed",), "withdrawn"),
        ("withdrawn", False, ("added",), "present"),
        ("withdrawn", False, ("added", "removed"), "withdrawn"),
        ("present", False, ("removed", "added"), "present"),
    ],
)
def test_the_table_of_a_recount(now: State, seen: bool, since: tuple[Kind, ...], becomes: State) -> None:
    assert settled(now, seen, since) == becomes
