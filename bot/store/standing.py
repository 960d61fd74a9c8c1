"""What stands, in columns: a million rows as a few arrays rather than a million tuples."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

V = TypeVar("V")

PAGE_ROWS: Final = 1_000
"""Rows that are objects at a time: few enough for a processor's cache."""


class Standing(NamedTuple):
    """Who said something of which song in which guild: each once, ordered by person."""

    users: NDArray[np.int64]
    """The people, each once, in ascending order."""
    songs: tuple[str, ...]
    """The songs, each once."""
    guilds: tuple[int, ...]
    """The guilds, each once; 0 stands for what is outside any."""
    user: NDArray[np.int32]
    """For each row the place of its person in `users`, and so on."""
    song: NDArray[np.int32]
    guild: NDArray[np.int32]


class _Numbers(dict[V, int]):
    """Numbers values in the order they are met."""

    def __missing__(self, value: V) -> int:
        self[value] = number = len(self)
        return number


def gather(rows: Iterator[tuple[int, str, int]]) -> Standing:
    """Put rows sorted by person into columns; what is told again counts once."""
    songs, guilds = _Numbers[str](), _Numbers[int]()
    columns = array("q"), array("i"), array("i")
    while page := list(islice(rows, PAGE_ROWS)):
        users, named, within = zip(*page, strict=True)
        columns[0].extend(users)
        columns[1].extend(map(songs.__getitem__, named))
        columns[2].extend(map(guilds.__getitem__, within))
    said_by, song, guild = map(np.asarray, columns)
    begins = differs(said_by)
    told = ((np.cumsum(begins) - 1) * max(len(songs), 1) + song) * max(len(guilds), 1) + guild
    told.sort()
    told, guild = np.divmod(told[differs(told)], max(len(guilds), 1))
    user, song = np.divmod(told, max(len(songs), 1))
    numbers = (column.astype(np.int32) for column in (user, song, guild))
    return Standing(said_by[begins], tuple(songs), tuple(guilds), *numbers)


def differs(column: NDArray[np.int64] | NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which entries differ from the one before."""
    differs = np.ones(len(column), np.bool_)
    differs[1:] = column[1:] != column[:-1]
    return differs
