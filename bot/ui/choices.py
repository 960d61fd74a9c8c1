"""Autocomplete: what the index finds, as choices within Discord's numbers."""

from __future__ import annotations

from collections.abc import Collection as Ids
from typing import Any

import discord
from discord import app_commands

from bot import limits
from bot.catalogue import SongId
from bot.catalogue.search import Hit, Kind
from bot.catalogue.text import shorten
from bot.errors import Refusal, answer_failure
from bot.host import Host
from bot.library import Library
from bot.locale import Texts
from bot.ui import lines, reply
from bot.ui.usertext import in_line

Choice = app_commands.Choice[str]
_REPEATED = 80
"""Characters of what was typed that an answer repeats."""


def name_of(kind: str, id: str, library: Library, texts: Texts) -> str:
    """Name whatever a hit stands for, in one line without markdown."""
    catalogue = library.catalogue
    match kind:
        case "song":
            song = catalogue.songs[SongId(id)]
            drama = lines.drama_title(catalogue.drama_of(song), texts)
            return f"{lines.short_title(song, texts)} · {lines.singers(song, texts)} · {drama}"
        case "drama" if drama := catalogue.drama(id):
            return f"{lines.drama_title(drama, texts)} ({drama.year})"
        case "artist" if artist := catalogue.artist(id):
            return texts.pick(artist.name, artist.name_ko)
        case "collection" if collection := catalogue.collection(id):
            return f"{collection.emoji} {lines.collection_title(collection, texts)}"
        case "mood" if mood := catalogue.vocabulary.listener_moods.get(id):
            return f"{mood.emoji or ''} {texts.pick(mood.label, mood.label_ko)}".strip()
        case _:
            return id


async def complete(
    interaction: discord.Interaction[Any],
    kind: Kind,
    typed: str,
    *,
    drama: str | None = None,
    artist: str | None = None,
    favourites: Ids[SongId] = (),
) -> list[Choice]:
    """Offer at most 25 things of a kind; a failure is an empty list and a line in the log."""
    try:
        bot: Host = reply.host(interaction)
        library, texts = bot.library, reply.mine(interaction)
        chosen_drama = library.search.resolve("drama", drama) if drama else None
        chosen_artist = library.search.resolve("artist", artist) if artist else None
        hits = library.search.complete(
            kind,
            typed,
            limit=limits.CHOICES,
            drama=library.catalogue.drama(chosen_drama.id).id if chosen_drama else None,  # pyright: ignore[reportOptionalMemberAccess]
            artist=library.catalogue.artist(chosen_artist.id).id if chosen_artist else None,  # pyright: ignore[reportOptionalMemberAccess]
            favourites=favourites,
        )
        return [choice(hit, library, texts) for hit in hits]
    except Exception as error:
        await answer_failure(interaction, error)
        return []


def choice(hit: Hit, library: Library, texts: Texts, *, value: str | None = None) -> Choice:
    """Make one choice of a hit: the name says why it matched, the value is the id."""
    name = name_of(hit.kind, hit.id, library, texts)
    return app_commands.Choice(name=shorten(f"{name} ({hit.why})" if hit.why else name), value=value or hit.id)


def nearest(bot: Host, kind: Kind, typed: str) -> Hit:
    """Return what an id or free text means, or comes nearest to (`near`). Raises Refusal where nothing does."""
    hit = bot.library.search.resolve(kind, typed)
    if hit is None:
        raise Refusal("error.nothing-like-it", text=in_line(typed[:_REPEATED]))
    return hit


def meant(interaction: discord.Interaction[Any], kind: Kind, typed: str) -> str:
    """Return the id that was chosen or plainly meant. Raises Refusal naming the nearest where it is a guess."""
    bot = reply.host(interaction)
    hit = nearest(bot, kind, typed)
    if hit.near:
        name = name_of(hit.kind, hit.id, bot.library, reply.mine(interaction))
        raise Refusal("error.nearest", text=in_line(typed[:_REPEATED]), nearest=discord.utils.escape_markdown(name))
    return hit.id
