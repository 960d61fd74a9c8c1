"""Answers an interaction: who sees it, in which language, and what is remembered of it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import discord

from bot.delivery import answer
from bot.layout import laid_out
from bot.locale import Texts, texts_for
from bot.store import StoreError
from bot.trouble import ALREADY_ACKNOWLEDGED, OUTAGE, named
from bot.ui.routes import Item

if TYPE_CHECKING:
    from bot.host import Host

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will read an answer, and in which words."""

    private: bool
    texts: Texts
    guild: int
    """0 where nobody's server is: direct messages and user installs."""


def host(interaction: discord.Interaction) -> Host:
    """Return the bot that received the interaction."""
    return cast("Host", interaction.client)


def now() -> int:
    """Read the one clock, in UTC seconds."""
    return int(discord.utils.utcnow().timestamp())


def home(interaction: discord.Interaction) -> int:
    """Return the guild an interaction counts for; 0 where the bot is not a member."""
    return interaction.guild_id if interaction.guild_id and interaction.is_guild_integration() else 0


def audience(interaction: discord.Interaction, *, private: bool) -> Audience:
    """Choose the language: the reader's for a private answer, the server's for a public one."""
    bot = host(interaction)
    person = bot.store.people.get(interaction.user.id)
    guild = home(interaction)
    private = private or person.private
    if private or not interaction.guild_id:
        return Audience(private, texts_for(person.locale or interaction.locale), guild)
    spoken = bot.store.guilds.get(guild).locale if guild else None
    return Audience(False, texts_for(spoken or interaction.guild_locale or interaction.locale), guild)


def mine(interaction: discord.Interaction) -> Texts:
    """Return the words for something only this reader sees."""
    return audience(interaction, private=True).texts


async def send(
    interaction: discord.Interaction,
    view: discord.ui.LayoutView,
    *,
    private: bool,
    files: list[discord.File] | None = None,
) -> int:
    """Send a new message as the answer, deferred or not; returns its id."""
    return await answer(interaction, view, private=private, files=files or ())


async def say(interaction: discord.Interaction, sentence: str, *items: Item) -> None:
    """Say one sentence privately, with buttons under it where there are any."""
    await send(interaction, note(sentence, *items), private=True)


def note(sentence: str, *items: Item) -> discord.ui.LayoutView:
    """Lay out a sentence and the buttons under it."""
    rows = [discord.ui.ActionRow(*items)] if items else []
    return laid_out(discord.ui.TextDisplay(sentence), *rows)


async def turn(
    interaction: discord.Interaction,
    view: discord.ui.LayoutView,
    *,
    owner: int | None = None,
    files: list[discord.File] | None = None,
) -> None:
    """Turn a page in place for the one it belongs to, its files with it; anybody else gets a private copy."""
    if owner is not None and owner != interaction.user.id:
        await send(interaction, view, private=True, files=files)
        return
    if not interaction.response.is_done():
        try:
            await interaction.response.edit_message(view=view, attachments=files or [])
        except discord.InteractionResponded:
            log.debug("Interaction %s was deferred meanwhile", interaction.id)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
        else:
            return
    await interaction.edit_original_response(view=view, attachments=files or [])


def seen_alone(interaction: discord.Interaction) -> bool:
    """Tell whether only the presser sees the message pressed on."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def turn_private(
    interaction: discord.Interaction, view: discord.ui.LayoutView, *, files: list[discord.File] | None = None
) -> None:
    """Turn a page only its reader sees; where others see the message pressed on, begin a private one."""
    await turn(interaction, view, owner=None if seen_alone(interaction) else 0, files=files)


async def noted(writing: Awaitable[object]) -> bool:
    """Keep something nobody asked to have kept; where the store cannot, the answer that was given stands."""
    try:
        await writing
    except StoreError as error:
        log.warning("Something that goes with an answer could not be kept: %s", error)
        return False
    return True


def can_seed(interaction: discord.Interaction) -> bool:
    """Tell whether our reaction, and so anybody's vote by reaction, can arrive under the answer."""
    allowed = interaction.app_permissions
    return bool(
        interaction.is_guild_integration()
        and interaction.guild_id
        and allowed.view_channel
        and allowed.add_reactions
        and allowed.read_message_history
    )


@lru_cache(1_000)
def _named(emoji: str) -> str:
    """Write an emoji as Discord wants to be asked for it."""
    found = discord.PartialEmoji.from_str(emoji)
    return f"{found.name}:{found.id}" if found.id else found.name


async def seed(bot: discord.Client, channel: int, message: int, emojis: list[str]) -> bool:
    """Put our reactions under a card, after it was sent; says whether all arrived."""
    try:
        for emoji in emojis:
            await bot.http.add_reaction(channel, message, _named(emoji))
    except OUTAGE as error:
        log.info("No reaction could be put under message %s: %s", message, named(error))
        return False
    return True
