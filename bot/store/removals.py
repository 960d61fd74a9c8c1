"""Removing several favourites at once, and putting them back exactly as they stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.catalogue.model import SongId
from bot.store.forgotten import Forgotten
from bot.store.journal import Journal
from bot.store.marks import MarkChange, Marked, Marks, differences, guilds_loved_in, withdraw
from bot.store.statements import Statements
from bot.store.transaction import Transaction

_SQL = Statements("removals")


@dataclass(frozen=True, slots=True)
class RemovedMark:
    """One mark that a favourite rested on."""

    song: SongId
    origin: str
    origin_id: int
    emoji: str
    burst: int
    guild: int
    at: int


@dataclass(frozen=True, slots=True)
class Removed:
    """Favourites removed together, with all that it takes to put them back."""

    songs: tuple[SongId, ...]
    marks: tuple[RemovedMark, ...]


class Removals:
    """Takes favourites away by the dozen, and back."""

    def __init__(self, marks: Marks, journal: Journal, forgotten: Forgotten) -> None:
        self._marks = marks
        self._journal = journal
        self._forgotten = forgotten

    async def remove(self, user: int, songs: Iterable[str]) -> Removed:
        """Remove favourites explicitly, all of them or none; what is none is passed over."""
        wanted = tuple(dict.fromkeys(songs))
        for song in wanted:
            self._journal.note("removed", user=user, song=song)

        def unit(tx: Transaction) -> Marked[Removed]:
            marks = [
                RemovedMark(SongId(song), *row)
                for song in wanted
                for row in tx.all(_SQL.present_marks, user=user, song=song)
            ]
            gone = tuple(dict.fromkeys(mark.song for mark in marks))
            changes = tuple(change for song in gone for change in withdraw(tx, user, song))
            return Marked(Removed(gone, tuple(marks)), changes)

        return await self._marks.write(unit, user)

    async def put_back(self, user: int, removed: Removed) -> tuple[SongId, ...]:
        """Let the marks stand again, with their times; a reaction taken back since then stays so.

        Returns the songs that are favourites again by this.
        """
        at = self._journal.note("pressed", user=user)

        def unit(tx: Transaction) -> Marked[tuple[SongId, ...]]:
            self._forgotten.lift(tx, user, at)
            changes: list[MarkChange] = []
            back: list[SongId] = []
            for song in removed.songs:
                before = guilds_loved_in(tx, user, song)
                for mark in removed.marks:
                    if mark.song == song:
                        _restore(tx, user, mark)
                after = guilds_loved_in(tx, user, song)
                changes += differences(user, song, before, after)
                if after and not before:
                    back.append(song)
            return Marked(tuple(back), tuple(changes))

        return await self._marks.write(unit, user)


def _restore(tx: Transaction, user: int, mark: RemovedMark) -> None:
    if mark.origin == "reaction":
        tx.one(
            _SQL.restore_reaction,
            user=user,
            song=mark.song,
            message=mark.origin_id,
            emoji=mark.emoji,
            burst=mark.burst,
        )
    else:
        tx.one(_SQL.restore_press, user=user, song=mark.song, origin=mark.origin, guild=mark.guild, at=mark.at)
