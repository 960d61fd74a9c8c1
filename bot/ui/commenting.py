"""Who may comment, report and moderate, asked anew each time; and what was written, told back where it is not kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NoReturn

import discord

from bot.catalogue import Song
from bot.errors import Refusal
from bot.store import Pace, StoreError
from bot.ui import comments, permitted, reply
from bot.ui.usertext import clean, copyable

ACCOUNT_SECONDS = 7 * 86_400
"""Age of an account before it may write or report."""
PACE = Pace(most=3, seconds=3_600)
"""Comments one person may write in a server, and notes in direct messages."""
REPORT_PACE = Pace(most=10, seconds=3_600)
"""Reports one person may make in a server."""


async def allow(interaction: discord.Interaction, text: str = "") -> None:
    """Raise Refusal where this person may not write here, or not this."""
    settled(interaction)
    guild, store = reply.home(interaction), reply.host(interaction).store
    if guild:
        permitted.may_write(interaction, store.guilds.get(guild))
        if await store.moderation.is_blocked(guild, interaction.user.id):
            raise Refusal("comments.writer-blocked")
        permitted.without_blocked(text, store.guilds.get(guild))


async def allow_more(interaction: discord.Interaction) -> None:
    """Raise Refusal where this person has written too much to write another one now."""
    again = await reply.host(interaction).store.comments.again(
        reply.home(interaction), interaction.user.id, PACE, reply.now()
    )
    if again is not None:
        raise too_many(again)


def settled(interaction: discord.Interaction) -> None:
    """Raise Refusal where this person's account is too young to write or report; its id says when it was made."""
    old_enough = int(interaction.user.created_at.timestamp()) + ACCOUNT_SECONDS
    if reply.now() < old_enough:
        raise Refusal("comments.account-young", at=old_enough)


def too_many(again: int) -> Refusal:
    """Say when one may write again."""
    return Refusal("comments.too-many", most=PACE.most, at=again)


def moderates(interaction: discord.Interaction) -> bool:
    """Tell whether this person rules the comments of this guild: by Manage Messages in all of it, or Manage Server.

    Both are rights in the whole guild: Manage Server is never given for a channel alone, and Manage Messages is
    read from the roles, since a channel's own exceptions make nobody a moderator elsewhere.
    """
    if not reply.home(interaction) or not isinstance(interaction.user, discord.Member):
        return False
    return interaction.permissions.manage_guild or interaction.user.guild_permissions.manage_messages


async def operates(interaction: discord.Interaction) -> bool:
    """Tell whether this person operates the bot itself."""
    return await reply.host(interaction).operators.is_operator(interaction.user.id)


def ruled(interaction: discord.Interaction) -> int:
    """Return the guild whose comments the person asking rules. Raises Refusal anywhere else and for anybody else."""
    if not reply.home(interaction):
        raise Refusal("error.guild-only")
    if not moderates(interaction):
        raise Refusal("error.not-allowed")
    return reply.home(interaction)


def is_recent(interaction: discord.Interaction, song: Song) -> bool:
    """Tell whether a song's drama is of this year or the last."""
    this_year = datetime.fromtimestamp(reply.now(), UTC).year
    return reply.host(interaction).library.catalogue.drama_of(song).year >= this_year - 1


async def tell_back(interaction: discord.Interaction, error: Refusal | StoreError, text: str) -> NoReturn:
    """Fail with the writer's text in the answer, so that it can be copied. Raises Refusal or StoreError."""
    if not clean(text):
        raise error
    shown = copyable(text[: comments.CHARACTERS])
    texts = reply.mine(interaction)
    if isinstance(error, Refusal):
        raise Refusal("comments.told-back", reason=texts(error.key, **error.values), text=shown) from error
    await reply.say(interaction, texts("comments.not-lost", text=shown))
    raise error
