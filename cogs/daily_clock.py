"""The clock of daily songs and servers' duels: one timer, set to the next that is due, whatever happened in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Final, Literal

import discord
from discord.ext import commands

from bot.daily import SUNDAY, Due, due
from bot.host import Host
from bot.store import PostKind
from bot.trouble import OUTAGE, named
from bot.ui import duel_posts, posting, reply
from bot.worldcup import due as duel_due

log = logging.getLogger(__name__)

_LONGEST_SLEEP: Final = 3_600.0
"""Seconds after which the clock is looked at again, since machines sleep and clocks are set."""
_RETRY: Final = 60
"""Seconds until a day that could not be taken is tried again."""
_AT_ONCE: Final = 4
"""Posts under way at the same time; the full hour is popular."""
_A_BREATH: Final = 100
"""Guilds looked over before others have their turn on the loop."""

Place = tuple[int, PostKind | Literal["duel"]]


class DailyClock(commands.Cog):
    """Posts each guild's song of the day and duel when they are due, and the recap on Sundays."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot
        self._due: dict[Place, int] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._turnstile = asyncio.Semaphore(_AT_ONCE)
        self._deaf: list[Callable[[], None]] = []

    async def cog_load(self) -> None:
        """Hear of changes from now on; never suspends."""
        self._deaf = [to.on_change(self._changed) for to in (self.bot.store.daily, self.bot.store.guild_cups)]
        if self.bot.is_ready():
            self._begin(self._look_over(), "daily songs look over")

    async def cog_unload(self) -> None:
        """Stop the clock; never suspends. A post under way ends with the process or its cog, its day taken."""
        for end in self._deaf:
            end()
        if self._timer:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look at all guilds, at the first READY and at each later one."""
        await self._look_over()

    @commands.Cog.listener("on_guild_join")
    @commands.Cog.listener("on_guild_available")
    async def on_guild(self, guild: discord.Guild) -> None:
        """Look at a guild that came, or came back."""
        self._changed(guild.id)

    async def _look_over(self) -> None:
        guilds = {daily.guild for daily in self.bot.store.daily.running()}
        guilds |= {cup.served.guild for cup in self.bot.store.guild_cups.all_running() if cup.served}
        for number, guild in enumerate(guilds, 1):
            self._note(guild, reply.now())
            if number % _A_BREATH == 0:
                await asyncio.sleep(0)
        self._arm()

    def _changed(self, guild: int) -> None:
        self._note(guild, reply.now())
        self._arm()

    def _note(self, guild: int, now: int, *, not_before: int = 0) -> None:
        """Write down when a guild's next posts are due."""
        for place, found in self._next(guild, now).items():
            if found is None:
                self._due.pop(place, None)
            else:
                self._due[place] = max(found.at, not_before)

    def _next(self, guild: int, now: int) -> dict[Place, Due | None]:
        found: dict[Place, Due | None] = {(guild, "song"): None, (guild, "recap"): None, (guild, "duel"): None}
        home = self.bot.get_guild(guild)
        if home is None or home.unavailable:
            return found
        if (daily := self.bot.store.daily.get(guild)) and daily.running:
            found[guild, "song"] = due(daily, self.bot.store.daily.claimed(guild, "song"), now)
            if daily.recap:
                claimed = self.bot.store.daily.claimed(guild, "recap")
                found[guild, "recap"] = due(daily, claimed, now, weekdays=(SUNDAY,))
        if cup := self.bot.store.guild_cups.running(guild):
            found[guild, "duel"] = duel_due(cup, now)
        return found

    def _arm(self) -> None:
        """Set the one timer; none where nothing is due ever."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._due:
            delay = min(max(min(self._due.values()) - reply.now(), 0), _LONGEST_SLEEP)
            self._timer = asyncio.get_running_loop().call_later(delay, self._ring)

    def _ring(self) -> None:
        self._timer = None
        now = reply.now()
        for place in [place for place, at in self._due.items() if at <= now]:
            del self._due[place]
            self._begin(self._post(place), f"daily {place[1]} of guild {place[0]}")
        self._arm()

    def _begin(self, work: Coroutine[object, object, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _post(self, place: Place) -> None:
        """Post what is due; whatever fails, this guild is looked at again and the others are not held up."""
        guild, kind = place
        not_before = 0
        try:
            async with self._turnstile:
                await self._post_now(place, reply.now())
        except OUTAGE as error:
            log.warning("The daily %s of guild %s could not be sent: %s", kind, guild, named(error))
        except Exception:
            log.exception("The daily %s of guild %s failed", kind, guild)
            not_before = reply.now() + _RETRY
        self._note(guild, reply.now(), not_before=not_before)
        self._arm()

    async def _post_now(self, place: Place, now: int) -> None:
        guild, kind = place
        found = self._next(guild, now)[place]
        if found is None or found.at > now:
            return
        if kind == "duel":
            await self._post_duel(guild, found, now)
        elif daily := self.bot.store.daily.get(guild):
            send = posting.post_song if kind == "song" else posting.post_recap
            try:
                await send(self.bot, daily, found.day, now)
            except (discord.Forbidden, discord.NotFound):
                await posting.stop(self.bot, daily, kind, found.day, now)

    async def _post_duel(self, guild: int, found: Due, now: int) -> None:
        if cup := self.bot.store.guild_cups.running(guild):
            try:
                await duel_posts.post(self.bot, cup, found, now)
            except (discord.Forbidden, discord.NotFound):
                await duel_posts.stop(self.bot, cup, now)


async def setup(bot: Host) -> None:
    """Add the clock."""
    await bot.add_cog(DailyClock(bot))
