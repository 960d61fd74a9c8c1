"""Brings the tables to this version, one numbered file and one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.store.errors import StoreError, StoreFromTheFuture
from bot.store.statements import HERE, Statements
from bot.store.transaction import roll_back

FOLDER = HERE / "migrations"

_SQL = Statements("database")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of migrations/: `0001_first_tables.sql` is version 1, "first_tables"."""

    version: int
    name: str
    text: str

    def statements(self) -> Iterator[str]:
        """The file's statements one by one, as drivers other than SQLite's want them too."""
        gathered = ""
        for line in self.text.splitlines(keepends=True):
            gathered += line
            if sqlite3.complete_statement(gathered):
                yield gathered.strip()
                gathered = ""
        if gathered.strip():
            yield gathered.strip()


@cache
def migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """The migrations this version of the bot knows, in order and read once; numbers run from 1."""
    found = []
    for version, path in enumerate(sorted(folder.glob("*.sql")), start=1):
        number, _, name = path.stem.partition("_")
        if number != f"{version:04}":
            raise ValueError(f"{path.name} should be number {version:04}")
        found.append(Migration(version, name, path.read_text("utf-8")))
    return tuple(found)


def migrate(connection: sqlite3.Connection, path: Path, known: tuple[Migration, ...]) -> None:
    """Run what the database has not seen yet; refuse one that has seen more than is known here."""
    try:
        connection.execute(_SQL.begin_writing)
        connection.execute(_SQL.create_versions)
        seen = check_version(connection, path, known)
        connection.execute(_SQL.prove_writable).fetchall()
        connection.execute(_SQL.commit)
        for migration in known:
            if migration.version not in seen:
                _run(connection, path, migration)
    finally:
        roll_back(connection)


def check_version(connection: sqlite3.Connection, path: Path, known: tuple[Migration, ...]) -> set[int]:
    """Return the versions a database has seen; raises StoreFromTheFuture where they are more than is known here."""
    seen = {version for (version,) in connection.execute(_SQL.versions).fetchall()}
    if seen and max(seen) > len(known):
        raise StoreFromTheFuture(path, f" (its tables are version {max(seen)}, known here: {len(known)})")
    return seen


def _run(connection: sqlite3.Connection, path: Path, migration: Migration) -> None:
    connection.execute(_SQL.begin_writing)
    for statement in migration.statements():
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            raise StoreError(path, f"migration {migration.version} {migration.name}: {error}") from error
    values = {"version": migration.version, "name": migration.name}
    connection.execute(_SQL.note_version, values).fetchall()
    connection.execute(_SQL.commit)
