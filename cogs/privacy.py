"""/privacy: what is kept on the asker, as a list, as a file, or deleted for good."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.errors import Refusal
from bot.host import Host
from bot.locale import LOCALES
from bot.locale.commands import said
from bot.ui import privacy, reply
from bot.ui.routes import RoutedCog, chosen_one, press, route, whole


class Privacy(RoutedCog):
    """Answers always privately, and only about the one who asks."""

    group = app_commands.Group(name="privacy", description=said("privacy.command"))

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @group.command(name="what", description=said("privacy.command-what"))
    async def what(self, interaction: discord.Interaction) -> None:
        """List what is kept on the asker."""
        await reply.send(interaction, await self._page(interaction), private=True)

    @route("privacy-answers")
    async def answer_privately(self, interaction: discord.Interaction, private: str) -> None:
        """Answer the presser always privately, or as usual."""
        await self.bot.store.people.set_private(interaction.user.id, whole(private, 1) == 1)
        await reply.turn_private(interaction, await self._page(interaction))

    @route("privacy-language")
    async def speak(self, interaction: discord.Interaction) -> None:
        """Speak to the presser in the language chosen."""
        language = chosen_one(interaction)
        if language not in (privacy.DISCORDS_LANGUAGE, *LOCALES):
            raise Refusal("error.stale")
        spoken = None if language == privacy.DISCORDS_LANGUAGE else language
        await self.bot.store.people.set_locale(interaction.user.id, spoken)
        await reply.turn_private(interaction, await self._page(interaction))

    async def _page(self, interaction: discord.Interaction) -> discord.ui.LayoutView:
        rows = await self.bot.store.privacy.counted(interaction.user.id)
        return privacy.kept(rows, self.bot.store.people.get(interaction.user.id), reply.mine(interaction))

    @group.command(name="export", description=said("privacy.command-export"))
    async def export(self, interaction: discord.Interaction) -> None:
        """Send the asker everything as one file."""
        await self.send_file(interaction)

    @route("privacy-export")
    async def send_file(self, interaction: discord.Interaction) -> None:
        """Send the presser everything as one file."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        records = await self.bot.store.privacy.export(interaction.user.id)
        file = await privacy.file(records, interaction.user.id, reply.now(), self.bot.library.catalogue)
        view = privacy.handed_over(file, reply.mine(interaction))
        await reply.send(interaction, view, private=True, files=[file])

    @group.command(name="delete", description=said("privacy.command-delete"))
    async def delete(self, interaction: discord.Interaction) -> None:
        """Ask once whether everything shall go."""
        await self.ask(interaction)

    @route("privacy-ask")
    async def ask(self, interaction: discord.Interaction) -> None:
        """Ask once whether everything shall go."""
        texts = reply.mine(interaction)
        buttons = (
            press("privacy-delete", label=texts("privacy.delete-all"), style=discord.ButtonStyle.danger),
            press("privacy-export", label=texts("privacy.export-first")),
        )
        await reply.say(interaction, texts("privacy.sure"), *buttons)

    @route("privacy-delete")
    async def delete_all(self, interaction: discord.Interaction) -> None:
        """Delete everything on the presser, for good."""
        deleted = await self.bot.store.privacy.delete(interaction.user.id, reply.now())
        self.bot.dispatch("deleted_person", interaction.user.id)
        sentence = reply.mine(interaction)("privacy.deleted", count=sum(deleted.rows.values()))
        await reply.say(interaction, sentence)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Privacy(bot))
