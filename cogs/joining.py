"""What the bot says when it joins a server: three quiet lines, once."""

from __future__ import annotations

import logging

import discord
from discord.ext import commands

from bot.host import Host
from bot.recommend import Request
from bot.trouble import OUTAGE, named
from bot.ui import joining, places, reply, showing
from bot.ui.routes import RoutedCog, route

log = logging.getLogger(__name__)


class Joining(RoutedCog):
    """Greets a guild and answers the greeting's buttons."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a guild where the bot may write, without ringing anybody; never the same guild twice."""
        if not await self.bot.store.daily.greet(guild.id, reply.now()):
            return
        channel = places.front_door(guild)
        if channel is None:
            log.info("Joined guild %s, where there is no channel to greet in", guild.id)
            return
        place = self.bot.get_partial_messageable(channel, guild_id=guild.id)
        try:
            await place.send(view=joining.greeting(places.spoken(self.bot, guild)), silent=True)
        except OUTAGE as error:
            log.info("Joined guild %s, where the greeting could not be sent: %s", guild.id, named(error))

    @route("join-try")
    async def try_one(self, interaction: discord.Interaction) -> None:
        """Show whoever pressed a first pick, for themselves."""
        await showing.show_picks(interaction, Request(), private=True)

    @route("join-remove")
    async def remove(self, interaction: discord.Interaction) -> None:
        """Take the greeting away."""
        places.managed(interaction)
        await interaction.response.defer()
        await interaction.delete_original_response()


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Joining(bot))
