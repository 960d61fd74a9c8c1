"""The bot as a process while its database is against it: it says so, answers what needs no writing, and goes on.

A disk of its own is a small tmpfs in a mount namespace: root may make one, and so may anybody where user
namespaces are allowed.
"""

# ruff: noqa: ASYNC240 - these tests have nothing else to do while they touch a file

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.catalogue.loader import load
from bot.catalogue.model import Song
from bot.store import Store
from tests.wire.ledger import card_of, eventually
from tests.wire.process import BotProcess
from tests.wire.records import Reply
from tests.wire.standin import StandIn
from tests.wire.world import KOREAN, OWNER, READER, Person

if sys.platform == "linux":
    import resource
else:
    pytest.skip("limits of another process can be set on Linux alone", allow_module_level=True)

pytestmark = pytest.mark.asyncio(loop_scope="module")

SONG, OTHER = "goblin-stay-with-me", "goblin-beautiful"
REFUSED = "could not be saved just now, and nothing was changed"
UNREAD = "I cannot look that up just now"
NO_LIMIT = resource.RLIM_INFINITY
HELD_S = 10.0
"""Seconds for which another program keeps the database, five times as long as a write waits for its turn."""
HEARTED_S = 3.5
"""Seconds before its end at which somebody gives a heart: its first try fails, too."""
ANSWERED_S = 3.0
"""Seconds for which Discord waits."""
ROOM = "6m"
"""A disk that a fresh database fits on, and not much more."""
MOUNT = (
    'mount -t tmpfs -o "size=$1" none "$0" && cp -a "$2/." "$0"'
    ' && { [ "$3" = free ] || head -c "$1" /dev/zero >"$0/filler" 2>/dev/null; shift 3; exec "$@"; }'
)
"""Makes a small disk on a folder, fills it from another one and, where wanted, to the brim; then becomes a program."""
_SONGS = iter(sorted(load().songs.values(), key=lambda song: song.id))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """One bot for all trouble that passes: it must come through all of it, and end in peace."""
    async with StandIn() as standin, BotProcess(standin, tmp_path_factory.mktemp("bot")) as bot:
        await bot.start()
        yield bot
        bot.terminate()
        assert await bot.ended(within_s=5.0) == 0
        assert "Traceback" not in bot.output


@pytest_asyncio.fixture(loop_scope="module")
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as discord:
        yield discord


