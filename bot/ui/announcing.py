"""Tells the guilds that want it of songs that were added: once each, where their daily songs go, without a ping."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import discord

from bot.catalogue import Song, SongId
from bot.host import Host
from bot.store import Daily, StoreError
from bot.trouble import OUTAGE, named
from bot.ui import places, posting, reply

log = logging.getLogger(__name__)


async def announce(bot: Host, songs: Sequence[SongId]) -> None:
    """Post each song's card wherever it is wanted and was not posted yet; a guild that fails keeps no other waiting."""
    for id in songs:
        for daily in bot.store.daily.running():
            song = bot.library.catalogue.song(id)
            if song is None or song.id not in bot.library.overlaid.standing:
                break
            if _wanted(bot, daily, song):
                await _announce_in(bot, daily, song)
            await asyncio.sleep(0)


def _wanted(bot: Host, daily: Daily, song: Song) -> bool:
    chosen = bot.store.guilds.get(daily.guild)
    guild = bot.get_guild(daily.guild)
    hidden = set(chosen.hidden_artists) & {credit.artist for credit in song.artists}
    return chosen.additions_announced and not hidden and guild is not None and places.may_write(guild, daily.channel)


async def _announce_in(bot: Host, daily: Daily, song: Song) -> None:
    now = reply.now()
    try:
        if not await bot.store.additions.claim(song.id, daily.guild, now):
            return
        await posting.post_addition(bot, daily, song, now)
    except (discord.Forbidden, discord.NotFound) as error:
        log.info("Guild %s cannot be told of an added song: %s", daily.guild, named(error))
    except (StoreError, *OUTAGE) as error:
        log.warning("Guild %s was not told of an added song: %s", daily.guild, named(error))
