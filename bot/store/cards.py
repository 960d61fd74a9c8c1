"""Cards: which message of ours shows which songs, so that a reaction on it is known to be a vote."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from bot.catalogue.model import SongId
from bot.store import listeners
from bot.store.database import Database
from bot.store.listeners import Listeners
from bot.store.recent import RecentCards
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

    def __init__(self, database: Database, listeners: Listeners) -> None:
        self._database = database
        self._listeners = listeners
        self._recent = RecentCards()

    async def add(self, card: Card) -> None:
        """Keep a card just sent or read back; once seeded or cleared it stays so."""

        def unit(tx: Transaction) -> None:
            tx.all(_SQL.drop_songs, message=card.message)
            _add(tx, card)

        await self._database.write(unit, lambda _: self._recent.drop(card.message))

    def add_soon(self, card: Card, *, shown_to: int) -> asyncio.Future[object]:
        """Keep a card just sent, and to whom its songs were shown, with the next commit; returns what tells of it.

        A card that is lost with the process before that is read back from its buttons.
        """

        def unit(tx: Transaction) -> None:
            _add(tx, card)
            listeners.note_shown(tx, shown_to, card.at, card.songs)

        self._listeners.expect_shown(shown_to, card.at, card.songs, kept := self._database.write_soon(unit))
        return kept

    async def get(self, message: int) -> Card | None:
        """The card a message is, or None where it is none of ours."""
        began = self._recent.moment
        found = await self._database.read(lambda tx: card(tx, message))
        if found is not None:
            self._recent.keep(found, began)
        return found

    def remembered(self, message: int) -> Card | None:
        """The card a message is, if it was asked for lately; whether it is seeded or cleared may have changed."""
        return self._recent.get(message)

    def outdate(self, _: object = None) -> None:
        """Take no card for recent any more, after a commit that changed or removed some."""
        self._recent.clear()

    async def newest(self, guild: int, song: str, kind: str, since: int, most: int) -> tuple[int, ...]:
        """The newest messages in a guild that show a song as cards of this kind, sent at or after a time."""
        rows = await self._database.read(
            lambda tx: tx.all(_SQL.newest, guild=guild, song=song, kind=kind, since=since, most=most)
        )
        return tuple(message for (message,) in rows)

    async def due(self, since: int, begun: int) -> tuple[Card, ...]:
        """Cards sent from `since` to `begun` that no recount begun at `begun` or later has read.

        First those that the latest recounts did not come to, and newest first among equals: a recount that was
        broken off goes on where it was. Cards that others cleared are left out.
        """

        def query(tx: Transaction) -> tuple[Card, ...]:
            rows = tx.all(_SQL.due, since=since, begun=begun)
            return tuple(_card(row, [song for (song,) in tx.all(_SQL.songs, message=row[0])]) for row in rows)

        return await self._database.read(query)

    async def set_recounted(self, messages: Iterable[int], begun: int) -> None:
        """Note that the recount begun at a time has read these."""
        each = tuple(messages)

        def unit(tx: Transaction) -> None:
            for message in each:
                set_recounted(tx, message, begun)

        if each:
            await self._database.write(unit)

    async def forget_channel(self, channel: int) -> int:
        """Forget the cards of a channel that Discord no longer has; the votes stay. Returns how many."""
        return await self._database.write(lambda tx: len(tx.all(_SQL.forget_channel, channel=channel)), self.outdate)

    def set_seeded_soon(self, message: int) -> None:
        """Note with the next commit that our own heart is on it: until then it counts as not seeded."""
        self._database.write_soon(lambda tx: tx.one(_SQL.set_seeded, message=message))

    async def set_seeded(self, message: int) -> bool:
        """Note that our own heart is on it; False where the message is no card."""
        return await self._database.write(lambda tx: tx.one(_SQL.set_seeded, message=message) is not None)

    async def set_cleared(self, message: int) -> bool:
        """Note that others cleared its reactions; the votes stay. False where the message is no card."""
        return await self._database.write(lambda tx: tx.one(_SQL.set_cleared, message=message) is not None)

    async def forget(self, message: int) -> bool:
        """Forget a card that Discord no longer has; the votes stay."""
        return await self._database.write(
            lambda tx: tx.one(_SQL.forget, message=message) is not None, lambda _: self._recent.drop(message)
        )


def _add(tx: Transaction, card: Card) -> None:
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
    for place, song in enumerate(card.songs):
        tx.one(_SQL.add_song, message=card.message, place=place, song=song)


def card(tx: Transaction, message: int) -> Card | None:
    """The card a message is, inside a transaction."""
    row = tx.one(_SQL.card, message=message)
    return None if row is None else _card(row, (song for (song,) in tx.all(_SQL.songs, message=message)))


def set_recounted(tx: Transaction, message: int, begun: int) -> None:
    """Note that the recount begun at a time has read a card, inside a transaction."""
    tx.one(_SQL.set_recounted, message=message, begun=begun)


def rename(tx: Transaction, old: str, new: str) -> int:
    """Give a song its new name on every card, inside a transaction: the places changed."""
    return len(tx.all(_SQL.rename, old=old, new=new))


def _card(row: Row, songs: Iterable[SongId]) -> Card:
    message, channel, guild, kind, locale, at, reasons, seeded, cleared = row
    return Card(message, channel, guild, kind, tuple(songs), locale, at, reasons, bool(seeded), bool(cleared))
