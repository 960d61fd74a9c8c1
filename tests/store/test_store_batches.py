"""Writes that arrive together: one commit, each on its own feet."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Reaction, Store, StoreClosed, StoreError
from bot.store.database import Database
from bot.store.transaction import Transaction

KNOW = "INSERT INTO known (user_id, song_id, known_at) VALUES (:user, :song, 0)"
ORPHAN = "INSERT INTO card_songs (message_id, place, song_id) VALUES (1, 0, 'a')"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = await Database.open(path, busy_timeout=5, gather=0.0)
    yield database
    await database.close()


def know(user: int, song: str = "a"):
    return lambda tx: tx.all(KNOW, user=user, song=song)


async def known(database: Database) -> list[int]:
    rows = await database.read(lambda tx: tx.all("SELECT user_id FROM known ORDER BY user_id"))
    return [user for (user,) in rows]


async def tasks_besides_this() -> set[asyncio.Task]:
    await asyncio.sleep(0)
    return asyncio.all_tasks() - {asyncio.current_task()}


async def test_sixty_four_callers_each_get_their_own_answer(store: Store) -> None:
    pressed = await asyncio.gather(
        *(store.marks.press(user, f"song-{user % 4}", 1, "button", now=user) for user in range(1, 65))
    )

    assert [answer.since for answer in pressed] == list(range(1, 65))
    assert [store.tally.everywhere(f"song-{number}") for number in range(4)] == [16] * 4


async def test_fifty_presses_of_one_person_at_once_are_one_vote(store: Store) -> None:
    pressed = await asyncio.gather(*(store.marks.press(1, "a", 1, "button", now=9) for _ in range(50)))

    assert [answer.new for answer in pressed] == [True] + [False] * 49
    assert store.tally.everywhere("a") == 1


async def test_what_arrives_together_shares_a_commit(database: Database) -> None:
    seen: list[int] = []

    def unit(tx: Transaction) -> None:
        seen.append(tx.value("SELECT COUNT(*) FROM known"))
        tx.all(KNOW, user=len(seen), song="a")

    watching = await asyncio.gather(*(database.write(unit) for _ in range(5)), known(database))

    assert seen == [0, 1, 2, 3, 4]
    assert watching[-1] in ([], [1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("user", "song", "error"),
    [
        (10**30, "a", OverflowError),
        (7, "\ud800", UnicodeEncodeError),
        (0, "a", sqlite3.IntegrityError),
        (None, "a", sqlite3.IntegrityError),
    ],
)
async def test_a_failing_unit_fails_alone_and_leaves_nothing_of_itself(
    database: Database, user: int, song: str, error: type[Exception]
) -> None:
    await database.write(know(0))

    def half_way(tx: Transaction) -> None:
        tx.all(KNOW, user=999, song="half")
        tx.all(KNOW, user=user, song=song)

    neighbours = [database.write(know(number)) for number in range(1, 33)]
    after = [database.write(know(number)) for number in range(33, 64)]
    answers = await asyncio.gather(*neighbours, database.write(half_way), *after, return_exceptions=True)

    assert type(answers.pop(32)) is error
    assert answers == [[]] * 63
    assert await known(database) == list(range(64))


async def test_where_one_fails_its_neighbours_run_again_and_are_told_of_once(database: Database) -> None:
    ran: list[int] = []
    followed: list[int] = []

    def unit(user: int):
        def run(tx: Transaction) -> int:
            ran.append(user)
            tx.all(KNOW, user=user, song="a")
            if user == 3:
                raise ValueError
            return user

        return run

    answers = await asyncio.gather(
        *(database.write(unit(user), followed.append) for user in range(1, 6)), return_exceptions=True
    )

    assert ran == [1, 2, 3, 1, 2, 3, 4, 5]
    assert followed == [1, 2, 4, 5]
    assert [type(answer) for answer in answers] == [int, int, ValueError, int, int]
    assert await known(database) == [1, 2, 4, 5]


async def test_bad_ids_and_texts_are_the_callers_own_error(store: Store) -> None:
    with pytest.raises(OverflowError):
        await store.marks.press(10**30, "a", 1, "button", now=1)
    with pytest.raises(OverflowError):
        await store.marks.unreact(1, Reaction(10**30, "❤️"))
    with pytest.raises(UnicodeEncodeError):
        await store.comments.write(1, "a", 1, "lone \udc80", spoiler=False, episode=None, now=1)
    with pytest.raises(OverflowError):
        await store.marks.since(10**30, "a")

    assert (await store.marks.press(1, "a", 1, "button", now=1)).new
    assert store.comments.count(1, "a") == 0


async def test_when_the_commit_fails_nobody_is_told_it_was_kept(database: Database) -> None:
    followed: list[object] = []

    def breaks_the_commit(tx: Transaction) -> None:
        tx.all("PRAGMA defer_foreign_keys = ON")
        tx.all(ORPHAN)

    answers = await asyncio.gather(
        database.write(know(1), followed.append),
        database.write(breaks_the_commit),
        database.write(know(2), followed.append),
        return_exceptions=True,
    )

    assert [type(answer) for answer in answers] == [StoreError] * 3
    assert len({id(answer) for answer in answers}) == 3
    assert followed == []
    assert await known(database) == []
    await database.write(know(3))
    assert await known(database) == [3]


async def test_a_unit_that_ends_the_transaction_does_not_take_its_neighbours_along(
    database: Database,
) -> None:
    def ends_it(tx: Transaction) -> None:
        tx.all(KNOW, user=999, song="a")
        tx.all("ROLLBACK")
        raise sqlite3.OperationalError("disk I/O error")

    answers = await asyncio.gather(
        database.write(know(1)), database.write(ends_it), database.write(know(2)), return_exceptions=True
    )

    assert answers[0] == answers[2] == []
    assert type(answers[1]) is StoreError
    assert await known(database) == [1, 2]


async def test_a_cancelled_caller_leaves_all_or_nothing_and_the_batch_goes_on(database: Database) -> None:
    def two_rows(user: int):
        def unit(tx: Transaction) -> None:
            tx.all(KNOW, user=user, song="a")
            tx.all(KNOW, user=user, song="b")

        return unit

    callers = [asyncio.create_task(database.write(two_rows(user))) for user in range(1, 65)]
    callers[0].cancel()
    await asyncio.sleep(0)
    callers[10].cancel()
    await asyncio.sleep(0)
    callers[20].cancel()
    answers = await asyncio.gather(*callers, return_exceptions=True)

    rows = await known(database)
    assert sum(isinstance(answer, asyncio.CancelledError) for answer in answers) == 3
    assert all(rows.count(user) in (0, 2) for user in (1, 11, 21))
    assert all(rows.count(user) == 2 for user in set(range(1, 65)) - {1, 11, 21})


async def test_memory_follows_a_write_whose_caller_has_gone(database: Database) -> None:
    followed: list[object] = []
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    def unit(tx: Transaction) -> str:
        loop.call_soon_threadsafe(started.set)
        tx.all(KNOW, user=1, song="a")
        return "kept"

    caller = asyncio.create_task(database.write(unit, followed.append))
    await started.wait()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    await database.write(know(2))

    assert followed == ["kept"]
    assert await known(database) == [1, 2]


async def test_memory_follows_before_the_write_returns(store: Store) -> None:
    await store.marks.press(1, "a", 1, "button", now=1)

    assert store.tally.everywhere("a") == 1


async def test_a_write_is_read_right_after_it_returned(store: Store) -> None:
    for at in range(1, 30):
        await store.marks.press(1, f"song-{at}", 1, "button", now=at)
        assert await store.marks.total(1) == at


async def test_nothing_is_left_running_when_nothing_is_written(store: Store) -> None:
    await asyncio.gather(*(store.marks.press(user, "a", 1, "button", now=1) for user in range(1, 9)))

    assert await tasks_besides_this() == set()


async def test_closing_finishes_what_was_accepted_and_refuses_the_rest(path: Path) -> None:
    store = await Store.open(path)
    writing = [asyncio.create_task(store.marks.press(user, "a", 1, "button", now=1)) for user in range(1, 65)]
    await asyncio.sleep(0)

    await store.close()

    assert all(answer.new for answer in await asyncio.gather(*writing))
    with pytest.raises(StoreClosed):
        await store.marks.press(99, "a", 1, "button", now=1)
    with pytest.raises(StoreClosed):
        await store.marks.favourites(99)
    async with await Store.open(path) as store:
        assert store.tally.everywhere("a") == 64


async def test_closing_finishes_even_what_does_not_fit_into_one_batch(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.BATCH_UNITS", 4)
    store = await Store.open(path)
    writing = [asyncio.create_task(store.marks.press(user, "a", 1, "button", now=1)) for user in range(1, 65)]
    await asyncio.sleep(0)

    await store.close()

    assert all(answer.new for answer in await asyncio.gather(*writing))
