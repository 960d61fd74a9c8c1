"""What people say of songs: which of it stands, and, besides love, when it changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from bot.catalogue.model import SongId
from bot.store.database import Database
from bot.store.standing import Standing, gather
from bot.store.statements import Statements
from bot.store.transaction import Transaction

OpinionKind = Literal["comment", "know", "dismiss"]
StandingKind = Literal["love", "comment", "know", "dismiss"]

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
        self._hearts: Standing | None = None
        """What was read at start, until somebody asks for it or it changes: a million rows are read once."""

    def keep(self, hearts: Standing) -> None:
        """Keep the hearts that the store counted when it was opened for the first who asks."""
        self._hearts = hearts

    def on_change(self, listener: Callable[[Opinion], None]) -> Callable[[], None]:
        """Call `listener` for each change right after its commit; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, opinions: Iterable[Opinion]) -> None:
        """Tell everybody of committed changes."""
        self._hearts = None
        for opinion in opinions:
            for listener in tuple(self._listeners):
                try:
                    listener(opinion)
                except Exception:
                    _LOG.exception("A listener to opinions failed; the opinion stands")

    async def standing(self) -> dict[StandingKind, Standing]:
        """Read all that stands, by its kind, without keeping anybody waiting meanwhile.

        Private notes are nobody else's opinion, and left out.
        """
        kept: dict[StandingKind, Standing] = {} if self._hearts is None else {"love": self._hearts}
        self._hearts = None
        kinds = [kind for kind in get_args(StandingKind) if kind not in kept]
        return kept | await self._database.survey(lambda tx: {kind: standing(tx, kind) for kind in kinds})


def standing(tx: Transaction, kind: StandingKind) -> Standing:
    """What stands of one kind, inside a transaction."""
    statement: str = getattr(_SQL, kind)
    return gather(tx.rows(statement))


def aside(tx: Transaction, user: int) -> tuple[Opinion, ...]:
    """What a person said outside any guild, as gone, inside the transaction that deletes it."""
    return tuple(Opinion(user, SongId(song), 0, kind, held=False) for kind, song in tx.all(_SQL.aside, user=user))
