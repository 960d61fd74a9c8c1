"""Votes: a favourite is one person and one song, and stands while one of its marks is present.

| a mark is | reaction added, pressed | taken back | removed explicitly | recount sees | misses | cleared, gone |
|---|---|---|---|---|---|---|
| absent | present | - | - | present | - | - |
| present | - | absent | reaction: withdrawn, else absent | - | absent | - |
| withdrawn | - | absent | - | - | absent | - |
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

from bot.catalogue.model import SongId
from bot.store import charts
from bot.store.database import Database
from bot.store.forgotten import Forgotten
from bot.store.journal import Journal
from bot.store.opinions import Opinion, Opinions
from bot.store.recent import RecentListeners
from bot.store.statements import Statements
from bot.store.transaction import Transaction, Unit

T = TypeVar("T")
PressOrigin = Literal["button", "command"]
GuildsLovedIn = Mapping[int, int]
"""Guilds where one person's love of one song counts, each with the UTC second since when."""

_SQL = Statements("marks")
_LOG = logging.getLogger(__name__)
_VARIATION = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
"""Variation selector 16 and the five skin tones (unicode.org/reports/tr51)."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """Which reaction a mark comes from; the same heart in another skin tone is the same reaction."""

    message: int
    emoji: str
    """As text; of a custom emoji its id, since its name may change."""
    burst: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "emoji", _VARIATION.sub("", self.emoji) or self.emoji)


class Pressed(NamedTuple):
    """What a press did: whether the favourite began with it, since when it stands, how many there are now."""

    new: bool
    since: int
    total: int


@dataclass(frozen=True, slots=True)
class Favourite:
    """A song somebody loves, and since when."""

    song: SongId
    since: int


class MarkChange(NamedTuple):
    """A person's love of a song began or ended to count in a guild."""

    user: int
    song: SongId
    guild: int
    loved: bool
    decisive: bool
    """The favourite as a whole began or ended with this change: true once for each beginning and ending."""
    at: int | None
    """Since when it counts in the guild; None when it ended."""


class Marked(NamedTuple, Generic[T]):
    """What a unit answers its caller, and what it changed for everybody else."""

    answer: T
    changes: tuple[MarkChange, ...] = ()
    lifted: tuple[Opinion, ...] = ()
    """What it ended of what was said besides: dismissals by a heart, everything by a deletion."""


