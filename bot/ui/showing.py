"""Sends cards: gathers what people said, replies, remembers the card, and puts a heart under it."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

import discord
from discord.utils import escape_markdown

from bot import limits, recommend
from bot.catalogue import Catalogue, Song
from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts, texts_for
from bot.recommend import Listener, Recommendation, Request
from bot.store import Card, StoreError
from bot.trouble import OUTAGE, named
from bot.ui import cards, lines, reply
from bot.ui.reasons import reason_line
from bot.ui.routes import custom_id, press

log = logging.getLogger(__name__)

ONE_SONG = "song"
PICKS = "picks"
CHAMPION = "champion"
"""One song too, but under its picture: hearts count, and it is never drawn as a card."""
UNMET = "unmet"
"""No song at all, but the question that got none, so that it can be asked again."""


def song_named(bot: Host, id: str) -> Song:
    """Find the song an id from outside names. Raises Refusal where there is none any more."""
    song = bot.library.catalogue.song(id)
    if song is None:
        raise Refusal("error.song-gone")
    return song


def standing(bot: Host, guild: int, song: Song) -> cards.Standing:
    """Gather what people said of a song, from memory."""
    return cards.Standing(
        loved_here=bot.store.tally.here(guild, song.id) if guild else 0,
        loved_everywhere=bot.store.tally.everywhere(song.id),
        comments=bot.store.comments.count(guild, song.id) if guild else 0,
        memory=bot.store.comments.best(guild, song.id) if guild else None,
        in_guild=bool(guild),
    )


async def show_song(interaction: discord.Interaction, song: Song, *, private: bool, why: str | None = None) -> None:
    """Answer with one song's card."""
    bot = reply.host(interaction)
    to = reply.audience(interaction, private=private)
    votes = not to.private and reply.can_seed(interaction)
    view = cards.song_card(song, bot.library.catalogue, to.texts, standing(bot, to.guild, song), why=why, hint=votes)
    message = await reply.send(interaction, view, private=to.private)
    if not to.private:
        await _keep(interaction, ONE_SONG, message, [song], [why or ""], to.texts, votes)
    else:
        bot.store.listeners.shown_soon(interaction.user.id, [song.id], reply.now())


async def listener(interaction: discord.Interaction) -> Listener:
    """Describe the asker to the recommender."""
    bot = reply.host(interaction)
    state = await bot.store.listeners.state(interaction.user.id, reply.now())
    return Listener(
        user=interaction.user.id,
        loved=tuple((favourite.song, favourite.since) for favourite in state.loved),
        known=state.known,
        dismissed=state.dismissed,
        shown=state.shown,
        picked=state.picked,
        guild=reply.home(interaction) or None,
        hidden=frozenset(bot.store.guilds.get(reply.home(interaction)).hidden_artists),
    )


async def show_picks(interaction: discord.Interaction, request: Request, *, private: bool, again: bool = False) -> None:
    """Answer with the recommender's picks, or say which condition stands in the way; `again` also what was shown."""
    bot = reply.host(interaction)
    to = reply.audience(interaction, private=private)
    asker = await listener(interaction)
    if again:
        asker = replace(asker, shown=frozenset())
    found = bot.library.recommender.recommend(request, asker)
    if not found.picks:
        await _say_unmet(interaction, request, found, private=private)
        return
    catalogue = bot.library.catalogue
    picks = [(catalogue.songs[pick.song], reason_line(pick.reason, catalogue, to.texts)) for pick in found.picks]
    newcomer = not asker.loved and request == Request(count=request.count)
    taps = [catalogue.songs[id] for id in bot.library.recommender.well_known(25)] if newcomer else []
    taps = [song for song in taps if asker.hidden.isdisjoint(credit.artist for credit in song.artists)]
    view = cards.picks_message(
        picks,
        catalogue,
        to.texts,
        heading=to.texts("picks.heading-newcomer") if newcomer else heading(request, catalogue, to.texts),
        footing=unmet_sentence(found, to.texts) if found.unmet else None,
        taps=taps,
    )
    message = await reply.send(interaction, view, private=to.private)
    songs = [song for song, _ in picks]
    await _keep(interaction, PICKS, message, songs, [why for _, why in picks], to.texts, False, request)


def heading(request: Request, catalogue: Catalogue, texts: Texts) -> str:
    """Head picks by what they were asked to be like, or else by their mood."""
    for id in request.like:
        if song := catalogue.song(id):
            return texts("picks.heading-like", what=escape_markdown(lines.short_title(song, texts)))
    for id in request.like_dramas:
        if drama := catalogue.drama(id):
            return texts("picks.heading-like", what=escape_markdown(lines.drama_title(drama, texts)))
    for id in request.like_artists:
        if artist := catalogue.artist(id):
            return texts("picks.heading-like", what=escape_markdown(texts.pick(artist.name, artist.name_ko)))
    for id in request.moods:
        if mood := catalogue.vocabulary.listener_moods.get(id):
            return texts("picks.heading-mood", mood=texts.pick(mood.label, mood.label_ko))
    return texts("picks.heading")


async def _say_unmet(
    interaction: discord.Interaction, request: Request, found: Recommendation, *, private: bool
) -> None:
    """Say privately what stands in the way; where all was shown already, offer to show it again."""
    texts = reply.mine(interaction)
    again = press("again", int(private), label=texts("button.show-again"))
    note = reply.note(unmet_sentence(found, texts), *([again] if _all_was_shown(found) else []))
    message = await reply.send(interaction, note, private=True)
    if _all_was_shown(found):
        await _keep(interaction, UNMET, message, [], [], texts, False, request)


