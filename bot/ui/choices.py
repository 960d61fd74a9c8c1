"""Autocomplete: what the index finds, as choices within Discord's numbers."""

from __future__ import annotations

from collections.abc import Collection as Ids
from typing import Any

import discord
from discord import app_commands

from bot import limits
from bot.catalogue import SongId
from bot.catalogue.search import Hit, Kind
from bot.catalogue.text import fold, shorten
from bot.errors import Refusal, answer_failure
from bot.host import Host
from bot.library import Library
from bot.locale import Texts
from bot.ui import lines, reply
from bot.ui.prepared import Prepared
from bot.ui.usertext import in_line

Choice = app_commands.Choice[str]
_REPEATED = 80
"""Characters of what was typed that an answer repeats."""
_MATCHED = 40
"""Characters of a matched name that stand before the name shown."""
_OFFERED: Prepared[list[Choice]] = Prepared(500)
"""What was offered lately, about 6 kB each: most people type the same few beginnings."""


def name_of(kind: str, id: str, library: Library, texts: Texts) -> str:
    """Name whatever a hit stands for, in one line without markdown."""
    catalogue = library.catalogue
    match kind:
        case "song":
            return lines.in_plain(catalogue.songs[SongId(id)], texts, catalogue)
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
        library, texts = reply.host(interaction).library, reply.mine(interaction)
        asked = texts.locale, kind, typed, drama, artist, frozenset(favourites)
        return _OFFERED.get(library.catalogue, asked, lambda: _offer(library, texts, *asked[1:]))
    except Exception as error:
        await answer_failure(interaction, error)
        return []


def _offer(
    library: Library, texts: Texts, kind: Kind, typed: str, drama: str | None, artist: str | None, own: Ids[SongId]
) -> list[Choice]:
    chosen_drama = library.search.resolve("drama", drama) if drama else None
    chosen_artist = library.search.resolve("artist", artist) if artist else None
    hits = library.search.complete(
        kind,
        typed,
        limit=limits.CHOICES,
        drama=library.catalogue.drama(chosen_drama.id).id if chosen_drama else None,  # pyright: ignore[reportOptionalMemberAccess]
        artist=library.catalogue.artist(chosen_artist.id).id if chosen_artist else None,  # pyright: ignore[reportOptionalMemberAccess]
        favourites=own,
    )
    if typed.strip() and hits and all(hit.near for hit in hits):
        return [nearest_choice(hit, library, texts) for hit in hits]
    return [choice(hit, library, texts) for hit in hits]


def choice(hit: Hit, library: Library, texts: Texts, *, value: str | None = None) -> Choice:
    """Make one choice of a hit: the name says why it matched, the value is the id.

    A phone shows some thirty characters, so what was matched comes first where it is the thing's own name.
    """
    name = name_of(hit.kind, hit.id, library, texts)
    if why := because(hit, name):
        told, _, meant = (hit.why or "").partition(" → ")
        own = hit.kind != "song" or name.startswith(meant)
        name = f"{shorten(told, _MATCHED)} → {name}" if own else f"{name} ({why})"
    return app_commands.Choice(name=shorten(name), value=value or hit.id)


def nearest_choice(hit: Hit, library: Library, texts: Texts) -> Choice:
    """Make a choice of what is merely the nearest, and say so."""
    name = texts("finding.nearest-choice", name=name_of(hit.kind, hit.id, library, texts))
    return app_commands.Choice(name=shorten(name), value=hit.id)


def because(hit: Hit, shown: str) -> str | None:
    """Say what matched, as far as the name shown does not: in the reader's script it may."""
    told, arrow, meant = (hit.why or "").partition(" → ")
    if not told or fold(told) in fold(shown):
        return None
    return f"{told}{arrow}{meant}" if fold(meant) in fold(shown) else told


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
