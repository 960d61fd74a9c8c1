"""The editor's collections as pages: the list of them, and one with its notes and the reader's progress."""

from __future__ import annotations

from collections.abc import Collection as Ids
from dataclasses import dataclass
from typing import Final

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Collection, SongId
from bot.host import Host
from bot.layout import laid_out
from bot.locale import Texts
from bot.ui import cards, lines, pages
from bot.ui.moods import accent
from bot.ui.pages import Place, Row
from bot.ui.reply import Audience
from bot.ui.routes import Item, choose, option, press

COLLECTIONS_A_PAGE: Final = 20
"""Collections on one page of the list."""
_FOUNDING: Final = ("founding-post", "founding-duets")
"""What the bot began with leads the list."""
_NOTE, _BLURB = 160, 400
"""Characters of a song's note and of a collection's blurb."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The songs a reader loves, and those they love or know."""

    loved: Ids[SongId]
    known: Ids[SongId]

    def of(self, collection: Collection) -> tuple[int, int, int]:
        """Count the loved, the loved or known, and all songs of a collection."""
        songs = [entry.song for entry in collection.entries]
        loved = sum(song in self.loved for song in songs)
        known = sum(song in self.loved or song in self.known for song in songs)
        return loved, known, len(songs)


def ordered(catalogue: Catalogue, texts: Texts) -> list[Collection]:
    """Order the collections: the founding ones first, then by title."""

    def key(collection: Collection) -> tuple[int, str]:
        first = _FOUNDING.index(collection.id) if collection.id in _FOUNDING else len(_FOUNDING)
        return first, lines.collection_title(collection, texts).casefold()

    return sorted(catalogue.collections.values(), key=key)


def list_page(bot: Host, to: Audience, place: Place, progress: Progress | None) -> discord.ui.LayoutView:
    """Lay out the list of collections with a menu that opens one."""
    texts = to.texts
    every = ordered(bot.library.catalogue, texts)
    place, part, count = pages.cut(place, len(every), COLLECTIONS_A_PAGE)
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"### {texts('collections.heading')}\n{texts('collections.about')}"))
    rows = [_listed(collection, texts, progress) for collection in every[part]]
    if rows:
        container.add_item(discord.ui.TextDisplay(pages.joined(rows)))
        container.add_item(
            Row(
                choose(
                    "open-collection",
                    placeholder=texts("collections.open"),
                    options=[
                        option(
                            f"{collection.emoji} {lines.collection_title(collection, texts)}",
                            collection.id,
                            texts.pick(collection.blurb, collection.blurb_ko),
                        )
                        for collection in every[part]
                    ],
                )
            )
        )
    buttons = pages.turning(place, count, texts)
    if to.private:
        buttons.append(press("post", "collections", "all", place.number, label=texts("button.post-here")))
    if buttons:
        container.add_item(Row(*buttons))
    return laid_out(container)


def _listed(collection: Collection, texts: Texts, progress: Progress | None) -> str:
    title = escape_markdown(limits.shorten(lines.collection_title(collection, texts), 80))
    row = f"{collection.emoji} **{title}** · {texts('pages.songs-short', count=len(collection.entries))}"
    _, known, total = progress.of(collection) if progress else (0, 0, 0)
    return f"{row} · {texts('collections.yours', known=known, total=total)}" if known else row


def collection_page(
    bot: Host, to: Audience, collection: Collection, place: Place, progress: Progress | None
) -> discord.ui.LayoutView:
    """Lay out eight songs of a collection with why each is there."""
    texts, catalogue = to.texts, bot.library.catalogue
    place, part, count = pages.cut(place, len(collection.entries))
    entries = collection.entries[part]
    songs = [catalogue.songs[entry.song] for entry in entries]
    heading = [
        f"### {collection.emoji} {escape_markdown(limits.shorten(lines.collection_title(collection, texts), 120))}",
        escape_markdown(limits.shorten(texts.pick(collection.blurb, collection.blurb_ko), _BLURB)),
    ]
    if progress:
        loved, known, total = progress.of(collection)
        heading.append(f"-# {texts('collections.progress', loved=loved, known=known, total=total)}")
    container = discord.ui.Container(accent_colour=accent(songs[0]) if songs else None)
    container.add_item(discord.ui.TextDisplay("\n".join(heading)))
    plain: list[str] = []
    rows: list[str] = []
    for number, (entry, song) in enumerate(zip(entries, songs, strict=True), part.start + 1):
        plain.append(pages.song_row(bot, to, song, number=number))
        note = texts.either(entry.note, entry.note_ko)
        told = f"\n-# {escape_markdown(limits.shorten(note, _NOTE))}" if note else ""
        rows.append(plain[-1] + _mark(song.id, progress, texts) + told)
    if songs:
        container.add_item(discord.ui.TextDisplay(pages.joined(rows, plain)))
        container.add_item(Row(cards.open_one(songs, catalogue, texts)))
        container.add_item(Row(cards.love_many(songs, catalogue, texts)))
    buttons = pages.turning(place, count, texts)
    if to.private:
        buttons.append(press("post", "collection", collection.id, place.number, label=texts("button.post-here")))
    buttons.append(press("page", "collections", "all", 0, place.owner, label=texts("collections.all")))
    if songs:
        container.add_item(Row(play_button(collection, progress, texts)))
    container.add_item(Row(*buttons))
    return laid_out(container)


def play_button(collection: Collection, progress: Progress | None, texts: Texts) -> Item:
    """Make the button that begins to play a collection, or goes on where something is known already."""
    _, known, total = progress.of(collection) if progress else (0, 0, 0)
    label = texts("playing.go-on") if 0 < known < total else texts("playing.play")
    return press("play", collection.id, label=f"▶ {label}", style=discord.ButtonStyle.primary)


def _mark(song: SongId, progress: Progress | None, texts: Texts) -> str:
    if progress is None:
        return ""
    if song in progress.loved:
        return f" · {texts('collections.song-loved')}"
    return f" · {texts('collections.song-known')}" if song in progress.known else ""
