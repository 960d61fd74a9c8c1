"""Renamed songs: whatever was said under a former id belongs to the present one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.store import cards, charts, comments, cups, daily, listeners, marks, suggestions
from bot.store.cards import Cards
from bot.store.comments import Comments, Spoken
from bot.store.database import Database
from bot.store.marks import MarkChange, Marked, Marks
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a renaming moved, and what it changed for everybody else."""

    rows: int
    changes: tuple[MarkChange, ...]
    spoken: tuple[Spoken, ...]


class Songs:
    """Song ids as the tables have them."""

    def __init__(self, database: Database, marks: Marks, comments: Comments, cards: Cards) -> None:
        self._database = database
        self._marks = marks
        self._comments = comments
        self._cards = cards

    async def rename(self, formerly: Mapping[str, str]) -> int:
        """Move everything from former ids to present ones, merging, all at once; returns the rows moved."""
        present = {old: _follow(formerly, old) for old in formerly}

        def unit(tx: Transaction) -> Renamed:
            rows = 0
            changes: list[MarkChange] = []
            spoken: list[Spoken] = []
            for old, new in present.items():
                moved, changed = marks.rename(tx, old, new)
                commented, told = comments.rename(tx, old, new)
                rows += moved + commented
                renamers = (cards, listeners, charts, daily, suggestions, cups)
                rows += sum(part.rename(tx, old, new) for part in renamers)
                changes += changed
                spoken += told
            return Renamed(rows, tuple(changes), tuple(spoken))

        return (await self._database.write(unit, self._announce)).rows

    def _announce(self, renamed: Renamed) -> None:
        self._marks.announce(Marked(None, renamed.changes))
        self._comments.fill(renamed.spoken)
        self._cards.outdate()


def _follow(formerly: Mapping[str, str], old: str) -> str:
    """The id at the end of a chain of renamings."""
    passed = {old}
    new = formerly[old]
    while new in formerly:
        if new in passed:
            raise ValueError(f"song {old!r} was renamed in a circle")
        passed.add(new)
        new = formerly[new]
    return new
