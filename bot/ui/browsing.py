"""The owner's pages of favourites: sorted, filtered, turned and thinned out; their state travels in custom_ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Song
from bot.errors import Refusal
from bot.layout import laid_out
from bot.locale import Texts
from bot.store import Favourite
from bot.ui import favourites, lines, reply
from bot.ui.routes import Item, choose, option, press, whole

SORTS: Final = ("new", "old", "title", "drama", "artist")
"""The orders in which favourites can be read."""
EVERY: Final = "*"
"""The choice that lifts a filter."""
_STATE: Final = 85
"""Characters of a page's state: with its verb it stays within a custom_id."""
_FEW: Final = 10
"""Favourites up to which nobody needs to sort or filter."""
_FILTER: Final = 60
"""Characters of a filter's name in the heading."""
_LAST_SONG: Final = "\U0010ffff"
"""Sorts what has left the catalogue behind everything else."""


@dataclass(frozen=True, slots=True)
class Browse:
    """Which page, in which order, of which of one's favourites."""

    page: int = 0
    sort: str = "new"
    drama: str = ""
    mood: str = ""

    @classmethod
    def read(cls, state: str) -> Browse:
        """Read a state out of a custom_id, or a page's number alone. Raises Refusal where it is none."""
        page, *rest = state.split(",")
        sort, drama, mood = rest if len(rest) == 3 else ("new", "", "")
        if sort not in SORTS or len(rest) not in {0, 3}:
            raise Refusal("error.stale")
        return cls(whole(page, 999_999), sort, drama, mood)

    def written(self) -> str:
        """Write the state for a custom_id; a mood that has no room beside its drama gives way."""
        state = f"{self.page},{self.sort},{self.drama},{self.mood}"
        return state if len(state) <= _STATE else replace(self, mood="").written()

    def at(self, page: int) -> Browse:
        """Turn to another page of the same."""
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class Arranged:
    """The favourites that a state asks for, in its order, and the state as far as it holds."""

    browse: Browse
    shown: Sequence[Favourite]
    """Those that pass the filters, all pages."""
    every: Sequence[Favourite]

    def of_page(self) -> Sequence[Favourite]:
        """Return those of the page."""
        return favourites.of_page(self.shown, self.browse.page)


def arranged(own: Sequence[Favourite], browse: Browse, catalogue: Catalogue, texts: Texts) -> Arranged:
    """Filter and sort somebody's favourites, newest first given; a filter that leaves nothing is lifted."""
    drama = catalogue.drama(browse.drama)
    browse = replace(browse, drama=drama.id if drama else "")
    shown = [one for one in own if _passes(catalogue.song(one.song), browse)]
    if not shown:
        browse, shown = replace(browse, drama="", mood=""), list(own)
    if browse.sort == "old":
        shown.reverse()
    elif browse.sort != "new":
        key = _key(browse.sort, catalogue, texts)
        shown.sort(key=lambda one: key(catalogue.song(one.song)))
    last = favourites.last_page(shown)
    return Arranged(browse.at(min(max(browse.page, 0), last)), shown, own)


def _passes(song: Song | None, browse: Browse) -> bool:
    if song is None:
        return not browse.drama and not browse.mood
    return browse.drama in {"", song.drama} and (not browse.mood or browse.mood in song.moods)


def _key(sort: str, catalogue: Catalogue, texts: Texts) -> Callable[[Song | None], tuple[str, str]]:
    def key(song: Song | None) -> tuple[str, str]:
        if song is None:
            return _LAST_SONG, ""
        title = lines.short_title(song, texts).casefold()
        if sort == "drama":
            return lines.drama_title(catalogue.drama_of(song), texts).casefold(), title
        return (lines.singers(song, texts).casefold(), title) if sort == "artist" else (title, "")

    return key


def own_page(found: Arranged, catalogue: Catalogue, texts: Texts, *, post: bool) -> discord.ui.LayoutView:
    """Lay out a page for its owner: to open, to remove from, to sort, to filter, to turn and perhaps to post."""
    browse, shown = found.browse, found.of_page()
    state = browse.written()
    container = favourites.listed(heading(found, catalogue, texts), shown, browse.page, catalogue, texts)
    menus = [
        choose(
            "fav-remove",
            state,
            placeholder=texts("favourites.select-remove"),
            options=[_removable(one.song, catalogue, texts) for one in shown],
            most=len(shown),
        )
    ]
    if len(found.every) > _FEW:
        menus += [_sorting(browse, texts), *_filters(found, catalogue, texts)]
    last = favourites.last_page(found.shown)
    if last:
        menus.append(_jumping(found, last, catalogue, texts))
    for menu in menus:
        container.add_item(discord.ui.ActionRow(menu))
    buttons: list[Item] = []
    if last:
        buttons += [
            _turn(browse.at(browse.page - 1), texts("favourites.back"), disabled=browse.page == 0),
            _turn(browse.at(browse.page + 1), texts("favourites.next"), disabled=browse.page == last),
        ]
    buttons.append(press("fav-export", label=texts("favourites.export")))
    if post:
        buttons.append(press("fav-post", state, label=texts("favourites.post")))
    container.add_item(discord.ui.ActionRow(*buttons))
    return laid_out(container)


