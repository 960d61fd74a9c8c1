"""The song of the day: where and when a guild wants it, and the days that are taken."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypedDict, Unpack

from bot.catalogue.model import SongId
from bot.store.database import Database
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction, Value

PostKind = Literal["song", "recap"]
Draw = Callable[[Mapping[SongId, int], SongId | None], SongId | None]
"""Chooses a song, given how often each was posted in the guild and which was last; None where none fits."""

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)

_TIMING = ("hour", "zone", "weekdays", "recap", "running")

_SQL = Statements("daily")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Daily:
    """Where and when a guild wants its song of the day."""

    guild: int
    channel: int
    hour: int
    """Local, in the zone."""
    zone: str
    """As the IANA database names it."""
    weekdays: tuple[int, ...] = EVERY_DAY
    """Monday is 0."""
    mood: str | None = None
    collection: str | None = None
    recap: bool = False
    """Also look back at the week on Sundays."""
    running: bool = True
    changed_at: int = 0
    """When its times were last changed: what was due before then is not made up for."""


class DailyChoice(TypedDict, total=False):
    """What may be changed of a daily song; what is left out stays."""

    channel: int
    hour: int
    zone: str
    weekdays: tuple[int, ...]
    mood: str | None
    collection: str | None
    recap: bool
    running: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """The last day taken in a guild, and when that was."""

    day: date
    at: int


@dataclass(frozen=True, slots=True)
class DailyPost:
    """A song or recap of one day; `turn` 0 is the day's own, others were asked for besides."""

    turn: int
    song: SongId | None
    channel: int
    message: int | None
    """None: not known to be sent."""


@dataclass(frozen=True, slots=True)
class Loved:
    """How many people love a song in a guild, and how many of them began lately."""

    song: SongId
    people: int
    lately: int


