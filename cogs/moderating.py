"""Reports and "Moderate comments": what readers point at, and what moderators of the server decide."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord import app_commands

from bot import limits
from bot.catalogue import Song
from bot.errors import Refusal
from bot.host import Host
from bot.locale.commands import said
from bot.store import Case, ReportedTooMuch
from bot.store.comments import FOLDING_REPORTS
from bot.trouble import OUTAGE, named
from bot.ui import commenting, moderation, places, reply
from bot.ui.routes import RoutedCog, chosen, route, whole
from bot.ui.showing import song_named

log = logging.getLogger(__name__)

_NAMING_SONGS = frozenset({"love", "comments", "say-why"})
"""Verbs of the buttons that name the songs of a message."""
_LAST_PAGE = 10**6


class Moderating(RoutedCog):
    """Takes reports to those who decide, and decisions from nobody else."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=said("moderation.menu"), callback=self._moderate_from_menu)
        self._menu.default_permissions = discord.Permissions(manage_messages=True)
        self._menu.allowed_contexts = app_commands.AppCommandContext(guild=True)
        self._menu.allowed_installs = app_commands.AppInstallationType(guild=True)

    async def cog_load(self) -> None:
        """Take the verbs, and put the command into the menu of messages."""
        await super().cog_load()
        self.bot.tree.add_command(self._menu, override=True)

    async def cog_unload(self) -> None:
        """Give the verbs and the menu's command back."""
        await super().cog_unload()
        if self.bot.tree.get_command(self._menu.name, type=self._menu.type) is self._menu:
            self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @route("comment-report")
    async def ask_why(self, interaction: discord.Interaction, comment: str) -> None:
        """Ask a reader why they report a comment."""
        number = await self._reportable(interaction, comment)
        await reply.send(interaction, moderation.reasons_menu(number, reply.mine(interaction)), private=True)

    @route("comment-reported")
    async def report(self, interaction: discord.Interaction, comment: str) -> None:
        """Keep a report and bring it to the moderators."""
        reason = next(iter(chosen(interaction)), "")
        if reason not in moderation.REASONS:
            raise Refusal("error.stale")
        number, guild = await self._reportable(interaction, comment), reply.home(interaction)
        try:
            reported = await self.bot.store.moderation.report(
                number, guild, interaction.user.id, reason, reply.now(), commenting.REPORT_PACE
            )
        except ReportedTooMuch as error:
            raise Refusal("moderation.too-many", most=commenting.REPORT_PACE.most, at=error.again) from error
        if reported is None:
            raise Refusal("comments.gone")
        if not reported.new:
            raise Refusal("moderation.reported-before")
        told = await self._tell_moderators(guild, number, loud=reported.reports <= FOLDING_REPORTS)
        key = "moderation.thanks" if told else "moderation.thanks-kept"
        await reply.turn_private(interaction, reply.note(reply.mine(interaction)(key)))

    async def _reportable(self, interaction: discord.Interaction, comment: str) -> int:
        """Find the comment of somebody else that is read here. Raises Refusal."""
        guild = reply.home(interaction)
        if not guild:
            raise Refusal("error.guild-only")
        commenting.settled(interaction)
        found = await self.bot.store.comments.read_from(whole(comment), guild, interaction.user.id)
        if found is None:
            raise Refusal("comments.gone")
        if found.user == interaction.user.id:
            raise Refusal("moderation.own")
        return found.id

    async def _tell_moderators(self, guild: int, comment: int, *, loud: bool) -> bool:
        """Bring a report to the server's log channel; False where there is none that can be written in.

        One that is not `loud` adds nothing to what is there: the comment is folded already.
        """
        place, channel = self.bot.get_guild(guild), self.bot.store.guilds.get(guild).log_channel
        case = await self.bot.store.moderation.case(comment, guild, 0)
        if place is None or channel is None or case is None or not places.may_write(place, channel):
            return False
        if not loud:
            return True
        view = moderation.report(case, self._song(case), places.spoken(self.bot, place))
        try:
            await self.bot.get_partial_messageable(channel, guild_id=guild).send(view=view)
        except OUTAGE as error:
            log.info("A report could not be brought to guild %s: %s", guild, named(error))
            return False
        return True

    async def _moderate_from_menu(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        commenting.ruled(interaction)
        parts = limits.walk([component.to_dict() for component in message.components])  # pyright: ignore[reportArgumentType]
        ids = [str(part.get("custom_id", "")).split(":") for part in parts]
        named = dict.fromkeys(id[1] for id in ids if id[0] in _NAMING_SONGS and len(id) > 1)
        songs = [song for id in named if (song := self.bot.library.catalogue.song(id))]
        own = self.bot.user is not None and message.author.id == self.bot.user.id
        if not songs or not own:
            raise Refusal("moderation.no-card")
        if len(songs) == 1:
            await reply.send(interaction, await self._desk(interaction, songs[0].id, 0), private=True)
        else:
            view = moderation.choose_song(songs, self.bot.library.catalogue, reply.mine(interaction))
            await reply.send(interaction, view, private=True)

    @route("moderate")
    async def moderate(self, interaction: discord.Interaction, song: str, page: str = "0") -> None:
        """Show a moderator a song's comments, or all that is reported here."""
        await reply.turn_private(interaction, await self._desk(interaction, song, whole(page, _LAST_PAGE)))

    @route("moderate-one")
    async def moderate_one(self, interaction: discord.Interaction) -> None:
        """Show a moderator the comments of the song they chose."""
        await reply.turn_private(interaction, await self._desk(interaction, next(iter(chosen(interaction)), ""), 0))

    @route("decide")
    async def decide(
        self, interaction: discord.Interaction, act: str, comment: str, back: str, page: str = "0"
    ) -> None:
        """Do what a moderator decided, and show it in the place it was decided in."""
        guild, number, now = commenting.ruled(interaction), whole(comment), reply.now()
        decided = moderation.ACTS.get(act)
        if decided is None:
            raise Refusal("error.stale")
        if decided in moderation.OPERATORS and not await commenting.operates(interaction):
            raise Refusal("error.not-allowed")
        done = await self.bot.store.moderation.decide(decided, number, guild, interaction.user.id, now)
        if back != moderation.IN_LOG:
            view = await self._desk(interaction, back, whole(page, _LAST_PAGE))
            await reply.turn_private(interaction, view)
            return
        case = await self.bot.store.moderation.case(number, guild, 0)
        if not done or case is None:
            raise Refusal("moderation.settled" if case else "comments.gone")
        texts = reply.audience(interaction, private=False).texts
        outcome = moderation.outcome(decided, interaction.user.id, now, texts)
        await reply.turn(interaction, moderation.report(case, self._song(case), texts, outcome=outcome))

    @route("unblock")
    async def unblock(self, interaction: discord.Interaction, block: str) -> None:
        """Let somebody comment here again."""
        guild = commenting.ruled(interaction)
        await self.bot.store.moderation.unblock(whole(block), guild, interaction.user.id, reply.now())
        await self._show_blocks(interaction, guild, 0)

    @route("moderation-blocks")
    async def blocks(self, interaction: discord.Interaction, page: str) -> None:
        """Show a moderator who may not comment here."""
        await self._show_blocks(interaction, commenting.ruled(interaction), whole(page, _LAST_PAGE))

    async def _show_blocks(self, interaction: discord.Interaction, guild: int, number: int) -> None:
        rows = moderation.BLOCK_ROWS
        found = await self.bot.store.moderation.blocks(guild, limit=rows + 1, offset=number * rows)
        view = moderation.blocks(found[:rows], number, reply.mine(interaction), more=len(found) > rows)
        await reply.turn_private(interaction, view)

    @route("moderation-log")
    async def log(self, interaction: discord.Interaction, page: str) -> None:
        """Show a moderator who decided what here."""
        guild, number, rows = commenting.ruled(interaction), whole(page, _LAST_PAGE), moderation.LOG_ROWS
        done = await self.bot.store.moderation.done(guild, limit=rows + 1, offset=number * rows)
        texts, catalogue = reply.mine(interaction), self.bot.library.catalogue
        await reply.turn_private(
            interaction, moderation.log(done[:rows], number, catalogue, texts, more=len(done) > rows)
        )

    async def _desk(self, interaction: discord.Interaction, named: str, number: int) -> discord.ui.LayoutView:
        guild, rows = commenting.ruled(interaction), moderation.CASE_ROWS
        song = None if named == moderation.NO_SONG else song_named(self.bot, named)
        while True:
            found = await self.bot.store.moderation.cases(
                guild, song.id if song else "", interaction.user.id, limit=rows + 1, offset=number * rows
            )
            if found or not number:
                break
            number = 0
        return moderation.desk(
            [(case, self._song(case)) for case in found[:rows]],
            (named, number),
            reply.mine(interaction),
            song=song,
            more=len(found) > rows,
            operator=await commenting.operates(interaction),
        )

    def _song(self, case: Case) -> Song | None:
        return self.bot.library.catalogue.song(case.comment.song)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Moderating(bot))
