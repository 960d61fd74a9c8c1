"""The walk from card to card: counts first, a page of history at a time, then the reactors where counts differ."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final, TypeVar

import discord

from bot.catalogue import SongId
from bot.limits import HISTORY_PAGE, REACTORS_PAGE
from bot.progress import Progress
from bot.recount.sight import HeartShown, Person, Shown, Sight
from bot.store import Card, Heart, Page, Reading, Store, StoreClosed, StoreError
from bot.store.journal import Watch
from bot.trouble import OUTAGE, named
from bot.ui import hearts

T = TypeVar("T")
log = logging.getLogger(__name__)

PAUSE: Final = 0.25
"""Seconds between two cards that are read, and two pages: answers to people come first."""
_FIRST_WAIT: Final = 5.0
"""Seconds to wait when Discord or the store fails; doubled each time."""
_LONGEST_WAIT: Final = 300.0
_DAY: Final = 86_400
"""Seconds."""
_TOLD_EVERY: Final = 100
"""Cards between two lines in the log."""
_ROUNDS: Final = 3
"""How often cards that changed under the walk's eyes are looked at again."""

_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE = 10003, 10008
"""Discord's error codes (topics/opcodes-and-status-codes)."""


class _ClearedError(Exception):
    """The card turned out to be cleared by others."""


