"""Cards: which message of ours shows which songs, so that a reaction on it is known to be a vote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.catalogue.model import SongId
from bot.store.database import Database
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction

_SQL = Statements("cards")


@dataclass(frozen=True, slots=True)
class Card:
    """A message of ours that shows songs, in its order."""

    message: int
    channel: int
    guild: int
    kind: str
    songs: tuple[SongId, ...]
    locale: str
    at: int
    reasons: str = "[]"
    """JSON: why each pick was made."""
    seeded: bool = False
    """We put the first heart on it."""
    cleared: bool = False
    """Others cleared its reactions: a recount leaves it alone."""


class Cards:
    """The cards that were sent, by message."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, card: Card) -> None:
        """Keep a card just sent or read back; once seeded or cleared it stays so."""

        def unit(tx: Transaction) -> None:
            tx.one(
                _SQL.add,
                message=card.message,
                channel=card.channel,
                guild=card.guild,
                kind=card.kind,
                locale=card.locale,
                reasons=card.reasons,
                seeded=int(card.seeded),
                cleared=int(card.cleared),
                sent_at=card.at,
            )
            tx.all(_SQL.drop_songs, message=card.message)
            for place, song in enumerate(card.songs):
                tx.one(_SQL.add_song, message=card.message, place=place, song=song)

        await self._database.write(unit)

    async def get(self, message: int) -> Card | None:
        """The card a message is, or None where it is none of ours."""

        def query(tx: Transaction) -> Card | None:
            row = tx.one(_SQL.card, message=message)
            return None if row is None else _card(row, (song for (song,) in tx.all(_SQL.songs, message=message)))

        return await self._database.read(query)

    async def recent(self, since: int) -> tuple[Card, ...]:
        """Cards sent at or after a time, newest first."""

        def query(tx: Transaction) -> tuple[Card, ...]:
            songs: dict[int, list[SongId]] = {}
            for message, song in tx.all(_SQL.recent_songs, since=since):
                songs.setdefault(message, []).append(song)
            return tuple(_card(row, songs.get(row[0], ())) for row in tx.all(_SQL.recent, since=since))

        return await self._database.read(query)

    async def set_seeded(self, message: int) -> bool:
        """Note that our own heart is on it; False where the message is no card."""
        return await self._database.write(lambda tx: tx.one(_SQL.set_seeded, message=message) is not None)

    async def set_cleared(self, message: int) -> bool:
        """Note that others cleared its reactions; the votes stay. False where the message is no card."""
        return await self._database.write(lambda tx: tx.one(_SQL.set_cleared, message=message) is not None)

    async def forget(self, message: int) -> bool:
        """Forget a card that Discord no longer has; the votes stay."""
        return await self._database.write(lambda tx: tx.one(_SQL.forget, message=message) is not None)


def rename(tx: Transaction, old: str, new: str) -> int:
    """Give a song its new name on every card, inside a transaction: the places changed."""
    return len(tx.all(_SQL.rename, old=old, new=new))


def _card(row: Row, songs: Iterable[SongId]) -> Card:
    message, channel, guild, kind, locale, at, reasons, seeded, cleared = row
    return Card(message, channel, guild, kind, tuple(songs), locale, at, reasons, bool(seeded), bool(cleared))
