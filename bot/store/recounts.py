"""Recounts: brings a card's marks in line with the reactions that Discord showed, whatever happened meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.catalogue.model import SongId
from bot.store import cards
from bot.store.cards import Card
from bot.store.database import Database
from bot.store.forgotten import Forgotten
from bot.store.journal import Happening, Journal, Kind, Watch, kinds_for
from bot.store.marks import GuildsLovedIn, MarkChange, Marked, Marks, differences, guilds_loved_in, note_ended
from bot.store.opinions import Opinion
from bot.store.statements import Statements
from bot.store.transaction import Transaction

Heart = tuple[str, bool]
"""An emoji without variation selector and skin tone (of a custom one its id), and whether it is a burst."""
State = Literal["absent", "present", "withdrawn"]

_SQL = Statements("recounts")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of those who reacted with one heart: everybody with an id in (above, upto]."""

    heart: Heart
    people: frozenset[int]
    above: int
    upto: int | None
    """None: to the end."""
    at: int
    """The journal's moment when it was asked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What Discord showed of a card's reactions."""

    card: Card
    at: int
    """The journal's moment before anything was asked."""
    votes: Mapping[Heart, SongId]
    """Which song a heart votes for; a heart that is not here votes for nothing any more, and collects nobody."""
    pages: tuple[Page, ...] = ()
    unclear: frozenset[Heart] = frozenset()
    """Hearts of which this reading says nothing."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """What a reading came to."""

    counted: bool
    """False where it was too old, or the card was cleared, forgotten or renamed meanwhile."""
    added: int = 0
    """Marks it made."""
    taken: int = 0
    """Marks it took away."""


class Recounts:
    """What recounts ask of the store."""

    def __init__(self, database: Database, journal: Journal, forgotten: Forgotten, marks: Marks) -> None:
        self._database = database
        self._journal = journal
        self._forgotten = forgotten
        self._marks = marks

    @property
    def moment(self) -> int:
        """The journal's present moment."""
        return self._journal.moment

    def watch(self) -> Watch:
        """Watch what happens to votes, from before the first request until the last reading is applied."""
        return self._journal.watch()

    async def counts(self, messages: Iterable[int]) -> dict[int, Counter[Heart]]:
        """How many reactions each card should show of each heart, as the marks have it."""
        wanted = tuple(messages)

        def query(tx: Transaction) -> dict[int, Counter[Heart]]:
            return {message: _counts(tx, message) for message in wanted}

        return await self._database.read(query)

    async def apply(self, reading: Reading, watch: Watch, begun: int, now: int) -> Recounted:
        """Bring a card's marks in line with a reading, in one transaction, and note it as read.

        Each mark becomes what the table makes of it when the reading is taken as of the moment it was asked for
        and everything that happened since is put on top. A reading that another recount has overtaken is
        dropped. `begun` is when this recount began, in UTC seconds: a song put aside before it, and hearted since,
        is put aside no longer.
        """
        message = reading.card.message
        happenings = tuple(one for one in watch.happenings if one.message in {0, message})
        overtaken = any(one.kind == "recounted" and one.at > reading.at for one in happenings)
        if overtaken:
            return Recounted(counted=False)
        self._journal.note("recounted", message=message)
        work = _Work(reading, happenings, watch.spoke_again, self._forgotten, begun, now)
        return await self._marks.write(work.run)


@dataclass(frozen=True, slots=True)
class _Step:
    """A mark that must change."""

    user: int
    song: str
    heart: Heart
    now: State
    target: State


