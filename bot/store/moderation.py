"""Moderation: readers report comments, and the moderators of the guild they were read in decide; it is kept who did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

from bot.catalogue.model import SongId
from bot.store.comments import FOLDING_REPORTS, Comment, Comments, Pace, Said, comment_of, spoken_at, withdrawing
from bot.store.database import Database
from bot.store.forgotten import Forgotten
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction, Unit

Act = Literal[
    "remove", "restore", "keep", "hide", "show", "block", "unblock", "remove-everywhere", "restore-everywhere"
]
"""What a moderator may do: remove and restore and block in the comment's own guild, hide and show in another that
reads it, keep in either; everywhere, the bot's operator."""

T = TypeVar("T")

_SQL = Statements("moderation")


class ReportedTooMuch(Exception):  # noqa: N818 - the name says what is the matter
    """Somebody reported faster than the pace allows; `again` is when they may go on, in UTC seconds."""

    def __init__(self, again: int) -> None:
        super().__init__(again)
        self.again = again


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a report."""

    new: bool
    """False where this person had reported the comment before."""
    reports: int
    """Reports not judged yet, this one among them."""

    @property
    def folds(self) -> bool:
        """Whether this report was the one that folded the comment."""
        return self.new and self.reports == FOLDING_REPORTS


@dataclass(frozen=True, slots=True)
class Case:
    """A comment as the moderators of a guild see it."""

    comment: Comment
    reasons: tuple[tuple[str, int], ...]
    """Why it is reported, with how many people say so, as far as that is not judged yet."""
    own: bool
    """It was written in this guild."""
    hidden: bool
    """Another guild's comment that is not shown here."""
    block: int | None
    """The block that keeps its writer from commenting here."""


@dataclass(frozen=True, slots=True)
class Block:
    """Somebody who may not comment in a guild."""

    id: int
    user: int | None
    """None: they had everything on them deleted, and are known again by a hash alone."""
    at: int


@dataclass(frozen=True, slots=True)
class Done:
    """One decision, as the log of a guild tells it."""

    id: int
    moderator: int | None
    """None: they had everything on them deleted."""
    act: Act
    at: int
    comment: int
    song: SongId | None
    """None: the comment is gone."""
    writer: int | None
    """None: the comment is gone, or another guild's."""


