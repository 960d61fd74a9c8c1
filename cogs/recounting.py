"""Recounts: after the bot was away, votes given and taken back meanwhile are found under the cards."""

from __future__ import annotations

import asyncio
import logging

from discord.ext import commands

from bot.host import Host
from bot.recount import DiscordSight, Recount
from bot.store import StoreError
from bot.ui import reply

log = logging.getLogger(__name__)


class Recounting(commands.Cog):
    """Starts a recount whenever a session begins anew; one that was resumed has missed nothing."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot
        self._walking: asyncio.Task[None] | None = None

    async def cog_unload(self) -> None:
        """Stop walking; never suspends. The next recount goes on where this one was."""
        if self._walking is not None:
            self._walking.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Recount from here on: a walk still under way began before the latest outage."""
        if self._walking is not None:
            self._walking.cancel()
        if self.bot.settings.recount_days and self.bot.user is not None:
            self._walking = asyncio.create_task(self._walk(self.bot.user.id), name="recount")

    async def _walk(self, me: int) -> None:
        recount = Recount(
            self.bot.store,
            DiscordSight(self.bot),
            me=me,
            clock=reply.now,
            changed=self.bot.redraws.soon,
            days=self.bot.settings.recount_days,
        )
        self.bot.recounted = recount.progress
        try:
            await recount.run()
        except StoreError as error:
            log.warning("The recount ended early: %s", error)
        except Exception:
            log.exception("The recount ended early")


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Recounting(bot))