class Marks:
    """Presses, reactions and removals, the favourites that follow, and who wants to hear of them."""

    def __init__(
        self, database: Database, journal: Journal, forgotten: Forgotten, opinions: Opinions, recent: RecentListeners
    ) -> None:
        self._database = database
        self._journal = journal
        self._forgotten = forgotten
        self._opinions = opinions
        self._recent = recent
        self._listeners: list[Callable[[MarkChange], None]] = []

    def on_change(self, listener: Callable[[MarkChange], None]) -> Callable[[], None]:
        """Call `listener` for each change right after its commit; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, marked: Marked[T], of: int | None = None) -> None:
        """Tell everybody what a committed unit changed; `of` is the only person whose rows it can have written."""
        self._recent.drop(of)
        self._opinions.announce(marked.lifted)
        for change in marked.changes:
            for listener in tuple(self._listeners):
                try:
                    listener(change)
                except Exception:
                    _LOG.exception("A listener to favourites failed; the favourite stands")

    async def write(self, unit: Unit[Marked[T]], of: int | None = None) -> T:
        """Run a unit that changes marks, of one person or of many, and tell everybody what it changed."""
        return (await self._database.write(unit, lambda marked: self.announce(marked, of))).answer

    async def press(self, user: int, song: str, guild: int, origin: PressOrigin, now: int) -> Pressed:
        """Love it by a button or a command; lifts "not for me"."""
        at = self._journal.note("pressed", user=user)

        def unit(tx: Transaction) -> Marked[Pressed]:
            self._forgotten.lift(tx, user, at)
            return _press(tx, user, song, guild=guild, origin=origin, now=now)

        return await self.write(unit, user)

    async def press_many(
        self, user: int, songs: Iterable[str], guild: int, origin: PressOrigin, now: int
    ) -> tuple[Pressed, ...]:
        """Love several at once, all of them or none; the answers are in the songs' order."""
        wanted = tuple(songs)
        at = self._journal.note("pressed", user=user)

        def unit(tx: Transaction) -> Marked[tuple[Pressed, ...]]:
            self._forgotten.lift(tx, user, at)
            pressed = [_press(tx, user, song, guild=guild, origin=origin, now=now) for song in wanted]
            changes = tuple(change for one in pressed for change in one.changes)
            lifted = tuple(opinion for one in pressed for opinion in one.lifted)
            return Marked(tuple(one.answer for one in pressed), changes, lifted)

        return await self.write(unit, user)

    async def undo(self, user: int, song: str, guild: int, origin: PressOrigin, pressed_at: int) -> bool:
        """Take back the press made at `pressed_at`; False when that press is no longer there."""

        def unit(tx: Transaction) -> Marked[bool]:
            before = guilds_loved_in(tx, user, song)
            undone = tx.one(_SQL.undo, user=user, song=song, origin=origin, guild=guild, pressed_at=pressed_at)
            after = guilds_loved_in(tx, user, song)
            return Marked(undone is not None, tuple(differences(user, SongId(song), before, after)))

        return await self.write(unit, user)

    async def react(self, user: int, song: str, guild: int, reaction: Reaction, now: int) -> bool:
        """A reaction was added; True when a favourite began with it. A new heart lifts "not for me"."""
        at = self._journal.note(
            "added", user=user, message=reaction.message, emoji=reaction.emoji, burst=reaction.burst
        )

        def unit(tx: Transaction) -> Marked[bool]:
            self._forgotten.lift(tx, user, at)
            found = _found(tx, user, song)
            new = tx.one(
                _SQL.react,
                user=user,
                song=song,
                guild=guild,
                message=reaction.message,
                emoji=reaction.emoji,
                burst=int(reaction.burst),
                now=now,
            )
            if new is None:
                return Marked(answer=False)
            lifted = _lifted(tx, user, song) if found.dismissed else ()
            return Marked(not found.loved, _begun(user, song, guild, found.loved, now), lifted)

        return await self.write(unit, user)

    async def unreact(self, user: int, reaction: Reaction) -> bool:
        """A reaction was taken back; True when a favourite ended with it."""
        self._journal.note("taken", user=user, message=reaction.message, emoji=reaction.emoji, burst=reaction.burst)

        def unit(tx: Transaction) -> Marked[bool]:
            rows = tx.all(
                _SQL.unreact,
                user=user,
                message=reaction.message,
                emoji=reaction.emoji,
                burst=int(reaction.burst),
            )
            changes: list[MarkChange] = []
            for song, guild, at, present in rows:
                after = guilds_loved_in(tx, user, song)
                before = {guild: at, **after} if present else after
                changes += differences(user, song, before, after)
                note_ended(tx, user, song, before, after)
            return Marked(any(change.decisive for change in changes), tuple(changes))

        return await self.write(unit, user)

    async def remove(self, user: int, song: str) -> bool:
        """Remove a favourite explicitly, which no old reaction brings back; False when it was none."""
        self._journal.note("removed", user=user, song=song)

        def unit(tx: Transaction) -> Marked[bool]:
            changes = withdraw(tx, user, song)
            return Marked(bool(changes), changes)

        return await self.write(unit, user)

    async def clear(self, user: int) -> tuple[SongId, ...]:
        """Remove all of a person's favourites explicitly; returns them, newest first."""
        self._journal.note("removed", user=user)

        def unit(tx: Transaction) -> Marked[tuple[SongId, ...]]:
            songs = tuple(song for song, _ in tx.all(_SQL.favourites, user=user))
            return Marked(songs, tuple(change for song in songs for change in withdraw(tx, user, song)))

        return await self.write(unit, user)

    async def favourites(self, user: int) -> tuple[Favourite, ...]:
        """What a person loves, newest first."""
        return await self._database.read(lambda tx: favourites(tx, user))

    async def since(self, user: int, song: str) -> int | None:
        """When the favourite began, or None where there is none."""
        return await self._database.read(lambda tx: tx.value(_SQL.since, user=user, song=song))

    async def total(self, user: int) -> int:
        """How many songs a person loves."""
        return await self._database.read(lambda tx: tx.value(_SQL.total, user=user))


def favourites(tx: Transaction, user: int) -> tuple[Favourite, ...]:
    """What a person loves, newest first, inside a transaction."""
    return tuple(Favourite(song, since) for song, since in tx.all(_SQL.favourites, user=user))


