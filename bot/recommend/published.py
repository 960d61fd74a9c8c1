"""What published lists and the editor's collections put side by side, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.catalogue.model import Catalogue, PublishedList
from bot.recommend.features import Features, Rows, Scores


@dataclass(frozen=True, slots=True)
class Shelf:
    """Songs that somebody put together."""

    id: str
    rows: Rows
    editorial: bool
    """True for a collection of ours: it tells kinship, not fame."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """All published lists and collections, by the songs on them."""

    all: tuple[Shelf, ...]
    of: tuple[tuple[int, ...], ...]
    """Shelf numbers by song row."""
    fame: Scores
    """Published lists that name a song, by song row."""

    @classmethod
    def build(cls, features: Features, shelves: Iterable[Shelf]) -> Shelves:
        """Index shelves by song; those with no known song are left out."""
        kept = tuple(shelf for shelf in shelves if len(shelf.rows))
        of: list[list[int]] = [[] for _ in features.songs]
        fame = np.zeros(len(features.songs))
        for n, shelf in enumerate(kept):
            for row in shelf.rows:
                of[row].append(n)
            if not shelf.editorial:
                fame[shelf.rows] += 1
        return cls(kept, tuple(map(tuple, of)), fame)


def shelves_of(catalogue: Catalogue, features: Features, lists: Sequence[PublishedList] | None) -> Shelves:
    """Take the catalogue's lists and collections, or only the lists given: then nothing else is a trace."""
    published = catalogue.lists if lists is None else lists

    def rows_of(songs: Iterable[str | None]) -> Rows:
        return np.array(features.rows_of(songs, catalogue), dtype=np.int32)

    shelves = [Shelf(entry.id, rows_of(line.song for line in entry.songs), editorial=False) for entry in published]
    if lists is None:
        shelves += [
            Shelf(entry.id, rows_of(line.song for line in entry.entries), editorial=True)
            for entry in catalogue.collections.values()
        ]
    return Shelves.build(features, shelves)
