"""The bot as cogs and screens see it: what they may ask of it, without knowing how it is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord.ext import commands

from bot.catalogue import Changes
from bot.library import Library
from bot.progress import Progress
from bot.settings import Settings
from bot.store import Store
from bot.ui.routes import Routes

if TYPE_CHECKING:
    from bot.ui.operators import Operators
    from bot.ui.redrawing import Redraws


class Host(commands.AutoShardedBot):
    """A bot with a library of songs, a store of what people said, and routes for its components."""

    settings: Settings
    library: Library
    store: Store
    routes: Routes
    redraws: Redraws
    operators: Operators
    started: int
    """UTC second in which it began to start."""
    recounted: Progress | None = None
    """How far the present recount is, or what the latest one came to."""

    async def reload_library(self) -> Changes:
        """Read the data anew and swap it in at once. Raises CatalogueError, and then nothing has changed."""
        raise NotImplementedError

    async def take_additions(self) -> Changes:
        """Lay what was added while running over the files anew, without reading these, and swap it in at once."""
        raise NotImplementedError

    async def sync_changed_commands(self, *, always: bool = False) -> int:
        """Tell Discord of commands that changed, or of all; returns in how many scopes."""
        raise NotImplementedError
