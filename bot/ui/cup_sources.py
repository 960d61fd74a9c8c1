"""Where the songs of a knockout may come from: what is offered, what is meant, and what is found there."""

from __future__ import annotations

from typing import Final

import discord
from discord import app_commands

from bot.catalogue import SongId
from bot.catalogue.search import Kind
from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts
from bot.store import ListenerState
from bot.ui import reply
from bot.ui.choices import Choice, choice
from bot.ui.usertext import in_line
from bot.worldcup import ANY, FAVOURITES, FEWEST, Origin, fitting

KINDS: Final[tuple[Kind, ...]] = ("drama", "artist", "collection", "mood")
_OFFERED = 6
"""Choices of each kind before anything is typed."""


def offered(bot: Host, typed: str, texts: Texts) -> list[Choice]:
    """Offer what the songs may be from."""
    search = bot.library.search
    if typed.strip():
        hits = search.find_any(typed, 25, kinds=KINDS)
    else:
        hits = [hit for kind in KINDS for hit in search.complete(kind, "", limit=_OFFERED)]
    found = [choice(hit, bot.library, texts, value=f"{hit.kind}:{hit.id}") for hit in hits]
    own = app_commands.Choice(name=texts("recommend.favourites"), value=FAVOURITES)
    return (found if typed.strip() else [own, *found])[:25]


def meant(bot: Host, typed: str | None) -> Origin:
    """Return what somebody means the songs to be from. Raises Refusal where nothing is like it."""
    if not typed:
        return Origin()
    if typed == FAVOURITES:
        return Origin(FAVOURITES)
    kind, _, id = typed.partition(":")
    if found := known(bot, kind, id):
        return found
    hits = bot.library.search.find_any(typed, 1, kinds=KINDS)
    if not hits or hits[0].near:
        raise Refusal("error.nothing-like-it", text=in_line(typed[:80]))
    return Origin(hits[0].kind, hits[0].id)


def known(bot: Host, kind: str, id: str) -> Origin | None:
    """Return what a custom_id names, which may be anybody's invention."""
    catalogue = bot.library.catalogue
    match kind:
        case "any" | "favourites":
            return Origin(kind)
        case "drama" if drama := catalogue.drama(id):
            return Origin(kind, drama.id)
        case "artist" if artist := catalogue.artist(id):
            return Origin(kind, artist.id)
        case "collection" if collection := catalogue.collection(id):
            return Origin(kind, collection.id)
        case "mood" if id in catalogue.vocabulary.listener_moods:
            return Origin(kind, id)
        case _:
            return None


def songs(bot: Host, interaction: discord.Interaction, origin: Origin, size: int, state: ListenerState) -> list[SongId]:
    """List what an origin offers this person here, the most loved first. Raises Refusal where that is too little."""
    hidden = bot.store.guilds.get(reply.home(interaction)).hidden_artists
    loved = [favourite.song for favourite in state.loved]
    found = [song for song in fitting(bot.library, origin, size, loved, hidden) if song not in state.dismissed]
    if len(found) < FEWEST:
        raise Refusal("cup.too-few", count=FEWEST, found=len(found))
    return found


__all__ = ["ANY", "FAVOURITES", "known", "meant", "offered", "songs"]
