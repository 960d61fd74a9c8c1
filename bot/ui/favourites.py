"""The pages of one's favourites, and of what one was shown lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Song, SongId
from bot.catalogue.text import fold
from bot.errors import Refusal
from bot.layout import laid_out
from bot.library import Library
from bot.locale import Texts
from bot.store import Favourite, Shown
from bot.ui import lines
from bot.ui.routes import choose, option
from bot.ui.usertext import in_line

PAGE_ROWS = 25
"""Favourites on one page: as many as a menu takes, so that all of a page can be removed at once."""
_TITLE, _SINGERS, _DRAMA = 44, 34, 34
"""Characters of each part of a row: 25 rows stay within one message."""
_ROWS = 3_500
"""Characters of a page's rows: what is escaped may be longer, and the heading needs room."""

_RANKED = 300
"""Songs the search ranks before the asker's own are picked out."""
_REPEATED = 80
"""Characters of what was typed that an answer repeats."""


def last_page(favourites: Sequence[Favourite]) -> int:
    """Return the number of the last page, from 0."""
    return max(0, (len(favourites) - 1) // PAGE_ROWS)


def posted_page(
    favourites: Sequence[Favourite], page: int, name: str, catalogue: Catalogue, texts: Texts
) -> discord.ui.LayoutView:
    """Lay out a page of favourites for everybody: what is seen is all that was given away."""
    heading = texts("favourites.heading-posted", name=name, count=len(favourites))
    return laid_out(listed(heading, of_page(favourites, page), page, catalogue, texts))


def shown_page(shown: Sequence[Shown], catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Lay out what somebody was shown lately, newest first."""
    rows = [f"{song_row(one.song, catalogue, texts)} · <t:{one.at}:R>" for one in shown]
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"### {texts('favourites.heading-shown')}\n" + "\n".join(rows)))
    _offer_cards(container, [one.song for one in shown], catalogue, texts)
    return laid_out(container)


def song_row(id: str, catalogue: Catalogue, texts: Texts) -> str:
    """Name a song in one line; one that has left the catalogue goes by its id."""
    song = catalogue.song(id)
    if song is None:
        return texts("favourites.vanished", id=escape_markdown(id))
    parts = (
        limits.shorten(lines.singers(song, texts), _SINGERS),
        limits.shorten(lines.drama_title(catalogue.drama_of(song), texts), _DRAMA),
    )
    title = escape_markdown(limits.shorten(lines.short_title(song, texts), _TITLE))
    return " · ".join([f"**{title}**", *map(escape_markdown, parts)])


def choice_name(id: str, catalogue: Catalogue, texts: Texts) -> str:
    """Name a favourite in one line without markdown, for autocomplete."""
    song = catalogue.song(id)
    if song is None:
        return texts("favourites.vanished", id=id)
    drama = lines.drama_title(catalogue.drama_of(song), texts)
    return f"{lines.short_title(song, texts)} · {lines.singers(song, texts)} · {drama}"


def own_choices(own: Sequence[str], typed: str, library: Library, texts: Texts) -> list[app_commands.Choice[str]]:
    """Offer somebody's own favourites that what was typed may mean."""
    names: dict[str, str] = {id: choice_name(id, library.catalogue, texts) for id in own}
    wanted: list[str] = list(own)
    if typed.strip():
        hits = library.search.complete("song", typed, limit=_RANKED, favourites=[SongId(id) for id in own])
        plain = [id for id in own if fold(typed) in fold(names[id])]
        wanted = list(dict.fromkeys([*(hit.id for hit in hits if hit.id in names and not hit.near), *plain]))
    return [
        app_commands.Choice(name=limits.shorten(names[id], limits.CHOICE), value=id)
        for id in map(str, wanted[: limits.CHOICES])
        if len(id) <= limits.CHOICE
    ]


def drama_choices(own: Sequence[str], typed: str, library: Library, texts: Texts) -> list[app_commands.Choice[str]]:
    """Offer the dramas that somebody's favourites come from, the one with most of them first."""
    songs = [song for id in own if (song := library.catalogue.song(id))]
    counts = Counter[str](song.drama for song in songs)
    wanted = [id for id, _ in counts.most_common()]
    if typed.strip():
        hits = library.search.complete("drama", typed, limit=_RANKED)
        wanted = [hit.id for hit in hits if hit.id in counts and not hit.near]
    named = [(id, drama) for id in wanted[: limits.CHOICES] if (drama := library.catalogue.drama(id))]
    return [
        app_commands.Choice(name=limits.shorten(lines.drama_title(drama, texts), limits.CHOICE), value=id)
        for id, drama in named
    ]


def mood_meant(typed: str, catalogue: Catalogue) -> str:
    """Return the mood a word names, by id or label. Raises Refusal where it names none."""
    for mood in catalogue.vocabulary.moods.values():
        if fold(typed.strip()) in {mood.id, fold(mood.label), fold(mood.label_ko)}:
            return mood.id
    raise Refusal("error.nothing-like-it", text=in_line(typed[:_REPEATED]))


def mood_choices(typed: str, catalogue: Catalogue, texts: Texts) -> list[app_commands.Choice[str]]:
    """Offer the moods whose names hold what was typed."""
    return [
        app_commands.Choice(name=limits.shorten(texts.pick(mood.label, mood.label_ko), limits.CHOICE), value=mood.id)
        for mood in catalogue.vocabulary.moods.values()
        if fold(typed.strip()) in fold(f"{mood.label} {mood.label_ko} {mood.id}")
    ][: limits.CHOICES]


def of_page(favourites: Sequence[Favourite], page: int) -> Sequence[Favourite]:
    """Return those of one page, from 0."""
    return favourites[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]


def listed(
    heading: str, shown: Sequence[Favourite], page: int, catalogue: Catalogue, texts: Texts
) -> discord.ui.Container[discord.ui.LayoutView]:
    """Lay out the rows of a page under its heading, with a menu that opens one."""
    rows = [
        f"{number}\\. {song_row(one.song, catalogue, texts)}" for number, one in enumerate(shown, page * PAGE_ROWS + 1)
    ]
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay(f"### {heading}\n" + limits.shorten("\n".join(rows), _ROWS)))
    _offer_cards(container, [one.song for one in shown], catalogue, texts)
    return container


def _offer_cards(
    container: discord.ui.Container[discord.ui.LayoutView],
    ids: Sequence[str],
    catalogue: Catalogue,
    texts: Texts,
) -> None:
    songs = {song.id: song for id in ids if (song := catalogue.song(id))}
    if songs:
        menu = choose(
            "open",
            placeholder=texts("select.open-one"),
            options=[_openable(song, catalogue, texts) for song in songs.values()][: limits.SELECT_OPTIONS],
        )
        container.add_item(discord.ui.ActionRow(menu))


def _openable(song: Song, catalogue: Catalogue, texts: Texts) -> discord.SelectOption:
    drama = lines.drama_title(catalogue.drama_of(song), texts)
    return option(lines.short_title(song, texts), song.id, f"{lines.singers(song, texts)} · {drama}")
