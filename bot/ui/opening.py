"""Finds the page that a custom_id or a choice names, and shows it: new, turned in place, or posted."""

from __future__ import annotations

import discord

from bot.errors import Refusal
from bot.recommend import Request
from bot.ui import collecting, findings, pages, reply
from bot.ui.collecting import Progress
from bot.ui.pages import Place
from bot.ui.reply import Audience
from bot.ui.showing import show_picks, show_song, song_named


async def view_of(
    interaction: discord.Interaction, to: Audience, place: Place, note: str | None = None
) -> discord.ui.LayoutView:
    """Lay out the page at a place. Raises Refusal where there is no such thing any more."""
    bot = reply.host(interaction)
    catalogue = bot.library.catalogue
    match place.kind:
        case "drama" if drama := catalogue.drama(place.id):
            return pages.drama_page(bot, to, drama, place, note)
        case "artist" if artist := catalogue.artist(place.id):
            return pages.artist_page(bot, to, artist, place, note)
        case "collection" if collection := catalogue.collection(place.id):
            return collecting.collection_page(bot, to, collection, place, await _progress(interaction, to))
        case "collections":
            return collecting.list_page(bot, to, place, await _progress(interaction, to))
        case "found":
            hits = bot.library.search.find_any(place.id, findings.HITS)
            return findings.found_message(bot, to, place.id, hits)
        case "drama" | "artist" | "collection":
            raise Refusal("pages.gone")
        case _:
            raise Refusal("error.stale")


async def show_page(
    interaction: discord.Interaction, kind: str, id: str, *, private: bool, note: str | None = None
) -> None:
    """Answer with the first page of a drama, an artist, a collection, the collections, or a search."""
    to = reply.audience(interaction, private=private)
    place = Place(kind, id, 0, interaction.user.id)
    await reply.send(interaction, await view_of(interaction, to, place, note), private=to.private)


async def turn_page(interaction: discord.Interaction, place: Place) -> None:
    """Turn to a page in place for its owner; anybody else gets their own private copy."""
    mine = place.owner == interaction.user.id
    private = reply.seen_alone(interaction) if mine else True
    asked = reply.audience(interaction, private=private)
    to = Audience(private, asked.texts, asked.guild)
    view = await view_of(interaction, to, Place(place.kind, place.id, place.number, interaction.user.id))
    await reply.turn(interaction, view, owner=place.owner)


async def post_page(interaction: discord.Interaction, place: Place) -> None:
    """Show everybody here what was private: a new message in the server's language, without progress."""
    asked = reply.audience(interaction, private=False)
    to = Audience(False, asked.texts, asked.guild)
    await reply.send(interaction, await view_of(interaction, to, place), private=False)


async def open_found(interaction: discord.Interaction, kind: str, id: str, *, private: bool) -> None:
    """Open what a search found: a card, a page, or picks for a mood. Raises Refusal where it is gone."""
    catalogue = reply.host(interaction).library.catalogue
    match kind:
        case "song":
            await show_song(interaction, song_named(reply.host(interaction), id), private=private)
        case "mood" if id in catalogue.vocabulary.listener_moods:
            await show_picks(interaction, Request(moods=(id,)), private=private)
        case "drama" | "artist" | "collection":
            await show_page(interaction, kind, id, private=private)
        case _:
            raise Refusal("error.stale")


async def _progress(interaction: discord.Interaction, to: Audience) -> Progress | None:
    return await own_progress(interaction) if to.private else None


async def own_progress(interaction: discord.Interaction) -> Progress:
    """Gather the songs that the asker loves, and those they know."""
    state = await reply.host(interaction).store.listeners.state(interaction.user.id, reply.now())
    return Progress(frozenset(favourite.song for favourite in state.loved), state.known)
