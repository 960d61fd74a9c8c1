"""When file, disk or another program is against us: a plain word, nothing acknowledged in vain."""

# ruff: noqa: ASYNC240 - these tests have nothing else to do while they touch a file

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from processes import held_by_another, start

from bot.store import (
    Store,
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFromTheFuture,
    StoreFull,
    StoreInUse,
    StoreReadOnly,
)

NOBODY = 65534
PRESSES_AND_DIES_NEVER = """
import asyncio, sys
from bot.store import Store

async def main():
    async with await Store.open(sys.argv[1]) as store:
        async def press(user):
            await store.marks.press(user, "a", 1, "button", now=user)
            print(user, flush=True)
        for start in range(1, 10**6, 8):
            await asyncio.gather(*(press(user) for user in range(start, start + 8)))

asyncio.run(main())
"""
PRESSES_UNTIL_THE_FILES_MAY_NOT_GROW = """
import asyncio, os, resource, signal, sys
from bot.store import Store, StoreError

async def main():
    async with await Store.open(sys.argv[1]) as store:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        room = max(os.path.getsize(sys.argv[1] + end) for end in ("", "-wal")) + 200_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        kept = refused = 0
        for user in range(1, 400):
            try:
                await store.marks.press(user, "a" * 900, 1, "button", now=1)
                kept += 1
            except StoreError:
                refused += 1
        counted = store.tally.everywhere("a" * 900)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await store.marks.press(10**6, "after", 1, "button", now=1)
    print(kept, refused, counted, flush=True)

asyncio.run(main())
"""


async def made(path: Path) -> None:
    async with await Store.open(path) as store:
        await store.marks.press(1, "a", 1, "button", now=1)


async def refused(path: Path, kind: type[StoreError], busy_timeout: float = 5.0) -> str:
    """The sentence with which opening is refused; what opened all the same is closed again."""
    with pytest.raises(StoreError) as refusal:
        async with await Store.open(path, busy_timeout=busy_timeout):
            pass
    assert type(refusal.value) is kind
    return str(refusal.value)


