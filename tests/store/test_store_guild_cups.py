"""Servers' knockouts in the store: one at a time, each post once, one vote each, and all of it after a restart."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.catalogue.model import SongId
from bot.store import Cup, CupState, Served, Store
from bot.store.cups import REMEMBERED_SECONDS
from bot.worldcup import Bracket, decided

SONGS = tuple(SongId(name) for name in "abcd")
DAY = date(2026, 6, 1)
SERVED = Served(70, 9, 20, "UTC", DAY)


def close(cup: Cup, votes: list[int]) -> tuple[tuple[int, ...], CupState]:
    """Decide the duel that was posted last, if one was."""
    bracket = Bracket(cup.songs, cup.picks)
    after = bracket.pick(decided(votes)) if cup.posts else bracket
    return after.picks, "running" if after.duel else "over"


async def start(store: Store) -> Cup | None:
    return await store.guild_cups.start(SERVED, "any", "-", 8, 100, lambda _: (SONGS, DAY))


@pytest.fixture
async def cup(store: Store) -> Cup:
    begun = await start(store)
    assert begun
    posted = await store.guild_cups.claim(begun.id, 0, DAY, 100, close)
    assert posted
    return posted


async def test_a_guild_plays_one_at_a_time(store: Store) -> None:
    begun = await asyncio.gather(*(start(store) for _ in range(5)))

    assert sum(one is not None for one in begun) == 1


async def test_of_claims_at_the_same_moment_one_posts(store: Store, cup: Cup) -> None:
    claims = await asyncio.gather(*(store.guild_cups.claim(cup.id, 1, DAY, 101, close) for _ in range(5)))

    assert sum(one is not None for one in claims) == 1
    assert await store.guild_cups.claim(cup.id, 3, DAY, 102, close) is None


@pytest.mark.parametrize(
    ("votes", "winner"),
    [
        ([], 0),
        ([(1, 1)], 1),
        ([(1, 1), (2, 0)], 1),
        ([(1, 0), (2, 1), (1, 1), (1, 0)], 1),
        ([(1, 1), (2, 1), (3, 0), (4, 0), (2, 0)], 0),
    ],
)
async def test_a_changed_vote_goes_to_the_end_of_the_queue(
    store: Store, cup: Cup, votes: list[tuple[int, int]], winner: int
) -> None:
    for user, choice in votes:
        await store.guild_cups.vote(cup, 0, user, choice, ("a", "d"), 101)  # pyright: ignore[reportArgumentType]

    closed = await store.guild_cups.claim(cup.id, 1, DAY + timedelta(days=1), 102, close)

    assert closed and closed.picks == (winner,)
    assert sum((closed.counts or {}).get(0, (0, 0))) == len({user for user, _ in votes})


async def test_a_closed_duel_takes_no_vote_and_one_not_posted_neither(store: Store, cup: Cup) -> None:
    await store.guild_cups.claim(cup.id, 1, DAY, 101, close)

    for duel in (0, 2):
        assert await store.guild_cups.vote(cup, duel, 1, 0, (SONGS[0], SONGS[3]), 102) is None

    assert not (store.guild_cups.get(cup.id) or cup).counts
    assert (await store.listeners.state(1, 102)).picked == ()


async def test_a_restart_knows_everything(path: Path) -> None:
    async with await Store.open(path) as store:
        begun = await start(store)
        assert begun
        await store.guild_cups.claim(begun.id, 0, DAY, 100, close)
        await store.guild_cups.sent(begun.id, 0, 900)
        await store.guild_cups.vote(begun, 0, 1, 1, (SONGS[0], SONGS[3]), 101)
        before = store.guild_cups.running(70)
    async with await Store.open(path) as store:
        assert store.guild_cups.running(70) == before
        assert before and before.posts[0].message == 900
        assert before.counts == {0: (0, 1)}
        assert (await store.listeners.state(1, 102)).picked == (SONGS[3],)


async def test_it_is_stopped_once_and_another_can_begin(store: Store, cup: Cup) -> None:
    stops = await asyncio.gather(*(store.guild_cups.stop(cup.id, 102) for _ in range(3)))

    assert sum(stops) == 1
    assert await store.guild_cups.claim(cup.id, 1, DAY, 103, close) is None
    assert await start(store)


async def test_what_is_over_goes_in_time_and_what_runs_stays(store: Store, cup: Cup) -> None:
    assert await store.cups.tidy(10**10) == 0
    await store.guild_cups.stop(cup.id, 102)

    assert await store.cups.tidy(102 + REMEMBERED_SECONDS) == 0
    assert await store.cups.tidy(103 + REMEMBERED_SECONDS) == 1
