"""Pages of songs: a drama's or an artist's, eight at a time, most loved first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Artist, ArtistId, Drama, Song
from bot.host import Host
from bot.layout import laid_out
from bot.locale import Texts
from bot.ui import cards, lines
from bot.ui.moods import accent
from bot.ui.reply import Audience
from bot.ui.routes import Item, press

SONGS_A_PAGE: Final = 8
"""Songs on one page."""
HEADING: Final = 1_100
"""Characters that the texts around a page's rows take at most."""
_KIN: Final = 5
"""Songs shown beside the only one known of a drama."""
_ALBUM = 40
"""Characters of a drama's title in a search for its album: Hangul takes nine each of an address's 512."""
_TITLE, _NAMES, _DRAMA = 60, 50, 50
"""Characters that a row gives to the title, the singers and the drama."""


Row = discord.ui.ActionRow[discord.ui.LayoutView]


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of what, and for whom it turns in place."""

    kind: str
    id: str
    number: int
    """From 0; beyond the last page means the last."""
    owner: int


def cut(place: Place, length: int, size: int = SONGS_A_PAGE) -> tuple[Place, slice, int]:
    """Find a page in a list of this length: the place that exists, its part of the list, the pages in all."""
    pages = max(1, -(-length // size))
    number = min(max(place.number, 0), pages - 1)
    return Place(place.kind, place.id, number, place.owner), slice(number * size, (number + 1) * size), pages


def turning(place: Place, pages: int, texts: Texts) -> list[Item]:
    """Make Back and Next with the page's number between them; nothing where there is one page."""
    if pages == 1:
        return []

    def to(number: int, label: str, *, disabled: bool) -> Item:
        return press("page", place.kind, place.id, number, place.owner, label=label, disabled=disabled)

    where = texts("pages.where", page=place.number + 1, pages=pages)
    return [
        to(place.number - 1, texts("pages.back"), disabled=place.number == 0),
        to(place.number, where, disabled=True),
        to(place.number + 1, texts("pages.next"), disabled=place.number == pages - 1),
    ]


def most_loved(bot: Host, guild: int, songs: Sequence[Song]) -> list[Song]:
    """Order songs by hearts here, then everywhere, then by published lists; equals keep their order."""
    listed: dict[str, int] = {}
    for published in bot.library.catalogue.lists:
        for entry in published.songs:
            if entry.song:
                listed[entry.song] = listed.get(entry.song, 0) + 1
    tally = bot.store.tally

    def love(song: Song) -> tuple[int, int, int]:
        here = tally.here(guild, song.id) if guild else 0
        return here, tally.everywhere(song.id), listed.get(song.id, 0)

    return sorted(songs, key=love, reverse=True)


def song_row(
    bot: Host,
    to: Audience,
    song: Song,
    *,
    with_drama: bool = True,
    number: int | None = None,
    page_of: ArtistId | None = None,
) -> str:
    """Tell a song in one line of bounded length, with its hearts here where it has any.

    On an artist's own page only those who sing with them are named.
    """
    first = f"{number}. " if number else ""
    row = f"{first}**{_bounded(lines.short_title(song, to.texts), _TITLE)}**"
    if singers := lines.singers(song, to.texts, but=page_of):
        named = _bounded(singers, _NAMES)
        row += f" · {to.texts('pages.with', singers=named) if page_of else named}"
    if with_drama:
        drama = bot.library.catalogue.drama_of(song)
        row += f" · *{_bounded(lines.drama_title(drama, to.texts), _DRAMA)}*"
    hearts = bot.store.tally.here(to.guild, song.id) if to.guild else 0
    return f"{row} · ❤️ {hearts}" if hearts else row


def joined(rows: Sequence[str], shorter: Sequence[str] | None = None) -> str:
    """Join a page's rows; where they would not fit one message, the shorter wording of each is taken."""
    room = limits.MESSAGE_TEXT - HEADING
    text = "\n".join(rows)
    if len(text) > room and shorter is not None:
        text = "\n".join(shorter)
    return limits.shorten(text, room)