def _all_was_shown(found: Recommendation) -> bool:
    unmet = found.unmet
    return not found.picks and unmet is not None and unmet.drop == "shown" and not unmet.also


def unmet_sentence(found: Recommendation, texts: Texts) -> str:
    """Say which condition to drop, and how many songs there would be then."""
    unmet = found.unmet
    if unmet is None or unmet.drop is None:
        return texts("unmet.nothing")
    if _all_was_shown(found):
        return texts("unmet.shown", count=unmet.gives)
    dropped, *others = (texts(f"unmet.condition.{condition}") for condition in (unmet.drop, *unmet.also))
    for other in others:
        dropped = texts("unmet.and", one=dropped, other=other)
    return texts("unmet.some" if found.picks else "unmet.drop", condition=dropped, count=unmet.gives)


async def _keep(
    interaction: discord.Interaction,
    kind: str,
    message: int,
    songs: list[Song],
    reasons: list[str],
    texts: Texts,
    votes: bool,
    request: Request | None = None,
) -> None:
    """Remember a card that was sent, and put the first heart under it once a heart there is sure to be counted."""
    bot = reply.host(interaction)
    channel = interaction.channel_id or 0
    detail = json.dumps({"why": reasons, "asked": request_words(request)}, ensure_ascii=False)
    card = Card(
        message=message,
        channel=channel,
        guild=reply.home(interaction),
        kind=kind,
        songs=tuple(song.id for song in songs),
        locale=texts.locale,
        at=reply.now(),
        reasons=detail,
    )
    kept = bot.store.cards.add_soon(card, shown_to=interaction.user.id)
    if not votes or not bot.store.guilds.get(card.guild).seed:
        return
    try:
        await kept
    except StoreError:
        return
    if await reply.seed(bot, channel, message, [bot.store.guilds.get(card.guild).vote_emoji]):
        bot.store.cards.set_seeded_soon(message)
    elif view := redraw(bot, card):
        await _take_hint_back(interaction, message, view)


async def _take_hint_back(interaction: discord.Interaction, message: int, view: discord.ui.LayoutView) -> None:
    """Show a card without the hint that a heart votes, where none of ours could be put."""
    try:
        await interaction.followup.edit_message(message, view=view)
    except OUTAGE as error:
        log.info("Card %s keeps its hint: %s", message, named(error))


def request_words(request: Request | None) -> dict[str, object]:
    """Write down a request so that "three more" can ask it again."""
    if request is None:
        return {}
    source = request.source
    named = next((value for name in ("drama", "artist", "collection") if (value := getattr(source, name, None))), None)
    return {
        "like": list(request.like),
        "like_dramas": list(request.like_dramas),
        "like_artists": list(request.like_artists),
        "moods": list(request.moods),
        "source": [type(source).__name__, named] if source else None,
        "era": [request.era.first_year, request.era.last_year] if request.era else None,
        "voicing": request.voicing,
        "count": request.count,
    }


def request_of(card: Card | None) -> Request:
    """Read the request a card answered; a card that is gone asked for nothing in particular."""
    words = json.loads(card.reasons).get("asked") if card else None
    if not words:
        return Request()
    source = None
    if words["source"]:
        kind, named = words["source"]
        made = getattr(recommend, kind)
        source = made(named) if named else made()
    return Request(
        like=tuple(words["like"]),
        like_dramas=tuple(words["like_dramas"]),
        like_artists=tuple(words["like_artists"]),
        moods=tuple(words["moods"]),
        source=source,
        era=recommend.Era(*words["era"]) if words["era"] else None,
        voicing=words["voicing"],
        count=words["count"],
    )


def redraw(bot: Host, card: Card) -> discord.ui.LayoutView | None:
    """Lay out a card of one song again with its present counts; None where its song is gone."""
    song = bot.library.catalogue.song(card.songs[0]) if card.songs else None
    if song is None or card.kind != ONE_SONG:
        return None
    detail = json.loads(card.reasons)
    why = next(iter(detail.get("why", [])), "")
    texts = texts_for(card.locale)
    told = standing(bot, card.guild, song)
    hint = card.seeded or not bot.store.guilds.get(card.guild).seed
    view = cards.song_card(song, bot.library.catalogue, texts, told, why=why or None, hint=hint)
    if detail.get("daily"):
        cards.ask_scene(view, song, texts)
    return view


def redraw_pressed(interaction: discord.Interaction, song: Song) -> discord.ui.LayoutView | None:
    """Lay out again the song's card whose button was pressed, where only that press lets us edit it.

    That is a private answer, a direct message or a place where the bot is no member; None elsewhere, and where
    the message is no card of one song.
    """
    message = interaction.message
    if message is None or not (message.flags.ephemeral or not reply.home(interaction)):
        return None
    parts = list(limits.walk([component.to_dict() for component in message.components]))  # pyright: ignore[reportArgumentType]
    if not {custom_id("like", song.id), custom_id("comments", song.id)} <= {part.get("custom_id") for part in parts}:
        return None
    rows = "\n".join(str(part.get("content", "")) for part in parts).splitlines()
    why = next((row.removeprefix(cards.WHY) for row in rows if row.startswith(cards.WHY)), None)
    to = reply.audience(interaction, private=message.flags.ephemeral)
    bot = reply.host(interaction)
    shown = standing(bot, to.guild, song)
    return cards.song_card(song, bot.library.catalogue, to.texts, shown, why=why, hint=False)
