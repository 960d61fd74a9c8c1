"""What is said in the store reaches the recommender: at start all of it, then each change, and back again."""

from __future__ import annotations

import pytest

from bot import learning
from bot.catalogue import load
from bot.recommend import Listener, Recommender, Request
from bot.store import Reaction, Store

CATALOGUE = load()
SONGS = list(CATALOGUE.songs)
HERE = 7


def liked(recommender: Recommender, song: int = 0) -> float:
    return recommender.score(SONGS[song], Request(), Listener(1, guild=HERE))


async def crowded(store: Store) -> None:
    """Let a server have some hearts, so that its people have a say."""
    for user in range(100, 130):
        await store.marks.press_many(user, SONGS[user % 5 :: 211], HERE, "button", now=1)
        await store.marks.press(user, SONGS[0], HERE, "button", now=1)


@pytest.fixture
async def recommender(store: Store) -> Recommender:
    await crowded(store)
    recommender = Recommender(CATALOGUE)
    await learning.learn(store, recommender)
    learning.follow(store, recommender.absorb)
    return recommender


async def test_a_restart_knows_what_was_heard_while_running(store: Store, recommender: Recommender) -> None:
    await store.listeners.dismiss(2, SONGS[0], now=2)
    await store.listeners.know(3, SONGS[1], now=2)
    await store.comments.write(HERE, SONGS[2], 4, "ah", spoiler=False, episode=None, now=2)
    await store.marks.react(5, SONGS[3], HERE, Reaction(9, "💜"), now=2)

    again = Recommender(CATALOGUE)
    await learning.learn(store, again)

    fresh = Recommender(CATALOGUE)
    assert [liked(again, n) for n in range(5)] == pytest.approx([liked(recommender, n) for n in range(5)])
    assert [liked(again, n) for n in range(5)] != pytest.approx([liked(fresh, n) for n in range(5)])


async def test_not_for_me_counts_against_a_song_until_it_is_taken_back(store: Store, recommender: Recommender) -> None:
    before = liked(recommender)

    await store.listeners.dismiss(2, SONGS[0], now=2)
    assert liked(recommender) < before
    await store.listeners.undismiss(2, SONGS[0])

    assert liked(recommender) == pytest.approx(before)


async def test_a_heart_ends_what_not_for_me_took(store: Store, recommender: Recommender) -> None:
    await store.listeners.dismiss(2, SONGS[0], now=2)
    dismissed = liked(recommender)

    await store.marks.press(2, SONGS[0], HERE, "button", now=3)
    await store.marks.remove(2, SONGS[0])

    assert liked(recommender) > dismissed


async def test_a_comment_counts_for_a_song_while_it_is_there_and_less_than_a_heart(
    store: Store, recommender: Recommender
) -> None:
    before = liked(recommender)

    comment = await store.comments.write(HERE, SONGS[0], 2, "ah", spoiler=False, episode=None, now=2)
    written = liked(recommender)
    await store.comments.delete(comment.id, 2)
    assert liked(recommender) == pytest.approx(before)
    await store.marks.press(2, SONGS[0], HERE, "button", now=3)

    assert before < written < liked(recommender)


async def test_a_private_note_is_nobody_elses_opinion(store: Store, recommender: Recommender) -> None:
    before = liked(recommender)

    await store.comments.write(0, SONGS[0], 2, "ah", spoiler=False, episode=None, now=2)

    assert liked(recommender) == before


async def test_to_be_known_counts_a_little_until_it_is_taken_back(store: Store, recommender: Recommender) -> None:
    before = liked(recommender)

    await store.listeners.know(2, SONGS[0], now=2)
    known = liked(recommender)
    await store.listeners.unknow(2, SONGS[0])
    assert liked(recommender) == pytest.approx(before)
    await store.comments.write(HERE, SONGS[0], 2, "ah", spoiler=False, episode=None, now=3)

    assert before < known < liked(recommender)


async def test_who_had_everything_deleted_says_nothing_any_more(store: Store, recommender: Recommender) -> None:
    before = [liked(recommender, n) for n in range(3)]
    await store.marks.press(2, SONGS[0], HERE, "button", now=2)
    await store.listeners.know(2, SONGS[1], now=2)
    await store.listeners.dismiss(2, SONGS[2], now=2)
    await store.comments.write(HERE, SONGS[2], 2, "ah", spoiler=False, episode=None, now=2)
    assert [liked(recommender, n) for n in range(3)] != pytest.approx(before)

    await store.privacy.delete(2, now=3)

    assert [liked(recommender, n) for n in range(3)] == pytest.approx(before)
