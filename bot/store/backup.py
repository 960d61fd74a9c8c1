"""Copies of the database: taken while it is written to, checked, and put back.

A copy is taken by SQLite's online backup (sqlite.org/backup.html) over a connection of its own. That one holds a
read transaction from the first page to the last, so that the copy is the database of one moment, and in
write-ahead mode neither waits for the writer nor makes it wait.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.store.errors import StoreCorrupt, StoreError, StoreExists, StoreForeign, StoreMissing, trouble
from bot.store.lock import InstanceLock
from bot.store.migrate import check_version, migrations
from bot.store.statements import Statements

_PAGES = 1000
"""Pages copied between two looks at whether to stop."""
_INSTRUCTIONS = 100_000
"""SQLite's instructions between two looks at whether to stop."""
_BUSY_SECONDS = 5.0
_SIDE_FILES = ("-wal", "-shm", "-journal")
_OURS = {"migrations", "marks", "comments"}
"""Tables that every version of the bot has had."""

_SQL = Statements("backup")
_FRAME = Statements("database")


@dataclass(frozen=True, slots=True)
class Backup:
    """A checked copy and what is in it."""

    path: Path
    size: int
    """In bytes."""
    favourites: int
    comments: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in the database's place, and where the replaced one is kept."""

    taken: Backup
    replaced: Path | None


class BackupGivenUpError(Exception):
    """The bot is stopping; the unfinished copy is gone."""


def named_for(moment: int) -> str:
    """The name of a copy taken at a UTC second."""
    return f"noraebot-{datetime.fromtimestamp(moment, UTC):%Y%m%d-%H%M%S}.sqlite3"


def nightly_for(moment: int) -> str:
    """The name of the copy of a UTC day."""
    return f"nightly-{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}.sqlite3"


def remove_outdated(folder: Path, moment: int, days: int) -> int:
    """Remove nightly copies, and only those, of more than so many days; returns how many."""
    removed = 0
    for file in folder.glob("nightly-*.sqlite3"):
        with suppress(OSError, ValueError):
            taken = datetime.strptime(file.name, "nightly-%Y-%m-%d.sqlite3").replace(tzinfo=UTC)
            if (datetime.fromtimestamp(moment, UTC) - taken).days >= days:
                file.unlink()
                removed += 1
    return removed


def back_up(database: Path, target: Path, *, overwrite: bool = False, give_up: threading.Event | None = None) -> Backup:
    """Copy the database to a file that appears only once it is whole and checked; raises StoreError."""
    if target.exists() and not overwrite:
        raise StoreExists(target)
    with _made_whole(target) as unfinished:
        return _copied(database, unfinished, target, give_up or threading.Event())


def restore(source: Path, database: Path, moment: int) -> Restored:
    """Put a checked copy in the place of the database, which is kept beside it; raises StoreError.

    Refuses while a bot has the database open, and what is damaged, foreign or from a newer version.
    """
    if source.exists() and database.exists() and source.samefile(database):
        raise StoreExists(source, "it is the database itself")
    database.parent.mkdir(parents=True, exist_ok=True)
    lock = InstanceLock(database)
    lock.acquire()
    try:
        replaced = database.with_name(f"{database.name}.replaced-{datetime.fromtimestamp(moment, UTC):%Y%m%d-%H%M%S}")
        if replaced.exists():
            raise StoreExists(replaced)
        with _made_whole(database) as unfinished:
            taken = _copied(source, unfinished, database, threading.Event(), known_only=True)
            kept = _set_aside(database, replaced)
        return Restored(taken, kept)
    finally:
        lock.release()


@contextmanager
def _made_whole(target: Path) -> Iterator[Path]:
    """Give a file to write into that takes the target's place in one step when all went well, else goes."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        yield unfinished
        _sync(unfinished)
        unfinished.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise StoreError(target, error.strerror or str(error)) from error
    finally:
        for suffix in ("", *_SIDE_FILES):
            with suppress(OSError):
                unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def _copied(
    source: Path, unfinished: Path, target: Path, give_up: threading.Event, *, known_only: bool = False
) -> Backup:
    """Copy, check and count; an error names the file at fault: the one read, or the one to be made."""

    def go_on(*_: int) -> None:
        if give_up.is_set():
            raise BackupGivenUpError

    if not source.is_file():
        raise StoreMissing(source)
    with ExitStack() as opened:
        with _errors_of(source, give_up):
            original = opened.enter_context(closing(_connect(source, "rw")))
            original.execute(_FRAME.begin_reading)
            if not {name for (name,) in original.execute(_FRAME.tables).fetchall()} >= _OURS:
                raise StoreForeign(source)
        with _errors_of(target, give_up):
            copy = opened.enter_context(closing(_connect(unfinished, "rwc")))
            original.backup(copy, pages=_PAGES, progress=go_on)
            copy.set_progress_handler(lambda: int(give_up.is_set()), _INSTRUCTIONS)
            copy.execute(_FRAME.one_file).fetchall()
        with _errors_of(source, give_up):
            found = [text for (text,) in copy.execute(_FRAME.check_whole).fetchall()]
            if found != ["ok"] or copy.execute(_FRAME.check_references).fetchall():
                raise StoreCorrupt(source, "; ".join(found))
            if known_only:
                check_version(copy, source, migrations())
            (favourites,), (comments,) = (copy.execute(sql).fetchone() for sql in (_SQL.favourites, _SQL.comments))
    return Backup(target, unfinished.stat().st_size, favourites, comments)


@contextmanager
def _errors_of(path: Path, give_up: threading.Event) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if give_up.is_set():
            raise BackupGivenUpError from error
        raise trouble(error, path) from error


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
    )


def _set_aside(database: Path, replaced: Path) -> Path | None:
    """Keep the present database under another name, its log with it; at no moment is there none in its place."""
    if not database.exists():
        return None
    with suppress(sqlite3.Error), closing(_connect(database, "rw")) as connection:
        connection.execute(_FRAME.log_into_file).fetchall()
    try:
        os.link(database, replaced)
    except OSError:  # not every file system knows links
        shutil.copy2(database, replaced)
    _sync(replaced)
    for suffix in _SIDE_FILES:
        if (file := database.with_name(database.name + suffix)).exists():
            file.replace(replaced.with_name(replaced.name + suffix))
    return replaced


def _sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk now."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
