"""/admin: the operator reloads data and code, syncs commands, and sees how the bot is doing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.catalogue import CatalogueError
from bot.catalogue.typed import Typed
from bot.errors import Refusal
from bot.host import Host
from bot.limits import CHOICES
from bot.locale import Texts
from bot.locale.commands import said
from bot.store import StoreError, named_for
from bot.ui import adding, additions, admin, choices, queue, reply
from bot.ui.routes import RoutedCog, custom_id
from bot.ui.usertext import in_line

CATALOGUE = "catalogue"
ALL = "all"
_PACKAGE = "cogs."
_CURATORS = frozenset({"admin song add", "admin suggestions"})
"""Commands that curators may use too."""


class Admin(RoutedCog):
    """The operator's commands, in the operator's guild."""

    admin = app_commands.Group(
        name="admin",
        description=said("admin.about"),
        guild_only=True,
    )
    song = app_commands.Group(name="song", description=said("admin.about-song"), parent=admin)

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._operators = bot.operators

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Let only the operator in, and curators where songs are added, whatever the guild's own permissions say."""
        command = interaction.command
        if command is not None and command.qualified_name in _CURATORS:
            await self._operators.admit_curator(interaction.user.id)
        else:
            await self._operators.admit_operator(interaction.user.id)
        return True

    @admin.command(name="reload", description=said("admin.about-reload"))
    @app_commands.describe(what=said("admin.about-what"))
    async def reload(self, interaction: discord.Interaction, what: str) -> None:
        """Take in changed data or code."""
        texts = reply.mine(interaction)
        parts = self._parts()
        if what not in parts:
            raise Refusal("error.unknown-value", value=in_line(what[:80]))
        await interaction.response.defer(ephemeral=True, thinking=True)
        if what == CATALOGUE:
            reports = [await self._reload_catalogue(texts)]
        elif what == ALL:
            reports = [await self._reload_catalogue(texts)]
            told = {name: await self._reload_cog(name) for name in sorted(self.bot.extensions)}
            reports += admin.cogs_reports(told, texts)
            reports.append(admin.Report(texts("admin.below-restart")))
        else:
            name = _PACKAGE + what
            reports = [admin.cog_report(name, await self._reload_cog(name), texts)]
        synced = await self.bot.sync_changed_commands()
        if synced:
            reports.append(admin.Report(texts("admin.synced", count=synced)))
        files = [report.file for report in reports if report.file]
        await reply.send(interaction, admin.page(reports), private=True, files=files)

    @reload.autocomplete("what")
    async def what(self, interaction: discord.Interaction, text: str) -> list[app_commands.Choice[str]]:
        """Offer what can be reloaded, to the operator: choices pass by the check of commands."""
        if not await self._operators.is_operator(interaction.user.id):
            return []
        wanted = text.strip().casefold()
        return [app_commands.Choice(name=part, value=part) for part in self._parts() if wanted in part][:CHOICES]

    @admin.command(name="sync", description=said("admin.about-sync"))
    async def sync(self, interaction: discord.Interaction) -> None:
        """Tell Discord all commands anew."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        synced = await self.bot.sync_changed_commands(always=True)
        await reply.say(interaction, reply.mine(interaction)("admin.synced", count=synced))

    @admin.command(name="status", description=said("admin.about-status"))
    async def status(self, interaction: discord.Interaction) -> None:
        """Tell how the bot is doing."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        health = admin.Health(
            version=__version__,
            started=self.bot.started,
            guilds=len(self.bot.guilds),
            latencies=self.bot.latencies,
            database=await asyncio.to_thread(_size, Path(self.bot.store.path)),
            favourites=self.bot.store.tally.favourites(),
            recount=self.bot.recounted,
        )
        report = admin.status_report(health, self.bot.library.catalogue, reply.mine(interaction))
        await reply.send(interaction, admin.page([report]), private=True)

    @admin.command(name="backup", description=said("admin.about-backup"))
    async def backup(self, interaction: discord.Interaction) -> None:
        """Copy the database beside it; the copy is sent nowhere."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts = reply.mine(interaction)
        try:
            taken = await self.bot.store.back_up(self.bot.settings.backups / named_for(reply.now()))
        except StoreError as error:
            report = admin.Report(texts("admin.backup-failed", reason=discord.utils.escape_markdown(str(error))))
        else:
            report = admin.backup_report(taken, texts)
        await reply.send(interaction, admin.page([report]), private=True)

    @admin.command(name="suggestions", description=said("admin.about-suggestions"))
    async def suggestions(self, interaction: discord.Interaction) -> None:
        """Show the first suggestion that waits."""
        view = await queue.page_at(self.bot, self._operators, interaction, 0)
        await reply.send(interaction, view, private=True)

    @song.command(name="add", description=said("admin.about-song-add"))
    @app_commands.describe(drama=said("admin.option-drama"))
    async def add_song(self, interaction: discord.Interaction, drama: str | None = None) -> None:
        """Open the form for a new song, its drama filled in."""
        known = self.bot.library.catalogue.drama(drama.strip()) if drama else None
        name = adding.drama_words(self.bot, known) if known else drama or ""
        form = additions.form("song-keep", 0, Typed(name, "", "", ""), reply.mine(interaction))
        await interaction.response.send_modal(form)

    @add_song.autocomplete("drama")
    async def _complete_drama(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await choices.complete(interaction, "drama", typed)

    @song.command(name="edit", description=said("admin.about-song-edit"))
    @app_commands.describe(song=said("admin.option-addition"))
    async def edit_song(self, interaction: discord.Interaction, song: str) -> None:
        """Open the form with a song that was added."""
        await self.bot.routes.follow(interaction, custom_id("song-edit", song))

    @song.command(name="remove", description=said("admin.about-song-remove"))
    @app_commands.describe(song=said("admin.option-addition"))
    async def remove_song(self, interaction: discord.Interaction, song: str) -> None:
        """Ask whether a song that was added shall go."""
        await self.bot.routes.follow(interaction, custom_id("song-remove", song))

    @edit_song.autocomplete("song")
    @remove_song.autocomplete("song")
    async def _complete_addition(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if not await self._operators.is_operator(interaction.user.id):
            return []
        return additions.offered(self.bot.library, typed, reply.mine(interaction))

    def _parts(self) -> list[str]:
        return [CATALOGUE, ALL, *sorted(name.removeprefix(_PACKAGE) for name in self.bot.extensions)]

    async def _reload_catalogue(self, texts: Texts) -> admin.Report:
        try:
            changes = await self.bot.reload_library()
        except CatalogueError as error:
            return admin.mistakes_report(error, texts)
        return admin.changes_report(changes, self.bot.library, texts)

    async def _reload_cog(self, name: str) -> commands.ExtensionError | None:
        await asyncio.sleep(0)
        try:
            await self.bot.reload_extension(name)
        except commands.ExtensionError as error:
            return error
        return None


def _size(database: Path) -> int:
    """Add up the database's files in bytes, the log of recent writes among them."""
    files = [database, database.with_name(f"{database.name}-wal")]
    return sum(file.stat().st_size for file in files if file.exists())


async def setup(bot: Host) -> None:
    """Add the commands to the operator's guild; where there are curators, everybody there sees them."""
    guild = bot.settings.admin_guild_id
    if guild is not None:
        shown_to = None if bot.settings.curator_ids else discord.Permissions(administrator=True)
        Admin.admin.default_permissions = shown_to
        await bot.add_cog(Admin(bot), guild=discord.Object(guild))