def drama_page(bot: Host, to: Audience, drama: Drama, place: Place, note: str | None = None) -> discord.ui.LayoutView:
    """Lay out a drama's songs; where only one is known, its kin from other dramas beside it."""
    texts, catalogue = to.texts, bot.library.catalogue
    songs = most_loved(bot, to.guild, list(catalogue.songs_of(drama.songs)))
    names = dict.fromkeys((drama.title_ko, drama.title) if texts.locale == "ko" else (drama.title, drama.title_ko))
    heading = texts("pages.drama", drama=" · ".join(_bounded(name, 120) for name in names), year=drama.year)
    under = [escape_markdown(drama.network)] if drama.network else []
    under.append(texts("pages.songs", count=len(songs)))
    extra: list[Item] = [
        discord.ui.Button(label=texts("pages.album"), url=album(drama)),
        press("sounds", drama.id, label=texts("pages.sounds-like-it")),
        press("suggest-missing", drama.id, label=texts("pages.one-is-missing")),
    ]
    kin = (
        [catalogue.songs[pick.song] for pick in bot.library.recommender.rank([songs[0].id], _KIN)]
        if len(songs) == 1
        else []
    )
    return _songs_page(bot, to, songs, place, _heading(heading, under, note), extra, kin)


def artist_page(
    bot: Host, to: Audience, artist: Artist, place: Place, note: str | None = None
) -> discord.ui.LayoutView:
    """Lay out the songs an artist sings in."""
    texts = to.texts
    songs = most_loved(bot, to.guild, list(bot.library.catalogue.songs_of(artist.songs)))
    names = (artist.name_ko, artist.name) if texts.locale == "ko" else (artist.name, artist.name_ko)
    heading = texts("pages.artist", artist=" · ".join(_bounded(name, 120) for name in dict.fromkeys(names) if name))
    under = [escape_markdown(artist.of)] if artist.of else []
    under.append(texts("pages.songs", count=len(songs)))
    return _songs_page(bot, to, songs, place, _heading(heading, under, note), [], [], page_of=artist.id)


def album(drama: Drama) -> str:
    """Return the address of a YouTube search for all of a drama's soundtrack."""
    return (
        f"https://www.youtube.com/results?search_query={quote_plus(f'{drama.title_ko[:_ALBUM]} OST 전곡 full album')}"
    )


def _songs_page(
    bot: Host,
    to: Audience,
    songs: Sequence[Song],
    place: Place,
    heading: str,
    extra: list[Item],
    kin: Sequence[Song],
    *,
    page_of: ArtistId | None = None,
) -> discord.ui.LayoutView:
    texts, catalogue = to.texts, bot.library.catalogue
    place, part, pages = cut(place, len(songs))
    shown = list(songs[part])
    container = discord.ui.Container(accent_colour=accent(shown[0]))
    container.add_item(discord.ui.TextDisplay(heading))
    rows = [
        song_row(bot, to, song, with_drama=page_of is not None, number=number, page_of=page_of)
        for number, song in enumerate(shown, part.start + 1)
    ]
    if kin:
        rows += ["", texts("pages.kin"), *(f"- {song_row(bot, to, song)}" for song in kin)]
        shown += kin
    container.add_item(discord.ui.TextDisplay(joined(rows)))
    container.add_item(Row(cards.open_one(shown, catalogue, texts)))
    container.add_item(Row(cards.love_many(shown, catalogue, texts)))
    for buttons in (turning(place, pages, texts), extra):
        if buttons:
            container.add_item(Row(*buttons))
    return laid_out(container)


def _heading(heading: str, under: list[str], note: str | None) -> str:
    return "\n".join([*([note] if note else []), f"### {heading}", f"-# {' · '.join(under)}"])


def _bounded(text: str, length: int) -> str:
    return escape_markdown(limits.shorten(text, length))
