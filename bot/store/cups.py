"""Knockouts of songs: how far each is, and what was picked in its duels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from bot.catalogue.model import SongId
from bot.store.database import Database
from bot.store.recent import RecentListeners
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction, Value

CupState = Literal["running", "over", "stopped"]
Draw = Callable[[int], tuple[SongId, ...]]
"""Draws the songs of a knockout, given its number."""

PUT_AWAY_SECONDS: Final = 86_400
"""How long after the last press a person's knockout is kept."""
REMEMBERED_SECONDS: Final = 7 * 86_400
"""How long a server's knockout is kept once it is over."""

_SQL = Statements("cups")


@dataclass(frozen=True, slots=True)
class CupPost:
    """A post of a server's knockout: a duel, or in the end the champion."""

    step: int
    duel: int
    """The duels decided before it."""
    day: date
    """Local."""
    message: int | None
    """None: not known to be sent."""


@dataclass(frozen=True, slots=True)
class Served:
    """Where and when a server's knockout is played."""

    guild: int
    channel: int
    hour: int
    """Local, in the zone."""
    zone: str
    """As the IANA database names it."""
    first_day: date


@dataclass(frozen=True, slots=True)
class Cup:
    """A knockout of songs."""

    id: int
    user: int
    """Whose it is; 0: a server's."""
    kind: str
    """What its songs are from."""
    source: str
    size: int
    songs: tuple[SongId, ...]
    """The first seeded first."""
    picks: tuple[int, ...]
    """For each duel decided which of its songs went on."""
    state: CupState
    touched_at: int
    served: Served | None = None
    """None for a person's."""
    posts: tuple[CupPost, ...] = ()
    counts: Mapping[int, tuple[int, int]] | None = None
    """A server's votes, by duel."""


class Cups:
    """People's knockouts: read when they are pressed on, changed only as far as nobody else did meanwhile."""

    def __init__(self, database: Database, recent: RecentListeners) -> None:
        self._database = database
        self._recent = recent

    async def start(self, user: int, kind: str, source: str, size: int, now: int, draw: Draw) -> Cup:
        """Begin a person's knockout, and put away those that are abandoned."""

        def unit(tx: Transaction) -> Cup:
            put_away(tx, now)
            nowhere = dict.fromkeys(("channel", "hour", "zone", "first_day"))
            place: dict[str, Value] = {"user": user, "guild": 0, "kind": kind, "source": source, "size": size}
            cup = tx.value(_SQL.start, **place, now=now, **nowhere)
            (row,) = tx.all(_SQL.set_songs, cup=cup, songs=" ".join(draw(cup)), first_day=None)
            return read(tx, row)

        return await self._database.write(unit)

    async def get(self, cup: int, now: int) -> Cup | None:
        """A person's knockout; None where it was put away, or is a server's."""

        def query(tx: Transaction) -> Cup | None:
            row = tx.one(_SQL.cup, cup=cup)
            return None if row is None else read(tx, row)

        found = await self._database.read(query)
        return None if found is None or found.served or found.touched_at < now - PUT_AWAY_SECONDS else found

    async def go_on(self, cup: Cup, picks: Iterable[int], state: CupState, now: int, song: SongId) -> Cup | None:
        """Let a picked song go on; None where the duel was decided meanwhile."""

        def unit(tx: Transaction) -> Cup | None:
            row = _go_on(tx, cup, picks, state, now)
            if row is None:
                return None
            tx.one(_SQL.pick, user=cup.user, song=song, cup=cup.id, now=now)
            return read(tx, row)

        return await self._database.write(unit, lambda _: self._recent.drop(cup.user))

    async def undo(self, cup: Cup, picks: Iterable[int], now: int, gone: Iterable[SongId]) -> Cup | None:
        """Take picks back, and that these songs were picked; None where the knockout went on meanwhile."""
        dropped = tuple(gone)

        def unit(tx: Transaction) -> Cup | None:
            row = _go_on(tx, cup, picks, "running", now)
            if row is None:
                return None
            for song in dropped:
                tx.one(_SQL.unpick, user=cup.user, song=song, cup=cup.id)
            return read(tx, row)

        return await self._database.write(unit, lambda _: self._recent.drop(cup.user))

    async def tidy(self, now: int) -> int:
        """Put away what is abandoned; returns how many."""
        return await self._database.write(lambda tx: put_away(tx, now))


def _go_on(tx: Transaction, cup: Cup, picks: Iterable[int], state: CupState, now: int) -> Row | None:
    return tx.one(_SQL.go_on, cup=cup.id, before=digits(cup.picks), after=digits(picks), state=state, now=now)


def digits(picks: Iterable[int]) -> str:
    """Write picks as the table has them."""
    return "".join(map(str, picks))


def put_away(tx: Transaction, now: int) -> int:
    """Remove abandoned knockouts and those of servers long over, inside a transaction: how many."""
    before = {"mine_before": now - PUT_AWAY_SECONDS, "guilds_before": now - REMEMBERED_SECONDS}
    return len(tx.all(_SQL.put_away, **before))


def picked(tx: Transaction, user: int) -> tuple[SongId, ...]:
    """The songs a person picked in duels, newest first, inside a transaction."""
    return tuple(song for (song,) in tx.all(_SQL.picked, user=user))


def rename(tx: Transaction, old: str, new: str) -> int:
    """Move what people picked to a song's new name, inside a transaction: the rows moved."""
    tx.all(_SQL.merge_picks, old=old, new=new)
    return len(tx.all(_SQL.drop_picks, song=old))


def read(tx: Transaction, row: Row) -> Cup:
    """Read a whole knockout by its row, inside a transaction."""
    cup, user, guild, kind, source, size, songs, picks, state, touched, channel, hour, zone, first = row
    served, posts, counts = None, (), None
    if guild:
        served = Served(guild, channel, hour, zone, date.fromordinal(first))
        posts = tuple(
            CupPost(step, duel, date.fromordinal(day), message)
            for step, duel, day, message in tx.all(_SQL.posts, cup=cup)
        )
        counts = _counts(tx.all(_SQL.counts, cup=cup))
    entered = tuple(SongId(song) for song in songs.split())
    return Cup(cup, user, kind, source, size, entered, tuple(map(int, picks)), state, touched, served, posts, counts)


def _counts(rows: Iterable[Row]) -> Mapping[int, tuple[int, int]]:
    counts: dict[int, tuple[int, int]] = {}
    for duel, choice, count in rows:
        one, other = counts.get(duel, (0, 0))
        counts[duel] = (one, count) if choice else (count, other)
    return counts
