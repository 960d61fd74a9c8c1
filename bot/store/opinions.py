"""What people say of songs: which of it stands, and, besides love, when it changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from bot.catalogue.model import SongId
from bot.store.database import Database
from bot.store.statements import Statements
from bot.store.transaction import Transaction

OpinionKind = Literal["comment", "know", "dismiss"]
StandingKind = Literal["love", "comment", "know", "dismiss"]
Standing = tuple[int, str, int]
"""A person, a song, and the guild it was said in (0: outside any)."""

PAGE_ROWS = 10_000
"""Rows read in one hop."""

BEFORE_ALL: Final[Standing] = (-1, "", 0)
"""What every page comes after."""

_SQL = Statements("opinions")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opinion:
    """That a person dismissed a song, knows it or wrote about it came to be, or went."""

    user: int
    song: SongId
    guild: int
    """Where it was written; 0 for what belongs to no guild."""
    kind: OpinionKind
    held: bool


class Opinions:
    """Tells of changed opinions, and reads what stands."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: list[Callable[[Opinion], None]] = []

    def on_change(self, listener: Callable[[Opinion], None]) -> Callable[[], None]:
        """Call `listener` for each change right after its commit; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, opinions: Iterable[Opinion]) -> None:
        """Tell everybody of committed changes."""
        for opinion in opinions:
            for listener in tuple(self._listeners):
                try:
                    listener(opinion)
                except Exception:
                    _LOG.exception("A listener to opinions failed; the opinion stands")

    async def standing(self, kind: StandingKind, after: Standing = BEFORE_ALL) -> list[Standing]:
        """Read a page of what stands of one kind behind the row given, in order; the last page is short.

        Private notes are nobody else's opinion, and left out.
        """
        statement: str = getattr(_SQL, kind)
        user, song, guild = after
        values = {"user": user, "song": song, "guild": guild, "rows": PAGE_ROWS}
        return await self._database.read(lambda tx: tx.all(statement, **values))


def aside(tx: Transaction, user: int) -> tuple[Opinion, ...]:
    """What a person said outside any guild, as gone, inside the transaction that deletes it."""
    return tuple(Opinion(user, SongId(song), 0, kind, held=False) for kind, song in tx.all(_SQL.aside, user=user))
