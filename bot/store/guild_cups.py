"""Servers' knockouts: a duel a day, voted on by members, kept in memory as they stand."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from bot.catalogue.model import SongId
from bot.store.cups import _SQL, Cup, CupState, Served, digits, put_away, read
from bot.store.database import Database
from bot.store.recent import RecentListeners
from bot.store.transaction import Row, Transaction

Draw = Callable[[int], tuple[tuple[SongId, ...], date]]
"""Draws the songs of a knockout and its first day, given its number."""
Close = Callable[[Cup, list[int]], tuple[tuple[int, ...], CupState]]
"""Decides a knockout's picks and state at its next post, given the open duel's votes in the order they were cast."""

_LOG = logging.getLogger(__name__)
_NO_DAY: Final = 1


class GuildCups:
    """Every server's knockouts that run, or were over lately."""

    def __init__(self, database: Database, recent: RecentListeners) -> None:
        self._database = database
        self._recent = recent
        self._cups: dict[int, Cup] = {}
        self._listeners: list[Callable[[int], None]] = []

    def on_change(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Call `listener` with the guild whose next due time a commit may have moved; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def get(self, cup: int) -> Cup | None:
        """A server's knockout."""
        return self._cups.get(cup)

    def running(self, guild: int) -> Cup | None:
        """The knockout that a server plays."""
        return next((cup for cup in self.all_running() if cup.served and cup.served.guild == guild), None)

    def all_running(self) -> tuple[Cup, ...]:
        """The knockouts being played."""
        return tuple(cup for cup in self._cups.values() if cup.state == "running")

    async def start(self, served: Served, kind: str, source: str, size: int, now: int, draw: Draw) -> Cup | None:
        """Begin a server's knockout, whose first day the draw tells; None where one is played already."""

        def unit(tx: Transaction) -> Cup | None:
            put_away(tx, now)
            cup = tx.value(
                _SQL.start,
                user=0,
                guild=served.guild,
                kind=kind,
                source=source,
                size=size,
                now=now,
                channel=served.channel,
                hour=served.hour,
                zone=served.zone,
                first_day=_NO_DAY,
            )
            if cup is None:
                return None
            songs, day = draw(cup)
            (row,) = tx.all(_SQL.set_songs, cup=cup, songs=" ".join(songs), first_day=day.toordinal())
            return read(tx, row)

        return await self._database.write(unit, self._follow)

    async def vote(
        self, cup: Cup, duel: int, user: int, choice: int, songs: tuple[SongId, SongId], now: int
    ) -> bool | None:
        """Count a member's one vote in a duel; False where it was that already, None where the duel is closed."""

        def unit(tx: Transaction) -> tuple[bool | None, Cup | None]:
            row = tx.one(_SQL.cup, cup=cup.id)
            present = None if row is None else read(tx, row)
            if present is None or not _is_open(present, duel):
                return None, present
            if tx.value(_SQL.vote_of, cup=cup.id, duel=duel, user=user) == choice:
                return False, present
            tx.one(_SQL.vote, cup=cup.id, duel=duel, user=user, choice=choice)
            tx.one(_SQL.unpick, user=user, song=songs[1 - choice], cup=cup.id)
            tx.one(_SQL.pick, user=user, song=songs[choice], cup=cup.id, now=now)
            return True, _read(tx, cup.id)

        def committed(outcome: tuple[bool | None, Cup | None]) -> None:
            self._recent.drop(user)
            self._keep(outcome[1])

        return (await self._database.write(unit, committed))[0]

    async def claim(self, cup: int, step: int, day: date, now: int, close: Close) -> Cup | None:
        """Take the next post before anything is sent, closing the duel before it; None where it is taken."""

        def unit(tx: Transaction) -> Cup | None:
            row = tx.one(_SQL.cup, cup=cup)
            before = None if row is None else read(tx, row)
            if before is None or before.state != "running" or len(before.posts) != step:
                return None
            votes = [choice for (choice,) in tx.all(_SQL.votes, cup=cup, duel=len(before.picks))]
            picks, state = close(before, votes)
            tx.one(_SQL.claim, cup=cup, step=step, duel=len(picks), day=day.toordinal(), now=now)
            after = tx.one(_SQL.go_on, cup=cup, before=digits(before.picks), after=digits(picks), state=state, now=now)
            return None if after is None else read(tx, after)

        return await self._database.write(unit, self._follow)

    async def sent(self, cup: int, step: int, message: int) -> None:
        """Note the message that a claimed post became."""

        def unit(tx: Transaction) -> Cup | None:
            tx.one(_SQL.sent, cup=cup, step=step, message=message)
            return _read(tx, cup)

        await self._database.write(unit, self._keep)

    async def stop(self, cup: int, now: int) -> bool:
        """End a knockout before its time; True for the one caller that ended it."""

        def unit(tx: Transaction) -> Cup | None:
            return None if tx.one(_SQL.stop, cup=cup, now=now) is None else _read(tx, cup)

        return await self._database.write(unit, self._follow) is not None

    async def forget(self, guild: int) -> None:
        """Drop a server's knockouts with their votes."""

        def unit(tx: Transaction) -> list[Row]:
            return tx.all(_SQL.drop, guild=guild)

        def follow(rows: list[Row]) -> None:
            for (cup,) in rows:
                self._cups.pop(cup, None)
            self._announce(guild)

        await self._database.write(unit, follow)

    def fill(self, cups: Iterable[Cup]) -> None:
        """Take over knockouts as the tables have them."""
        for cup in cups:
            self._cups[cup.id] = cup

    def _keep(self, cup: Cup | None) -> None:
        if cup is not None:
            self._cups[cup.id] = cup

    def _follow(self, cup: Cup | None) -> None:
        self._keep(cup)
        if cup is not None and cup.served is not None:
            self._announce(cup.served.guild)

    def _announce(self, guild: int) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(guild)
            except Exception:
                _LOG.exception("A listener to knockouts failed; the change stands")


def _is_open(cup: Cup, duel: int) -> bool:
    posted = bool(cup.posts) and cup.posts[-1].duel == duel
    return cup.state == "running" and len(cup.picks) == duel and posted


def _read(tx: Transaction, cup: int) -> Cup | None:
    row = tx.one(_SQL.cup, cup=cup)
    return None if row is None else read(tx, row)


def of_guilds(tx: Transaction) -> tuple[Cup, ...]:
    """Every server's knockout, inside a transaction."""
    return tuple(read(tx, row) for row in tx.all(_SQL.of_guilds))


def voted_in(tx: Transaction, user: int) -> tuple[int, ...]:
    """The knockouts a person voted in, inside a transaction."""
    return tuple(cup for (cup,) in tx.all(_SQL.voted_in, user=user))


def present(tx: Transaction, cups: Iterable[int]) -> tuple[Cup, ...]:
    """Some of servers' knockouts as they stand, inside a transaction."""
    return tuple(found for cup in cups if (found := _read(tx, cup)))
