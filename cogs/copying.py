"""Keeps a copy of the database every night, for as many days as the operator wants."""

from __future__ import annotations

import asyncio
import datetime
import logging

from discord.ext import commands, tasks

from bot.host import Host
from bot.store import BackupGivenUpError, StoreError, nightly_for, remove_outdated
from bot.ui import reply

log = logging.getLogger(__name__)

_EVERY_HOUR = [datetime.time(hour, 17, tzinfo=datetime.UTC) for hour in range(24)]
"""When it is looked whether the night's copy is there: a bot that was off at night makes it up."""


class Copying(commands.Cog):
    """Takes the nightly copy, beside whatever else the bot is doing."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin to look at the clock; never suspends."""
        if self.bot.settings.backup_days:
            self.nightly.start()

    async def cog_unload(self) -> None:
        """No longer look at the clock; never suspends."""
        self.nightly.cancel()

    @tasks.loop(time=_EVERY_HOUR)
    async def nightly(self) -> None:
        """Take the copy of this UTC day where there is none yet, and only then remove those that are too old."""
        now, folder = reply.now(), self.bot.settings.backups
        target = folder / nightly_for(now)
        if target.exists():
            return
        try:
            taken = await self.bot.store.back_up(target)
        except StoreError as error:
            log.error("The nightly copy failed; it is tried again in an hour. %s", error)
            return
        except BackupGivenUpError:
            return
        gone = await asyncio.to_thread(remove_outdated, folder, now, self.bot.settings.backup_days)
        log.info("The nightly copy is %s (%d KB); %d older ones removed", taken.path, taken.size // 1024, gone)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Copying(bot))
