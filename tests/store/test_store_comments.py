"""Comments: one's own to change, others' to like, and the one a card may quote."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.catalogue.model import SongId
from bot.store import Comment, Liked, Pace, Store, WrittenTooMuch

WRITER, READER, ANOTHER = 21, 22, 23
HERE, THERE, NOTES = 501, 502, 0
SONG = SongId("goblin-stay-with-me")


async def write(
    store: Store, text: str = "It snowed.", *, user: int = WRITER, guild: int = HERE, spoiler: bool = False
) -> Comment:
    return await store.comments.write(guild, SONG, user, text, spoiler=spoiler, episode=None, now=100)


async def test_a_comment_is_kept_as_written(store: Store) -> None:
    written = await store.comments.write(HERE, SONG, WRITER, "도깨비 ❄️", spoiler=True, episode=13, now=100)

    assert written == Comment(
        written.id, HERE, SONG, WRITER, "도깨비 ❄️", True, 13, 100, edited_at=None, likes=0, liked=False
    )
    assert await store.comments.get(written.id, viewer=READER) == written


async def test_ones_own_comment_can_be_rewritten_and_deleted(store: Store) -> None:
    written = await write(store)

    edited = await store.comments.edit(written.id, WRITER, "It rained.", spoiler=False, episode=None, now=200)

    assert edited is not None
    assert (edited.text, edited.at, edited.edited_at) == ("It rained.", 100, 200)
    assert await store.comments.delete(written.id, WRITER)
    assert not await store.comments.delete(written.id, WRITER)
    assert await store.comments.get(written.id, viewer=WRITER) is None


async def test_somebody_elses_comment_cannot_be_rewritten_or_deleted(store: Store) -> None:
    written = await write(store)

    edited = await store.comments.edit(written.id, READER, "Mine now.", spoiler=False, episode=None, now=200)

    assert edited is None
    assert not await store.comments.delete(written.id, READER)
    assert await store.comments.get(written.id, viewer=READER) == written


async def test_a_deleted_comments_id_is_never_given_again(store: Store) -> None:
    written = await write(store)
    await store.comments.delete(written.id, WRITER)

    assert (await write(store)).id > written.id


async def test_comments_of_a_guild_stay_in_it(store: Store) -> None:
    await write(store, "here", guild=HERE)
    await write(store, "there", guild=THERE)

    texts = [comment.text for comment in await store.comments.of_song(HERE, SONG, viewer=READER)]

    assert texts == ["here"]
    assert (store.comments.count(HERE, SONG), store.comments.count(THERE, SONG)) == (1, 1)


async def test_a_private_note_is_its_writers_alone(store: Store) -> None:
    note = await write(store, "for me", guild=NOTES)

    assert await store.comments.get(note.id, viewer=READER) is None
    assert await store.comments.of_song(NOTES, SONG, viewer=READER) == ()
    assert await store.comments.toggle_like(note.id, READER, now=1) is None
    assert await store.comments.of_song(NOTES, SONG, viewer=WRITER) == (note,)
    assert await store.comments.mine(WRITER) == (note,)
    assert store.comments.count(NOTES, SONG) == 0
    assert store.comments.best(NOTES, SONG) is None


async def test_comments_come_best_first_or_newest_first_in_pages(store: Store) -> None:
    first, second, third = [await write(store, text) for text in ("1", "2", "3")]
    await store.comments.toggle_like(first.id, READER, now=1)

    async def ids(**options) -> list[int]:
        return [comment.id for comment in await store.comments.of_song(HERE, SONG, READER, **options)]

    assert await ids() == [first.id, third.id, second.id]
    assert await ids(order="newest") == [third.id, second.id, first.id]
    assert await ids(order="newest", limit=1, offset=1) == [second.id]
    assert [comment.id for comment in await store.comments.mine(WRITER, limit=2)] == [third.id, second.id]


async def test_a_like_is_given_once_and_taken_back_by_the_next_press(store: Store) -> None:
    written = await write(store)

    assert await store.comments.toggle_like(written.id, READER, now=1) == Liked(liked=True, likes=1)
    assert await store.comments.toggle_like(written.id, ANOTHER, now=1) == Liked(liked=True, likes=2)
    seen = await store.comments.get(written.id, viewer=READER)
    assert seen is not None
    assert (seen.likes, seen.liked) == (2, True)
    assert await store.comments.toggle_like(written.id, READER, now=2) == Liked(liked=False, likes=1)


async def test_nobody_likes_their_own_or_one_that_is_gone(store: Store) -> None:
    written = await write(store)

    assert await store.comments.toggle_like(written.id, WRITER, now=1) is None
    assert await store.comments.toggle_like(written.id + 1, READER, now=1) is None


async def test_an_even_number_of_presses_at_once_leaves_no_like(store: Store) -> None:
    written = await write(store)

    await asyncio.gather(*(store.comments.toggle_like(written.id, READER, now=1) for _ in range(50)))

    assert await store.comments.toggle_like(written.id, READER, now=2) == Liked(liked=True, likes=1)


async def test_a_card_quotes_the_most_liked_memory(store: Store) -> None:
    liked, more_liked = await write(store, "liked"), await write(store, "more liked")
    assert store.comments.best(HERE, SONG) is None

    await store.comments.toggle_like(liked.id, READER, now=1)
    assert store.comments.best(HERE, SONG) == await store.comments.get(liked.id, viewer=ANOTHER)

    for user in (READER, ANOTHER):
        await store.comments.toggle_like(more_liked.id, user, now=2)
    best = store.comments.best(HERE, SONG)
    assert best is not None
    assert (best.text, best.likes) == ("more liked", 2)


@pytest.mark.parametrize(
    ("text", "spoiler", "quoted"),
    [("가" * 140, False, True), ("가" * 141, False, False), ("He dies.", True, False)],
    ids=["140 characters", "141 characters", "a spoiler"],
)
async def test_a_card_quotes_nothing_long_and_no_spoiler(store: Store, text: str, spoiler: bool, quoted: bool) -> None:
    written = await write(store, text, spoiler=spoiler)

    await store.comments.toggle_like(written.id, READER, now=1)

    assert (store.comments.best(HERE, SONG) is not None) == quoted


async def test_what_cards_quote_follows_unliking_editing_and_deleting(store: Store) -> None:
    written = await write(store)

    await store.comments.toggle_like(written.id, READER, now=1)
    await store.comments.toggle_like(written.id, READER, now=2)
    assert store.comments.best(HERE, SONG) is None

    await store.comments.toggle_like(written.id, READER, now=3)
    await store.comments.edit(written.id, WRITER, "He dies.", spoiler=True, episode=None, now=4)
    assert store.comments.best(HERE, SONG) is None

    await store.comments.edit(written.id, WRITER, "It snows.", spoiler=False, episode=None, now=5)
    best = store.comments.best(HERE, SONG)
    assert best is not None and best.text == "It snows."

    await store.comments.delete(written.id, WRITER)
    assert store.comments.best(HERE, SONG) is None
    assert store.comments.count(HERE, SONG) == 0


async def test_what_cards_tell_is_the_same_after_a_restart(path: Path) -> None:
    async with await Store.open(path) as store:
        for number in range(4):
            written = await write(store, f"memory {number}")
            for user in range(100, 100 + number % 3):
                await store.comments.toggle_like(written.id, user, now=1)
        for text, spoiler in (("He dies.", True), ("x" * 141, False)):
            written = await write(store, text, spoiler=spoiler)
            for user in range(100, 105):
                await store.comments.toggle_like(written.id, user, now=1)
        told = (store.comments.best(HERE, SONG), store.comments.count(HERE, SONG))

    async with await Store.open(path) as store:
        assert (store.comments.best(HERE, SONG), store.comments.count(HERE, SONG)) == told
        assert told[0] is not None and told[0].text == "memory 2"


async def test_a_pace_is_kept_for_each_person_and_place_and_ends(store: Store) -> None:
    pace = Pace(most=2, seconds=60)

    async def write(now: int, *, guild: int = HERE, user: int = 1) -> int:
        return (await store.comments.write(guild, SONG, user, "x", spoiler=False, episode=None, now=now, pace=pace)).id

    await write(100)
    gone = await write(130)
    await store.comments.delete(gone, 1)
    with pytest.raises(WrittenTooMuch) as stopped:
        await write(159)
    elsewhere, other, later = await write(159, guild=THERE), await write(159, user=2), await write(160)

    assert stopped.value.again == 160
    assert await store.comments.again(HERE, 1, pace, 161) == 190
    assert await store.comments.again(HERE, 1, pace, 190) is None
    assert elsewhere < other < later
