"""What people favour, by server and everywhere, kept so that a mark counts at once.

Whoever shares more of a taste speaks louder on it: the user-based neighbourhood method (Resnick et al. 1994,
"GroupLens"; Herlocker et al. 1999, "An algorithmic framework for performing collaborative filtering"), asked
song by song through an inverted index, so that nothing needs to be computed again when a mark arrives.

Arrays are replaced, never changed in place, single counts apart: reads may happen on any thread meanwhile.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.recommend.features import Rows, Scores

Codes = NDArray[np.int64]
"""Marks of one person: the number of the place in the upper 32 bits, the song's row in the lower."""

CROWD: Final = 300
"""People asked about one taste, at most: the closest ones."""

PER_SEED: Final = 2_000
"""People of one seed looked at, at most: the latest ones."""

DIRECT: Final = 0
"""Number of the place that is no server: direct messages."""

_NONE: Final[Codes] = np.empty(0, dtype=np.int64)
_NO_ROWS: Final[Rows] = np.empty(0, dtype=np.int32)
_ROW: Final = (1 << 32) - 1


class Told:
    """Marks as they are told one after the other, in columns: small enough for a million."""

    def __init__(self) -> None:
        self.people: dict[int, int] = {}
        self.places: dict[int, int] = {}
        self.columns = (array("i"), array("q"), array("b"))
        """Number of the person, code of the mark, and whether it stands."""

    def add(self, user: int, row: int, guild: int | None, *, present: bool) -> None:
        """Write down one mark."""
        place = DIRECT if guild is None else self.places.setdefault(guild, len(self.places) + 1)
        people, codes, stands = self.columns
        people.append(self.people.setdefault(user, len(self.people)))
        codes.append(place << 32 | row)
        stands.append(present)


