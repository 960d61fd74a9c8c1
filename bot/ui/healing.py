"""Finds the card a reaction was put on; one whose row is missing is read back from Discord once."""

from __future__ import annotations

import asyncio
import json
import logging
import weakref
from typing import Final

import discord

from bot import limits
from bot.host import Host
from bot.store import Card
from bot.trouble import OUTAGE, named
from bot.ui import reply, showing

log = logging.getLogger(__name__)

_STRANGERS: Final = 1_000
"""Messages remembered not to be cards, so that each is looked up once."""
_AGAIN_S: Final = (5.0, 30.0, 120.0)
"""Seconds after which a message that Discord could not show is asked for once more."""


class Cards:
    """The cards as reactions find them."""

    def __init__(self, bot: Host) -> None:
        self._bot = bot
        self._strangers: dict[int, None] = {}
        self._lookups: weakref.WeakValueDictionary[int, asyncio.Lock] = weakref.WeakValueDictionary()

    async def under(self, event: discord.RawReactionActionEvent) -> Card | None:
        """Return the card under a reaction, or None where it is none of ours; at once where it was asked for lately."""
        return self._bot.store.cards.remembered(event.message_id) or await self._look_up(event)

    def lookup(self, message: int) -> asyncio.Lock:
        """What is held while a message is looked up: each once, however many react to it meanwhile."""
        return self._lookups.setdefault(message, asyncio.Lock())

    async def _look_up(self, event: discord.RawReactionActionEvent) -> Card | None:
        if event.message_id in self._strangers:
            return None
        cards = self._bot.store.cards
        async with self.lookup(event.message_id):
            if event.message_id in self._strangers:
                return None
            known = cards.remembered(event.message_id) or await cards.get(event.message_id)
            return known or await self._heal(event)

    async def _heal(self, event: discord.RawReactionActionEvent) -> Card | None:
        try:
            message = await self._fetch(event.channel_id, event.message_id)
        except OUTAGE as error:
            log.warning("A heart under message %s was not counted: %s", event.message_id, named(error))
            return None
        card = self._card(event, message) if message else None
        if card is None:
            if len(self._strangers) >= _STRANGERS:
                self._strangers.pop(next(iter(self._strangers)))
            self._strangers[event.message_id] = None
            return None
        await self._bot.store.cards.add(card)
        return card

    async def _fetch(self, channel: int, message: int) -> discord.Message | None:
        """Read a message; None where it is gone or out of sight. Raises OUTAGE where Discord is away for long."""
        partial = self._bot.get_partial_messageable(channel).get_partial_message(message)
        for pause in (*_AGAIN_S, None):
            try:
                return await partial.fetch()
            except (discord.NotFound, discord.Forbidden) as error:
                log.info("Message %s could not be read: %s", message, named(error))
                return None
            except OUTAGE as error:
                if pause is None:
                    raise
                log.info("Message %s could not be read yet: %s", message, named(error))
                await asyncio.sleep(pause)
        return None

    def _card(self, event: discord.RawReactionActionEvent, message: discord.Message) -> Card | None:
        """Read the songs of a message of ours off its buttons."""
        if self._bot.user is None or message.author.id != self._bot.user.id:
            return None
        components = [component.to_dict() for component in message.components]
        ids = [str(c.get("custom_id", "")) for c in limits.walk(components)]  # pyright: ignore[reportArgumentType]
        loved = [self._bot.library.catalogue.song(id.partition(":")[2]) for id in ids if id.startswith("love:")]
        songs = tuple(song.id for song in loved if song)
        if not songs:
            return None
        won = any(id.startswith("cup-new:") for id in ids)
        kind = showing.PICKS if "more" in ids else showing.CHAMPION if won else showing.ONE_SONG
        guild = event.guild_id or 0
        locale = self._bot.store.guilds.get(guild).locale or "en"
        detail = json.dumps({"why": [], "asked": {}})
        return Card(event.message_id, event.channel_id, guild, kind, songs, locale, reply.now(), detail)