class Moderation:
    """Takes reports and decisions; every decision notes who made it, when and where."""

    def __init__(self, database: Database, forgotten: Forgotten, comments: Comments) -> None:
        self._database = database
        self._forgotten = forgotten
        self._comments = comments

    async def report(self, comment: int, guild: int, user: int, reason: str, now: int, pace: Pace) -> Reported | None:
        """Report a comment where it is read; None where it is gone. Raises ReportedTooMuch."""

        def unit(tx: Transaction) -> Said[Reported | None]:
            place = tx.one(_SQL.place, comment=comment)
            if place is None:
                return Said(None)
            earlier = tx.value(_SQL.earlier_report, guild=guild, user=user, skipped=pace.most - 1)
            if earlier is not None and now < earlier + pace.seconds:
                raise ReportedTooMuch(earlier + pace.seconds)
            row = tx.one(_SQL.report, comment=comment, guild=guild, user=user, reason=reason, now=now)
            reported = Reported(row is not None, tx.value(_SQL.open_reports, comment=comment, guild=guild))
            if reported.folds and place[0] == guild:
                return withdrawing(tx, reported, [place[:2]])
            return Said(reported, spoken_at(tx, [place[:2]]))

        return await self._write(unit)

    async def decide(self, act: Act, comment: int, guild: int, moderator: int, now: int) -> bool:
        """Do what a moderator of a guild decided on a comment; False where there is nothing to do it to any more."""

        def unit(tx: Transaction) -> Said[bool]:
            place = tx.one(_SQL.place, comment=comment)
            if place is None or not self._decide(tx, act, comment, guild, place, now):
                return Said(answer=False)
            homes = {guild, place[0]} if act.endswith("everywhere") else {guild}
            for home in sorted(homes):
                _note(tx, home, comment, act, moderator, now)
            if act.startswith("remove"):
                return withdrawing(tx, True, [place[:2]])
            return Said(True, spoken_at(tx, [place[:2]]))

        return await self._write(unit)

    def _decide(self, tx: Transaction, act: Act, comment: int, guild: int, place: Row, now: int) -> bool:
        home, _, writer = place
        match act:
            case "keep":
                return bool(tx.all(_SQL.judge, comment=comment, guild=guild))
            case "hide":
                done = tx.one(_SQL.hide, comment=comment, guild=guild, now=now) is not None
            case "show":
                return tx.one(_SQL.show, comment=comment, guild=guild) is not None
            case "remove":
                done = tx.one(_SQL.remove, comment=comment, guild=guild) is not None
            case "restore":
                return tx.one(_SQL.restore, comment=comment, guild=guild) is not None
            case "remove-everywhere":
                tx.all(_SQL.judge_everywhere, comment=comment)
                return tx.one(_SQL.remove_everywhere, comment=comment) is not None
            case "restore-everywhere":
                return tx.one(_SQL.restore_everywhere, comment=comment) is not None
            case "block":
                return home == guild and self._block(tx, comment, guild, writer, now)
            case "unblock":
                return False
        if done:
            tx.all(_SQL.judge, comment=comment, guild=guild)
        return done

    def _block(self, tx: Transaction, comment: int, guild: int, writer: int, now: int) -> bool:
        person = self._forgotten.hashed(tx, writer)
        block = tx.value(_SQL.block, guild=guild, person=person, comment=comment, now=now)
        if block is not None:
            tx.one(_SQL.note_blocked, block=block, user=writer)
        return block is not None

    async def unblock(self, block: int, guild: int, moderator: int, now: int) -> bool:
        """Let somebody comment in a guild again; False where they may already."""

        def unit(tx: Transaction) -> bool:
            row = tx.one(_SQL.unblock, block=block, guild=guild)
            if row is not None:
                _note(tx, guild, row[0], "unblock", moderator, now)
            return row is not None

        return await self._database.write(unit)

    async def is_blocked(self, guild: int, user: int) -> bool:
        """Tell whether a person may not comment in a guild."""
        return await self._database.read(lambda tx: self._block_of(tx, guild, user) is not None)

    def _block_of(self, tx: Transaction, guild: int, user: int) -> int | None:
        person = self._forgotten.known_as(tx, user)
        return None if person is None else tx.value(_SQL.blocked, guild=guild, person=person)

    async def cases(self, guild: int, song: str, viewer: int, *, limit: int, offset: int = 0) -> tuple[Case, ...]:
        """A song's comments as moderators decide on them, reported ones first; of no song (""), all reported ones."""

        def query(tx: Transaction) -> tuple[Case, ...]:
            rows = tx.all(_SQL.desk, guild=guild, song=song, viewer=viewer, rows=limit, skipped=offset)
            return tuple(self._case(tx, guild, row) for row in rows)

        return await self._database.read(query)

    async def case(self, comment: int, guild: int, viewer: int) -> Case | None:
        """One comment as the moderators of a guild see it; None where it is gone or none of their business."""

        def query(tx: Transaction) -> Case | None:
            row = tx.one(_SQL.one_for_desk, comment=comment, guild=guild, viewer=viewer)
            return None if row is None else self._case(tx, guild, row)

        return await self._database.read(query)

    def _case(self, tx: Transaction, guild: int, row: Row) -> Case:
        comment = comment_of(row[:-1])
        own = comment.guild == guild
        reasons = tuple((reason, count) for reason, count in tx.all(_SQL.reasons, comment=comment.id, guild=guild))
        return Case(comment, reasons, own, bool(row[-1]), self._block_of(tx, guild, comment.user) if own else None)

    async def blocks(self, guild: int, *, limit: int, offset: int = 0) -> tuple[Block, ...]:
        """Everybody who may not comment in a guild, newest first."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.blocks, guild=guild, rows=limit, skipped=offset))
        return tuple(Block(*row) for row in rows)

    async def done(self, guild: int, *, limit: int, offset: int = 0) -> tuple[Done, ...]:
        """What moderators of a guild, and the operator on its comments, decided; newest first."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.done, guild=guild, rows=limit, skipped=offset))
        return tuple(
            Done(id, moderator, act, at, comment, SongId(song) if song else None, writer)
            for id, moderator, act, at, comment, song, writer in rows
        )

    async def _write(self, unit: Unit[Said[T]]) -> T:
        return (await self._database.write(unit, self._comments.follow)).answer


def _note(tx: Transaction, guild: int, comment: int, act: Act, moderator: int, now: int) -> None:
    done = tx.value(_SQL.note, guild=guild, comment=comment, act=act, now=now)
    tx.one(_SQL.note_moderator, moderation=done, user=moderator)
