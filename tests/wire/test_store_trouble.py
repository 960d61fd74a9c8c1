"""The bot as a process while its database is against it: it says so, answers what needs no writing, and goes on."""

# ruff: noqa: ASYNC240 - these tests have nothing else to do while they touch a file

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.store import Store
from tests.wire.process import BotProcess
from tests.wire.records import Reply
from tests.wire.standin import StandIn
from tests.wire.world import KOREAN, READER

if sys.platform == "linux":
    import resource
else:
    pytest.skip("limits of another process can be set on Linux alone", allow_module_level=True)

SONG, OTHER = "goblin-stay-with-me", "goblin-beautiful"
REFUSED = "could not be saved just now, and nothing was changed"
NO_LIMIT = resource.RLIM_INFINITY


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as discord:
        yield discord


@pytest.fixture
async def bot(standin: StandIn, tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with BotProcess(standin, tmp_path) as process:
        yield process


@contextmanager
def held_by_another_program(bot: BotProcess) -> Iterator[None]:
    connection = sqlite3.connect(bot.database, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


@contextmanager
def files_that_may_not_grow(bot: BotProcess) -> Iterator[None]:
    """What a quota does: each write beyond the first page of any file fails."""
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (4096, NO_LIMIT))
    try:
        yield
    finally:
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))


@contextmanager
def file_moved_away(bot: BotProcess) -> Iterator[None]:
    away = bot.database.with_name("away.sqlite3")
    bot.database.rename(away)
    try:
        yield
    finally:
        away.rename(bot.database)


def loved(bot: BotProcess) -> int:
    connection = sqlite3.connect(bot.database)
    try:
        return connection.execute("SELECT COUNT(*) FROM marks WHERE present = 1").fetchone()[0]
    finally:
        connection.close()


async def answers_what_needs_no_writing(standin: StandIn) -> None:
    song, found, typed, comments = await asyncio.gather(
        standin.slash(READER, "song", song=OTHER),
        standin.slash(READER, "find", words="stay with me"),
        standin.complete(READER, "song", "song", song="stay wi"),
        standin.slash(READER, "comments", song=SONG),
    )
    assert "Beautiful" in song.text
    assert "Stay With Me" in found.text
    assert any(choice["value"] == SONG for choice in typed.choices)
    assert comments.text
    assert all(REFUSED not in told for told in everything_told(song, found, comments))


def everything_told(*replies: Reply) -> list[str]:
    return [reply.text for reply in replies] + [str(more) for reply in replies for more in reply.followups]


@pytest.mark.parametrize("trouble", [held_by_another_program, files_that_may_not_grow, file_moved_away])
async def test_it_refuses_in_plain_words_answers_the_rest_and_goes_on(
    standin: StandIn, bot: BotProcess, trouble
) -> None:
    await bot.start()
    card = await standin.slash(READER, "song", song=SONG)
    assert card.message is not None

    with trouble(bot):
        refused, _ = await asyncio.gather(
            standin.slash(READER, "favourites add", song=SONG), answers_what_needs_no_writing(standin)
        )
        assert REFUSED in refused.text
        await standin.react(KOREAN, card.message, "❤️")
        await asyncio.sleep(0.5)
    assert loved(bot) == 0

    saved = await standin.slash(READER, "favourites add", song=SONG)

    assert saved.text.startswith("Saved")
    await standin.until(lambda: loved(bot) == 2, "the heart is counted once the database can", 20.0)
    bot.terminate()
    assert await bot.ended(within_s=5.0) == 0
    assert loved(bot) == 2
    assert "Traceback" not in bot.output


async def test_a_database_that_was_deleted_is_never_said_to_have_kept_anything(
    standin: StandIn, bot: BotProcess
) -> None:
    await bot.start()
    for file in bot.database.parent.glob(f"{bot.database.name}*"):
        file.unlink()

    refused = await standin.slash(READER, "favourites add", song=SONG)

    assert REFUSED in refused.text
    assert "There is no database at" in bot.output
    await answers_what_needs_no_writing(standin)


async def text_file(path: Path) -> None:
    path.write_text("this is no database\n" * 500)


async def newer_version(path: Path) -> None:
    async with await Store.open(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES (9999, 'unheard of')")
    connection.close()


@pytest.mark.parametrize(
    ("lying_there", "told"), [(text_file, "is damaged or is no database"), (newer_version, "newer version of Noraebot")]
)
async def test_a_database_it_cannot_use_is_told_at_the_start_and_left_alone(bot: BotProcess, lying_there, told) -> None:
    await lying_there(bot.database)
    before = bot.database.read_bytes()

    await bot.launch()

    assert await bot.ended(within_s=30.0) == 1
    assert told in bot.output
    assert "Traceback" not in bot.output
    assert bot.database.read_bytes() == before


async def test_votes_left_in_the_log_by_a_sudden_end_are_there_again(standin: StandIn, bot: BotProcess) -> None:
    await bot.start()
    await standin.slash(READER, "favourites add", song=SONG)
    await bot.kill()
    assert bot.database.with_name(f"{bot.database.name}-wal").stat().st_size > 0

    await bot.start()

    assert "Loved by 1 person here" in (await standin.slash(READER, "song", song=SONG)).text