@dataclass(frozen=True, slots=True)
class _Work:
    """One reading on its way into the tables."""

    reading: Reading
    happenings: Sequence[Happening]
    spoke_again: Mapping[int, int]
    forgotten: Forgotten
    begun: int
    now: int

    def run(self, tx: Transaction) -> Marked[Recounted]:
        """Apply it; to be run as a unit."""
        card = self.reading.card
        present = cards.card(tx, card.message)
        if present is None or present.cleared or present.songs != card.songs:
            return Marked(Recounted(counted=False))
        cards.set_recounted(tx, card.message, self.begun)
        steps = self._steps(tx)
        before: dict[tuple[int, str], GuildsLovedIn] = {}
        for step in steps:
            if (step.user, step.song) not in before:
                before[step.user, step.song] = guilds_loved_in(tx, step.user, step.song)
        lifted = tuple(opinion for step in steps for opinion in self._take(tx, step))
        changes: list[MarkChange] = []
        for (user, song), loved in before.items():
            loves = guilds_loved_in(tx, user, song)
            changes += differences(user, SongId(song), loved, loves)
            note_ended(tx, user, song, loved, loves)
        added = sum(step.target == "present" for step in steps)
        taken = sum(step.now == "present" for step in steps)
        return Marked(Recounted(True, added, taken), tuple(changes), lifted)

    def _steps(self, tx: Transaction) -> list[_Step]:
        reading = self.reading
        marks: dict[tuple[int, Heart], tuple[str, State]] = {
            (user, (emoji, bool(burst))): (song, "present" if present else "withdrawn")
            for user, song, emoji, burst, present in tx.all(_SQL.of_card, message=reading.card.message)
        }
        seen = {(user, page.heart): page.at for page in reading.pages for user in page.people}
        strangers = {user for user, heart in seen.keys() - marks.keys() if heart in reading.votes}
        unwanted = self.forgotten.among(tx, strangers)
        steps: list[_Step] = []
        for user, heart in dict.fromkeys([*marks, *seen]):
            song, now = marks.get((user, heart), (reading.votes.get(heart), "absent"))
            if song is None or heart in reading.unclear:
                continue
            at = seen.get((user, heart))
            asked = self._asked(user, heart) if at is None else at
            if now == "absent" and (user in unwanted or self.spoke_again.get(user, 0) > asked):
                continue
            since = kinds_for(self.happenings, asked, user, song, *heart)
            target = settled(now, at is not None, since)
            if target != now:
                steps.append(_Step(user, song, heart, now, target))
        return steps

    def _asked(self, user: int, heart: Heart) -> int:
        """The moment of the page on which this person would have been seen."""
        for page in self.reading.pages:
            if page.heart == heart and page.above < user and (page.upto is None or user <= page.upto):
                return page.at
        return self.reading.at

    def _take(self, tx: Transaction, step: _Step) -> tuple[Opinion, ...]:
        """Set one mark as it is to be; returns the dismissal that this ended."""
        place = {
            "user": step.user,
            "song": step.song,
            "message": self.reading.card.message,
            "emoji": step.heart[0],
            "burst": int(step.heart[1]),
        }
        if step.target == "absent":
            tx.one(_SQL.drop, **place)
            return ()
        present = int(step.target == "present")
        tx.one(_SQL.set, **place, guild=self.reading.card.guild, present=present, now=self.now)
        if not present:
            return ()
        lifted = tx.one(_SQL.lift_older_dismissal, user=step.user, song=step.song, before=self.begun)
        return () if lifted is None else (Opinion(step.user, SongId(step.song), 0, "dismiss", held=False),)


def settled(now: State, seen: bool, since: Sequence[Kind]) -> State:
    """What a mark is to become, given whether its reaction was seen and what happened to it since.

    As if the table's "recount sees it" or "misses it" had come first and the rest after: what took a mark away
    wins over any reading; a removal sticks to a reaction that was seen; on one that was not seen, only what came
    later counts.
    """
    if "taken" in since or "deleted" in since:
        return now
    if seen:
        if "removed" in since:
            return "withdrawn"
        return "present" if now == "absent" else now
    state: State = "absent"
    for kind in since:
        if kind == "added" and state == "absent":
            state = "present"
        elif kind == "removed" and state == "present":
            state = "withdrawn"
    return state


def _counts(tx: Transaction, message: int) -> Counter[Heart]:
    return Counter({(emoji, bool(burst)): count for emoji, burst, count in tx.all(_SQL.counts, message=message)})
