"""/help: what the bot can do, by what people want."""

from __future__ import annotations

import asyncio
import logging

import discord
from discord import app_commands

from bot.host import Host
from bot.locale.commands import said
from bot.ui import reply
from bot.ui.help import page
from bot.ui.routes import RoutedCog, route

log = logging.getLogger(__name__)

_PATIENCE = 1.0
"""Seconds that Discord has to tell the commands' ids, of the three in which to answer."""


class Helping(RoutedCog):
    """The way in for somebody who does not know the commands."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._ids: dict[str, int] = {}

    @app_commands.command(name="help", description=said("help.about-command"))
    async def help(self, interaction: discord.Interaction) -> None:
        """Show the reader what can be done."""
        ids = await self._known_ids()
        view = page(self.bot.library.catalogue, reply.mine(interaction), ids, post=bool(interaction.guild_id))
        await reply.send(interaction, view, private=True)

    @route("help-post")
    async def post(self, interaction: discord.Interaction) -> None:
        """Show everybody in the channel, in the server's language."""
        ids = await self._known_ids()
        texts = reply.audience(interaction, private=False).texts
        await reply.send(interaction, page(self.bot.library.catalogue, texts, ids, post=False), private=False)

    async def _known_ids(self) -> dict[str, int]:
        if not self._ids:
            try:
                async with asyncio.timeout(_PATIENCE):
                    fetched = await self.bot.tree.fetch_commands()
            except (discord.HTTPException, TimeoutError) as error:
                log.info("The commands' ids are not known yet: %s", error)
            else:
                self._ids = {command.name: command.id for command in fetched}
        return self._ids


async def setup(bot: Host) -> None:
    """Add /help."""
    await bot.add_cog(Helping(bot))
