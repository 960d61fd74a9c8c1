"""How many people love a song, kept in memory so that a card needs no read."""

from __future__ import annotations

from collections.abc import Iterable

from bot.store.marks import MarkChange
from bot.store.opinions import Standing
from bot.store.statements import Statements
from bot.store.transaction import Transaction

_SQL = Statements("tally")

People = dict[str, int]
"""People by song."""


class Tally:
    """Counted once at start, then kept true by every committed change.

    A table a guild, with one string a song for all of them: a million hearts fit in some ten megabytes.
    """

    def __init__(self) -> None:
        self._everywhere: People = {}
        self._here: dict[int, People] = {}
        self._names: dict[str, str] = {}

    def everywhere(self, song: str) -> int:
        """People who love the song."""
        return self._everywhere.get(song, 0)

    def here(self, guild: int, song: str) -> int:
        """People who said in this guild that they love the song."""
        return self._here.get(guild, {}).get(song, 0)

    def favourites(self) -> int:
        """Favourites of all people together."""
        return sum(self._everywhere.values())

    def fill(self, hearts: Iterable[Standing]) -> None:
        """Count hearts sorted by person, song and guild; one that is told again counts once."""
        last: Standing | None = None
        for heart in hearts:
            if heart == last:
                continue
            user, song, guild = heart
            song = self._names.setdefault(song, song)
            here = self._here.setdefault(guild, {})
            here[song] = here.get(song, 0) + 1
            if last is None or last[0] != user or last[1] != song:
                self._everywhere[song] = self._everywhere.get(song, 0) + 1
            last = heart

    def follow(self, change: MarkChange) -> None:
        """Keep up with a committed change."""
        step = 1 if change.loved else -1
        song = self._names.setdefault(change.song, change.song)
        _add(self._here.setdefault(change.guild, {}), song, step)
        if change.decisive:
            _add(self._everywhere, song, step)


def fill(tally: Tally, tx: Transaction) -> None:
    """Count what the tables have, row by row: the rows together would not fit where the counts do."""
    tally.fill(tx.rows(_SQL.hearts))


def _add(people: People, song: str, step: int) -> None:
    people[song] = people.get(song, 0) + step
    if not people[song]:
        del people[song]
