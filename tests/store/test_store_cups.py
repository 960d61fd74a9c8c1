"""Knockouts in the store: decided once, put away in time, and what was picked leans a taste a little."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.catalogue import load
from bot.catalogue.model import SongId
from bot.recommend import Listener, Recommender, Request
from bot.store import Cup, Store
from bot.store.cups import PUT_AWAY_SECONDS
from bot.worldcup import drawn

A, B, C, D = (SongId(name) for name in "abcd")
PERSON = 5


@pytest.fixture
async def cup(store: Store) -> Cup:
    return await store.cups.start(PERSON, "any", "-", 8, 100, lambda _: (A, B, C, D))


async def picked(store: Store) -> tuple[SongId, ...]:
    return (await store.listeners.state(PERSON, now=200)).picked


async def test_of_presses_at_the_same_moment_one_decides(store: Store, cup: Cup) -> None:
    outcomes = await asyncio.gather(*(store.cups.go_on(cup, [n % 2], "running", 101, (A, D)[n % 2]) for n in range(9)))

    assert [outcome is not None for outcome in outcomes] == [True] + 8 * [False]
    assert await picked(store) == (A,)


async def test_undo_forgets_what_only_this_knockout_had_picked(store: Store, cup: Cup) -> None:
    again = await store.cups.start(PERSON, "any", "-", 8, 100, lambda _: (A, B, C, D))
    await store.cups.go_on(cup, [0], "running", 101, A)
    gone_on = await store.cups.go_on(again, [0], "running", 102, A)
    assert gone_on

    undone = await store.cups.undo(gone_on, [], 103, [A])

    assert undone and undone.picks == ()
    assert await picked(store) == (A,)
    assert await store.cups.undo(gone_on, [], 104, [A]) is None


async def test_a_day_after_the_last_press_it_is_put_away_and_what_was_picked_stays(store: Store, cup: Cup) -> None:
    await store.cups.go_on(cup, [0], "running", 150, A)
    assert await store.cups.get(cup.id, 150 + PUT_AWAY_SECONDS)

    assert await store.cups.get(cup.id, 151 + PUT_AWAY_SECONDS) is None
    assert await store.cups.tidy(150 + PUT_AWAY_SECONDS) == 0
    assert await store.cups.tidy(151 + PUT_AWAY_SECONDS) == 1

    assert await picked(store) == (A,)
    assert (await store.cups.start(PERSON, "any", "-", 8, 200, lambda _: (A, B))).id > cup.id


async def test_a_renamed_song_keeps_its_picks(store: Store, cup: Cup) -> None:
    await store.cups.go_on(cup, [0], "running", 150, A)

    assert await store.songs.rename({"a": "z"}) == 1

    assert await picked(store) == ("z",)


def test_a_picked_song_leans_its_persons_picks_less_than_a_heart() -> None:
    catalogue = load()
    recommender = Recommender(catalogue)
    nobody = Listener(PERSON)
    seed, kin = SongId("goblin-stay-with-me"), SongId("goblin-beautiful")

    plain = recommender.score(kin, Request(), nobody)
    leaning = recommender.score(kin, Request(), replace(nobody, picked=(seed,)))
    loving = recommender.score(kin, Request(), replace(nobody, loved=((seed, 1),)))

    assert 0 < leaning - plain < (loving - plain)
    assert recommender.score(kin, Request(), Listener(PERSON + 1)) == plain


def test_a_picked_song_need_not_be_recommended_and_a_dismissed_one_leans_nothing() -> None:
    recommender = Recommender(load())
    first = recommender.recommend(Request(), Listener(PERSON)).picks[0].song
    kin = SongId("goblin-beautiful")
    away = Listener(PERSON, dismissed=frozenset({first}))

    again = recommender.recommend(Request(), Listener(PERSON, picked=(first,)))

    assert first not in {pick.song for pick in again.picks}
    assert recommender.score(kin, Request(), replace(away, picked=(first,))) == recommender.score(kin, Request(), away)


def test_the_draw_is_the_same_for_the_same_person_and_knockout_and_keeps_the_order() -> None:
    songs = [SongId(f"song-{number:02}") for number in range(60)]

    chosen = drawn(songs, 16, PERSON, 1)

    assert chosen == drawn(songs, 16, PERSON, 1) == tuple(sorted(chosen))
    assert len({chosen, drawn(songs, 16, PERSON, 2), drawn(songs, 16, PERSON + 1, 1)}) == 3
    assert set(chosen) <= set(songs[:48])
    assert drawn(songs[:5], 16, PERSON, 1) == tuple(songs[:5])
