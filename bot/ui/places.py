"""Where in a guild the bot may speak, and who may decide that."""

from __future__ import annotations

import discord

from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts, texts_for
from bot.trouble import OUTAGE
from bot.ui import reply

Place = discord.abc.GuildChannel | discord.Thread


def managed(interaction: discord.Interaction) -> discord.Guild:
    """Return the guild that the person asking may manage. Raises Refusal anywhere else and for anybody else."""
    guild = interaction.client.get_guild(reply.home(interaction))
    if guild is None:
        raise Refusal("error.guild-only")
    if not interaction.permissions.manage_guild:
        raise Refusal("error.not-allowed")
    return guild


def spoken(bot: Host, guild: discord.Guild) -> Texts:
    """Return the words for what everybody in a guild reads."""
    return texts_for(bot.store.guilds.get(guild.id).locale or guild.preferred_locale)


def rights(guild: discord.Guild, channel: int) -> discord.Permissions:
    """Return what the bot may do in a channel or thread: nothing where it does not know the place.

    Where Discord has not said who the bot is there, it may be everything: Discord itself then says no.
    """
    place = guild.get_channel_or_thread(channel)
    if place is None:
        return discord.Permissions.none()
    me: discord.Member | None = guild.me  # None where GUILD_CREATE came without our own member
    return discord.Permissions.all() if me is None else place.permissions_for(me)


def may_write(guild: discord.Guild, channel: int) -> bool:
    """Tell whether the bot may write messages in a channel or thread."""
    allowed = rights(guild, channel)
    inside = isinstance(guild.get_channel_or_thread(channel), discord.Thread)
    return allowed.view_channel and (allowed.send_messages_in_threads if inside else allowed.send_messages)


def may_be_voted_in(guild: discord.Guild, channel: int) -> bool:
    """Tell whether hearts under a message in a channel reach the bot, and its own may begin them."""
    allowed = rights(guild, channel)
    return allowed.view_channel and allowed.add_reactions and allowed.read_message_history


def front_door(guild: discord.Guild) -> int | None:
    """Return the channel for what newcomers and managers read: the system channel, else the first it may write in."""
    channels = [guild.system_channel] if guild.system_channel else []
    channels += sorted(guild.text_channels, key=lambda channel: (channel.position, channel.id))
    return next((channel.id for channel in channels if may_write(guild, channel.id)), None)


async def tell_managers(bot: Host, guild: discord.Guild, view: discord.ui.LayoutView) -> bool:
    """Say something once where managers look: the log channel, else the system channel; False where neither works."""
    log_channel = bot.store.guilds.get(guild.id).log_channel
    system = guild.system_channel.id if guild.system_channel else None
    for channel in (log_channel, system):
        if channel and may_write(guild, channel):
            try:
                await bot.get_partial_messageable(channel, guild_id=guild.id).send(view=view)
            except OUTAGE:
                continue
            return True
    return False
