"""Copies of the database: complete, of one moment, checked, and put back without losing what was there."""

# ruff: noqa: ASYNC240 - these tests have nothing else to do while they touch a file

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest
from processes import start

from bot.store import (
    BackupGivenUpError,
    Store,
    StoreCorrupt,
    StoreError,
    StoreExists,
    StoreForeign,
    StoreFromTheFuture,
    StoreInUse,
    StoreMissing,
    named_for,
    nightly_for,
    remove_outdated,
    restore,
    take_backup,
)

DAY = 86_400
NOW = 1_800_000_000
VOTES_WITHOUT_END = """
import asyncio, sys
from bot.store import Store

async def main():
    async with await Store.open(sys.argv[1]) as store:
        async def press(user):
            await store.marks.press(user, "a", 1, "button", now=user)
            print(user, flush=True)
        for begin in range(1, 10**6, 16):
            await asyncio.gather(*(press(user) for user in range(begin, begin + 16)))

asyncio.run(main())
"""


async def voted(path: Path, users: int = 1) -> None:
    async with await Store.open(path) as store:
        await asyncio.gather(*(store.marks.press(user, "a", 1, "button", now=1) for user in range(1, users + 1)))


async def voters(path: Path) -> int:
    async with await Store.open(path) as store:
        return store.tally.everywhere("a")


async def test_a_copy_holds_every_vote_acknowledged_before_it_was_begun(store: Store, tmp_path: Path) -> None:
    """Twelve copies while votes pour in; each is opened as a database of its own afterwards."""
    acknowledged = 0
    stop = asyncio.Event()

    async def pour(first: int) -> None:
        nonlocal acknowledged
        for user in range(first, 10**6, 8):
            if stop.is_set():
                return
            await store.marks.press(user, "a", 1, "button", now=1)
            acknowledged += 1

    pouring = [asyncio.create_task(pour(first)) for first in range(1, 9)]
    promised: list[tuple[Path, int, int]] = []
    for number in range(12):
        await asyncio.sleep(0.02)
        before = acknowledged
        taken = await store.back_up(tmp_path / "copies" / f"{number}.sqlite3")
        promised.append((taken.path, before, taken.favourites))
    stop.set()
    await asyncio.gather(*pouring)

    assert promised[0][1] > 0
    for path, before, told in promised:
        assert before <= told
        assert await voters(path) == told
    assert store.tally.everywhere("a") == acknowledged


def test_a_copy_taken_from_outside_while_the_bot_votes_is_complete(path: Path, tmp_path: Path) -> None:
    with start(VOTES_WITHOUT_END, path) as process:
        assert process.stdout is not None
        for copy in range(5):
            told = [int(process.stdout.readline()) for _ in range(50)]
            taken = take_backup(path, tmp_path / f"{copy}.sqlite3")
            with sqlite3.connect(taken.path) as connection:
                (found,) = connection.execute("SELECT COUNT(*) FROM marks").fetchone()
            connection.close()
            assert found >= (copy + 1) * len(told)
        process.kill()


async def test_a_copy_is_one_file_and_leaves_nothing_unfinished(store: Store, tmp_path: Path) -> None:
    await store.marks.press(1, "a", 1, "button", now=1)

    taken = await store.back_up(tmp_path / "copies" / "one.sqlite3")

    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["one.sqlite3"]
    assert taken.size == taken.path.stat().st_size
    assert (taken.favourites, taken.comments) == (1, 0)