class Recount:
    """Walks over the cards of some days and brings their votes in line with what Discord shows."""

    def __init__(
        self,
        store: Store,
        sight: Sight,
        *,
        me: int,
        clock: Callable[[], int],
        changed: Callable[[int], object],
        days: int,
        pause: float = PAUSE,
    ) -> None:
        self._store = store
        self._sight = sight
        self._me = me
        self._clock = clock
        self._changed = changed
        self._days = days
        self._pause = pause
        self._aside: set[int] = set()
        """Channels out of reach."""
        self.progress = Progress(clock())

    async def run(self) -> None:
        """Look at every card that is due: those that differ first, then those that only seem to agree.

        Equal counts can hide that one person left and another came. So a card that shows votes at all is read
        too, but only after all those known to differ.
        """
        progress = self.progress
        for attempt in range(_ROUNDS):
            due = {card.message: card for card in await self._due() if card.channel not in self._aside}
            if not due:
                break
            if attempt == 0:
                progress.cards = len(due)
                log.info("Recount: %d cards of the last %d days", len(due), self._days)
            alike = await self._walk(due, thorough=False)
            await self._walk(alike, thorough=True)
        progress.ended = self._clock()
        if progress.cards:
            log.info("Recount finished: %s", progress)

    async def _due(self) -> tuple[Card, ...]:
        begun = self.progress.begun
        return await self._kept(lambda: self._store.cards.due(begun - self._days * _DAY, begun))

    async def _walk(self, pending: dict[int, Card], *, thorough: bool) -> dict[int, Card]:
        """Look at all of these, page by page; returns those whose counts agree but may hide something."""
        alike: dict[int, Card] = {}
        while pending:
            newest = next(iter(pending.values()))
            if newest.channel in self._aside:
                self._done(pending, newest)
                continue
            try:
                with self._store.recounts.watch() as watch:
                    await self._page(newest, pending, alike, watch, thorough=thorough)
            except discord.HTTPException as error:
                await self._put_aside(newest.channel, pending, error)
        return alike

    async def _page(
        self, newest: Card, pending: dict[int, Card], alike: dict[int, Card], watch: Watch, *, thorough: bool
    ) -> None:
        """Look at one page of history, and at each pending card on it."""
        await asyncio.sleep(self._pause)
        at = self._store.recounts.moment
        page = await self._ask(lambda: self._sight.page(newest.channel, newest.message + 1))
        shown = {one.message: one for one in page}
        oldest = min(shown) if len(page) >= HISTORY_PAGE else 0
        cards = [
            card
            for card in pending.values()
            if card.channel == newest.channel and oldest <= card.message <= newest.message
        ]
        expected = await self._kept(lambda: self._store.recounts.counts([card.message for card in cards]))
        unchanged: list[int] = []
        for card in cards:
            seen = shown.get(card.message)
            if seen is None or _bare(card, seen):
                seen = await self._alone(card)
            if seen is None:
                self.progress.forgotten += 1
                await self._kept(lambda card=card: self._store.cards.forget(card.message))
            elif _bare(card, seen):
                await self._cleared(card)
            else:
                known = expected[card.message]
                differs = card.message in watch.touched() or self._counted(card, seen, known) != known
                if differs or (thorough and known):
                    await self._read(card, seen, known, watch, at)
                elif known:
                    alike[card.message] = card
                    del pending[card.message]
                    continue
                else:
                    unchanged.append(card.message)
            self._done(pending, card)
        await self._kept(lambda: self._store.cards.set_recounted(unchanged, self.progress.begun))

    async def _alone(self, card: Card) -> Shown | None:
        """Ask for a card itself before anything is concluded from its page; None where it is gone."""
        try:
            return await self._ask(lambda: self._sight.message(card.channel, card.message))
        except discord.NotFound as error:
            if error.code != _UNKNOWN_MESSAGE:
                raise
            log.info("Card %s is gone from channel %s; its votes stay", card.message, card.channel)
            return None

    def _votes(self, card: Card, shown: Iterable[HeartShown]) -> dict[Heart, SongId]:
        """Which of the hearts shown vote, normal or burst, and for which song."""
        emoji = self._store.guilds.get(card.guild).vote_emoji
        votes: dict[Heart, SongId] = {}
        for heart in shown:
            if (song := hearts.voted_song(card, heart.plain, emoji)) is not None:
                votes[heart.plain, False] = votes[heart.plain, True] = SongId(song)
        return votes

    def _counted(self, card: Card, seen: Shown, known: Mapping[Heart, int]) -> Counter[Heart]:
        """Count the reactions that are or were votes, without our own."""
        votes = self._votes(card, seen.hearts)
        counted: Counter[Heart] = Counter()
        for heart in seen.hearts:
            for burst, number in ((False, heart.normal - heart.ours), (True, heart.burst)):
                if number and ((heart.plain, burst) in votes or (heart.plain, burst) in known):
                    counted[heart.plain, burst] += number
        return counted

    async def _read(self, card: Card, seen: Shown, known: Mapping[Heart, int], watch: Watch, at: int) -> None:
        """Read who reacted to one card, and bring its votes in line."""
        await asyncio.sleep(self._pause)
        self.progress.read += 1
        votes = self._votes(card, seen.hearts)
        pages: list[Page] = []
        unclear: set[Heart] = set()
        try:
            for shown in sorted(seen.hearts, key=lambda heart: heart.ours):
                for burst, number in ((False, shown.normal), (True, shown.burst)):
                    heart = (shown.plain, burst)
                    if number and (heart in votes or heart in known):
                        found = await self._people(card, shown, burst, pages)
                        if not found:
                            unclear.add(heart)
        except _ClearedError:
            await self._cleared(card)
            return
        except discord.NotFound as error:
            if error.code != _UNKNOWN_MESSAGE:
                raise
            log.info("Card %s went while it was read; its votes stay", card.message)
            self.progress.forgotten += 1
            await self._kept(lambda: self._store.cards.forget(card.message))
            return
        reading = Reading(card, at, votes, tuple(pages), frozenset(unclear))
        result = await self._kept(
            lambda: self._store.recounts.apply(reading, watch, self.progress.begun, self._clock())
        )
        self.progress.added += result.added
        self.progress.taken += result.taken
        if result.added or result.taken:
            self._changed(card.message)

    async def _people(self, card: Card, shown: HeartShown, burst: bool, pages: list[Page]) -> int:
        """Read all who reacted with one heart; returns how many, bots and ourselves too."""
        after, found, met = 0, 0, False
        while True:
            asked = self._store.recounts.moment
            people: list[Person] = await self._ask(
                lambda after=after: self._sight.people(
                    card.channel, card.message, shown.emoji, burst=burst, after=after
                )
            )
            last = len(people) < REACTORS_PAGE
            upto = None if last else people[-1].id
            persons = frozenset(person.id for person in people if not person.bot and person.id != self._me)
            pages.append(Page((shown.plain, burst), persons, after, upto, asked))
            found += len(people)
            met = met or any(person.id == self._me for person in people)
            if upto is None:
                break
            after = upto
        if shown.ours and not burst and not met and card.seeded:
            raise _ClearedError
        return found

    async def _cleared(self, card: Card) -> None:
        self.progress.cleared += 1
        log.info("Card %s was cleared by others; its votes stay", card.message)
        await self._kept(lambda: self._store.cards.set_cleared(card.message))

    async def _put_aside(self, channel: int, pending: dict[int, Card], error: discord.HTTPException) -> None:
        """Give up on a channel: for good where it is gone, until the next recount otherwise."""
        self._aside.add(channel)
        cards = [card for card in pending.values() if card.channel == channel]
        for card in cards:
            self._done(pending, card)
        if error.code == _UNKNOWN_CHANNEL:
            log.info("Channel %s is gone, and %d cards with it; their votes stay", channel, len(cards))
            self.progress.forgotten += len(cards)
            await self._kept(lambda: self._store.cards.forget_channel(channel))
        else:
            log.info("%d cards in channel %s are out of reach: %s", len(cards), channel, named(error))
            self.progress.aside += len(cards)

    def _done(self, pending: dict[int, Card], card: Card) -> None:
        del pending[card.message]
        self.progress.done = min(self.progress.done + 1, self.progress.cards)
        if self.progress.done % _TOLD_EVERY == 0 and pending:
            log.info("Recount: %s", self.progress)

    async def _ask(self, request: Callable[[], Awaitable[T]]) -> T:
        """Ask Discord, and again after a wait while it is overloaded or away."""
        wait = _FIRST_WAIT
        while True:
            try:
                return await request()
            except OUTAGE as error:
                if isinstance(error, discord.HTTPException) and error.status != 429 and error.status < 500:
                    raise
                log.warning("Recount: Discord does not answer (%s); it goes on in %.0f s", named(error), wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _kept(self, request: Callable[[], Awaitable[T]]) -> T:
        """Ask the store, and again after a wait while it cannot write."""
        wait = _FIRST_WAIT
        while True:
            try:
                return await request()
            except StoreClosed:
                raise
            except StoreError as error:
                log.warning("Recount: %s It goes on in %.0f s", error, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)


def _bare(card: Card, seen: Shown) -> bool:
    """Tell whether our own heart should be under a card and is not."""
    return card.seeded and not any(heart.ours for heart in seen.hearts)
