"""Leaving a server: what was kept for it goes some time later, unless the bot is asked back."""

from __future__ import annotations

import logging

import discord
from discord.ext import commands, tasks

from bot.host import Host
from bot.store import StoreError
from bot.ui import reply

log = logging.getLogger(__name__)

_DAY = 86_400  # seconds


class Departing(commands.Cog):
    """Notes which servers the bot is no longer in, and clears up after them."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin to clear up once a day; never suspends."""
        self.clear_up.start()

    async def cog_unload(self) -> None:
        """No longer clear up; never suspends."""
        self.clear_up.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Clear up as soon as it is known which servers there are."""
        await self._clear_up()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note when a server was left; an outage of Discord's does not come here."""
        try:
            await self.bot.store.departed.left(guild.id, reply.now())
        except StoreError as error:
            log.warning("That server %s was left could not be kept: %s", guild.id, error)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Keep what is kept for a server that asks the bot back."""
        try:
            await self.bot.store.departed.back(guild.id)
        except StoreError as error:
            log.warning("That server %s is back could not be kept: %s", guild.id, error)

    @tasks.loop(hours=24)
    async def clear_up(self) -> None:
        """Clear up once a day, while it is known which servers there are."""
        if self.bot.is_ready():
            await self._clear_up()

    async def _clear_up(self) -> None:
        """Note which servers were left unheard, and remove what is kept for those left long enough ago."""
        days, departed = self.bot.settings.guild_data_days, self.bot.store.departed
        now = reply.now()
        try:
            if left := await departed.compare([guild.id for guild in self.bot.guilds], now):
                log.info("Left %d servers while nobody listened", len(left))
            for guild in await departed.due(now - days * _DAY):
                await departed.remove(guild)
                log.info("What was kept for server %s, left over %d days ago, is gone", guild, days)
        except StoreError as error:
            log.warning("What is kept for servers that were left could not be removed; tried again tomorrow. %s", error)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Departing(bot))
