"""Noraebot itself: wiring and life cycle, nothing else."""

from __future__ import annotations

import asyncio
import logging
import sys
from contextlib import nullcontext
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import learning, logs
from bot.catalogue import Catalogue, Changes, compare
from bot.connection import Connection
from bot.delivery import deliver_through
from bot.endpoint import point_gateway, point_rest
from bot.errors import log_unexpected
from bot.host import Host
from bot.library import Library
from bot.locale.commands import CommandTexts
from bot.memory import kept_for_good
from bot.recommend import MarkEvent
from bot.settings import Settings
from bot.stopping import cancelled_when_told, ended_when_cancelled, finish_answers, hang_up, within
from bot.store import Store
from bot.tree import Tree, sync_changed
from bot.ui.operators import Operators
from bot.ui.redrawing import Redraws
from bot.ui.routes import Control, Routes

log = logging.getLogger(__name__)

COGS = (
    "cogs.recommending",
    "cogs.songs",
    "cogs.finding",
    "cogs.collections",
    "cogs.charting",
    "cogs.tasting",
    "cogs.worldcup",
    "cogs.dueling",
    "cogs.voting",
    "cogs.recounting",
    "cogs.favourites",
    "cogs.favourite_pages",
    "cogs.comments",
    "cogs.writing",
    "cogs.suggesting",
    "cogs.moderating",
    "cogs.daily",
    "cogs.daily_clock",
    "cogs.joining",
    "cogs.settings",
    "cogs.helping",
    "cogs.privacy",
    "cogs.departing",
    "cogs.copying",
)
"""The capabilities every bot has."""
OPERATING = ("cogs.admin", "cogs.curating", "cogs.reviewing")
"""Those that come with ADMIN_GUILD_ID."""


_GATHER = 0.05
"""Seconds in which cards gather for one commit: a reader needs longer to see one and tap a heart."""
_FAREWELL = 1.0
"""Seconds that discord.py gets to close, once everything is said."""


class Noraebot(Host):
    """The bot: opens its library and its store, loads its cogs, and closes what it opened."""

    def __init__(self, settings: Settings, gather: float) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self.settings = settings
        self._gather = gather
        self.routes = Routes()
        self.redraws = Redraws(self)
        self.operators = Operators(self)
        self._opened = False
        self._reloading = asyncio.Lock()

    def _get_state(self, **options: Any) -> Connection:
        return Connection(dispatch=self.dispatch, handlers=self._handlers, hooks=self._hooks, http=self.http, **options)

    async def setup_hook(self) -> None:
        """Open the store and the library, load the cogs, and sync the commands that changed."""
        self.started = int(discord.utils.utcnow().timestamp())
        if self.settings.api_url:
            await point_gateway(self.http)
        with kept_for_good():
            self.store = await Store.open(self.settings.database, gather=self._gather)
        self._opened = True
        self.library = await self._open_library()
        await self.store.songs.rename(self.library.catalogue.formerly)
        learning.follow(self.store, self._hear)
        self.store.marks.on_change(self.redraws.follow)
        self.store.comments.on_withdrawn(self.redraws.withdraw)
        self.redraws.withdraw()
        self.add_dynamic_items(Control)
        await self.tree.set_translator(CommandTexts())
        for cog in COGS:
            await self.load_extension(cog)
            await asyncio.sleep(0)
        if self.settings.admin_guild_id:
            for cog in OPERATING:
                await self.load_extension(cog)
        else:
            log.info("There are no /admin commands: set ADMIN_GUILD_ID to the guild they should appear in")
        await self.sync_changed_commands()

    async def _open_library(self, files: Catalogue | None = None) -> Library:
        """Build a library over the data folder, or over files read before, and over what was added while running."""
        additions = await self.store.additions.all()
        with kept_for_good():
            if files is None:
                library = await asyncio.to_thread(Library.open, self.settings.data, additions=additions)
            else:
                library = await asyncio.to_thread(Library.over, files, additions)
            await learning.learn(self.store, library.recommender)
        for unread in library.overlaid.unread:
            for mistake in unread.mistakes:
                log.warning("A song added while running is left out: %s", mistake)
        return library

    async def reload_library(self) -> Changes:
        """Read the data anew and swap it in at once. Raises CatalogueError, and then nothing has changed.

        Marks made while it is being read are counted by the old library and the new one; those on songs that
        are gone stay in the store and count again when the songs come back.
        """
        return await self._swap_library(fresh=True)

    async def take_additions(self) -> Changes:
        """Lay what was added while running over the files anew, without reading these, and swap it in at once."""
        return await self._swap_library(fresh=False)

    async def _swap_library(self, *, fresh: bool) -> Changes:
        async with self._reloading:
            meanwhile: list[MarkEvent] = []
            stop = learning.follow(self.store, meanwhile.append)
            try:
                library = await self._open_library(None if fresh else self.library.files)
                for said in meanwhile:
                    library.recommender.absorb(said)
                before, self.library = self.library, library
            finally:
                stop()
            await self.store.songs.rename(library.catalogue.formerly)
            return await asyncio.to_thread(compare, before.catalogue, library.catalogue)

    def _hear(self, said: MarkEvent) -> None:
        self.library.recommender.absorb(said)

    async def sync_changed_commands(self, *, always: bool = False) -> int:
        """Tell Discord of commands that changed, or of all; returns in how many scopes."""
        return await sync_changed(self, always=always)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log a listener's failure with a reference; there is nobody to tell it to."""
        log_unexpected(event_method, sys.exception())

    async def on_ready(self) -> None:
        """Say in the log that the bot can be talked to."""
        log.info("Ready as %s in %d guilds", self.user, len(self.guilds))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Route submitted modals, also those opened before a restart."""
        if interaction.type is discord.InteractionType.modal_submit and interaction.data:
            await self.routes.follow(interaction, str(interaction.data.get("custom_id", "")))

    async def close(self) -> None:
        """Stop taking work, finish answers and writes, and close what was opened, on every path."""
        try:
            if not self.is_closed():
                await hang_up(self)
                await finish_answers()
            self.redraws.stop()
            await within(_FAREWELL, super().close(), "discord.py did not close")
        finally:
            if self._opened:
                await self.store.close()


def create_bot(settings: Settings, *, gather: float = 0.0) -> Noraebot:
    """Build the bot; nothing is opened before it logs in.

    Cards are written within `gather` seconds, together; without, at once: where the clock stands still, as in a
    simulation, nothing may wait for it.
    """
    if settings.api_url:
        point_rest(settings.api_url)
    return Noraebot(settings, gather)


def _log_forgotten(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what a task or a callback died of when nobody waited for it."""
    error = context.get("exception")
    where = context.get("task") or context.get("future") or context.get("handle") or "the loop"
    name = where.get_name() if isinstance(where, asyncio.Task) else type(where).__name__
    if isinstance(error, BaseException):
        log_unexpected(f"{name}, which nobody waited for", error)
    else:
        log.warning("The loop says of %s: %s", name, context.get("message"))


async def serve(settings: Settings) -> int:
    """Run the bot until it is told to stop; returns the exit code."""
    logs.configure(settings.log_level, as_json=settings.log_json, secret=settings.token)
    bot = create_bot(settings, gather=_GATHER)
    deliver_through(bot)
    asyncio.get_running_loop().set_exception_handler(_log_forgotten)
    running = asyncio.current_task()
    try:
        with cancelled_when_told(running) if running else nullcontext():
            async with bot:
                await ended_when_cancelled(bot.start(settings.token or ""))
    except asyncio.CancelledError:
        log.info("Stopped")
    return 0
