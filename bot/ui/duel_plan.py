"""What a manager is shown before a server's knockout begins, and while it is played."""

from __future__ import annotations

from datetime import UTC, datetime

import discord

from bot.catalogue import SongId
from bot.daily import guess, known_zone, local_day
from bot.host import Host
from bot.store import ListenerState, Served
from bot.ui import cup_sources, dueling, places, reply
from bot.ui.routes import press
from bot.worldcup import Origin, first_day


async def show(interaction: discord.Interaction, origin: Origin) -> None:
    """Show a manager privately what would be played when, or the knockout that is played. Raises Refusal."""
    bot, guild, now = reply.host(interaction), places.managed(interaction), reply.now()
    texts = reply.mine(interaction)
    if running := bot.store.guild_cups.running(guild.id):
        view = dueling.status(running, now, bot.library, texts)
    else:
        songs = await entering(interaction, origin)
        style = discord.ButtonStyle.primary
        begin = press("cup-begin", origin.kind, origin.id, label=texts("cup.begin"), style=style)
        count = min(len(songs), dueling.SIZE)
        played = served(bot, guild, interaction.channel_id or 0, count, now)
        view = dueling.page(dueling.plan(count, origin, played, now, bot.library, texts), begin)
    await reply.send(interaction, view, private=True)


async def entering(interaction: discord.Interaction, origin: Origin) -> list[SongId]:
    """List the songs that may enter a server's knockout. Raises Refusal where they are too few."""
    bot, loved = reply.host(interaction), ()
    if origin.kind == cup_sources.FAVOURITES:
        loved = await bot.store.marks.favourites(interaction.user.id)
    state = ListenerState(tuple(loved), frozenset(), frozenset(), frozenset())
    return cup_sources.songs(bot, interaction, origin, dueling.SIZE, state)


def served(bot: Host, guild: discord.Guild, channel: int, songs: int, now: int) -> Served:
    """Place a knockout at the daily song's hour and zone, else at the present hour."""
    daily = bot.store.daily.get(guild.id)
    zone = daily.zone if daily else guess(guild.preferred_locale)
    hour = daily.hour if daily else datetime.fromtimestamp(now, known_zone(zone) or UTC).hour
    return Served(guild.id, channel, hour, zone, first_day(local_day(now, zone), songs - 1))
