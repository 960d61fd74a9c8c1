"""One file, one writer, one reader: writes that arrive together are committed together, then acknowledged."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.store.errors import StoreBusy, StoreClosed, StoreError, StoreMissing, named, trouble, unread
from bot.store.lock import InstanceLock
from bot.store.migrate import migrate, migrations
from bot.store.statements import Statements
from bot.store.transaction import Outcome, Unit, commit_together, read_together

T = TypeVar("T")

BATCH_UNITS = 500
"""Most units one commit may carry: its first caller waits for no whole crowd, and telling of all holds no loop long."""

_SQL = Statements("database")
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class _Waiting:
    """A unit whose caller waits for the commit."""

    unit: Unit[Any]
    committed: Callable[[Any], None] | None
    future: asyncio.Future[Any]


class Database:
    """The connections and the only ways to use them: `read` and `write`."""

    def __init__(self, path: Path, busy_timeout: float, gather: float) -> None:
        self.path = path
        self._busy_timeout = busy_timeout
        self._gather = gather
        self._lock = InstanceLock(path)
        self._writer: aiosqlite.Connection | None = None
        self._reader: aiosqlite.Connection | None = None
        self._files: dict[Path, tuple[int, int] | None] = {}
        """The database and its log, each with what tells it from another file of its name."""
        self._waiting: list[_Waiting] = []
        self._flushing: asyncio.Task[None] | None = None
        self._soon: asyncio.TimerHandle | None = None
        self._latest_soon: asyncio.Future[object] | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path, *, busy_timeout: float, gather: float) -> Database:
        """Lock, connect and migrate; on any failure nothing stays open.

        `busy_timeout` is how many seconds a held file is waited for, `gather` how many a write that is in no
        hurry waits for others to share its commit.
        """
        database = cls(path, busy_timeout, gather)
        try:
            await database._open()
        except BaseException as error:
            await database.close()
            known = named(error, path)
            if known is error:
                raise
            raise known from error
        return database

    async def _open(self) -> None:
        self._claim()
        self._writer = await self._connect()
        await _hop(self._writer, self._prepare_writer)
        self._reader = await self._connect()
        await _hop(self._reader, _prepare_reader)

    def _claim(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(self.path, str(error)) from error
        self._lock.acquire()

    async def _connect(self) -> aiosqlite.Connection:
        return await aiosqlite.connect(
            self.path, timeout=self._busy_timeout, isolation_level=None, cached_statements=256
        )

    def _prepare_writer(self, connection: sqlite3.Connection) -> None:
        connection.execute(_SQL.write_ahead).fetchall()
        connection.execute(_SQL.sync_every_commit)
        connection.execute(_SQL.enforce_foreign_keys)
        migrate(connection, self.path, migrations())
        log = self.path.with_name(f"{self.path.name}-wal")
        self._files = {file: _identity(file) for file in (self.path, log)}

    async def read(self, query: Unit[T], *, soon: bool = True) -> T:
        """Run a query on the reader's thread, over one snapshot that holds every acknowledged write.

        What is to be written soon is written before, unless the caller knows of it already (`soon` False).
        """
        if self._closing is not None or self._reader is None:
            raise StoreClosed(self.path)
        if soon and self._latest_soon is not None and not self._latest_soon.done():
            self._begin()
            await asyncio.wait({self._latest_soon})
        try:
            return await _hop(self._reader, lambda connection: read_together(connection, query))
        except sqlite3.Error as error:
            raise unread(error, self.path) from error

    async def survey(self, query: Unit[T]) -> T:
        """Run a long query on a thread and connection of its own, so that short ones need not wait for it."""
        if self._closing is not None or self._reader is None:
            raise StoreClosed(self.path)
        connection: aiosqlite.Connection | None = None
        try:
            connection = await self._connect()
            await _hop(connection, _prepare_reader)
            return await _hop(connection, lambda opened: read_together(opened, query))
        except sqlite3.Error as error:
            raise unread(error, self.path) from error
        finally:
            await _close(connection)

    async def write(self, unit: Unit[T], committed: Callable[[T], None] | None = None) -> T:
        """Run a unit in the next commit and return once it is on the disk.

        `committed` is called on the loop with the unit's value right after the commit, in the order of the
        writes and whether or not the caller still waits: what is kept in memory follows by it. A unit must be
        fit to run twice: the first run may be rolled back with its whole transaction.
        """
        if self._closing is not None:
            raise StoreClosed(self.path)
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(unit, committed, future))
        self._begin()
        return await future

    def write_soon(self, unit: Unit[object]) -> asyncio.Future[object]:
        """Run a unit with the next commit, begun after `gather` at the latest; a failure is logged in any case.

        For what costs little when it is lost with the process, as nobody is told of it yet.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[object] = loop.create_future()
        future.add_done_callback(_log_failure)
        if self._closing is not None:
            future.set_exception(StoreClosed(self.path))
            return future
        self._waiting.append(_Waiting(unit, None, future))
        self._latest_soon = future
        if not self._gather:
            self._begin()
        elif self._flushing is None and self._soon is None:
            self._soon = loop.call_later(self._gather, self._begin)
        return future

    def _begin(self) -> None:
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush(), name="store-flush")

    async def _flush(self) -> None:
        batch: list[_Waiting] = []
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH_UNITS], self._waiting[BATCH_UNITS:]
                batch = [waiting for waiting in batch if not waiting.future.cancelled()]
                if batch:
                    outcomes = await self._commit([waiting.unit for waiting in batch])
                    self._settle(batch, outcomes)
                    if isinstance(self._told(outcomes[0]), StoreBusy):
                        batch, self._waiting = self._waiting, []
                        self._settle(batch, outcomes[:1] * len(batch))
        finally:
            self._flushing = None
            for waiting in (*batch, *self._waiting):
                waiting.future.cancel()
            self._waiting = []

    async def _commit(self, units: list[Unit[Any]]) -> list[Outcome]:
        if self._writer is None:
            return [Outcome(error=StoreClosed(self.path)) for _ in units]
        return await _hop(self._writer, lambda connection: self._commit_in_place(connection, units))

    def _commit_in_place(self, connection: sqlite3.Connection, units: list[Unit[Any]]) -> list[Outcome]:
        """Commit, and believe it only where the files are still the ones in their place.

        A file that somebody moved or deleted is written on under no name, until its last connection is closed.
        """
        outcomes = [] if self._lost() else commit_together(connection, units)
        return [Outcome(error=StoreMissing(self.path, " any more")) for _ in units] if self._lost() else outcomes

    def _lost(self) -> bool:
        return any(_identity(file) != known for file, known in self._files.items())

    def _settle(self, batch: list[_Waiting], outcomes: list[Outcome]) -> None:
        for waiting, outcome in zip(batch, outcomes, strict=True):
            error = self._told(outcome)
            if error is None and waiting.committed is not None:
                try:
                    waiting.committed(outcome.value)
                except Exception:
                    _LOG.exception("A listener to a committed write failed; the write stands")
            if waiting.future.done():
                continue
            if error is None:
                waiting.future.set_result(outcome.value)
            else:
                waiting.future.set_exception(error)

    def _told(self, outcome: Outcome) -> BaseException | None:
        if outcome.trouble is not None:
            return trouble(outcome.trouble, self.path)
        return None if outcome.error is None else named(outcome.error, self.path)

    async def close(self) -> None:
        """Finish the accepted writes and close all; may be called again, at once or later, on any path."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(), name="store-close")
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        try:
            if self._waiting:
                self._begin()
            if self._flushing is not None:
                await asyncio.wait({self._flushing})
        finally:
            try:
                await _close(self._reader)
            finally:
                try:
                    await _close(self._writer)
                finally:
                    self._lock.release()


def _log_failure(written: asyncio.Future[object]) -> None:
    if not written.cancelled() and (error := written.exception()) is not None:
        _LOG.warning("Something that nobody waits for could not be kept: %s", error)


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name: device and number; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_reader(connection: sqlite3.Connection) -> None:
    connection.execute(_SQL.forbid_writing)


async def _hop(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Run plain code on the connection's thread: aiosqlite's own methods would take a hop a statement."""
    return await connection._execute(work, connection._conn)


async def _close(connection: aiosqlite.Connection | None) -> None:
    if connection is not None:
        await connection.close()
