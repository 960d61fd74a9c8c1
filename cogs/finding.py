"""/find: anything, in any spelling; and "Find the OST" for what a message names."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import limits
from bot.errors import Refusal
from bot.host import Host
from bot.locale.commands import said
from bot.ui import findings, mentioned, opening, reply
from bot.ui.reply import Audience
from bot.ui.routes import RoutedCog, chosen_one, route, whole
from bot.ui.usertext import visible


class Finding(RoutedCog):
    """Finds songs, dramas, artists, collections and moods by whatever words somebody remembers."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=said("mentions.menu"), callback=self._find_in)

    async def cog_load(self) -> None:
        """Take the verbs, and put the command into the menu of messages."""
        await super().cog_load()
        self.bot.tree.add_command(self._menu, override=True)

    async def cog_unload(self) -> None:
        """Give the verbs and the menu's command back."""
        await super().cog_unload()
        if self.bot.tree.get_command(self._menu.name, type=self._menu.type) is self._menu:
            self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="find", description=said("finding.command"))
    @app_commands.describe(words=said("finding.option-words"))
    async def find(self, interaction: discord.Interaction, words: app_commands.Range[str, 1, findings.WORDS]) -> None:
        """Answer privately with what the words may mean."""
        if not visible(words):
            raise Refusal("finding.no-words")
        await opening.show_page(interaction, "found", words[: findings.WORDS], private=True)

    async def _find_in(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Answer privately with the songs and dramas that a message names."""
        found = await mentioned.found_in(mentioned.told_in(message), self.bot.library)
        if not found:
            raise Refusal("mentions.none")
        to = reply.audience(interaction, private=True)
        await reply.send(interaction, mentioned.mentions_page(self.bot, to, found), private=True)

    @route("mentions-post")
    async def post_mentions(self, interaction: discord.Interaction, sure: str) -> None:
        """Show everybody here what was found in a message."""
        found = mentioned.read_back(interaction.message, whole(sure, limits.SELECT_OPTIONS), self.bot.library)
        if not found:
            raise Refusal("error.stale")
        asked = reply.audience(interaction, private=False)
        to = Audience(False, asked.texts, asked.guild)
        await reply.send(interaction, mentioned.mentions_page(self.bot, to, found), private=False)

    @route("open-found")
    async def open(self, interaction: discord.Interaction) -> None:
        """Open what was chosen of the things found, to as many as saw the menu."""
        kind, _, id = chosen_one(interaction).partition(":")
        await opening.open_found(interaction, kind, id, private=reply.seen_alone(interaction))


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Finding(bot))
