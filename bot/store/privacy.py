"""What a person may ask about themselves: to see everything, to have it deleted, and not to be collected again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalogue.model import SongId
from bot.store import comments, guild_cups
from bot.store.comments import Comments, Said, Spoken
from bot.store.cups import Cup
from bot.store.database import Database
from bot.store.forgotten import Forgotten
from bot.store.guild_cups import GuildCups
from bot.store.journal import Journal
from bot.store.marks import MarkChange, Marked, Marks, differences, guilds_loved_in
from bot.store.opinions import Opinion, aside
from bot.store.personal import PERSONAL_TABLES
from bot.store.settings import People
from bot.store.statements import Statements
from bot.store.transaction import Transaction

Records = list[dict[str, int | str | None]]
"""Rows by the names of their columns."""

_SQL = Statements("privacy")


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was deleted of a person, and what that changed for everybody else."""

    rows: Mapping[str, int]
    """By personal table."""
    changes: tuple[MarkChange, ...]
    spoken: tuple[Spoken, ...]
    opinions: tuple[Opinion, ...]
    cups: tuple[Cup, ...]
    """Servers' knockouts without their votes."""


class Privacy:
    """Deletes a person from every personal table at once."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        forgotten: Forgotten,
        marks: Marks,
        comments: Comments,
        people: People,
        cups: GuildCups,
    ) -> None:
        self._database = database
        self._journal = journal
        self._forgotten = forgotten
        self._marks = marks
        self._comments = comments
        self._people = people
        self._cups = cups

    async def delete(self, user: int, now: int) -> Deleted:
        """Delete all rows on a person, for good; hearts still under cards are then not collected again.

        What is left is a keyed hash of the person and the time, until they press or react again.
        """
        self._journal.note("deleted", user=user)

        def unit(tx: Transaction) -> Deleted:
            loved = [song for (song,) in tx.all(_SQL.songs_loved, user=user)]
            before = {song: guilds_loved_in(tx, user, song) for song in loved}
            places = comments.places(tx, user)
            said = aside(tx, user)
            voted = guild_cups.voted_in(tx, user)
            rows = {table: len(tx.all(getattr(_SQL, f"delete_{table}"), user=user)) for table in PERSONAL_TABLES}
            self._forgotten.remember(tx, user, now)
            changes = [change for song in loved for change in differences(user, SongId(song), before[song], {})]
            return Deleted(
                rows, tuple(changes), comments.withdrawing(tx, None, places).spoken, said, guild_cups.present(tx, voted)
            )

        def follow(deleted: Deleted) -> None:
            self._people.drop(user)
            self._comments.follow(Said(None, deleted.spoken, withdrawn=True))
            self._cups.fill(deleted.cups)
            self._marks.announce(Marked(None, deleted.changes, deleted.opinions))

        return await self._database.write(unit, follow)

    async def counted(self, user: int) -> Mapping[str, int]:
        """How many rows there are on a person, by personal table."""
        return dict(await self._database.read(lambda tx: tx.all(_SQL.count, user=user)))

    async def export(self, user: int) -> Mapping[str, Records]:
        """Everything there is on a person, by personal table, as the tables have it."""
        return await self._database.read(
            lambda tx: {table: tx.records(getattr(_SQL, f"export_{table}"), user=user) for table in PERSONAL_TABLES}
        )

    async def deleted_at(self, user: int) -> int | None:
        """When a person had everything deleted, as far as they have not spoken since."""
        return await self._database.read(lambda tx: self._forgotten.since(tx, user))
