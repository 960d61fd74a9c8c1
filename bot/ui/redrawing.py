"""Keeps the counts on cards true: the votes of a few seconds are one edit, and a refused edit is not asked for long."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import discord

from bot.host import Host
from bot.store import StoreError
from bot.trouble import OUTAGE, named
from bot.ui import reply, showing

log = logging.getLogger(__name__)

GATHER_S: Final = 3.0
"""Seconds in which the votes on one card are gathered before its count is edited."""
_AGAIN_S: Final = (30.0, 120.0, 600.0)
"""Seconds after which an edit that Discord could not take is tried once more."""
_SHUT_S: Final = 600
"""Seconds in which a channel that forbids editing is left alone: Discord counts refused requests."""
_SHUT_CHANNELS: Final = 1_000
"""Most such channels remembered."""


class Redraws:
    """The cards whose counts are to be edited soon."""

    def __init__(self, bot: Host) -> None:
        self._bot = bot
        self._waiting: dict[int, asyncio.TimerHandle] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._shut: dict[int, int] = {}

    def soon(self, message: int, *, failed: int = 0) -> None:
        """Edit a card's count once the votes of a few seconds are in; later, when it has failed before."""
        if message not in self._waiting:
            pause = _AGAIN_S[failed - 1] if failed else GATHER_S
            loop = asyncio.get_running_loop()
            self._waiting[message] = loop.call_later(pause, self._start, message, failed)

    def stop(self) -> None:
        """Edit nothing more; never suspends."""
        for timer in self._waiting.values():
            timer.cancel()
        for task in self._running:
            task.cancel()

    def _start(self, message: int, failed: int) -> None:
        del self._waiting[message]
        task = asyncio.create_task(self._redraw(message, failed), name=f"redraw card {message}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _redraw(self, message: int, failed: int) -> None:
        try:
            card = await self._bot.store.cards.get(message)
            if card is None or self._shut.get(card.channel, 0) > reply.now():
                return
            await self._edit(message, card.channel, showing.redraw(self._bot, card))
        except StoreError as error:
            log.warning("The count on card %s could not be read: %s", message, error)
        except OUTAGE as error:
            log.info("The count on card %s could not be edited: %s", message, named(error))
            if failed < len(_AGAIN_S):
                self.soon(message, failed=failed + 1)

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
