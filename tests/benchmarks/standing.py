"""Marks as a recommender is told them at start, made from what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from bot.catalogue.model import SongId
from bot.recommend import MarkEvent, MarkKind, Told


def standing(events: Iterable[MarkEvent]) -> Iterator[tuple[MarkKind, Told]]:
    """Yield what stands after these events, by kind."""
    stands: dict[MarkKind, dict[tuple[int, SongId, int], bool]] = {}
    for user, song, guild, present, kind in events:
        stands.setdefault(kind, {})[user, song, guild or 0] = present
    for kind, marks in stands.items():
        yield kind, _columns(sorted(mark for mark, present in marks.items() if present))


def _columns(rows: list[tuple[int, SongId, int]]) -> Told:
    users, songs, guilds = (_numbered(row[n] for row in rows) for n in range(3))
    numbers = [(users[user], songs[song], guilds[guild]) for user, song, guild in rows]
    columns = np.array(numbers, dtype=np.int32).reshape(-1, 3).T
    return Told(np.array(list(users), dtype=np.int64), list(songs), list(guilds), *columns)


def _numbered(values: Iterable[Any]) -> dict[Any, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values))}