@pytest_asyncio.fixture(loop_scope="module")
async def bot(standin: StandIn, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """A bot of the test's own, for trouble that stays."""
    async with BotProcess(standin, tmp_path) as process:
        yield process


@pytest.fixture
def song() -> Song:
    """A song no other test has used."""
    return next(_SONGS)


@pytest.fixture
def unshare() -> tuple[str, ...]:
    """What gives a program mounts of its own, as root or as anybody."""
    for command in (("unshare", "--mount"), ("unshare", "--user", "--map-root-user", "--mount")):
        tried = subprocess.run([*command, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
        if tried.returncode == 0:
            return command
    pytest.skip("a disk of its own takes root or user namespaces; here neither may mount one")


@pytest.fixture
def small(unshare: tuple[str, ...], bot: BotProcess, tmp_path: Path) -> BotProcess:
    """A bot whose database lies on a small disk, which goes with the process."""
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    bot.environ["DATABASE"] = str(disk / bot.database.name)
    bot.through = (*unshare, "sh", "-c", MOUNT, str(disk), ROOM, str(kept), "free")
    return bot


@contextmanager
def full_disk(bot: BotProcess) -> Iterator[None]:
    """Write to the bot's small disk until nothing fits."""
    filler = Path(f"/proc/{bot.pid}/root{bot.environ['DATABASE']}").with_name("filler")
    with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def held_by_another_program(bot: BotProcess) -> Iterator[None]:
    with closing(sqlite3.connect(bot.database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


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


def loved(bot: BotProcess, song: Song) -> set[int]:
    """Return who loves a song, on disk."""
    query = "SELECT user_id FROM marks WHERE song_id = ? AND present = 1"
    with closing(sqlite3.connect(bot.database)) as connection:
        return {user for (user,) in connection.execute(query, (song.id,))}


async def answers_what_needs_no_writing(standin: StandIn) -> None:
    begun = time.monotonic()
    song, found, typed, comments = await asyncio.gather(
        standin.slash(READER, "song", song=OTHER),
        standin.slash(READER, "find", words="stay with me"),
        standin.complete(READER, "song", "song", song="stay wi"),
        standin.slash(READER, "comments", song=SONG),
    )
    assert time.monotonic() - begun < ANSWERED_S
    assert "Beautiful" in song.text
    assert "Stay With Me" in found.text
    assert any(choice["value"] == SONG for choice in typed.choices)
    assert comments.text
    assert all(REFUSED not in told for told in everything_told(song, found, comments))


def everything_told(*replies: Reply) -> list[str]:
    return [reply.text for reply in replies] + [str(more) for reply in replies for more in reply.followups]


@pytest.mark.parametrize("trouble", [files_that_may_not_grow, file_moved_away])
async def test_it_refuses_in_plain_words_answers_the_rest_and_goes_on(
    shared: BotProcess, song: Song, trouble: Callable[[BotProcess], AbstractContextManager[None]]
) -> None:
    standin = shared.standin
    card = await card_of(shared, song)

    with trouble(shared):
        refused, _ = await asyncio.gather(
            standin.slash(READER, "favourites add", song=song.id), answers_what_needs_no_writing(standin)
        )
        assert REFUSED in refused.text
        await standin.react(KOREAN, card, "❤️")
        await asyncio.sleep(0.5)
    assert loved(shared, song) == set()
    saved = await standin.slash(READER, "favourites add", song=song.id)

    assert saved.text.startswith("Saved")
    both = {int(READER.id), int(KOREAN.id)}
    await eventually(lambda: loved(shared, song) == both, "the heart is counted once the database can", 20.0)


async def test_while_another_program_keeps_it_for_ten_seconds_nothing_is_said_to_be_saved_that_is_not(
    shared: BotProcess, song: Song
) -> None:
    standin = shared.standin
    card = await card_of(shared, song)
    told: list[str] = []

    async def votes_on_and_on(person: Person) -> None:
        while True:
            begun = time.monotonic()
            told.append((await standin.press(person, card, f"love:{song.id}")).text)
            assert time.monotonic() - begun < ANSWERED_S + 1.0

    with held_by_another_program(shared):
        voting = [asyncio.create_task(votes_on_and_on(person)) for person in (READER, OWNER)]
        until = time.monotonic() + HELD_S
        while (left := until - time.monotonic()) > 0:
            await answers_what_needs_no_writing(standin)
            if left < HEARTED_S and not standin.reactions[card["id"]].get("💜"):
                await standin.react(KOREAN, card, "💜")
            await asyncio.sleep(0.5)
        for task in voting:
            assert not task.done()
            task.cancel()
        assert loved(shared, song) == set()
    assert len(told) >= 4
    assert [answer for answer in told if "Saved" in answer or "since" in answer] == []

    assert (await standin.slash(OWNER, "favourites add", song=OTHER)).text.startswith("Saved")
    await eventually(lambda: int(KOREAN.id) in loved(shared, song), "the heart is counted at last", 20.0)


async def test_what_cannot_be_read_is_not_said_to_be_unsaved(standin: StandIn, bot: BotProcess) -> None:
    await bot.start()
    await standin.slash(READER, "favourites add", song=SONG)
    with closing(sqlite3.connect(bot.database)) as connection:
        connection.execute("DROP TABLE comments")

    told = await standin.slash(READER, "comments", song=SONG)

    assert UNREAD in told.text
    assert REFUSED not in told.text
    assert told.ephemeral


async def test_a_disk_that_fills_up_refuses_and_one_that_has_room_again_takes_on(
    standin: StandIn, small: BotProcess
) -> None:
    await small.start()
    assert (await standin.slash(READER, "favourites add", song=SONG)).text.startswith("Saved")

    with full_disk(small):
        refused = await standin.slash(READER, "favourites add", song=OTHER)
        await answers_what_needs_no_writing(standin)
        kept = await standin.slash(READER, "favourites list")
    saved = await standin.slash(READER, "favourites add", song=OTHER)

    assert REFUSED in refused.text
    assert "Stay With Me" in kept.text
    assert "Beautiful" not in kept.text
    assert "2nd favourite" in saved.text
    small.terminate()
    assert await small.ended(within_s=5.0) == 0
    assert "is full; free some space" in small.output
    assert "Traceback" not in small.output


@pytest.mark.parametrize("known", [False, True], ids=["a new database", "one that is in use"])
async def test_a_disk_that_is_full_at_the_start_is_told_in_a_sentence(
    small: BotProcess, tmp_path: Path, known: bool
) -> None:
    if known:
        async with await Store.open(tmp_path / "kept" / small.database.name):
            pass
    small.through = (*small.through[:-1], "full")

    await small.launch()

    assert await small.ended(within_s=30.0) == 1
    assert "is full; free some space" in small.output
    assert "Traceback" not in small.output


async def test_a_file_that_may_not_be_written_is_told_at_the_start_and_left_alone(bot: BotProcess) -> None:
    async with await Store.open(bot.database):
        pass
    bot.database.chmod(0o444)
    if os.geteuid() == 0:
        bot.through = ("setpriv", "--bounding-set=-dac_override")
    before = bot.database.read_bytes()

    await bot.launch()

    assert await bot.ended(within_s=30.0) == 1
    assert "may not be written; check who owns the file and its folder" in bot.output
    assert "Traceback" not in bot.output
    assert bot.database.read_bytes() == before


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
