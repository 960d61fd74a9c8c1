"""Comments: what people remember with a song, in the guild they wrote it in, or as a note to themselves."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from bot.catalogue.model import SongId
from bot.store.database import Database
from bot.store.opinions import Opinion, Opinions
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction, Unit

T = TypeVar("T")
CommentOrder = Literal["best", "newest"]
Remover = Literal["guild", "operator"]
"""By whose hand a comment was removed: its guild's moderators, or the bot's operator everywhere."""

MEMORY_CHARACTERS = 140
"""Longest comment, in characters, that a card quotes."""
NOTES = 0
"""The guild of private notes."""
FOLDING_REPORTS = 3
"""Different people whose reports, not judged yet, fold a comment in the guild they made them in."""

_LOG = logging.getLogger(__name__)
_SQL = Statements("comments")


@dataclass(frozen=True, slots=True)
class Pace:
    """How many comments one person may write in one guild within how many seconds."""

    most: int
    seconds: int


class WrittenTooMuch(Exception):  # noqa: N818 - the name says what is the matter
    """Somebody wrote faster than the pace allows; `again` is when they may go on, in UTC seconds."""

    def __init__(self, again: int) -> None:
        super().__init__(again)
        self.again = again


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as one person sees it."""

    id: int
    guild: int
    """0: a private note."""
    song: SongId
    user: int
    text: str
    spoiler: bool
    episode: int | None
    """What it spoils, up to this episode; None where it spoils nothing or does not say how far."""
    at: int
    edited_at: int | None
    likes: int
    liked: bool
    """The person looking likes it."""
    reports: int = 0
    """Reports not judged yet, in the guild it is looked at from."""
    removed: Remover | None = None

    @property
    def folded(self) -> bool:
        """Whether enough people reported it to fold it until a moderator has looked."""
        return self.reports >= FOLDING_REPORTS


@dataclass(frozen=True, slots=True)
class Liked:
    """Whether the person now likes a comment, and how many do."""

    liked: bool
    likes: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a card tells of a song's comments in one guild."""

    guild: int
    song: str
    count: int
    best: Comment | None
    writers: frozenset[int]
    """Who wrote them; nobody, for notes."""


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What a unit answers its caller, and what cards tell from now on."""

    answer: T
    spoken: tuple[Spoken, ...] = ()
    withdrawn: bool = False
    """Cards may still quote something that is not to be read any more."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A song of which cards in a guild may still show a comment that is not to be read any more."""

    guild: int
    song: SongId
    last: int
    """The latest withdrawal there that was known."""


