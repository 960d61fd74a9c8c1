"""/find: anything, in any spelling."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.errors import Refusal
from bot.host import Host
from bot.locale.commands import said
from bot.ui import findings, opening
from bot.ui.routes import RoutedCog, route
from bot.ui.usertext import visible


class Finding(RoutedCog):
    """Finds songs, dramas, artists, collections and moods by whatever words somebody remembers."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="find", description=said("finding.command"))
    @app_commands.describe(words=said("finding.option-words"))
    async def find(self, interaction: discord.Interaction, words: app_commands.Range[str, 1, findings.WORDS]) -> None:
        """Answer privately with what the words may mean."""
        if not visible(words):
            raise Refusal("finding.no-words")
        await opening.show_page(interaction, "found", words[: findings.WORDS], private=True)

    @route("open-found")
    async def open(self, interaction: discord.Interaction) -> None:
        """Open what was chosen of the things found, to as many as saw the menu."""
        values = (interaction.data or {}).get("values") or [""]
        kind, _, id = str(values[0]).partition(":")
        await opening.open_found(interaction, kind, id, private=opening.is_private(interaction))


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Finding(bot))
