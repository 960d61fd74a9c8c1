"""The demo's Discord: a server, its people, and what they had said before the curtain rises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord

from bot.demo import script
from bot.layout import laid_out
from bot.locale import texts_for

if TYPE_CHECKING:
    from simcord import ChannelHandle, Env, MemberActor

    from bot.host import Host

_SETTLED_DAYS = 40
"""How long the members have had their accounts: past every age that votes and comments ask for."""
_DAY = 86_400  # seconds
_HOUR = 3_600  # seconds


@dataclass(frozen=True, slots=True)
class World:
    """Handles on what was built; the first three members are the ones a visitor can be."""

    guild: int
    channel: ChannelHandle
    viewers: tuple[MemberActor, ...]
    operator: int
    ids: dict[str, int]


async def build(env: Env, locale: str) -> World:
    """Make the server and its people, then let them grow old enough to take part."""
    env.backend.edit_bot_profile("Noraebot")
    hana = env.create_user("hana", global_name="Hana")
    guild = env.create_guild(script.SERVER, owner=hana, preferred_locale="ko" if locale == "ko" else "en-US")
    manager = guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
    people = {"Hana": guild.add_member(hana, roles=[manager])}
    for name in ("Mina", "Joon", *script.MEMBERS):
        people[name] = guild.add_member(env.create_user(name.lower(), global_name=name))
    channel = guild.create_text_channel(script.CHANNEL, topic=texts_for(locale)("demo.topic"))
    behind = (datetime.now(UTC) - env.now()).total_seconds()
    await env.advance_time(max(behind, _SETTLED_DAYS * _DAY))
    return World(
        guild=guild.id,
        channel=channel,
        viewers=(people["Mina"], people["Joon"], people["Hana"]),
        operator=hana.id,
        ids={name: member.id for name, member in people.items()},
    )


async def furnish(bot: Host, world: World, now: int, locale: str) -> None:
    """Give the server a past: votes and comments, all older than today."""
    known = bot.library.catalogue.songs
    for day, (song, members) in enumerate(script.LOVED.items(), start=1):
        if song in known:
            for hour, name in enumerate(members):
                at = now - day * _DAY - hour * _HOUR
                await bot.store.marks.press(world.ids[name], song, world.guild, "button", at)
    for day, line in enumerate(script.COMMENTS, start=1):
        if line.song not in known:
            continue
        at = now - day * _DAY
        comment = await bot.store.comments.write(
            world.guild,
            line.song,
            world.ids[line.member],
            texts_for(locale)(line.key),
            spoiler=line.spoiler,
            episode=line.episode,
            now=at,
        )
        for hour, name in enumerate(line.liked_by, start=1):
            await bot.store.comments.toggle_like(comment.id, world.ids[name], at + hour * _HOUR)


async def welcome(bot: Host, world: World, locale: str) -> None:
    """Post the message that says what to try."""
    channel = bot.get_partial_messageable(world.channel.id, guild_id=world.guild)
    welcome = discord.ui.TextDisplay(texts_for(locale)("demo.welcome"))
    await channel.send(view=laid_out(discord.ui.Container(welcome)))
