"""How many people love a song, kept in memory so that a card needs no read."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import pairwise

import numpy as np

from bot.store.marks import MarkChange
from bot.store.standing import Standing, differs


class Tally:
    """Counted once at start, then kept true by every committed change.

    What stood at start is one array, the songs of a guild's hearts in order, so that a count is the length of
    a stretch; what has changed since is beside it. A million hearts fit in some five megabytes.
    """

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._everywhere = array("i")
        """People by the song's number."""
        self._stood = array("i")
        """Songs' numbers, one a heart, in order within a guild."""
        self._stretch: dict[int, tuple[int, int]] = {}
        """Where a guild's hearts are in it."""
        self._since: dict[int, dict[int, int]] = {}
        """By guild and song's number, people who came less people who went since the start."""

    def everywhere(self, song: str) -> int:
        """People who love the song."""
        number = self._number.get(song)
        return 0 if number is None else self._everywhere[number]

    def here(self, guild: int, song: str) -> int:
        """People who said in this guild that they love the song."""
        number = self._number.get(song)
        if number is None:
            return 0
        first, end = self._stretch.get(guild, (0, 0))
        stood = bisect_right(self._stood, number, first, end) - bisect_left(self._stood, number, first, end)
        return stood + self._since.get(guild, {}).get(number, 0)

    def favourites(self) -> int:
        """Favourites of all people together."""
        return sum(self._everywhere)

    def fill(self, hearts: Standing) -> None:
        """Count what stands at start."""
        self._number = {song: number for number, song in enumerate(hearts.songs)}
        songs = max(len(hearts.songs), 1)
        lovers = np.sort(hearts.song * np.int64(len(hearts.users)) + hearts.user)
        people = np.bincount(lovers[differs(lovers)] // max(len(hearts.users), 1), minlength=len(hearts.songs))
        self._everywhere = array("i", people.astype(np.int32).tobytes())
        stood = np.sort(hearts.guild * np.int64(songs) + hearts.song) % songs
        self._stood = array("i", stood.astype(np.int32).tobytes())
        ends = np.cumsum(np.bincount(hearts.guild, minlength=len(hearts.guilds))).tolist()
        self._stretch = dict(zip(hearts.guilds, pairwise([0, *ends]), strict=True))

    def follow(self, change: MarkChange) -> None:
        """Keep up with a committed change."""
        step = 1 if change.loved else -1
        number = self._number.setdefault(change.song, len(self._number))
        if number == len(self._everywhere):
            self._everywhere.append(0)
        if change.decisive:
            self._everywhere[number] += step
        since = self._since.setdefault(change.guild, {})
        since[number] = since.get(number, 0) + step
        if not since[number]:
            del since[number]
