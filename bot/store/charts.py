"""What is loved most, by rules that a few new accounts or one large server cannot bend."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from bot.store.database import Database
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction

ACCOUNT_SECONDS: Final = 14 * 86_400
"""Accounts younger than this are left out."""
FAVOURITES: Final = 3
"""People with fewer favourites are left out, and those whose favourites are of one drama only."""
VOTERS_EVERYWHERE: Final = 10
"""People it takes for a place on the chart of all servers."""
SERVERS_SHARE: Final = 5
"""On the chart of all servers none counts for more than one part of this many."""

_DISCORD_EPOCH = 1_420_070_400
"""UTC seconds of 2015-01-01, from which ids count their milliseconds (docs: reference, Snowflakes)."""
_KEPT_SECONDS = {True: 60, False: 600}
"""How long a chart is not computed again: of one server, of all."""
_KEPT_CHARTS = 200

_SQL = Statements("charts")

Group = Callable[[str], Sequence[str]]
"""What a song counts for: itself, its drama, its artists; nothing for a song that is gone."""


@dataclass(frozen=True, slots=True)
class Window:
    """First hearts after `since` up to `until` count, in UTC seconds; `since` None: from the beginning."""

    since: int | None
    until: int

    def holds(self, at: int) -> bool:
        """Tell whether a heart given at a time counts."""
        return at <= self.until and (self.since is None or at > self.since)


@dataclass(frozen=True, slots=True)
class Placed:
    """One place of a chart."""

    id: str
    people: int
    place: int
    """From 1; ties share one."""
    before: int | None
    """Its place in the window before; None: it had none."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which chart: of one guild or of all (None), counted by what, in which window beside which earlier one."""

    guild: int | None
    by: str
    window: Window
    before: Window
    minimum: int
    """People it takes for a place."""


@dataclass(slots=True)
class _Voter:
    user: int
    hearts: list[tuple[str, int, int, int]] = field(default_factory=list)
    """Song, guild, when it began there, when the heart was the first."""


class Charts:
    """Charts as the tables have them, each kept for a short while."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[tuple[int | None, str, int | None, int], tuple[int, tuple[Placed, ...]]] = {}

    async def top(self, question: Question, group: Group, drama_of: Group, now: int) -> tuple[Placed, ...]:
        """Rank what people love. `group` says what a song counts for; all of it runs beside the event loop."""
        length = question.window.until - question.window.since if question.window.since is not None else 0
        key = (question.guild, question.by, length, question.minimum)
        at, known = self._kept.get(key, (0, ()))
        if 0 <= now - at < _KEPT_SECONDS[question.guild is not None]:
            return known

        def ranked(tx: Transaction) -> tuple[Placed, ...]:
            rows = tx.all(_SQL.loves) if question.guild is None else tx.all(_SQL.loves_of_guild, guild=question.guild)
            return rank(question, list(fair(voters(rows), drama_of, now)), group)

        placed = await self._database.survey(ranked)
        if len(self._kept) >= _KEPT_CHARTS:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = (now, placed)
        return placed


def voters(rows: Iterable[Row]) -> Iterator[_Voter]:
    """Gather the rows of each person, which come one after the other."""
    for user, hearts in groupby(rows, key=lambda row: row[0]):
        songs = [(song, guild, since, first) for _, song, guild, since, first in hearts]
        firsts: dict[str, int] = {}
        for song, _, since, first in songs:
            firsts[song] = min(firsts.get(song, since), since, since if first is None else first)
        yield _Voter(user, [(song, guild, since, firsts[song]) for song, guild, since, _ in songs])


def fair(people: Iterable[_Voter], drama_of: Group, now: int) -> Iterator[_Voter]:
    """Leave out accounts too young, and people whose favourites are too few or of one drama only."""
    for voter in people:
        made = (voter.user >> 22) // 1000 + _DISCORD_EPOCH
        songs = {song for song, *_ in voter.hearts}
        dramas = {drama for song in songs for drama in drama_of(song)}
        if now - made >= ACCOUNT_SECONDS and len(songs) >= FAVOURITES and len(dramas) > 1:
            yield voter


def rank(question: Question, people: Sequence[_Voter], group: Group) -> tuple[Placed, ...]:
    """Place everything that enough people love, the most loved first, beside where it stood before."""
    earlier = _places(_counted(question, question.before, people, group))
    counts = _counted(question, question.window, people, group)
    return tuple(Placed(id, counts[id], place, earlier.get(id)) for id, place in _places(counts).items())


def _counted(question: Question, window: Window, people: Sequence[_Voter], group: Group) -> dict[str, int]:
    where: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for voter in people:
        homes: dict[str, tuple[int, int]] = {}
        for song, guild, since, first in voter.hearts:
            if window.holds(first) and question.guild in {None, guild}:
                for id in group(song):
                    homes[id] = min(homes.get(id, (since, guild)), (since, guild))
        for id, (_, guild) in homes.items():
            where[id][guild] += 1
    total = {id: sum(guilds.values()) if question.guild is not None else evenly(guilds) for id, guilds in where.items()}
    return {id: people for id, people in total.items() if people >= question.minimum}


def evenly(guilds: Counter[int]) -> int:
    """Count people so that no server gives more than its share; those of no server (0) count for themselves.

    With n(i) people in server i, the most each may give is the largest whole c with
    c * SERVERS_SHARE <= sum(min(n(i), c)) + people of no server. The difference of the two sides is concave in c
    and not negative at 0, so that bisection finds it.
    """
    alone = guilds[0]
    crowds = [people for guild, people in guilds.items() if guild]
    least, most = 0, max(crowds, default=0)
    while least < most:
        middle = (least + most + 1) // 2
        if middle * SERVERS_SHARE <= sum(min(people, middle) for people in crowds) + alone:
            least = middle
        else:
            most = middle - 1
    return sum(min(people, least) for people in crowds) + alone


def _places(counts: dict[str, int]) -> dict[str, int]:
    places: dict[str, int] = {}
    last, place = -1, 0
    for at, (id, people) in enumerate(sorted(counts.items(), key=lambda one: (-one[1], one[0])), start=1):
        last, place = people, place if people == last else at
        places[id] = place
    return places


def note_past(tx: Transaction, user: int, song: str, since: int) -> None:
    """Keep since when a favourite stood that ends now, inside its transaction."""
    tx.all(_SQL.note_past, user=user, song=song, since=since)


def rename(tx: Transaction, old: str, new: str) -> int:
    """Move what is kept under a song's former name, inside a transaction; returns the rows moved."""
    tx.all(_SQL.merge_past, old=old, new=new)
    return len(tx.all(_SQL.drop_past, song=old))
