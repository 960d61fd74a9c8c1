"""The daily song's buttons: begun in one press, changed beside it; managers only."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime

import discord

from bot.catalogue import CollectionId
from bot.daily import guess, known_zone, local_day, named_zone
from bot.errors import Refusal
from bot.host import Host
from bot.store import Daily, DailyChoice, DailyPost
from bot.ui import daily as screens
from bot.ui import places, posting, reply
from bot.ui.routes import RoutedCog, chosen, press, route, submitted
from bot.ui.usertext import in_line

MOST_EXTRA = 9
"""Songs a day that can be asked for besides the day's own."""


class DailySongs(RoutedCog):
    """Starts, changes and stops a guild's song of the day."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @route("daily-here")
    async def here(self, interaction: discord.Interaction) -> None:
        """Post today's song in this channel now, and one each day at this hour; a private panel then shows it."""
        guild = places.managed(interaction)
        channel = _writable(guild, interaction.channel_id or 0)
        on_panel = reply.seen_alone(interaction)
        if on_panel:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        now = reply.now()
        before = self.bot.store.daily.get(guild.id)
        zone = before.zone if before else guess(guild.preferred_locale)
        hour = datetime.fromtimestamp(now, known_zone(zone)).hour
        daily = await self.bot.store.daily.start(guild.id, channel, hour, zone, now)
        post = await self._post(daily, local_day(now, zone), now)
        if on_panel:
            await self._show(interaction, daily)
            return
        texts = reply.mine(interaction)
        sentence = texts("daily.started", rhythm=screens.rhythm(daily, texts), channel=f"<#{channel}>")
        if post is None:
            sentence += "\n" + texts("daily.had-today")
        await reply.say(interaction, sentence, press("daily", label=texts("daily.change")))

    @route("daily")
    async def change(self, interaction: discord.Interaction) -> None:
        """Show what can be changed."""
        await self._show(interaction, self._daily(interaction))

    @route("daily-set")
    async def set(self, interaction: discord.Interaction, what: str, _menu: str = "") -> None:
        """Take over what was chosen in one of the menus."""
        daily = self._daily(interaction)
        values = chosen(interaction)
        if not values:
            raise Refusal("error.stale")
        if what == "zone" and values[0] == screens.OTHER_ZONE:
            await interaction.response.send_modal(screens.zone_form(daily, reply.mine(interaction)))
            return
        await self._take(interaction, daily, self._read(places.managed(interaction), what, values))

    def _read(self, guild: discord.Guild, what: str, values: list[str]) -> DailyChoice:
        """Read a choice that may be anybody's invention. Raises Refusal."""
        first = values[0]
        catalogue = self.bot.library.catalogue
        match what:
            case "hour" if first in {str(hour) for hour in range(24)}:
                return {"hour": int(first)}
            case "weekdays" if set(values) <= set("0123456"):
                return {"weekdays": tuple(sorted({int(value) for value in values}))}
            case "zone" if known_zone(first):
                return {"zone": first}
            case "channel" if first.isascii() and first.isdigit():
                return {"channel": _writable(guild, int(first))}
            case "mood" if first == screens.ANYTHING or first in catalogue.vocabulary.listener_moods:
                return {"mood": None if first == screens.ANYTHING else first}
            case "collection" if first == screens.ANYTHING or CollectionId(first) in catalogue.collections:
                return {"collection": None if first == screens.ANYTHING else first}
            case _:
                raise Refusal("error.stale")

    @route("daily-zone")
    async def zone(self, interaction: discord.Interaction) -> None:
        """Take over a time zone that was typed."""
        daily = self._daily(interaction)
        typed = submitted(interaction).text("zone")
        found = await asyncio.to_thread(named_zone, typed)
        if found is None:
            raise Refusal("daily.no-such-zone", zone=in_line(typed[:60]))
        await self._take(interaction, daily, {"zone": found})

    @route("daily-switch")
    async def switch(self, interaction: discord.Interaction, what: str, on: str) -> None:
        """Turn the recap, the news or the daily song itself on or off."""
        daily = self._daily(interaction)
        guild = places.managed(interaction)
        match what:
            case "recap":
                await self._take(interaction, daily, {"recap": on == "1"})
            case "news":
                await self.bot.store.guilds.change(guild.id, additions_announced=on == "1")
                await self._show(interaction, daily)
            case "running":
                if on == "1":
                    _writable(guild, daily.channel)
                await self._take(interaction, daily, {"running": on == "1"})
            case _:
                raise Refusal("error.stale")

    @route("daily-now")
    async def now(self, interaction: discord.Interaction) -> None:
        """Post today's song now; where it is there already, ask whether another is wanted."""
        daily = self._daily(interaction)
        _writable(places.managed(interaction), daily.channel)
        await interaction.response.defer(ephemeral=True, thinking=True)
        now = reply.now()
        today = local_day(now, daily.zone)
        post = await self._post(daily, today, now)
        texts = reply.mine(interaction)
        if post:
            await reply.say(interaction, texts("daily.sent", link=screens.address(daily.guild, post)))
            return
        posts = await self.bot.store.daily.posts(daily.guild, "song", today)
        turn = max((post.turn for post in posts), default=0) + 1
        if turn > MOST_EXTRA:
            raise Refusal("daily.enough")
        another = press("daily-another", today.toordinal(), turn, label=texts("daily.another"))
        await reply.say(interaction, texts("daily.had-today"), another)

    @route("daily-another")
    async def another(self, interaction: discord.Interaction, day: str, turn: str) -> None:
        """Post one more song today, once however often the button is pressed."""
        daily = self._daily(interaction)
        _writable(places.managed(interaction), daily.channel)
        now = reply.now()
        today = local_day(now, daily.zone)
        if day != str(today.toordinal()) or turn not in {str(number) for number in range(1, MOST_EXTRA + 1)}:
            raise Refusal("error.stale")
        await interaction.response.defer(ephemeral=True, thinking=True)
        post = await self._post(daily, today, now, turn=int(turn))
        texts = reply.mine(interaction)
        if post:
            await reply.say(interaction, texts("daily.sent", link=screens.address(daily.guild, post)))
        else:
            await reply.say(interaction, texts("daily.sent-already"))

    def _daily(self, interaction: discord.Interaction) -> Daily:
        daily = self.bot.store.daily.get(places.managed(interaction).id)
        if daily is None:
            raise Refusal("error.stale")
        return daily

    async def _take(self, interaction: discord.Interaction, daily: Daily, choice: DailyChoice) -> None:
        if not posting.deck(self.bot, replace(daily, **choice)):
            raise Refusal("daily.nothing-fits")
        changed = await self.bot.store.daily.change(daily.guild, reply.now(), **choice)
        await self._show(interaction, changed or daily)

    async def _show(self, interaction: discord.Interaction, daily: Daily) -> None:
        view = screens.panel(self._state(daily), self.bot.library.catalogue, reply.mine(interaction))
        await reply.turn_private(interaction, view)

    def _state(self, daily: Daily) -> screens.State:
        return posting.state(self.bot, daily, reply.now())

    async def _post(self, daily: Daily, day: date, now: int, *, turn: int = 0) -> DailyPost | None:
        """Post as a manager wished; what Discord forbids is told to them, and the day stays free. Raises Refusal."""
        try:
            post = await posting.post_song(self.bot, daily, day, now, turn=turn)
        except (discord.Forbidden, discord.NotFound):
            await self.bot.store.daily.stop(daily.guild, daily.channel, now)
            await self.bot.store.daily.release(daily.guild, "song", day, turn=turn)
            raise Refusal("daily.cannot-write", channel=f"<#{daily.channel}>") from None
        if post and post.song is None:
            await self.bot.store.daily.release(daily.guild, "song", day, turn=turn)
            raise Refusal("daily.nothing-fits")
        return post


def _writable(guild: discord.Guild, channel: int) -> int:
    """Return a channel of this guild that the bot may write in. Raises Refusal."""
    if not places.may_write(guild, channel):
        raise Refusal("daily.cannot-write", channel=f"<#{channel}>")
    return channel


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(DailySongs(bot))