def heading(found: Arranged, catalogue: Catalogue, texts: Texts) -> str:
    """Head the page with how many there are, and with what is left out."""
    told = texts("favourites.heading", count=len(found.every))
    filters = _filtered(found.browse, catalogue, texts)
    if filters:
        told += f"\n-# {texts('favourites.filtered', count=len(found.shown), filters=filters)}"
    if last := favourites.last_page(found.shown):
        told += f"\n{texts('favourites.page', page=found.browse.page + 1, pages=last + 1)}"
    return told


def _filtered(browse: Browse, catalogue: Catalogue, texts: Texts) -> str:
    drama = catalogue.drama(browse.drama)
    named = [lines.drama_title(drama, texts)] if drama else []
    named += [_mood(browse.mood, catalogue, texts)] if browse.mood else []
    return " · ".join(escape_markdown(limits.shorten(name, _FILTER)) for name in named)


def _turn(browse: Browse, label: str, *, disabled: bool) -> Item:
    return press("fav-page", browse.at(max(browse.page, 0)).written(), label=label, disabled=disabled)


def _sorting(browse: Browse, texts: Texts) -> Item:
    return choose(
        "fav-sort",
        browse.written(),
        placeholder=texts("favourites.select-sort"),
        options=[option(texts(f"favourites.sort-{sort}"), sort, default=sort == browse.sort) for sort in SORTS],
    )


def _filters(found: Arranged, catalogue: Catalogue, texts: Texts) -> list[Item]:
    songs = [song for one in found.every if (song := catalogue.song(one.song))]
    dramas = Counter[str](song.drama for song in songs)
    moods = Counter(mood for song in songs for mood in song.moods)
    named: dict[str, str] = {song.drama: lines.drama_title(catalogue.drama_of(song), texts) for song in songs}
    return [
        _filter("drama", found.browse.drama, named, dramas, found.browse, texts),
        _filter(
            "mood", found.browse.mood, {id: _mood(id, catalogue, texts) for id in moods}, moods, found.browse, texts
        ),
    ]


def _filter(kind: str, chosen: str, names: dict[str, str], counts: Counter[str], browse: Browse, texts: Texts) -> Item:
    """Offer the names with most favourites, and the one that is chosen in any case."""
    most = sorted(counts, key=lambda id: (-counts[id], names[id]))[: limits.SELECT_OPTIONS - 1]
    if chosen in counts and chosen not in most:
        most[-1] = chosen
    every = option(texts(f"favourites.every-{kind}"), EVERY, default=not chosen)
    options = [option(names[id], id, texts("favourites.of", count=counts[id]), default=id == chosen) for id in most]
    return choose(
        f"fav-{kind}",
        browse.written(),
        placeholder=texts(f"favourites.select-{kind}"),
        options=[every, *options],
    )


def _jumping(found: Arranged, last: int, catalogue: Catalogue, texts: Texts) -> Item:
    """Offer the pages by what they begin with: all of them, or as many as fit, evenly spaced."""
    room = min(last, limits.SELECT_OPTIONS - 2)
    pages = sorted({found.browse.page, *(round(step * last / room) for step in range(room + 1))})
    first = {page: favourites.of_page(found.shown, page)[0].song for page in pages}
    return choose(
        "fav-jump",
        found.browse.written(),
        placeholder=texts("favourites.select-page"),
        options=[
            option(
                texts("favourites.page-option", page=page + 1),
                str(page),
                favourites.choice_name(first[page], catalogue, texts),
                default=page == found.browse.page,
            )
            for page in pages
        ],
    )


def _mood(id: str, catalogue: Catalogue, texts: Texts) -> str:
    mood = catalogue.vocabulary.moods.get(id)
    return texts.pick(mood.label, mood.label_ko) if mood else id


def _removable(id: str, catalogue: Catalogue, texts: Texts) -> discord.SelectOption:
    song = catalogue.song(id)
    if song is None:
        return option(texts("favourites.vanished", id=id), id)
    drama = lines.drama_title(catalogue.drama_of(song), texts)
    return option(lines.short_title(song, texts), id, f"{lines.singers(song, texts)} · {drama}")


async def found_by(interaction: discord.Interaction, browse: Browse, texts: Texts) -> Arranged:
    """Arrange the asker's own favourites. Raises Refusal where there are none."""
    bot = reply.host(interaction)
    own = await bot.store.marks.favourites(interaction.user.id)
    if not own:
        raise Refusal("favourites.empty")
    return arranged(own, browse, bot.library.catalogue, texts)


async def page_for(interaction: discord.Interaction, browse: Browse, *, asked: bool = False) -> discord.ui.LayoutView:
    """Lay out a page of the asker's own favourites. Raises Refusal where there are none.

    What was `asked` for in so many words, and is not there, is said; a filter left empty later is merely lifted.
    """
    texts = reply.mine(interaction)
    found = await found_by(interaction, browse, texts)
    if asked and (browse.drama, browse.mood) != (found.browse.drama, found.browse.mood):
        raise Refusal("favourites.none-of-those")
    catalogue = reply.host(interaction).library.catalogue
    return own_page(found, catalogue, texts, post=bool(interaction.guild_id))
