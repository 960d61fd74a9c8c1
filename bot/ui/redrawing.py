"""Keeps the counts on cards true: the votes of a few seconds are one edit, and a refused edit is not asked for long."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Final

import discord

from bot.catalogue import SongId
from bot.store import Card, MarkChange, StoreError
from bot.trouble import OUTAGE, named
from bot.ui import comment_pages, duel_posts, dueling, reply, showing

if TYPE_CHECKING:
    from bot.host import Host

log = logging.getLogger(__name__)

GATHER_S: Final = 3.0
"""Seconds in which the votes on one card are gathered before its count is edited."""
_AGAIN_S: Final = (30.0, 120.0, 600.0)
"""Seconds after which an edit that Discord could not take is tried once more."""
_SHUT_S: Final = 600
"""Seconds in which a channel that forbids editing is left alone: Discord counts refused requests."""
_SHUT_CHANNELS: Final = 1_000
"""Most such channels remembered."""
_RECENT_S: Final = 7 * 86_400
"""Seconds for which a card follows votes given elsewhere; those on the card itself always count."""
_EVERY: Final = 1_000
"""Cards of one song in one guild that lose a comment which is not to be read any more."""
_NEWEST: Final = 3
"""Cards of one song in one guild that follow votes given elsewhere."""


class Redraws:
    """The cards whose counts are to be edited soon."""

    def __init__(self, bot: Host) -> None:
        self._bot = bot
        self._waiting: dict[int, asyncio.TimerHandle] = {}
        self._running: set[asyncio.Task[object]] = set()
        self._shut: dict[int, int] = {}
        self._songs: set[tuple[int, SongId]] = set()
        self._withdrawn = False
        self._finding: asyncio.TimerHandle | None = None

    def soon(self, message: int, *, failed: int = 0) -> None:
        """Edit a card's count once the votes of a few seconds are in; later, when it has failed before."""
        if message not in self._waiting:
            pause = _AGAIN_S[failed - 1] if failed else GATHER_S
            loop = asyncio.get_running_loop()
            self._waiting[message] = loop.call_later(pause, self._start, message, failed)

    def follow(self, change: MarkChange) -> None:
        """Edit the newest cards of a song where a favourite began or ended, however that was done."""
        if change.guild:
            self._songs.add((change.guild, change.song))
            if self._finding is None:
                self._finding = asyncio.get_running_loop().call_later(GATHER_S, self._find)

    def withdraw(self, *_: object) -> None:
        """Edit every card and posted page that may show what is no longer to be read; what a stop broke off, too."""
        self._withdrawn = True
        if self._finding is None:
            self._finding = asyncio.get_running_loop().call_later(GATHER_S, self._find)

    def stop(self) -> None:
        """Edit nothing more; never suspends."""
        for timer in [*self._waiting.values(), *([self._finding] if self._finding else [])]:
            timer.cancel()
        for task in self._running:
            task.cancel()

    def _start(self, message: int, failed: int) -> None:
        del self._waiting[message]
        self._run(self._redraw(message, failed), f"redraw card {message}")

    def _find(self) -> None:
        songs, self._songs, self._finding = self._songs, set(), None
        if self._withdrawn:
            self._withdrawn = False
            self._run(self._redraw_withdrawn(), "redraw cards that may quote")
        if songs:
            self._run(self._redraw_newest(songs, frozenset(self._waiting)), "redraw newest cards")

    def _run(self, work: Coroutine[None, None, object], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _redraw_newest(self, songs: set[tuple[int, SongId]], waiting: frozenset[int]) -> None:
        since = reply.now() - _RECENT_S
        for guild, song in songs:
            try:
                newest = await self._bot.store.cards.newest(guild, song, showing.ONE_SONG, since, _NEWEST)
            except StoreError as error:
                log.warning("The cards of %s could not be found: %s", song, error)
                return
            for message in newest:
                if message not in waiting:
                    await self._redraw(message, 0)

    async def _redraw_withdrawn(self) -> None:
        try:
            for withdrawn in await self._bot.store.comments.withdrawn():
                cards = [
                    message
                    for kind in (comment_pages.POSTED, showing.ONE_SONG)
                    for message in await self._bot.store.cards.newest(withdrawn.guild, withdrawn.song, kind, 0, _EVERY)
                ]
                if all([await self._redraw(message, 0) for message in cards]):
                    await self._bot.store.comments.settle(withdrawn)
        except StoreError as error:
            log.warning("The cards that may quote could not be found: %s", error)

    async def _redraw(self, message: int, failed: int) -> bool:
        """Draw a card anew; False where that is to be tried once more, some time."""
        try:
            card = await self._bot.store.cards.get(message)
            if card is None:
                return True
            if self._shut.get(card.channel, 0) > reply.now():
                return False
            await self._edit(message, card.channel, await self._view(card))
            return True
        except StoreError as error:
            log.warning("The count on card %s could not be read: %s", message, error)
        except OUTAGE as error:
            log.info("The count on card %s could not be edited: %s", message, named(error))
            if failed < len(_AGAIN_S):
                self.soon(message, failed=failed + 1)
        return False

    async def _view(self, card: Card) -> discord.ui.LayoutView | None:
        match card.kind:
            case comment_pages.POSTED:
                return await comment_pages.redraw(self._bot, card)
            case dueling.DUEL:
                return duel_posts.redrawn(self._bot, card)
            case _:
                return showing.redraw(self._bot, card)

    async def _edit(self, message: int, channel: int, view: discord.ui.LayoutView | None) -> None:
        if view is None:
            return
        try:
            await self._bot.get_partial_messageable(channel).get_partial_message(message).edit(view=view)
        except discord.NotFound:
            log.info("Card %s is gone", message)
            await self._bot.store.cards.forget(message)
        except discord.Forbidden as error:
            log.info("Cards in channel %s cannot be edited: %s", channel, named(error))
            if len(self._shut) >= _SHUT_CHANNELS:
                self._shut.pop(next(iter(self._shut)))
            self._shut[channel] = reply.now() + _SHUT_S
