"""A knockout as pure facts: seeded songs, picks so far, and all that follows from them.

Songs are seeded as in sport: the first two can only meet in the final, the first four only in the semi-finals.
With fewer songs than places the places left empty are those opposite the first seeds, who so go on without a
duel (a bye).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.catalogue.model import SongId

SIZES: Final = (8, 16)
"""Songs that a knockout can begin with, at most."""
FEWEST: Final = 4
"""Songs that it takes."""


@dataclass(frozen=True, slots=True)
class Duel:
    """Two songs that meet."""

    number: int
    """From 0, in the order of play: the picks before it."""
    places: int
    """Of its round: 16, 8 (quarter-finals), 4 (semi-finals), 2 (the final)."""
    turn: int
    """From 1 within its round."""
    turns: int
    """Duels of its round, byes not counted."""
    songs: tuple[SongId, SongId]
    """The higher seeded first."""


@dataclass(frozen=True, slots=True)
class _Play:
    """What became of a bracket so far."""

    played: tuple[tuple[Duel, SongId], ...]
    """Duels with their winners."""
    open: Duel | None
    champion: SongId | None


@dataclass(frozen=True, slots=True)
class Bracket:
    """Songs, the most loved first, and for each duel played which of its two songs went on (0 or 1)."""

    songs: tuple[SongId, ...]
    picks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no knockout. Raises ValueError."""
        if len(set(self.songs)) != len(self.songs) or len(self.songs) < 2:
            raise ValueError("a knockout takes two songs or more, each once")
        if len(self.picks) >= len(self.songs) or not set(self.picks) <= {0, 1}:
            raise ValueError("more picks than duels, or picks of no song")

    @property
    def duel(self) -> Duel | None:
        """The duel to be decided; None when all are."""
        return self._play().open

    @property
    def champion(self) -> SongId | None:
        """The song that won every duel it had."""
        return self._play().champion

    @property
    def played(self) -> tuple[tuple[Duel, SongId], ...]:
        """The decided duels with their winners, in order."""
        return self._play().played

    @property
    def byes(self) -> tuple[SongId, ...]:
        """Songs that begin in the second round: the most loved."""
        return self.songs[: _places(len(self.songs)) - len(self.songs)]

    def pick(self, choice: int) -> Bracket:
        """Let one of the open duel's songs go on."""
        return replace(self, picks=(*self.picks, choice))

    def settle(self, there: Callable[[SongId], object]) -> Bracket:
        """Decide open duels in which a song is gone: the other goes on, of two gone ones the higher seeded."""
        bracket = self
        while (duel := bracket.duel) and not all(map(there, duel.songs)):
            bracket = bracket.pick(0 if there(duel.songs[0]) or not there(duel.songs[1]) else 1)
        return bracket

    def undo(self, there: Callable[[SongId], object]) -> Bracket:
        """Take back the last pick that was somebody's: those that a song's absence decided are taken back with it."""
        kept = len(self.picks)
        for duel, _ in reversed(self.played):
            kept -= 1
            if all(map(there, duel.songs)):
                break
        return replace(self, picks=self.picks[:kept])

    def beaten(self, song: SongId) -> tuple[SongId, ...]:
        """List whom a song met and beat, the last one last."""
        return tuple(other for duel, winner in self.played if winner == song for other in duel.songs if other != winner)

    def _play(self) -> _Play:
        entrants = [seed if seed < len(self.songs) else None for seed in _order(_places(len(self.songs)))]
        played: list[tuple[Duel, SongId]] = []
        while len(entrants) > 1:
            pairs = list(zip(entrants[::2], entrants[1::2], strict=True))
            turns = sum(None not in pair for pair in pairs)
            following: list[int | None] = []
            turn = 0
            for one, other in pairs:
                if one is None or other is None:
                    following.append(other if one is None else one)
                    continue
                turn += 1
                seeds = min(one, other), max(one, other)
                songs = self.songs[seeds[0]], self.songs[seeds[1]]
                duel = Duel(len(played), len(entrants), turn, turns, songs)
                if len(played) == len(self.picks):
                    return _Play(tuple(played), duel, None)
                choice = self.picks[len(played)]
                played.append((duel, songs[choice]))
                following.append(seeds[choice])
            entrants = following
        return _Play(tuple(played), None, self.songs[entrants[0] or 0])


def decided(votes: Sequence[int]) -> int:
    """Return which of two songs won, given all standing votes (0 or 1) in the order they were cast.

    The one with more; of equals the one that reached the count first; without any vote the higher seeded.
    """
    for_other = sum(votes)
    if 2 * for_other == len(votes):
        return 1 - votes[-1] if votes else 0
    return int(2 * for_other > len(votes))


def _places(songs: int) -> int:
    """Return the least power of two that has a place for each song."""
    return 1 << (songs - 1).bit_length()


def _order(places: int) -> list[int]:
    """Return seeds in the order of the bracket, so that each round's pairs of seeds add up to the same."""
    order = [0]
    while len(order) < places:
        last = 2 * len(order) - 1
        order = [seed for one in order for seed in (one, last - one)]
    return order
