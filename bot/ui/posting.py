"""Posts the song of the day and the week's recap: claims the day, sends, keeps the card, puts a heart under it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from datetime import date
from typing import Final

import discord

from bot.catalogue import CollectionId, Song, SongId
from bot.daily import due, next_song, week_of
from bot.host import Host
from bot.recommend import FromCollection, Request
from bot.store import Card, Daily, DailyPost, PostKind
from bot.trouble import LOST, OUTAGE, named
from bot.ui import cards, daily, places, reply, showing

log = logging.getLogger(__name__)

_PAUSES: Final = (5, 20, 60)
"""Seconds between tries while Discord does not answer: within the few minutes in which it knows a nonce again."""
WEEK_SECONDS = 7 * 86_400


def deck(bot: Host, of: Daily) -> tuple[SongId, ...]:
    """List the songs a daily song is drawn from: what fits its mood and collection, without hidden artists."""
    request = Request(
        moods=(of.mood,) if of.mood else (),
        source=FromCollection(CollectionId(of.collection)) if of.collection else None,
    )
    return bot.library.recommender.fitting(request, bot.store.guilds.get(of.guild).hidden_artists)


def state(bot: Host, of: Daily, now: int) -> daily.State:
    """Describe a daily song to its managers."""
    due_next = due(of, bot.store.daily.claimed(of.guild, "song"), now) if of.running else None
    return daily.State(of, due_next, len(deck(bot, of)), bot.store.guilds.get(of.guild).additions_announced)


async def post_song(bot: Host, of: Daily, day: date, now: int, *, turn: int = 0) -> DailyPost | None:
    """Post a day's song; None where the day is taken, a post without song where none fits.

    The day is taken before anything is sent, so that no two tries and no restart post twice. Raises
    discord.Forbidden or discord.NotFound where surely nothing was sent: then the day may be given back.
    """
    fitting = deck(bot, of)
    post = await bot.store.daily.claim(
        of.guild,
        "song",
        day,
        of.channel,
        now,
        turn=turn,
        draw=lambda played, last: next_song(of.guild, fitting, played, last),
    )
    song = bot.library.catalogue.song(post.song) if post and post.song else None
    guild = bot.get_guild(of.guild)
    if post is None or song is None or guild is None:
        return post
    texts = places.spoken(bot, guild)
    why = texts("daily.why")
    view = _card(bot, guild, of.channel, song, why)
    cards.ask_scene(view, song, texts)
    message = await _send(bot, of, "song", day, view, turn=turn)
    await _keep(bot, guild, of.channel, message, song, {"why": [why], "asked": {}, "daily": True}, now)
    return DailyPost(turn, song.id, of.channel, message)


async def post_addition(bot: Host, of: Daily, song: Song, now: int) -> None:
    """Post the card of a song that was added, where the daily songs go; nobody's phone sounds.

    Raises discord.Forbidden or discord.NotFound where surely nothing was sent.
    """
    guild = bot.get_guild(of.guild)
    if guild is None:
        return
    why = places.spoken(bot, guild)("additions.announced")
    channel = bot.get_partial_messageable(of.channel, guild_id=of.guild)
    card = _card(bot, guild, of.channel, song, why)
    sent = await insist(channel, card, _name(f"{of.guild}/addition/{song.id}"), silent=True)
    await _keep(bot, guild, of.channel, sent.id, song, {"why": [why], "asked": {}}, now)


def _card(bot: Host, guild: discord.Guild, channel: int, song: Song, why: str) -> discord.ui.LayoutView:
    standing = showing.standing(bot, guild.id, song)
    votes = places.may_be_voted_in(guild, channel)
    return cards.song_card(song, bot.library.catalogue, places.spoken(bot, guild), standing, why=why, hint=votes)


async def _keep(
    bot: Host, guild: discord.Guild, channel: int, message: int, song: Song, detail: dict[str, object], now: int
) -> None:
    """Remember a card that was posted, and put the first heart under it."""
    locale = places.spoken(bot, guild).locale
    told = json.dumps(detail, ensure_ascii=False)
    card = Card(message, channel, guild.id, showing.ONE_SONG, (song.id,), locale, now, told)
    await bot.store.cards.add(card)
    chosen = bot.store.guilds.get(guild.id)
    if places.may_be_voted_in(guild, card.channel) and chosen.seed:
        if await reply.seed(bot, card.channel, card.message, [chosen.vote_emoji]):
            await bot.store.cards.set_seeded(card.message)
        elif view := showing.redraw(bot, card):
            await _take_hint_back(bot, card, view)


async def _take_hint_back(bot: Host, card: Card, view: discord.ui.LayoutView) -> None:
    """Show a card without the hint that a heart votes, where none of ours could be put."""
    channel = bot.get_partial_messageable(card.channel, guild_id=card.guild)
    try:
        await channel.get_partial_message(card.message).edit(view=view)
    except OUTAGE as error:
        log.info("Card %s keeps its hint: %s", card.message, named(error))


async def post_recap(bot: Host, of: Daily, day: date, now: int) -> DailyPost | None:
    """Post what the last seven days were like; None where the day is taken, a post without message where nothing was.

    Raises discord.Forbidden and discord.NotFound as `post_song` does.
    """
    post = await bot.store.daily.claim(of.guild, "recap", day, of.channel, now)
    guild = bot.get_guild(of.guild)
    if post is None or guild is None:
        return post
    week = week_of(await bot.store.daily.loved(guild.id, now - WEEK_SECONDS))
    memory = bot.store.comments.best_since(guild.id, now - WEEK_SECONDS)
    view = daily.recap(week, memory, bot.library.catalogue, places.spoken(bot, guild))
    if view is None:
        return post
    message = await _send(bot, of, "recap", day, view)
    return DailyPost(0, None, of.channel, message)


async def _send(bot: Host, of: Daily, kind: PostKind, day: date, view: discord.ui.LayoutView, *, turn: int = 0) -> int:
    channel = bot.get_partial_messageable(of.channel, guild_id=of.guild)
    sent = await insist(channel, view, nonce(of.guild, kind, day, turn))
    await bot.store.daily.sent(of.guild, kind, day, sent.id, turn=turn)
    return sent.id


async def insist(
    channel: discord.PartialMessageable, view: discord.ui.LayoutView, nonce: str, *, silent: bool = False
) -> discord.Message:
    """Send a message, again and again while Discord does not answer, under a name that it takes only once."""
    for pause in _PAUSES:
        try:
            return await channel.send(view=view, nonce=nonce, silent=silent)
        except (discord.DiscordServerError, *LOST) as error:
            log.info("A daily post in channel %s is sent again in %d s: %s", channel.id, pause, named(error))
            await asyncio.sleep(pause)
    return await channel.send(view=view, nonce=nonce, silent=silent)


def nonce(guild: int, kind: str, day: date, turn: int) -> str:
    """Name a post so that Discord itself drops a repeated try (resources/message, "enforce_nonce"; 25 characters)."""
    return _name(f"{guild}/{kind}/{day}/{turn}")


def _name(what: str) -> str:
    return hashlib.blake2b(what.encode(), digest_size=12).hexdigest()


async def stop(bot: Host, of: Daily, kind: PostKind, day: date, now: int) -> None:
    """End a daily song whose channel is gone or closed, give the day back, and tell the managers once."""
    stopped = await bot.store.daily.stop(of.guild, of.channel, now)
    await bot.store.daily.release(of.guild, kind, day)
    guild = bot.get_guild(of.guild)
    if not stopped or guild is None:
        return
    texts = places.spoken(bot, guild)
    told = await places.tell_managers(bot, guild, reply.note(texts("daily.stopped", channel=f"<#{of.channel}>")))
    log.info("The daily song of guild %s has stopped; its managers were %s", of.guild, "told" if told else "not told")
