"""Posts a server's duels: claims the post, closes the duel before it, sends, and keeps its count true."""

from __future__ import annotations

import json
import logging

import discord

from bot.catalogue import Catalogue
from bot.daily import Due
from bot.host import Host
from bot.locale import Texts, texts_for
from bot.store import Card, Cup, CupState
from bot.store.guild_cups import Close
from bot.ui import dueling, places, reply, worldcup
from bot.ui.posting import insist, nonce
from bot.ui.routes import Item, press
from bot.ui.worldcup import Played
from bot.worldcup import Bracket, decided

log = logging.getLogger(__name__)


def closing(catalogue: Catalogue) -> Close:
    """Decide the open duel by its votes, or by which of its songs is still there."""

    def close(cup: Cup, votes: list[int]) -> tuple[tuple[int, ...], CupState]:
        bracket = Bracket(cup.songs, cup.picks)
        duel = bracket.duel
        if duel and cup.posts and all(map(catalogue.song, duel.songs)):
            bracket = bracket.pick(decided(votes))
        bracket = bracket.settle(catalogue.song)
        return bracket.picks, "running" if bracket.duel else "over"

    return close


async def post(bot: Host, cup: Cup, due: Due, now: int) -> None:
    """Post what is due, once: the post is taken before anything is sent.

    Raises discord.Forbidden or discord.NotFound where surely nothing was sent.
    """
    step = len(cup.posts)
    claimed = await bot.store.guild_cups.claim(cup.id, step, due.day, now, closing(bot.library.catalogue))
    guild = bot.get_guild(cup.served.guild) if cup.served else None
    if claimed is None or claimed.served is None or guild is None:
        return
    texts = places.spoken(bot, guild)
    view, files = await _laid_out(bot, claimed, step, texts)
    channel = bot.get_partial_messageable(claimed.served.channel, guild_id=guild.id)
    name = nonce(guild.id, f"cup {cup.id}", due.day, step)
    sent = await (channel.send(view=view, files=files, nonce=name) if files else insist(channel, view, name))
    await bot.store.guild_cups.sent(cup.id, step, sent.id)
    detail = json.dumps({"cup": cup.id, "step": step})
    await bot.store.cards.add(Card(sent.id, channel.id, guild.id, dueling.DUEL, (), texts.locale, now, detail))
    if step and (before := claimed.posts[step - 1].message):
        bot.redraws.soon(before)


async def _laid_out(bot: Host, cup: Cup, step: int, texts: Texts) -> tuple[discord.ui.LayoutView, list[discord.File]]:
    library = bot.library
    if view := dueling.duel_post(cup, step, library, texts):
        return view, []
    played = Played.of(cup, library.catalogue)
    champion = library.catalogue.song(played.bracket.champion or "")
    if champion is None:
        return dueling.page(texts("error.song-gone")), []
    from bot.ui.pictures import drawn  # noqa: PLC0415 - only where a picture is asked for

    picture = worldcup.champion_picture(played, champion, None, library, texts)
    file, gallery = await drawn(picture, "worldcup")
    buttons: list[Item] = [
        press("love", champion.id, label=texts("button.love"), emoji="❤️"),
        worldcup.begin(played.origin, cup.size, texts),
    ]
    return dueling.champion_post(cup, champion.id, gallery, library, texts, buttons), [file]


def redrawn(bot: Host, card: Card) -> discord.ui.LayoutView | None:
    """Lay out a duel's message again with its present votes, or how it ended; None where nothing is to change."""
    detail = json.loads(card.reasons)
    cup = bot.store.guild_cups.get(detail["cup"])
    if cup is None or detail["step"] >= len(cup.posts):
        return None
    return dueling.duel_post(cup, detail["step"], bot.library, texts_for(card.locale))


async def stop(bot: Host, cup: Cup, now: int) -> None:
    """End a knockout whose channel is gone or closed, and tell the managers once."""
    stopped = await bot.store.guild_cups.stop(cup.id, now)
    guild = bot.get_guild(cup.served.guild) if cup.served else None
    if not stopped or guild is None or cup.served is None:
        return
    note = reply.note(places.spoken(bot, guild)("cup.stopped", channel=f"<#{cup.served.channel}>"))
    told = await places.tell_managers(bot, guild, note)
    log.info("The World Cup of guild %s has stopped; its managers were %s", guild.id, "told" if told else "not told")