@contextmanager
def without_privileges() -> Iterator[None]:
    """As somebody whom file permissions stop, also where the tests run as root."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.mark.parametrize("acknowledged", [1, 17, 200])
def test_what_was_acknowledged_survives_a_kill(path: Path, acknowledged: int) -> None:
    with start(PRESSES_AND_DIES_NEVER, path) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(acknowledged)]
        process.kill()
        told += [int(line) for line in process.stdout.read().splitlines()]

    async def look() -> None:
        async with await Store.open(path) as store:
            assert [user for user in told if await store.marks.since(user, "a") != user] == []
            assert store.tally.everywhere("a") >= len(told) >= acknowledged

    asyncio.run(look())


async def test_a_full_disk_refuses_and_keeps_what_was_kept(path: Path) -> None:
    kept: list[int] = []
    async with await Store.open(path) as store:
        pages = await store._database.write(lambda tx: tx.value("PRAGMA page_count"))
        await store._database.write(lambda tx: tx.all(f"PRAGMA max_page_count = {pages + 20}"))

        async def write(number: int) -> None:
            await store.comments.write(1, "a", number, "x" * 2000, spoiler=False, episode=None, now=1)
            kept.append(number)

        answers = await asyncio.gather(*(write(number) for number in range(64)), return_exceptions=True)

        assert {type(answer) for answer in answers} == {type(None), StoreFull}
        assert store.comments.count(1, "a") == len(kept) > 0
        assert "full" in str(next(answer for answer in answers if answer is not None))
        assert len(await store.comments.of_song(1, "a", viewer=1)) == len(kept)

        await store._database.write(lambda tx: tx.all("PRAGMA max_page_count = 100000"))
        await write(99)

    async with await Store.open(path) as store:
        assert sorted(comment.user for comment in await store.comments.of_song(1, "a", viewer=1)) == sorted(kept)


def test_files_that_may_not_grow_refuse_and_recover(path: Path) -> None:
    with start(PRESSES_UNTIL_THE_FILES_MAY_NOT_GROW, path) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    kept, refused, counted = map(int, output.split())

    async def look() -> None:
        async with await Store.open(path) as store:
            assert store.tally.everywhere("a" * 900) == counted == kept
            assert store.tally.everywhere("after") == 1

    assert kept > 0
    assert refused > 0
    asyncio.run(look())


async def test_a_file_that_may_not_be_written_is_refused_in_plain_words() -> None:
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    path = folder / "store.sqlite3"
    try:
        await made(path)
        (folder / "store.sqlite3-lock").chmod(0o666)
        path.chmod(0o444)
        folder.chmod(0o777)
        with without_privileges():
            assert "may not be written" in await refused(path, StoreReadOnly)
        folder.chmod(0o555)
        with without_privileges():
            await refused(folder / "new.sqlite3", StoreReadOnly)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


async def test_a_file_that_became_read_only_refuses_writes_and_is_still_read(store: Store) -> None:
    await store.marks.press(1, "a", 1, "button", now=1)
    await store._database.write(lambda tx: tx.all("PRAGMA query_only = ON"))

    with pytest.raises(StoreReadOnly):
        await store.marks.press(2, "a", 1, "button", now=1)

    assert await store.marks.total(1) == 1
    assert store.tally.everywhere("a") == 1


async def test_a_lock_longer_than_the_timeout_is_named_and_reading_goes_on(path: Path) -> None:
    await made(path)
    async with await Store.open(path, busy_timeout=0.2) as store:
        with held_by_another(path):
            answers = await asyncio.gather(
                *(store.marks.press(user, "a", 1, "button", now=2) for user in range(2, 10)),
                return_exceptions=True,
            )
            assert {type(answer) for answer in answers} == {StoreBusy}
            assert await store.marks.total(1) == 1
            assert store.tally.everywhere("a") == 1

        assert (await store.marks.press(2, "a", 1, "button", now=3)).new


async def test_a_lock_shorter_than_the_timeout_is_waited_for(path: Path) -> None:
    await made(path)
    async with await Store.open(path, busy_timeout=20) as store:
        with held_by_another(path) as holder:
            pressing = asyncio.create_task(store.marks.press(2, "a", 1, "button", now=2))
            await asyncio.sleep(0.2)
            assert not pressing.done()
            assert holder.stdin is not None
            holder.stdin.close()

            assert (await pressing).new


async def test_a_database_held_by_another_program_at_start_is_named(path: Path) -> None:
    await made(path)
    with held_by_another(path):
        assert "held by another program" in await refused(path, StoreBusy, busy_timeout=0.1)
    await made(path)


async def test_a_second_instance_is_refused_and_told_who_has_it(path: Path) -> None:
    async with await Store.open(path) as store:
        assert f"in use by another Noraebot: process {os.getpid()}" in await refused(path, StoreInUse)
        assert (await store.marks.press(1, "a", 1, "button", now=1)).new
    await made(path)


async def test_a_killed_instance_lets_the_next_one_in(path: Path) -> None:
    with start(PRESSES_AND_DIES_NEVER, path) as process:
        assert process.stdout is not None and process.stdout.readline()
        assert f"process {process.pid}" in await refused(path, StoreInUse)
        process.kill()

    async with await Store.open(path) as store:
        assert store.tally.everywhere("a") >= 1


async def test_a_database_from_the_future_is_refused_untouched(path: Path) -> None:
    await made(path)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES (9999, 'unheard of')")
    connection.close()
    before = path.read_bytes()

    sentence = await refused(path, StoreFromTheFuture)

    assert "newer version of Noraebot" in sentence
    assert "9999" in sentence
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"this is no database, it is a letter\n" * 200, bytes(range(256)) * 32], ids=["text", "bytes"]
)
async def test_a_file_that_is_no_database_is_refused_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert "damaged or is no database" in await refused(path, StoreCorrupt)
    assert path.read_bytes() == content


async def test_damage_inside_the_file_is_named_when_it_is_met(path: Path) -> None:
    async with await Store.open(path) as store:
        for start_at in range(0, 4000, 500):
            songs = [f"song-{number}" for number in range(start_at, start_at + 500)]
            store.listeners.shown_soon(1, songs, now=1)
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(30, size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)

    with pytest.raises(StoreCorrupt):
        async with await Store.open(path) as store:
            await store.listeners.shown_lately(1, limit=5000)


async def test_a_folder_in_the_files_place_is_an_error_with_a_name(path: Path) -> None:
    path.mkdir()

    assert "unable to open" in await refused(path, StoreError)


async def test_a_file_in_the_folders_place_is_an_error_with_a_name(path: Path) -> None:
    path.write_text("a file")

    await refused(path / "store.sqlite3", StoreError)


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    await made(tmp_path / "not" / "there" / "store.sqlite3")

    assert (tmp_path / "not" / "there" / "store.sqlite3").is_file()


async def test_a_write_ahead_log_left_behind_is_taken_in(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    async with await Store.open(path) as store:
        await store.marks.press(1, "a", 1, "button", now=1)
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")

    async with await Store.open(copy) as store:
        assert store.tally.everywhere("a") == 1
