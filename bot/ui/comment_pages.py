"""Fills pages of comments: what a server reads, what one person wrote; and draws posted ones again."""

from __future__ import annotations

import json

import discord

from bot.catalogue import Song
from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts, texts_for
from bot.store import Card, Comment, CommentOrder
from bot.ui import comments, permitted, reply
from bot.ui.routes import whole

POSTED = "comments"
"""The kind of card that a posted page is: it must lose what is not to be read any more."""


async def read(bot: Host, guild: int, viewer: int, song: Song, number: int, order: str) -> comments.Page:
    """Read a page of a song's comments in a guild, or of one's notes (0); a page that is gone gives the first."""
    rows = comments.PAGE_ROWS
    sorting: CommentOrder = "newest" if order == "newest" else "best"
    while True:
        found = await bot.store.comments.of_song(guild, song.id, viewer, sorting, limit=rows + 1, offset=number * rows)
        if found or not number:
            break
        number = 0
    words = bot.store.guilds.get(guild).blocked_words
    shown = [one for one in found[:rows] if one.guild == guild or not permitted.blocked_word(one.text, words)]
    return comments.Page(song, shown, number, len(found) > rows, sorting, guild)


async def mine(bot: Host, guild: int, user: int, number: int, texts: Texts) -> discord.ui.LayoutView:
    """Lay out a page of all that a person wrote, as they see it from a guild."""
    rows = comments.MINE_ROWS
    found = await bot.store.comments.mine(user, limit=rows + 1, offset=number * rows)
    if not found and number:
        return await mine(bot, guild, user, 0, texts)
    return comments.mine_page(
        [(one, bot.library.catalogue.song(one.song)) for one in found[:rows]],
        number,
        texts,
        more=len(found) > rows,
        guild=guild,
        shares=bot.store.people.get(user).share_comments,
    )


async def keep(interaction: discord.Interaction, message: int, page: comments.Page, texts: Texts) -> None:
    """Remember a posted page."""
    detail = json.dumps({"page": page.number, "order": page.order})
    channel, guild = interaction.channel_id or 0, reply.home(interaction)
    card = Card(message, channel, guild, POSTED, (page.song.id,), texts.locale, reply.now(), detail)
    await reply.noted(reply.host(interaction).store.cards.add(card))


async def redraw(bot: Host, card: Card) -> discord.ui.LayoutView | None:
    """Lay out a posted page as it is now; None where its song is gone."""
    song = bot.library.catalogue.song(card.songs[0]) if card.songs else None
    if song is None:
        return None
    detail = json.loads(card.reasons)
    page = await read(bot, card.guild, 0, song, int(detail.get("page", 0)), str(detail.get("order", "best")))
    return comments.comments_page(page, texts_for(card.locale), viewer=None)


async def named(interaction: discord.Interaction, id: str) -> Comment:
    """Find the comment an id from outside names, as far as this person sees it from here. Raises Refusal."""
    number, user, store = whole(id), interaction.user.id, reply.host(interaction).store.comments
    found = await store.get(number, user)
    if found is None or found.user != user:
        found = await store.read_from(number, reply.home(interaction), user)
    if found is None:
        raise Refusal("comments.gone")
    return found
