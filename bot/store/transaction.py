"""Units of writing and the one transaction they share; all of it runs on a connection's own thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

from bot.store.statements import Statements

T = TypeVar("T")
Value = int | str | bool | None
Row = tuple[Any, ...]

_SQL = Statements("database")


class Transaction:
    """What a unit may do: run named statements with named values."""

    __slots__ = ("_execute", "_executemany")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute
        self._executemany = connection.executemany

    def all(self, sql: str, **values: Value) -> list[Row]:
        """Every row a statement gives, be it a SELECT or a RETURNING."""
        return self._execute(sql, values).fetchall()

    def records(self, sql: str, **values: Value) -> list[dict[str, Any]]:
        """Every row by the names of its columns, for what leaves the store as it is."""
        cursor = self._execute(sql, values)
        names = [name for name, *_ in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def rows(self, sql: str, **values: Value) -> Iterator[Row]:
        """The rows of a SELECT one by one, for what is too much to hold; to be used up within the transaction."""
        return iter(self._execute(sql, values))

    def one(self, sql: str, **values: Value) -> Row | None:
        """The first row, or None; the statement still runs to its end."""
        rows = self._execute(sql, values).fetchall()
        return rows[0] if rows else None

    def value(self, sql: str, **values: Value) -> Any:
        """The first column of the first row, or None."""
        rows = self._execute(sql, values).fetchall()
        return rows[0][0] if rows else None

    def each(self, sql: str, rows: Iterable[dict[str, Value]]) -> None:
        """One statement for many sets of values."""
        self._executemany(sql, rows)


Unit = Callable[[Transaction], T]


class Outcome(NamedTuple):
    """What became of one unit: its value, its own error, or the trouble that took the whole commit."""

    value: Any = None
    error: Exception | None = None
    trouble: sqlite3.Error | None = None


_Run = Callable[[sqlite3.Connection, Transaction, Unit[Any]], Outcome]


class _BrokenOffError(Exception):
    """A transaction cannot go on, for a unit's error."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class _UnitFailedError(_BrokenOffError):
    """A unit failed where its part alone cannot be taken back."""


class _TransactionGoneError(_BrokenOffError):
    """SQLite ended the whole transaction by itself while a unit ran (sqlite.org/lang_transaction.html)."""


def commit_together(connection: sqlite3.Connection, units: Sequence[Unit[Any]]) -> list[Outcome]:
    """Run the units in one transaction and say what became of each; one that fails fails alone.

    Few units fail, and in a savepoint every page that is changed is first copied (sqlite.org/tempfiles.html): they
    run without, and where one fails all is taken back and they run again, each in a savepoint.
    """
    try:
        try:
            return _commit(connection, units, _run_bare)
        except _UnitFailedError as failed:
            if len(units) == 1:
                return [Outcome(error=failed.error)]
            return _commit(connection, units, _run_guarded)
    except _TransactionGoneError as gone:
        if len(units) == 1:
            return [Outcome(error=gone.error)]
        return [commit_together(connection, (unit,))[0] for unit in units]
    except sqlite3.Error as error:
        return [Outcome(trouble=error)] * len(units)


def _commit(connection: sqlite3.Connection, units: Sequence[Unit[Any]], run: _Run) -> list[Outcome]:
    transaction = Transaction(connection)
    connection.execute(_SQL.begin_writing)
    try:
        outcomes = [run(connection, transaction, unit) for unit in units]
        connection.execute(_SQL.commit)
    except BaseException:
        roll_back(connection)
        raise
    return outcomes


def _run_bare(connection: sqlite3.Connection, transaction: Transaction, unit: Unit[Any]) -> Outcome:
    try:
        value = unit(transaction)
    except Exception as error:
        raise _UnitFailedError(error) from error
    if not connection.in_transaction:
        raise _UnitFailedError(sqlite3.OperationalError("a unit ended the transaction"))
    return Outcome(value)


def _run_guarded(connection: sqlite3.Connection, transaction: Transaction, unit: Unit[Any]) -> Outcome:
    connection.execute(_SQL.start_unit)
    try:
        value = unit(transaction)
    except Exception as error:
        if not connection.in_transaction:
            raise _TransactionGoneError(error) from error
        connection.execute(_SQL.take_unit_back)
        connection.execute(_SQL.keep_unit)
        return Outcome(error=error)
    connection.execute(_SQL.keep_unit)
    return Outcome(value)


def read_together(connection: sqlite3.Connection, query: Unit[T]) -> T:
    """Run a query over one snapshot, however many statements it takes."""
    connection.execute(_SQL.begin_reading)
    try:
        return query(Transaction(connection))
    finally:
        roll_back(connection)


def roll_back(connection: sqlite3.Connection) -> None:
    """End a transaction that may already have ended by itself."""
    with suppress(sqlite3.Error):
        connection.rollback()
