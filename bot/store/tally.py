"""How many people love a song, kept in memory so that a card needs no read."""

from __future__ import annotations

from collections import Counter

from bot.store.marks import MarkChange
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction

_SQL = Statements("tally")


class Tally:
    """Counted once at start, then kept true by every committed change."""

    def __init__(self) -> None:
        self._everywhere: Counter[str] = Counter()
        self._here: Counter[tuple[int, str]] = Counter()

    def everywhere(self, song: str) -> int:
        """People who love the song."""
        return self._everywhere[song]

    def here(self, guild: int, song: str) -> int:
        """People who said in this guild that they love the song."""
        return self._here[guild, song]

    def fill(self, rows: list[Row]) -> None:
        """Take over the counts of `counted`."""
        for guild, song, people in rows:
            if guild is None:
                self._everywhere[song] = people
            else:
                self._here[guild, song] = people

    def follow(self, change: MarkChange) -> None:
        """Keep up with a committed change."""
        step = 1 if change.loved else -1
        _add(self._here, (change.guild, change.song), step)
        if change.decisive:
            _add(self._everywhere, change.song, step)


def counted(tx: Transaction) -> list[Row]:
    """The counts as the tables have them."""
    return tx.all(_SQL.counts)


def _add(counter: Counter, key: object, step: int) -> None:
    counter[key] += step
    if not counter[key]:
        del counter[key]