class Comments:
    """Writing, reading and liking; what cards show is kept in memory."""

    def __init__(self, database: Database, opinions: Opinions) -> None:
        self._database = database
        self._opinions = opinions
        self._counts: dict[tuple[int, str], int] = {}
        self._writers: dict[tuple[int, str], frozenset[int]] = {}
        self._best: dict[tuple[int, str], Comment] = {}
        self._listeners: list[Callable[[int, SongId], None]] = []

    def on_withdrawn(self, listener: Callable[[int, SongId], None]) -> Callable[[], None]:
        """Call `listener` with guild and song where a comment may no longer be read; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def count(self, guild: int, song: str) -> int:
        """How many comments a song has in a guild; private notes are not counted."""
        return self._counts.get((guild, song), 0)

    def best(self, guild: int, song: str) -> Comment | None:
        """The comment a card may quote: short, without spoilers, liked most and by somebody else."""
        return self._best.get((guild, song))

    def best_since(self, guild: int, since: int) -> Comment | None:
        """The most liked of the comments that cards in a guild quote, among those written since then."""
        found = [best for place, best in self._best.items() if place[0] == guild and best.at >= since]
        return max(found, key=lambda comment: (comment.likes, comment.id), default=None)

    def fill(self, spoken: Iterable[Spoken]) -> None:
        """Take over what the tables say, for the guilds and songs named."""
        for one in spoken:
            place = (one.guild, one.song)
            self._counts[place] = one.count
            if not one.count:
                del self._counts[place]
            if one.best is not None:
                self._best[place] = one.best
            else:
                self._best.pop(place, None)
            self._heed(one.guild, one.song, one.writers)

    def _heed(self, guild: int, song: str, writers: frozenset[int]) -> None:
        """Keep who writes about a song in a guild, and tell who began to or no longer does."""
        before = self._writers.pop((guild, song), frozenset())
        if writers:
            self._writers[guild, song] = writers
        self._opinions.announce(
            Opinion(user, SongId(song), guild, "comment", held=user in writers) for user in sorted(before ^ writers)
        )

    def follow(self, said: Said[T]) -> None:
        """Take over what a committed unit changed, and tell where cards must no longer quote what they may."""
        self.fill(said.spoken)
        if said.withdrawn:
            self.withdraw(said.spoken)

    def withdraw(self, spoken: Iterable[Spoken]) -> None:
        """Tell where a comment is not to be read any more."""
        for one in spoken:
            for listener in tuple(self._listeners) if one.guild else ():
                try:
                    listener(one.guild, SongId(one.song))
                except Exception:
                    _LOG.exception("A listener to withdrawn comments failed; the change stands")

    async def _write(self, unit: Unit[Said[T]]) -> T:
        return (await self._database.write(unit, self.follow)).answer

    async def write(
        self,
        guild: int,
        song: str,
        user: int,
        text: str,
        *,
        spoiler: bool,
        episode: int | None,
        now: int,
        pace: Pace | None = None,
    ) -> Comment:
        """Write a comment; in guild 0, a private note. Raises WrittenTooMuch where the pace does not allow it."""

        def unit(tx: Transaction) -> Said[Comment]:
            if pace is not None:
                tx.all(_SQL.forget_writings, past=now - pace.seconds)
                again = _again(tx, guild, user, pace, now)
                if again is not None:
                    raise WrittenTooMuch(again)
            comment = tx.value(
                _SQL.write,
                guild=guild,
                song=song,
                user=user,
                body=text,
                spoiler=int(spoiler),
                episode=episode,
                now=now,
            )
            tx.all(_SQL.note_writing, comment=comment, guild=guild, user=user, now=now)
            written = comment_of(tx.all(_SQL.comment, comment=comment, viewer=user)[0])
            return Said(written, (_spoken(tx, guild, song),))

        return await self._write(unit)

    async def again(self, guild: int, user: int, pace: Pace, now: int) -> int | None:
        """When a person may write again in a guild, in UTC seconds; None where they may now."""
        return await self._database.read(lambda tx: _again(tx, guild, user, pace, now))

    async def edit(
        self, comment: int, user: int, text: str, *, spoiler: bool, episode: int | None, now: int
    ) -> Comment | None:
        """Rewrite one's own comment; None where it is gone, removed or somebody else's."""

        def unit(tx: Transaction) -> Said[Comment | None]:
            edited = tx.value(
                _SQL.edit,
                comment=comment,
                user=user,
                body=text,
                spoiler=int(spoiler),
                episode=episode,
                now=now,
            )
            if edited is None:
                return Said(None)
            found = comment_of(tx.all(_SQL.comment, comment=comment, viewer=user)[0])
            return withdrawing(tx, found, [(found.guild, found.song)])

        return await self._write(unit)

    async def delete(self, comment: int, user: int) -> bool:
        """Delete one's own comment, removed or not; False where it is gone or somebody else's."""

        def unit(tx: Transaction) -> Said[bool]:
            row = tx.one(_SQL.delete, comment=comment, user=user)
            return Said(answer=False) if row is None else withdrawing(tx, True, [row])

        return await self._write(unit)

    async def toggle_like(self, comment: int, user: int, now: int) -> Liked | None:
        """Like, or no longer; None where it is gone, one's own, or a note."""

        def unit(tx: Transaction) -> Said[Liked | None]:
            place = tx.one(_SQL.likeable, comment=comment, user=user)
            if place is None:
                return Said(None)
            liked = tx.one(_SQL.unlike, comment=comment, user=user) is None
            if liked:
                tx.one(_SQL.like, comment=comment, user=user, now=now)
            return Said(Liked(liked, tx.value(_SQL.likes, comment=comment)), (_spoken(tx, *place),))

        return await self._write(unit)

    async def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Where cards have not been drawn anew since a comment was withdrawn, the longest waiting first."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.withdrawn))
        return tuple(Withdrawn(guild, SongId(song), last) for guild, song, last in rows)

    async def settle(self, withdrawn: Withdrawn) -> None:
        """Note that all cards there have been drawn anew."""

        def unit(tx: Transaction) -> None:
            tx.all(_SQL.settle, guild=withdrawn.guild, song=withdrawn.song, last=withdrawn.last)

        await self._database.write(unit)

    async def get(self, comment: int, viewer: int) -> Comment | None:
        """One comment; None where it is gone or somebody else's note."""
        row = await self._database.read(lambda tx: tx.one(_SQL.comment, comment=comment, viewer=viewer))
        return None if row is None else comment_of(row)

    async def read_from(self, comment: int, guild: int, viewer: int) -> Comment | None:
        """One comment as a guild reads it, its own or another's that shares it; None where it does not."""
        row = await self._database.read(
            lambda tx: tx.one(_SQL.comment_from, comment=comment, guild=guild, viewer=viewer)
        )
        return None if row is None else comment_of(row)

    async def of_song(
        self,
        guild: int,
        song: str,
        viewer: int,
        order: CommentOrder = "best",
        *,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[Comment, ...]:
        """A song's comments in a guild, then those that others share; in guild 0 the viewer's own notes."""
        statement = _SQL.best_of_song if order == "best" else _SQL.newest_of_song
        rows = await self._database.read(
            lambda tx: tx.all(statement, guild=guild, song=song, viewer=viewer, rows=limit, skipped=offset)
        )
        return tuple(comment_of(row) for row in rows)

    async def mine(self, user: int, *, limit: int = 100, offset: int = 0) -> tuple[Comment, ...]:
        """All a person wrote, notes too, newest first."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.of_user, user=user, rows=limit, skipped=offset))
        return tuple(comment_of(row) for row in rows)


def spoken(tx: Transaction) -> tuple[Spoken, ...]:
    """What cards tell of all comments there are."""
    best = {
        (comment.guild, comment.song): comment
        for comment in map(
            comment_of, tx.all(_SQL.liked_without_spoiler, longest=MEMORY_CHARACTERS, fold=FOLDING_REPORTS)
        )
    }
    writers: dict[tuple[int, str], set[int]] = {}
    for guild, song, user in tx.all(_SQL.all_writers):
        writers.setdefault((guild, song), set()).add(user)
    return tuple(
        Spoken(guild, song, count, best.get((guild, song)), frozenset(writers[guild, song]))
        for guild, song, count in tx.all(_SQL.counts)
    )


def places(tx: Transaction, user: int) -> list[Row]:
    """Guild and song of all a person wrote or liked, inside a transaction."""
    return tx.all(_SQL.places, user=user)


def spoken_at(tx: Transaction, places: Iterable[Row]) -> tuple[Spoken, ...]:
    """What cards tell of these guilds and songs, inside a transaction."""
    return tuple(_spoken(tx, guild, song) for guild, song in places)


def withdrawing(tx: Transaction, answer: T, places: Iterable[Row]) -> Said[T]:
    """Answer a unit that withdraws comments at these places, and note that their cards are to be drawn anew."""
    spoken = spoken_at(tx, places)
    for one in spoken:
        if one.guild:
            tx.all(_SQL.withdraw, guild=one.guild, song=one.song)
    return Said(answer, spoken, withdrawn=True)


def rename(tx: Transaction, old: str, new: str) -> tuple[int, tuple[Spoken, ...]]:
    """Give a song its new name in all comments, inside a transaction: how many, and what cards then tell."""
    tx.all(_SQL.rename_withdrawn, old=old, new=new)
    guilds = [guild for (guild,) in tx.all(_SQL.rename, old=old, new=new)]
    places = [(guild, song) for guild in sorted(set(guilds)) for song in (old, new)]
    return len(guilds), tuple(_spoken(tx, guild, song) for guild, song in places)


def _again(tx: Transaction, guild: int, user: int, pace: Pace, now: int) -> int | None:
    earlier = tx.value(_SQL.earlier_writing, guild=guild, user=user, skipped=pace.most - 1)
    return earlier + pace.seconds if earlier is not None and now < earlier + pace.seconds else None


def _spoken(tx: Transaction, guild: int, song: str) -> Spoken:
    best = tx.one(
        _SQL.most_liked_without_spoiler, guild=guild, song=song, longest=MEMORY_CHARACTERS, fold=FOLDING_REPORTS
    )
    return Spoken(
        guild,
        song,
        tx.value(_SQL.count, guild=guild, song=song),
        None if best is None else comment_of(best),
        frozenset(user for (user,) in tx.all(_SQL.writers, guild=guild, song=song)),
    )


def comment_of(row: Row) -> Comment:
    """Read a row of the columns that every statement on comments selects, in their order."""
    comment, guild, song, user, text, spoiler, episode, at, edited_at, likes, liked, reports, removed = row
    spoils, likes_it = bool(spoiler), bool(liked)
    return Comment(comment, guild, song, user, text, spoils, episode, at, edited_at, likes, likes_it, reports, removed)