async def test_a_file_that_is_there_is_not_written_over_unless_told(store: Store, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear")

    with pytest.raises(StoreExists, match="nothing was written"):
        await store.back_up(letter)
    assert letter.read_text() == "dear"

    await store.back_up(letter, overwrite=True)
    assert letter.read_bytes().startswith(b"SQLite format 3")


async def test_damage_is_found_and_the_older_copy_stays(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    async with await Store.open(path) as store:
        for begin in range(0, 4000, 500):
            store.listeners.shown_soon(1, [f"song-{number}" for number in range(begin, begin + 500)], now=1)
    take_backup(path, copy)
    good = copy.read_bytes()
    with path.open("r+b") as file:
        file.seek(30 * 4096)
        file.write(b"\xff" * 4096 * 10)

    with pytest.raises(StoreCorrupt, match=path.name):
        take_backup(path, copy, overwrite=True)

    assert copy.read_bytes() == good


async def test_a_folder_that_may_not_be_written_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")

    with pytest.raises(StoreError, match="a-file"):
        await store.back_up(tmp_path / "a-file" / "copy.sqlite3")


async def test_closing_the_store_gives_up_a_copy_under_way(path: Path, tmp_path: Path) -> None:
    store = await Store.open(path)
    for begin in range(0, 60_000, 10_000):
        store.listeners.shown_soon(1, [f"song-{number}" * 9 for number in range(begin, begin + 10_000)], now=1)
    assert len(await store.listeners.shown_lately(1, limit=60_000)) == 60_000
    copying = asyncio.create_task(store.back_up(tmp_path / "copies" / "copy.sqlite3"))
    while not list(tmp_path.glob("copies/*.unfinished")):  # noqa: ASYNC110 - a thread makes it
        await asyncio.sleep(0)

    await store.close()

    with pytest.raises(BackupGivenUpError):
        await copying
    assert list((tmp_path / "copies").iterdir()) == []


async def test_a_restored_copy_is_the_database_and_the_replaced_one_is_kept(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    await voted(path, users=3)
    take_backup(path, copy)
    await voted(path, users=7)

    restored = restore(copy, path, NOW)

    assert restored.taken.favourites == 3
    assert await voters(path) == 3
    assert restored.replaced is not None
    assert await voters(restored.replaced) == 7
    assert await voters(copy) == 3


async def test_votes_still_in_the_log_of_a_killed_bot_are_kept_with_the_replaced_one(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    await voted(path)
    take_backup(path, copy)
    with start(VOTES_WITHOUT_END, path) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(40)]
        process.kill()
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0

    restored = restore(copy, path, NOW)

    assert await voters(path) == 1
    assert restored.replaced is not None
    assert await voters(restored.replaced) >= len(told)


async def test_a_lost_database_is_restored_into_an_empty_place(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    await voted(path, users=2)
    take_backup(path, copy)
    path.unlink()

    assert restore(copy, path, NOW).replaced is None
    assert await voters(path) == 2


async def test_a_damaged_database_can_be_replaced_and_is_kept(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    await voted(path, users=2)
    take_backup(path, copy)
    path.write_bytes(b"broken" * 999)

    restored = restore(copy, path, NOW)

    assert await voters(path) == 2
    assert restored.replaced is not None
    assert restored.replaced.read_bytes() == b"broken" * 999


async def test_nothing_is_restored_under_a_running_bot(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    async with await Store.open(path) as store:
        await store.back_up(copy)
        with pytest.raises(StoreInUse, match="stop that one first"):
            restore(copy, path, NOW)
        assert (await store.marks.press(1, "a", 1, "button", now=1)).new
    assert await voters(path) == 1


async def test_what_is_not_a_good_copy_of_ours_replaces_nothing(path: Path, tmp_path: Path) -> None:
    await voted(path, users=2)
    before = path.read_bytes()
    text, foreign, newer, damaged = (tmp_path / name for name in ("text", "foreign", "newer", "damaged"))
    text.write_text("no database at all\n" * 300)
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    connection.close()
    take_backup(path, newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("INSERT INTO migrations VALUES (9999, 'unheard of')")
    connection.close()
    shutil.copy(newer, damaged)
    with damaged.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 3)

    for wrong, kind in (
        (text, StoreCorrupt),
        (foreign, StoreForeign),
        (newer, StoreFromTheFuture),
        (damaged, StoreCorrupt),
        (tmp_path / "nothing", StoreMissing),
        (path, StoreExists),
    ):
        with pytest.raises(StoreError) as refusal:
            restore(wrong, path, NOW)
        assert type(refusal.value) is kind
        assert path.read_bytes() == before
    assert await voters(path) == 2
    assert not list(path.parent.glob("*.replaced*"))


def test_only_nightly_copies_that_are_too_old_are_removed(tmp_path: Path) -> None:
    nightly = [nightly_for(NOW - age * DAY) for age in range(10)]
    others = [named_for(NOW - 99 * DAY), "nightly-notes.sqlite3", "nightly-2020-01-01.sqlite3.txt"]
    for name in (*nightly, *others):
        (tmp_path / name).write_text("")

    assert remove_outdated(tmp_path, NOW, days=7) == 3

    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*nightly[:7], *others])
