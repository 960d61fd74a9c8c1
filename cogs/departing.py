"""Leaving a server: what was kept for it goes some time later, unless the bot is asked back."""

from __future__ import annotations

import asyncio
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
        self._compared = asyncio.Event()

    async def cog_load(self) -> None:
        """Begin to clear up once a day; never suspends."""
        self.clear_up.start()

    async def cog_unload(self) -> None:
        """No longer clear up; never suspends."""
        self.clear_up.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Compare the servers there are with those something is kept for."""
        try:
            left = await self.bot.store.departed.compare([guild.id for guild in self.bot.guilds], reply.now())
        except StoreError as error:
            log.warning("Which servers were left meanwhile could not be kept: %s", error)
            return
        if left:
            log.info("Left %d servers meanwhile", len(left))
        self._compared.set()

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
        """Remove what is kept for servers left long enough ago, and that only once it is known which those are."""
        await self._compared.wait()
        try:
            for guild in await self.bot.store.departed.due(reply.now() - self.bot.settings.guild_data_days * _DAY):
                await self.bot.store.departed.remove(guild)
                log.info(
                    "What was kept for server %s, left %d days ago, is gone", guild, self.bot.settings.guild_data_days
                )
        except StoreError as error:
            log.warning("What is kept for servers left long ago could not be removed; tried again tomorrow. %s", error)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Departing(bot))
