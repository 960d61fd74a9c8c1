"""Songs added while the bot runs: what was added, who did it, and where it was announced."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.catalogue.model import DramaId, SongId
from bot.catalogue.overlay import Addition
from bot.store import suggestions
from bot.store.database import Database
from bot.store.errors import StoreMissing, named
from bot.store.migrate import check_version, migrations
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction

Kept = Literal["kept", "taken", "decided"]
"""Whether an addition was kept, its id is another's, or its suggestion had been decided meanwhile."""

_SQL = Statements("additions")
_BUSY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Author:
    """Who added or edited an addition, and when last, in UTC seconds."""

    user: int
    did: Literal["added", "edited"]
    at: int


class Additions:
    """The overlay's rows; reading what they mean is the catalogue's affair."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> tuple[Addition, ...]:
        """Every addition, in the order they were made."""
        return await self._database.read(read_all)

    async def add(self, addition: Addition, user: int, now: int, *, suggestion: int | None = None) -> Kept:
        """Keep an addition; the suggestion it comes from is accepted by the same commit."""

        def unit(tx: Transaction) -> Kept:
            if suggestion is not None and not suggestions.is_open(tx, suggestion):
                return "decided"
            body = _json(addition.song)
            if tx.one(_SQL.add, song=addition.id, drama=addition.drama, body=body, now=now) is None:
                return "taken"
            _keep_drama(tx, addition, now)
            tx.all(_SQL.note_author, song=addition.id, user=user, did="added", now=now)
            if suggestion is not None:
                suggestions.decide(tx, suggestion, "accepted", user, now, song=addition.id)
            return "kept"

        return await self._database.write(unit)

    async def edit(self, addition: Addition, user: int, now: int) -> bool:
        """Keep an addition anew under its id; False where there is none."""

        def unit(tx: Transaction) -> bool:
            if tx.one(_SQL.edit, song=addition.id, drama=addition.drama, body=_json(addition.song)) is None:
                return False
            _keep_drama(tx, addition, now)
            tx.all(_SQL.drop_unused_dramas)
            tx.all(_SQL.note_author, song=addition.id, user=user, did="edited", now=now)
            return True

        return await self._database.write(unit)

    async def remove(self, song: str) -> bool:
        """Forget an addition, and its drama where no other has it; False where there is none."""

        def unit(tx: Transaction) -> bool:
            removed = tx.one(_SQL.remove, song=song) is not None
            tx.all(_SQL.forget_announcements, song=song)
            tx.all(_SQL.drop_unused_dramas)
            return removed

        return await self._database.write(unit)

    async def authors(self, song: str) -> tuple[Author, ...]:
        """Who added an addition and who edited it."""
        return tuple(Author(*row) for row in await self._database.read(lambda tx: tx.all(_SQL.authors, song=song)))

    async def added_since(self, since: int) -> tuple[SongId, ...]:
        """The additions made after a UTC second."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.added_since, since=since))
        return tuple(SongId(song) for (song,) in rows)

    async def claim(self, song: str, guild: int, now: int) -> bool:
        """Take the announcement of an addition in a guild; True for the one caller that may send it."""
        return bool(await self._database.write(lambda tx: tx.all(_SQL.claim, song=song, guild=guild, now=now)))

    async def release(self, song: str, guild: int) -> None:
        """Give an announcement back that surely was not sent."""
        await self._database.write(lambda tx: tx.all(_SQL.release, song=song, guild=guild))


def read_all(tx: Transaction) -> tuple[Addition, ...]:
    """Every addition, inside a transaction."""
    return tuple(_addition(row) for row in tx.all(_SQL.additions))


def additions_in(path: Path) -> tuple[Addition, ...]:
    """Read a database's additions without taking it from a running bot. Raises StoreError."""
    if not path.is_file():
        raise StoreMissing(path)
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
            check_version(connection, path, migrations())
            return read_all(Transaction(connection))
    except sqlite3.Error as error:
        raise named(error, path) from error


def _keep_drama(tx: Transaction, addition: Addition, now: int) -> None:
    if addition.new_drama is not None:
        tx.all(_SQL.keep_drama, drama=addition.drama, body=_json(addition.new_drama), now=now)


def _addition(row: Row) -> Addition:
    song, drama, body, new_drama = row
    table = _table(body)
    return Addition(SongId(song), DramaId(drama), table, None if new_drama is None else _table(new_drama))


def _json(table: object) -> str:
    return json.dumps(table, ensure_ascii=False)


def _table(body: str) -> dict[str, object]:
    """Read a row's table; one that somebody spoilt by hand is an empty one, which the checks refuse."""
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
