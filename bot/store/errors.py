"""What can go wrong with the database, each named and told in one plain sentence for the operator."""

# ruff: noqa: N818 - the names say what is the matter, the base says that it is an error

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TypeVar

Failure = TypeVar("Failure", bound=BaseException)


class StoreError(Exception):
    """The database could not do what was asked; nothing of it was kept."""

    sentence = "The database {path} failed{reason}."
    reading = False
    """Whether something was to be read, and nothing to be kept."""

    def __init__(self, path: Path, reason: str = "") -> None:
        self.path = path
        self.reason = reason
        super().__init__(self.sentence.format(path=path, reason=f": {reason}" if reason else ""))


class StoreBusy(StoreError):
    """Another program held the database longer than the busy timeout."""

    sentence = "The database {path} is held by another program; try again when it has let go."


class StoreFull(StoreError):
    """There is no room for what was to be written."""

    sentence = "The disk of the database {path} is full; free some space, nothing of this was saved."


class StoreReadOnly(StoreError):
    """The file, or the folder it lies in, may not be written."""

    sentence = "The database {path} may not be written; check who owns the file and its folder."


class StoreCorrupt(StoreError):
    """The file is damaged or is not a database."""

    sentence = "The database {path} is damaged or is no database; restore a backup of it."


class StoreFromTheFuture(StoreError):
    """A newer version of the bot has changed the tables."""

    sentence = "The database {path} was written by a newer version of Noraebot{reason}; update the bot."


class StoreInUse(StoreError):
    """A second instance was started on the same file."""

    sentence = "The database {path} is in use by another Noraebot{reason}; stop that one first."


class StoreMissing(StoreError):
    """The file is not where it should be; under a running bot, somebody moved or deleted it."""

    sentence = "There is no database at {path}{reason}; put it back in its place, or restore a backup of it."


class StoreForeign(StoreError):
    """The file is a database of something else."""

    sentence = "The file {path} is a database, but none of Noraebot's."


class StoreExists(StoreError):
    """A file would be written over that nobody said may go."""

    sentence = "There is a file at {path} already{reason}; nothing was written."


class StoreClosed(StoreError):
    """A write or read came after the store was closed."""

    sentence = "The database {path} is closed."


_BY_CODE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_NOTADB: StoreCorrupt,
}
_PRIMARY_CODE = 0xFF
"""SQLite's extended result codes keep the primary one in the low byte (sqlite.org/rescode.html)."""

_LEAST_ROOM = 32 * 1024
"""Bytes that the index of a write-ahead log takes at the least (sqlite.org/walformat.html)."""

_BY_STATEMENT = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError)
"""Errors of one statement and its values, not of the database."""


def trouble(error: sqlite3.Error, path: Path) -> StoreError:
    """The named error for what happened to the database; a fresh one for each who is told."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & _PRIMARY_CODE
    kind = StoreError if primary is None else _BY_CODE.get(primary, StoreError)
    if primary == sqlite3.SQLITE_IOERR and _no_room(path):
        kind = StoreFull
    raised = kind(path, str(error))
    raised.__cause__ = error
    return raised


def _no_room(path: Path) -> bool:
    """Tell whether a failed operation failed for want of room, which SQLite does not say of its shared memory."""
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def unread(error: sqlite3.Error, path: Path) -> Exception:
    """What a caller should get whose reading failed."""
    known = named(error, path)
    if isinstance(known, StoreError):
        known.reading = True
    return known


def named(error: Failure, path: Path) -> Failure | StoreError:
    """What a caller should get: the named error for trouble of the database, any other as it is."""
    if isinstance(error, sqlite3.Error) and not isinstance(error, _BY_STATEMENT):
        return trouble(error, path)
    return error