class Marks:
    """The marks of one kind: who marked what, where; a person counts once a song, in however many places."""

    def __init__(self, songs: int) -> None:
        self.songs = songs
        self.count: Scores = np.zeros(songs)
        """People a song, everywhere."""
        self._people: dict[int, int] = {}
        self._places: dict[int, int] = {}
        self._by_person: list[Codes] = []
        self._by_song: list[Rows] = [_NO_ROWS] * songs
        self._by_place: dict[int, Rows] = {}

    @classmethod
    def of(cls, songs: int, told: Told) -> Marks:
        """Lay out many marks at once; of what was told twice, the last word counts."""
        self = cls(songs)
        self._people, self._places = told.people, told.places
        person, code, present = (np.array(column, dtype=np.int64) for column in told.columns)
        last = _last(person, code)
        last = last[present[last] == 1]
        person, code = person[last], code[last]
        place, row = code >> 32, code & _ROW
        self._by_person = np.split(code, np.searchsorted(person, np.arange(1, len(told.people))))
        for number, rows in _parts(place, row.astype(np.int32)):
            if number != DIRECT:
                self._by_place[number] = rows
        once = _last(person, row)
        for number, people in _parts(row[once], person[once].astype(np.int32)):
            self._by_song[number] = people
        self.count = np.bincount(row[once], minlength=songs).astype(np.float64)
        return self

    def _place(self, guild: int | None) -> int:
        return DIRECT if guild is None else self._places.setdefault(guild, len(self._places) + 1)

    def add(self, user: int, row: int, guild: int | None) -> None:
        """Count a mark, unless it stands already."""
        person = self._people.get(user)
        if person is None:
            person = len(self._by_person)
            self._by_person.append(_NONE)
            self._people[user] = person
        place = self._place(guild)
        marks, code = self._by_person[person], place << 32 | row
        if code in marks:
            return
        if row not in marks & _ROW:
            self._by_song[row] = np.append(self._by_song[row], np.int32(person))
            self.count[row] += 1
        self._by_person[person] = np.append(marks, code)
        if place != DIRECT:
            self._by_place[place] = np.append(self._by_place.get(place, _NO_ROWS), np.int32(row))

    def take(self, user: int, row: int, guild: int | None) -> None:
        """Take a mark back, where it stands."""
        person = self._people.get(user)
        place = self._place(guild)
        code = place << 32 | row
        if person is None or code not in self._by_person[person]:
            return
        left = self._by_person[person]
        left = left[left != code]
        self._by_person[person] = left
        if row not in left & _ROW:
            self._by_song[row] = self._by_song[row][self._by_song[row] != person]
            self.count[row] -= 1
        if place != DIRECT:
            rows = self._by_place[place]
            self._by_place[place] = np.delete(rows, np.argmax(rows == row))

    def of_person(self, user: int) -> set[int]:
        """List the songs one person marked, by row."""
        person = self._people.get(user)
        return set() if person is None else set((self._by_person[person] & _ROW).tolist())

    def forget(self, user: int) -> None:
        """Take back everything of one person, and forget the person."""
        person = self._people.get(user)
        if person is None:
            return
        guilds = {number: guild for guild, number in self._places.items()}
        for code in self._by_person[person].tolist():
            self.take(user, code & _ROW, guilds.get(code >> 32))
        del self._people[user]

    def here(self, guild: int | None) -> Scores | None:
        """Count people a song in one server; None where nobody marked anything."""
        rows = self._by_place.get(self._places.get(guild, DIRECT)) if guild is not None else None
        if rows is None or not len(rows):
            return None
        return np.bincount(rows, minlength=self.songs).astype(np.float64)

    def both(self, row: int, seeds: Sequence[int], besides: int) -> list[int]:
        """Count for each seed the people, the asker left out, who marked it and this song."""
        who, others = self._by_song[row], [self._by_song[seed] for seed in seeds]
        marked = np.zeros(len(self._by_person) + 1, dtype=bool)
        marked[who] = True
        marked[self._people.get(besides, -1)] = False
        return [int(np.count_nonzero(marked[people])) for people in others]

    def neighbours(self, seeds: Mapping[int, float], besides: int) -> Neighbours | None:
        """Ask the people who share seeds (row to weight) what else they marked, the asker left out.

        A shared seed counts less the more people share it, and a person's voice is split among their marks;
        both by the square root, as in cosine similarity. None where nobody shares a seed.
        """
        marked = [(self._by_song[row][-PER_SEED:], weight) for row, weight in seeds.items()]
        marked = [(people, weight / np.sqrt(len(people))) for people, weight in marked if len(people)]
        if not marked:
            return None
        people = np.concatenate([part for part, _ in marked])
        share = np.repeat([weight for _, weight in marked], [len(part) for part, _ in marked])
        people, at = np.unique(people, return_inverse=True)
        voice = np.bincount(at, weights=share)
        others = people != self._people.get(besides, -1)
        people, voice = people[others], voice[others]
        if len(people) > CROWD:
            closest = np.argpartition(-voice, CROWD)[:CROWD]
            people, voice = people[closest], voice[closest]
        marks = [self._by_person[person] for person in people.tolist()]
        sizes = np.array([len(part) for part in marks], dtype=np.int64)
        if not sizes.sum():
            return None
        voice = voice / np.sqrt(np.maximum(sizes, 1))
        rows = np.concatenate(marks) & _ROW
        heard = np.zeros(self.songs) + np.bincount(rows, np.repeat(voice, sizes), self.songs)
        return Neighbours(heard, heard.sum() * self.count / max(1.0, self.count.sum()), float(voice.mean()))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What people of a kindred taste say."""

    heard: Scores
    """Their voices for each song."""
    expected: Scores
    """The voices it would have if they marked as everybody does."""
    one: float
    """The voice of one of them, on average."""


def _last(major: NDArray[np.int64], minor: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions of the last of each distinct pair, ordered by major, then minor."""
    order = np.lexsort((minor, major))
    a, b = major[order], minor[order]
    ends = np.ones(len(order), dtype=bool)
    ends[:-1] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    return order[ends]


def _parts(keys: NDArray[np.int64], values: Rows) -> Iterator[tuple[int, Rows]]:
    """Group values by key, keeping their order within a group."""
    order = np.argsort(keys, kind="stable")
    distinct, starts = np.unique(keys[order], return_index=True)
    yield from zip(distinct.tolist(), np.split(values[order], starts[1:]), strict=len(distinct) > 0)
