"""Listeners: what each person was shown, knows already, and does not want."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from bot.catalogue.model import SongId
from bot.store import cups, marks
from bot.store.database import Database
from bot.store.marks import Favourite
from bot.store.opinions import Opinion, OpinionKind, Opinions
from bot.store.recent import RecentListeners
from bot.store.statements import Statements
from bot.store.transaction import Transaction, Value

DAY_SECONDS = 86_400
REST_DAYS = 90
"""How long a song that was shown to somebody rests."""

_SQL = Statements("listeners")


@dataclass(frozen=True, slots=True)
class ListenerState:
    """All a recommendation needs to know of the person it is for."""

    loved: tuple[Favourite, ...]
    """Newest first."""
    known: frozenset[SongId]
    dismissed: frozenset[SongId]
    """Not for them, until they heart it."""
    shown: frozenset[SongId]
    """Shown to them in the last REST_DAYS days."""
    picked: tuple[SongId, ...] = ()
    """Picked in duels, newest first."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tables have of a person, as a state at any moment is made of it."""

    loved: tuple[Favourite, ...]
    known: frozenset[SongId]
    dismissed: frozenset[SongId]
    shown: dict[SongId, int]
    """When each song was shown last."""
    picked: tuple[SongId, ...]

    def at(self, now: int) -> ListenerState:
        """The person at a moment: what was shown rests for REST_DAYS."""
        since = now - REST_DAYS * DAY_SECONDS
        shown = frozenset(song for song, at in self.shown.items() if at >= since)
        return ListenerState(self.loved, self.known, self.dismissed, shown, self.picked)


@dataclass(frozen=True, slots=True)
class Shown:
    """A song a person was shown, and when last."""

    song: SongId
    at: int


class Listeners:
    """Everybody's shown, known and dismissed songs."""

    def __init__(self, database: Database, opinions: Opinions, recent: RecentListeners) -> None:
        self._database = database
        self._opinions = opinions
        self._recent = recent
        self._soon: dict[int, list[tuple[int, tuple[SongId, ...]]]] = {}
        """What was shown to people, and when, that is not written yet."""

    async def state(self, user: int, now: int) -> ListenerState:
        """The person at this moment, read once for as long as nothing about them is written."""
        facts = self._recent.get(user)
        if facts is None:
            reading, soon = self._recent.begin(user), tuple(self._soon.get(user, ()))
            facts = await self._database.read(lambda tx: _facts(tx, user), soon=False)
            for at, songs in soon:
                facts.shown.update(dict.fromkeys(songs, at))
            self._recent.keep(user, facts, reading)
        return facts.at(now)

    async def dismiss(self, user: int, song: str, now: int) -> bool:
        """Not for them; False where that was known."""
        return await self._change(_SQL.dismiss, user, song, "dismiss", held=True, now=now)

    async def undismiss(self, user: int, song: str) -> bool:
        """For them after all; False where it was."""
        return await self._change(_SQL.undismiss, user, song, "dismiss", held=False)

    async def know(self, user: int, song: str, now: int) -> bool:
        """They know it already; False where that was known."""
        return await self._change(_SQL.know, user, song, "know", held=True, now=now)

    async def unknow(self, user: int, song: str) -> bool:
        """They do not know it after all; False where it was not noted."""
        return await self._change(_SQL.unknow, user, song, "know", held=False)

    async def _change(
        self, statement: str, user: int, song: str, kind: OpinionKind, *, held: bool, **values: Value
    ) -> bool:
        def unit(tx: Transaction) -> tuple[Opinion, ...]:
            changed = tx.one(statement, user=user, song=song, **values)
            return () if changed is None else (Opinion(user, SongId(song), 0, kind, held=held),)

        def committed(changed: tuple[Opinion, ...]) -> None:
            self._recent.drop(user)
            self._opinions.announce(changed)

        return bool(await self._database.write(unit, committed))

    def shown_soon(self, user: int, songs: Iterable[str], now: int) -> None:
        """Note with the next commit songs just shown to a person, in their order."""
        shown = tuple(map(SongId, songs))
        self.expect_shown(user, now, shown, self._database.write_soon(lambda tx: note_shown(tx, user, now, shown)))

    def expect_shown(self, user: int, now: int, songs: tuple[SongId, ...], kept: asyncio.Future[object]) -> None:
        """Let songs just shown to a person rest already while that is being written."""
        shown = now, songs
        waiting = self._soon.setdefault(user, [])
        waiting.append(shown)
        facts = self._recent.get(user)
        if facts is None:
            self._recent.drop(user)
        else:
            facts.shown.update(dict.fromkeys(songs, now))

        def written(_: asyncio.Future[object]) -> None:
            waiting.remove(shown)
            if not waiting:
                del self._soon[user]

        kept.add_done_callback(written)

    async def shown_lately(self, user: int, limit: int = 25) -> tuple[Shown, ...]:
        """What a person was shown, newest first, in the order it was shown."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.shown_lately, user=user, rows=limit))
        return tuple(Shown(song, at) for song, at in rows)


def _facts(tx: Transaction, user: int) -> Facts:
    return Facts(
        marks.favourites(tx, user),
        frozenset(song for (song,) in tx.all(_SQL.known, user=user)),
        frozenset(song for (song,) in tx.all(_SQL.dismissed, user=user)),
        dict(tx.all(_SQL.shown, user=user)),
        cups.picked(tx, user),
    )


def note_shown(tx: Transaction, user: int, now: int, songs: Iterable[str]) -> None:
    """Note songs just shown to a person, in their order, inside a transaction."""
    for place, song in enumerate(songs):
        tx.one(_SQL.show, user=user, song=song, now=now, place=place)


def rename(tx: Transaction, old: str, new: str) -> int:
    """Move a song to its new name for everybody, inside a transaction: the rows moved."""
    tx.all(_SQL.merge_dismissed, old=old, new=new)
    tx.all(_SQL.merge_known, old=old, new=new)
    tx.all(_SQL.merge_shown, old=old, new=new)
    dropped = (_SQL.drop_dismissed, _SQL.drop_known, _SQL.drop_shown)
    return sum(len(tx.all(statement, song=old)) for statement in dropped)
