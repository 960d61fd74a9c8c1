"""What people favour, by server and everywhere, kept so that a mark counts at once.

Whoever shares more of a taste speaks louder on it: the user-based neighbourhood method (Resnick et al. 1994,
"GroupLens"; Herlocker et al. 1999, "An algorithmic framework for performing collaborative filtering"), asked
song by song through an inverted index, so that nothing needs to be computed again when a mark arrives.

Arrays are replaced, never changed in place, single counts apart: reads may happen on any thread meanwhile.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.recommend.features import Rows, Scores

N = TypeVar("N", bound=np.integer)

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


@dataclass(frozen=True, slots=True)
class Told:
    """All marks of one kind that stand, in columns: each once, ordered by person."""

    users: NDArray[np.int64]
    """The people, each once, in ascending order."""
    songs: Sequence[str]
    """The songs, each once, by a present or a past id."""
    guilds: Sequence[int]
    """The servers, each once; 0 stands for what was said outside any."""
    user: Rows
    """For each mark the place of its person in `users`, and so on."""
    song: Rows
    guild: Rows


NOTHING: Final = Told(_NONE, (), (), _NO_ROWS, _NO_ROWS, _NO_ROWS)


class Lists(Generic[N]):
    """A list of numbers a key: one array for what was there at start, and one of its own for each changed since.

    As many little arrays would take three times the memory.
    """

    def __init__(self, flat: NDArray[N], counts: NDArray[np.intp]) -> None:
        self._flat = flat
        self._ends = array("q", np.append(0, np.cumsum(counts)).astype(np.int64).tobytes())
        self._bounds = np.frombuffer(self._ends, dtype=np.int64)
        self._changed: dict[int, NDArray[N]] = {}

    def joined(self, keys: Rows) -> tuple[NDArray[N], NDArray[np.int64]]:
        """Join the lists of some keys; returns them and how long each is."""
        named = keys.tolist()
        if not self._changed.keys().isdisjoint(named) or max(named, default=0) + 1 >= len(self._ends):
            lists = [self[key] for key in named]
            return np.concatenate(lists), np.array([len(one) for one in lists], dtype=np.int64)
        begins = self._bounds[keys]
        sizes = self._bounds[keys + 1] - begins
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return self._flat[np.repeat(begins, sizes) + within], sizes

    def __getitem__(self, key: int) -> NDArray[N]:
        changed = self._changed.get(key)
        if changed is not None:
            return changed
        return self._flat[self._ends[key] : self._ends[key + 1]] if key + 1 < len(self._ends) else self._flat[:0]

    def __setitem__(self, key: int, numbers: NDArray[N]) -> None:
        self._changed[key] = numbers


class Marks:
    """The marks of one kind: who marked what, where; a person counts once a song, in however many places."""

    def __init__(self, songs: int, told: Told = NOTHING, rows: Rows = _NO_ROWS) -> None:
        """Lay out what was told; `rows` are the rows of its songs, -1 for those that are unknown."""
        self.songs = songs
        self._users = told.users
        self._later: dict[int, int] = {}
        """Numbers of the people who came since."""
        self._numbered = len(told.users)
        """People there are, with or without marks."""
        self._places: dict[int, int] = {}
        places = [self._place(guild or None) for guild in told.guilds]
        person, place, row = _distinct(told, np.array(places, dtype=np.int64), rows)
        self._by_person = Lists(place << 32 | row, np.bincount(person, minlength=self._numbered))
        by_place = (np.sort(place << 32 | row) & _ROW).astype(np.int32)
        self._by_place = Lists(by_place, np.bincount(place, minlength=len(self._places) + 1))
        once = _once(row << 32 | person)
        people = np.bincount(once >> 32, minlength=songs)
        self._by_song = Lists((once & _ROW).astype(np.int32), people)
        self.count: Scores = people.astype(np.float64)
        """People a song, everywhere."""

    def _person(self, user: int) -> int:
        """Find somebody's number; -1 for who never marked anything."""
        place = int(np.searchsorted(self._users, user))
        if place < len(self._users) and self._users[place] == user:
            return place
        return self._later.get(user, -1)

    def _place(self, guild: int | None) -> int:
        return DIRECT if guild is None else self._places.setdefault(guild, len(self._places) + 1)

    def add(self, user: int, row: int, guild: int | None) -> None:
        """Count a mark, unless it stands already."""
        person = self._person(user)
        if person < 0:
            person = self._later[user] = self._numbered
            self._numbered += 1
        place = self._place(guild)
        marks, code = self._by_person[person], place << 32 | row
        if code in marks:
            return
        if row not in marks & _ROW:
            self._by_song[row] = np.append(self._by_song[row], np.int32(person))
            self.count[row] += 1
        self._by_person[person] = np.append(marks, code)
        if place != DIRECT:
            self._by_place[place] = np.append(self._by_place[place], np.int32(row))

    def take(self, user: int, row: int, guild: int | None) -> None:
        """Take a mark back, where it stands."""
        person = self._person(user)
        place = self._place(guild)
        code = place << 32 | row
        if person < 0 or code not in self._by_person[person]:
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
        person = self._person(user)
        return set() if person < 0 else set((self._by_person[person] & _ROW).tolist())

    def forget(self, user: int) -> None:
        """Take back everything of one person."""
        person = self._person(user)
        if person < 0:
            return
        guilds = {number: guild for guild, number in self._places.items()}
        for code in self._by_person[person].tolist():
            self.take(user, code & _ROW, guilds.get(code >> 32))

    def here(self, guild: int | None) -> Scores | None:
        """Count people a song in one server; None where nobody marked anything."""
        place = self._places.get(guild) if guild is not None else None
        rows = _NO_ROWS if place is None else self._by_place[place]
        if not len(rows):
            return None
        return np.bincount(rows, minlength=self.songs).astype(np.float64)

    def both(self, row: int, seeds: Sequence[int], besides: int) -> list[int]:
        """Count for each seed the people, the asker left out, who marked it and this song."""
        who, others = self._by_song[row], [self._by_song[seed] for seed in seeds]
        marked = np.zeros(self._numbered + 1, dtype=bool)
        marked[who] = True
        marked[self._person(besides)] = False
        return [int(np.count_nonzero(marked[people])) for people in others]

    def neighbours(self, seeds: Mapping[int, float], besides: int) -> Neighbours | None:
        """Ask the people who share seeds (row to weight) what else they marked, the asker left out.

        A shared seed counts less the more people share it, and a person's voice is split among their marks;
        both by the square root, as in cosine similarity. None where nobody shares a seed.
        """
        found = self._kindred(seeds, besides)
        if found is None:
            return None
        voice, marks, sizes = found
        heard = np.zeros(self.songs) + np.bincount(marks & _ROW, np.repeat(voice, sizes), self.songs)
        return Neighbours(heard, heard.sum() * self.count / max(1.0, self.count.sum()), float(voice.mean()))

    def neighbours_of(self, row: int, seeds: Mapping[int, float], besides: int) -> tuple[float, float, float] | None:
        """Ask as `neighbours` does of one song alone: their voices, those expected, and one voice on average."""
        found = self._kindred(seeds, besides)
        if found is None:
            return None
        voice, marks, sizes = found
        heard = float(np.repeat(voice, sizes)[marks & _ROW == row].sum())
        expected = float(voice @ sizes) * float(self.count[row]) / max(1.0, float(self.count.sum()))
        return heard, expected, float(voice.mean())

    def _kindred(self, seeds: Mapping[int, float], besides: int) -> tuple[Scores, Codes, NDArray[np.int64]] | None:
        """Find the people who share seeds: the voice of each, their marks one after the other, and how many."""
        marked = [(self._by_song[row][-PER_SEED:], weight) for row, weight in seeds.items()]
        marked = [(people, weight / sqrt(len(people))) for people, weight in marked if len(people)]
        if not marked:
            return None
        people = np.concatenate([part for part, _ in marked])
        share = np.repeat([weight for _, weight in marked], [len(part) for part, _ in marked])
        order = people.argsort(kind="stable")
        people = people[order]
        begins = np.flatnonzero(np.diff(people, prepend=-1))
        people, voice = people[begins], np.add.reduceat(share[order], begins)
        others = people != self._person(besides)
        people, voice = people[others], voice[others]
        if len(people) > CROWD:
            closest = np.argpartition(-voice, CROWD)[:CROWD]
            people, voice = people[closest], voice[closest]
        if not len(people):
            return None
        marks, sizes = self._by_person.joined(people)
        return (voice / np.sqrt(np.maximum(sizes, 1)), marks, sizes) if len(marks) else None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What people of a kindred taste say."""

    heard: Scores
    """Their voices for each song."""
    expected: Scores
    """The voices it would have if they marked as everybody does."""
    one: float
    """The voice of one of them, on average."""


def _distinct(told: Told, places: Codes, rows: Rows) -> tuple[Codes, Codes, Codes]:
    """Return person, place and row of the marks of known songs in that order, once each: songs may have been merged."""
    row = rows[told.song]
    known = row >= 0
    person, place, row = told.user[known], places[told.guild[known]], row[known]
    all_places, all_rows = int(place.max(initial=0)) + 1, int(row.max(initial=0)) + 1
    packed = _once((person * np.int64(all_places) + place) * all_rows + row)
    person, code = np.divmod(packed, all_places * all_rows)
    return (person, *np.divmod(code, all_rows))


def _once(codes: Codes) -> Codes:
    """Sort, and keep one of each: on a million six times as fast as `numpy.unique`."""
    codes = np.sort(codes)
    return codes[np.diff(codes, prepend=-1) > 0]
