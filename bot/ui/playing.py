"""Playing a collection through: one song after the other, each to love, to know or to pass."""

from __future__ import annotations

from typing import Final

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Collection, Song
from bot.errors import Refusal
from bot.host import Host
from bot.layout import laid_out
from bot.locale import Texts
from bot.store import Pressed
from bot.ui import cards, lines, showing
from bot.ui.collecting import Progress
from bot.ui.moods import accent
from bot.ui.pages import Row
from bot.ui.reply import Audience
from bot.ui.routes import Item, press

MOST_SONGS: Final = 9_999
"""Songs a collection's place is counted to, in a custom_id."""
_TITLE: Final = 80
"""Characters of a collection's title."""


def collection_named(bot: Host, id: str) -> Collection:
    """Find the collection an id from outside names. Raises Refusal where there is none any more."""
    collection = bot.library.catalogue.collection(id)
    if collection is None or not collection.entries:
        raise Refusal("pages.gone")
    return collection


def song_at(bot: Host, collection: Collection, place: int) -> Song:
    """Return the song at a place. Raises Refusal where the collection has become shorter."""
    if place >= len(collection.entries):
        raise Refusal("error.stale")
    return bot.library.catalogue.songs[collection.entries[place].song]


def first_new(collection: Collection, progress: Progress, after: int = 0) -> int:
    """Return the first place from `after` on whose song is neither loved nor known; past the end where all are."""
    met = {*progress.loved, *progress.known}
    places = range(after, len(collection.entries))
    return next((place for place in places if collection.entries[place].song not in met), len(collection.entries))


def play_page(
    bot: Host, to: Audience, collection: Collection, place: int, progress: Progress, said: str | None = None
) -> discord.ui.LayoutView:
    """Lay out the song at a place, or the summary past the last; `said` tells what the last press did."""
    if place >= len(collection.entries):
        return _summary(bot, to, collection, progress, said)
    texts, catalogue = to.texts, bot.library.catalogue
    song = song_at(bot, collection, place)
    total = len(collection.entries)
    head = [f"-# {said}"] if said else []
    head.append(
        f"-# {collection.emoji} {_title(collection, texts)} · {texts('playing.place', place=place + 1, total=total)}"
    )
    rows = [*head, *cards.about(song, catalogue, texts)]
    if song.id in progress.loved:
        rows.append(f"✓ {texts('playing.loved')}")
    elif song.id in progress.known:
        rows.append(f"✓ {texts('playing.known')}")
    rows.append(cards.loved_line(showing.standing(bot, to.guild, song), texts, hint=False))
    container = discord.ui.Container(accent_colour=accent(song))
    container.add_item(discord.ui.TextDisplay("\n".join(rows)))
    container.add_item(
        Row(
            press(
                "play-love",
                collection.id,
                place,
                label=texts("button.love"),
                emoji="❤️",
                style=discord.ButtonStyle.primary,
                disabled=song.id in progress.loved,
            ),
            press(
                "play-known",
                collection.id,
                place,
                label=texts("details.know-it"),
                disabled=song.id in progress.loved or song.id in progress.known,
            ),
            discord.ui.Button(label="▶ YouTube", url=lines.youtube(song, catalogue)),
        )
    )
    container.add_item(
        Row(
            _to(collection, max(place - 1, 0), texts("pages.back"), disabled=place == 0, side="back"),
            _to(collection, place + 1, texts("pages.next"), disabled=False, side="on"),
        )
    )
    return laid_out(container)


def loved_line(song: Song, pressed: Pressed, texts: Texts) -> str:
    """Say that a song was saved, or since when it had been."""
    title = lines.bold_title(song, texts)
    if not pressed.new:
        return texts("vote.since", title=title, since=f"<t:{pressed.since}:D>")
    return texts("vote.saved", title=title, ordinal=lines.ordinal(pressed.total), count=pressed.total)


def _summary(
    bot: Host, to: Audience, collection: Collection, progress: Progress, said: str | None
) -> discord.ui.LayoutView:
    texts = to.texts
    loved, known, total = progress.of(collection)
    rows = [f"-# {said}"] if said else []
    rows += [
        f"### {collection.emoji} {_title(collection, texts)}",
        texts("playing.through"),
        texts("collections.progress", loved=loved, known=known, total=total),
    ]
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay("\n".join(rows)))
    buttons = [_to(collection, 0, texts("playing.again"), disabled=False, side="again")]
    if total > known:
        label = texts("playing.new-ones", count=total - known)
        buttons.insert(0, press("play", collection.id, label=label, style=discord.ButtonStyle.primary))
    container.add_item(Row(*buttons, press("play-all", label=texts("collections.all"))))
    return laid_out(container)


def _to(collection: Collection, place: int, label: str, *, disabled: bool, side: str) -> Item:
    return press("play-at", collection.id, place, side, label=label, disabled=disabled)


def _title(collection: Collection, texts: Texts) -> str:
    return escape_markdown(limits.shorten(lines.collection_title(collection, texts), _TITLE))
