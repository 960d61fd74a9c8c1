"""The pages of one's favourites, and of what one was shown lately."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Song
from bot.locale import Texts
from bot.store import Favourite, Shown
from bot.ui import lines
from bot.ui.routes import choose, option, press

PAGE_ROWS = 10
"""Favourites on one page."""
_TITLE, _SINGERS, _DRAMA = 44, 34, 34
"""Characters of each part of a row: 25 rows stay within one message."""


def last_page(favourites: Sequence[Favourite]) -> int:
    """Return the number of the last page, from 0."""
    return max(0, (len(favourites) - 1) // PAGE_ROWS)


def favourites_page(
    favourites: Sequence[Favourite], page: int, catalogue: Catalogue, texts: Texts, *, post: bool
) -> discord.ui.LayoutView:
    """Lay out ten favourites for their owner, to open, to remove, to turn over and perhaps to post."""
    last = last_page(favourites)
    page = min(max(page, 0), last)
    shown = _of_page(favourites, page)
    heading = texts("favourites.heading", count=len(favourites))
    container = _listed(heading, shown, page, catalogue, texts)
    container.add_item(
        discord.ui.ActionRow(
            choose(
                "fav-remove",
                page,
                placeholder=texts("favourites.select-remove"),
                options=[_removable(one.song, catalogue, texts) for one in shown],
            )
        )
    )
    turning = (
        [
            press("fav-page", page - 1, label=texts("favourites.back"), disabled=page == 0),
            press("fav-page", page + 1, label=texts("favourites.next"), disabled=page == last),
        ]
        if last
        else []
    )
    posting = [press("fav-post", page, label=texts("favourites.post"))] if post else []
    if turning or posting:
        container.add_item(discord.ui.ActionRow(*turning, *posting))
    if last:
        container.add_item(discord.ui.TextDisplay(texts("favourites.page", page=page + 1, pages=last + 1)))
    return _view(container)


def posted_page(
    favourites: Sequence[Favourite], page: int, name: str, catalogue: Catalogue, texts: Texts
) -> discord.ui.LayoutView:
    """Lay out ten favourites for everybody: what is seen is all that was given away."""
    page = min(max(page, 0), last_page(favourites))
    heading = texts("favourites.heading-posted", name=name, count=len(favourites))
    return _view(_listed(heading, _of_page(favourites, page), page, catalogue, texts))


def shown_page(shown: Sequence[Shown], catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Lay out what somebody was shown lately, newest first."""
    rows = [f"{song_row(one.song, catalogue, texts)} · <t:{one.at}:R>" for one in shown]
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"### {texts('favourites.heading-shown')}\n" + "\n".join(rows)))
    _offer_cards(container, [one.song for one in shown], catalogue, texts)
    return _view(container)


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


def _of_page(favourites: Sequence[Favourite], page: int) -> Sequence[Favourite]:
    return favourites[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]


def _listed(
    heading: str, shown: Sequence[Favourite], page: int, catalogue: Catalogue, texts: Texts
) -> discord.ui.Container[discord.ui.LayoutView]:
    rows = [
        f"{number}\\. {song_row(one.song, catalogue, texts)}" for number, one in enumerate(shown, page * PAGE_ROWS + 1)
    ]
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay(f"### {heading}\n" + "\n".join(rows)))
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


def _removable(id: str, catalogue: Catalogue, texts: Texts) -> discord.SelectOption:
    song = catalogue.song(id)
    if song is None:
        return option(texts("favourites.vanished", id=id), id)
    drama = lines.drama_title(catalogue.drama_of(song), texts)
    return option(lines.short_title(song, texts), id, f"{lines.singers(song, texts)} · {drama}")


def _view(container: discord.ui.Container[discord.ui.LayoutView]) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    return view