def rename(tx: Transaction, old: str, new: str) -> tuple[int, tuple[MarkChange, ...]]:
    """Move a song's marks to its new name inside a transaction: the marks moved, and what that changed."""
    before = {song: _people_who_love(tx, song) for song in (old, new)}
    tx.all(_SQL.merge, old=old, new=new)
    moved = len(tx.all(_SQL.drop_song, song=old))
    changes: list[MarkChange] = []
    for song in (old, new):
        after = _people_who_love(tx, song)
        for user in {**before[song], **after}:
            changes += differences(user, SongId(song), before[song].get(user, {}), after.get(user, {}))
    return moved, tuple(changes)


def differences(user: int, song: SongId, before: GuildsLovedIn, after: GuildsLovedIn) -> Iterable[MarkChange]:
    """What one person's change means for each guild; the first to begin and the last to end are decisive."""
    begun = sorted(after.keys() - before.keys())
    ended = sorted(before.keys() - after.keys())
    for place, guild in enumerate(begun):
        yield MarkChange(user, song, guild, True, not before and place == 0, after[guild])
    for place, guild in enumerate(ended, start=1):
        yield MarkChange(user, song, guild, False, not after and place == len(ended), None)


def note_ended(tx: Transaction, user: int, song: str, before: GuildsLovedIn, after: GuildsLovedIn) -> None:
    """Keep for the charts since when a favourite stood, if it ends with this, inside a transaction."""
    if before and not after:
        charts.note_past(tx, user, song, min(before.values()))


class _Found(NamedTuple):
    """What a vote finds of one person and one song."""

    loved: GuildsLovedIn
    dismissed: bool


_NOTHING = _Found({}, dismissed=False)


def _found(tx: Transaction, user: int, song: str) -> _Found:
    rows = tx.all(_SQL.found, user=user, song=song)
    if not rows:
        return _NOTHING
    loved: dict[int, int] = {}
    for guild, at in rows:
        if guild is not None:
            loved[guild] = min(at, loved.get(guild, at))
    return _Found(loved, any(guild is None for guild, _ in rows))


def _press(tx: Transaction, user: int, song: str, *, guild: int, origin: PressOrigin, now: int) -> Marked[Pressed]:
    found = _found(tx, user, song)
    new = tx.one(_SQL.press, user=user, song=song, origin=origin, guild=guild, now=now)
    since = min(found.loved.values()) if found.loved else now
    if new is not None and now < since:
        since = now
    pressed = Pressed(not found.loved, since, tx.value(_SQL.total, user=user))
    changes = () if new is None else _begun(user, song, guild, found.loved, now)
    return Marked(pressed, changes, _lifted(tx, user, song) if found.dismissed else ())


def _lifted(tx: Transaction, user: int, song: str) -> tuple[Opinion, ...]:
    """End "not for me" with a heart: what that changed."""
    tx.one(_SQL.lift_dismissal, user=user, song=song)
    return (Opinion(user, SongId(song), 0, "dismiss", held=False),)


def _begun(user: int, song: str, guild: int, before: GuildsLovedIn, now: int) -> tuple[MarkChange, ...]:
    """What a new mark changed: nothing where the love counted in its guild before."""
    return () if guild in before else (MarkChange(user, SongId(song), guild, True, not before, now),)


def withdraw(tx: Transaction, user: int, song: str) -> tuple[MarkChange, ...]:
    """Remove a favourite explicitly inside a transaction: what that changed."""
    before = guilds_loved_in(tx, user, song)
    tx.all(_SQL.withdraw, user=user, song=song)
    tx.all(_SQL.drop_presses, user=user, song=song)
    note_ended(tx, user, song, before, {})
    return tuple(differences(user, SongId(song), before, {}))


def guilds_loved_in(tx: Transaction, user: int, song: str) -> GuildsLovedIn:
    """Where one person's love of a song counts, inside a transaction."""
    return dict(tx.all(_SQL.guilds_loved_in, user=user, song=song))


def _people_who_love(tx: Transaction, song: str) -> dict[int, dict[int, int]]:
    people: dict[int, dict[int, int]] = {}
    for user, guild, at in tx.all(_SQL.people_who_love, song=song):
        people.setdefault(user, {})[guild] = at
    return people
