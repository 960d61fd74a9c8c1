"""/collections: the editor's choices, with the reader's progress."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.errors import Refusal
from bot.host import Host
from bot.locale.commands import said
from bot.ui import choices, opening
from bot.ui.routes import RoutedCog, route


class Collections(RoutedCog):
    """Shows the list of collections and each of them."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="collections", description=said("collections.command"))
    @app_commands.describe(name=said("collections.option-name"))
    async def collections(self, interaction: discord.Interaction, name: str | None = None) -> None:
        """Answer privately with one collection, or with the list of all."""
        if name is None:
            await opening.show_page(interaction, "collections", "all", private=True)
        else:
            id = choices.meant(interaction, "collection", name)
            await opening.show_page(interaction, "collection", id, private=True)

    @collections.autocomplete("name")
    async def _complete(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await choices.complete(interaction, "collection", typed)

    @route("open-collection")
    async def open(self, interaction: discord.Interaction) -> None:
        """Open the collection chosen in the list, to as many as saw the list."""
        values = (interaction.data or {}).get("values") or []
        if not values:
            raise Refusal("error.stale")
        private = opening.is_private(interaction)
        await opening.show_page(interaction, "collection", str(values[0]), private=private)


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Collections(bot))