class Dailies:
    """Every guild's daily song; the choices and the last days taken are kept in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dailies: dict[int, Daily] = {}
        self._claimed: dict[tuple[int, PostKind], Claimed] = {}
        self._listeners: list[Callable[[int], None]] = []

    def on_change(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Call `listener` with the guild whose next due time a commit may have moved; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def get(self, guild: int) -> Daily | None:
        """A guild's daily song, running or not; None where there never was one."""
        return self._dailies.get(guild)

    def running(self) -> tuple[Daily, ...]:
        """All daily songs that are to be posted."""
        return tuple(daily for daily in self._dailies.values() if daily.running)

    def claimed(self, guild: int, kind: PostKind) -> Claimed | None:
        """The last day taken in a guild."""
        return self._claimed.get((guild, kind))

    async def start(self, guild: int, channel: int, hour: int, zone: str, now: int) -> Daily:
        """Post daily in a channel from now on; a mood, weekdays or recap chosen before are kept."""
        fresh = Daily(guild, channel, hour, zone, changed_at=now)
        chosen: DailyChoice = {"channel": channel, "hour": hour, "zone": zone, "running": True}
        return await self._change(guild, now, fresh, chosen) or fresh

    async def change(self, guild: int, now: int, **chosen: Unpack[DailyChoice]) -> Daily | None:
        """Change some of a daily song, and what was changed at the same moment is kept; None where there is none."""
        return await self._change(guild, now, None, chosen)

    async def stop(self, guild: int, channel: int, now: int) -> bool:
        """End a daily song that runs in this channel; True for the one caller that ended it."""

        def unit(tx: Transaction) -> list[Row]:
            return tx.all(_SQL.stop, guild=guild, channel=channel, now=now)

        return bool(await self._database.write(unit, lambda rows: self._take_over(guild, rows)))

    async def _change(self, guild: int, now: int, fresh: Daily | None, chosen: DailyChoice) -> Daily | None:
        def unit(tx: Transaction) -> list[Row]:
            row = tx.one(_SQL.daily, guild=guild)
            before = fresh if row is None else _daily(row)
            if before is None:
                return []
            after = replace(before, **chosen)
            moved = now if any(getattr(after, name) != getattr(before, name) for name in _TIMING) else before.changed_at
            return tx.all(_SQL.set_daily, **_values(replace(after, changed_at=moved)))

        rows = await self._database.write(unit, lambda rows: self._take_over(guild, rows))
        return _daily(rows[0]) if rows else None

    def _take_over(self, guild: int, dailies: Iterable[Row] = (), claims: Iterable[Row] = ()) -> None:
        self.fill(dailies, claims)
        self._announce(guild)

    async def claim(
        self, guild: int, kind: PostKind, day: date, channel: int, now: int, *, turn: int = 0, draw: Draw | None = None
    ) -> DailyPost | None:
        """Take a day before anything is sent, drawing its song; None where the day is taken already."""

        def unit(tx: Transaction) -> tuple[DailyPost | None, list[Row]]:
            place: dict[str, Value] = {"guild": guild, "kind": kind, "day": day.toordinal(), "turn": turn}
            if tx.one(_SQL.is_taken, **place) is not None:
                return None, []
            song = (
                draw(dict(tx.all(_SQL.played, guild=guild)), tx.value(_SQL.last_played, guild=guild)) if draw else None
            )
            tx.one(_SQL.claim, **place, song=song, channel=channel, now=now)
            return DailyPost(turn, song, channel, None), tx.all(_SQL.claims_of, guild=guild)

        outcome = await self._database.write(unit, lambda outcome: self._take_over(guild, (), outcome[1]))
        return outcome[0]

    async def release(self, guild: int, kind: PostKind, day: date, *, turn: int = 0) -> None:
        """Give a day back that nothing was sent for."""

        def unit(tx: Transaction) -> list[Row]:
            tx.one(_SQL.release, guild=guild, kind=kind, day=day.toordinal(), turn=turn)
            return tx.all(_SQL.claims_of, guild=guild)

        def take_over(claims: list[Row]) -> None:
            self._claimed.pop((guild, kind), None)
            self._take_over(guild, (), claims)

        await self._database.write(unit, take_over)

    async def sent(self, guild: int, kind: PostKind, day: date, message: int, *, turn: int = 0) -> None:
        """Note the message that a claimed day became."""
        place: dict[str, Value] = {"guild": guild, "kind": kind, "day": day.toordinal(), "turn": turn}
        await self._database.write(lambda tx: tx.one(_SQL.sent, **place, message=message))

    async def posts(self, guild: int, kind: PostKind, day: date) -> tuple[DailyPost, ...]:
        """What a day became, the day's own first."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.posts, guild=guild, kind=kind, day=day.toordinal()))
        return tuple(DailyPost(*row) for row in rows)

    async def loved(self, guild: int, since: int) -> tuple[Loved, ...]:
        """Every song loved in a guild, with how many began to love it since then."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.loved_since, guild=guild, since=since))
        return tuple(Loved(*row) for row in rows)

    async def greet(self, guild: int, now: int) -> bool:
        """Take the one greeting a guild gets; False where it had it."""
        return await self._database.write(lambda tx: tx.one(_SQL.greet, guild=guild, now=now) is not None)

    async def reset(self, guild: int) -> None:
        """Drop a guild's daily song; what was posted for it stays known, so that nothing comes twice."""

        def drop(_: None) -> None:
            self._dailies.pop(guild, None)
            self._announce(guild)

        def unit(tx: Transaction) -> None:
            tx.all(_SQL.forget_daily, guild=guild)

        await self._database.write(unit, drop)

    async def forget(self, guild: int) -> None:
        """Drop a guild's daily song, what was posted for it, and its greeting."""

        def unit(tx: Transaction) -> None:
            for statement in (_SQL.forget_daily, _SQL.forget_posts, _SQL.forget_greeting):
                tx.all(statement, guild=guild)

        def drop(_: None) -> None:
            self._dailies.pop(guild, None)
            self._claimed = {place: claimed for place, claimed in self._claimed.items() if place[0] != guild}
            self._announce(guild)

        await self._database.write(unit, drop)

    def fill(self, dailies: Iterable[Row], claims: Iterable[Row]) -> None:
        """Take over rows of the tables."""
        for row in dailies:
            self._dailies[row[0]] = _daily(row)
        for guild, kind, day, at in claims:
            self._claimed[guild, kind] = Claimed(date.fromordinal(day), at)

    def _announce(self, guild: int) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(guild)
            except Exception:
                _LOG.exception("A listener to daily songs failed; the change stands")


def dailies(tx: Transaction) -> list[Row]:
    """Every daily song's row, inside a transaction."""
    return tx.all(_SQL.dailies)


def claims(tx: Transaction) -> list[Row]:
    """The last days taken, inside a transaction."""
    return tx.all(_SQL.claims)


def rename(tx: Transaction, old: str, new: str) -> int:
    """Give a song its new name on every day it was posted, inside a transaction: the days changed."""
    return len(tx.all(_SQL.rename, old=old, new=new))


def _daily(row: Row) -> Daily:
    guild, channel, hour, zone, weekdays, mood, collection, recap, running, changed_at = row
    days = tuple(int(digit) for digit in weekdays)
    return Daily(guild, channel, hour, zone, days, mood, collection, bool(recap), bool(running), changed_at)


def _values(daily: Daily) -> dict[str, Value]:
    return {
        "guild": daily.guild,
        "channel": daily.channel,
        "hour": daily.hour,
        "zone": daily.zone,
        "weekdays": "".join(map(str, sorted(set(daily.weekdays)))),
        "mood": daily.mood,
        "collection": daily.collection,
        "recap": int(daily.recap),
        "running": int(daily.running),
        "changed_at": daily.changed_at,
    }
