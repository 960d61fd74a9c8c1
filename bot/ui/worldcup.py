"""A person's knockout of songs: each duel, and the champion in the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Song, SongId
from bot.layout import laid_out
from bot.library import Library
from bot.locale import Texts
from bot.store import Cup
from bot.ui import choices, lines
from bot.ui.routes import Item, press
from bot.ui.usertext import in_line
from bot.worldcup import ANY, FAVOURITES, Bracket, Duel, Origin

if TYPE_CHECKING:
    from bot.ui.pictures import Champion

Gallery = discord.ui.MediaGallery[discord.ui.LayoutView]
_NAMED = 120
"""Characters of a name that stands in a heading."""


@dataclass(frozen=True, slots=True)
class Played:
    """A knockout with what follows from its picks."""

    cup: Cup
    bracket: Bracket
    """Settled: no song that is gone stands in its open duel."""

    @classmethod
    def of(cls, cup: Cup, catalogue: Catalogue) -> Played:
        """Work out how a knockout stands, songs that are gone by now left out."""
        return cls(cup, Bracket(cup.songs, cup.picks).settle(catalogue.song))

    @property
    def origin(self) -> Origin:
        """Where its songs are from."""
        return Origin(self.cup.kind, self.cup.source)


def source_name(origin: Origin, library: Library, texts: Texts) -> str:
    """Name where the songs of a knockout are from, without markdown."""
    if origin.kind in (ANY, FAVOURITES):
        return texts(f"cup.source.{origin.kind}")
    return limits.shorten(choices.name_of(origin.kind, origin.id, library, texts), _NAMED)


def heading(origin: Origin, library: Library, texts: Texts) -> str:
    """Head everything that is of one knockout."""
    return texts("cup.heading", source=escape_markdown(source_name(origin, library, texts)))


def round_name(duel: Duel, texts: Texts) -> str:
    """Say which duel of which round it is."""
    named = texts(f"cup.round.{duel.places}")
    return named if duel.turns == 1 else texts("cup.turn", round=named, number=duel.turn, of=duel.turns)


def duel_page(played: Played, duel: Duel, library: Library, texts: Texts) -> discord.ui.LayoutView:
    """Lay out two songs to choose between."""
    cup, catalogue = played.cup, library.catalogue
    container = discord.ui.Container()
    told = [f"## {heading(played.origin, library, texts)}", f"**{round_name(duel, texts)}**"]
    told += walkovers(played.bracket, catalogue, texts)
    container.add_item(discord.ui.TextDisplay("\n".join(told)))
    sides = [catalogue.songs[song] for song in present(duel, catalogue)]
    for song in sides:
        container.add_item(side(song, catalogue, texts))
    labels = side_names(sides, texts)
    buttons = [
        press("cup-pick", cup.id, duel.number, choice, label=label, style=discord.ButtonStyle.primary)
        for choice, label in enumerate(labels)
    ]
    if played.bracket.picks:
        buttons.append(press("cup-undo", cup.id, len(cup.picks), label=texts("cup.undo")))
    container.add_item(discord.ui.ActionRow(*buttons))
    if byes := byes_line(played.bracket, duel, catalogue, texts):
        container.add_item(discord.ui.TextDisplay(f"-# {byes}"))
    return laid_out(container)


def present(duel: Duel, catalogue: Catalogue) -> list[SongId]:
    """Return the present ids of a duel's songs, all of which are there."""
    return [song.id for id in duel.songs if (song := catalogue.song(id))]


def side(song: Song, catalogue: Catalogue, texts: Texts) -> discord.ui.Section[discord.ui.LayoutView]:
    """Lay out one of a duel's songs, with a link to where it can be heard."""
    drama = catalogue.drama_of(song)
    told = (
        f"### {lines.title(song, texts)}\n"
        f"🎬 {texts('card.drama', drama=escape_markdown(lines.drama_title(drama, texts)), year=drama.year)}\n"
        f"🎤 {texts('card.singers', singers=lines.sung_by(song, texts, catalogue))}"
    )
    link = discord.ui.Button[discord.ui.LayoutView](label="▶ YouTube", url=lines.youtube(song, catalogue))
    return discord.ui.Section(discord.ui.TextDisplay(told), accessory=link)


def side_names(sides: list[Song], texts: Texts) -> list[str]:
    """Name two songs apart, by their singers too where the titles are the same."""
    names = [lines.short_title(song, texts) for song in sides]
    if len(set(names)) < len(names):
        names = [f"{name} · {lines.singers(song, texts)}" for name, song in zip(names, sides, strict=True)]
    return names


def walkovers(bracket: Bracket, catalogue: Catalogue, texts: Texts) -> list[str]:
    """Say which songs went on just now since the other one is gone."""
    told: list[str] = []
    for duel, winner in reversed(bracket.played):
        if all(map(catalogue.song, duel.songs)):
            break
        if song := catalogue.song(winner):
            told.append(texts("cup.walkover", title=lines.bold_title(song, texts)))
    return told[:3]


def byes_line(bracket: Bracket, duel: Duel, catalogue: Catalogue, texts: Texts) -> str | None:
    """Say in the first round which songs wait for the second, and by which rule."""
    songs = [song for id in bracket.byes if (song := catalogue.song(id))]
    first = bracket.played[0][0] if bracket.played else duel
    if not songs or duel.places != first.places:
        return None
    named = ", ".join(lines.bold_title(song, texts) for song in songs)
    return texts("cup.byes", count=len(songs), titles=limits.shorten(named, 500))


def champion_picture(played: Played, champion: Song, owner: str | None, library: Library, texts: Texts) -> Champion:
    """Make the champion's picture; `owner` is whose knockout it was, None: the server's."""
    from bot.ui.pictures import Champion  # noqa: PLC0415 - only where a picture is asked for

    catalogue = library.catalogue
    beaten = (catalogue.song(id) for id in played.bracket.beaten(_entered_as(played, champion, catalogue)))
    other = champion.title if texts.locale == "ko" else champion.title_ko
    source = source_name(played.origin, library, texts)
    return Champion(
        heading=texts("cup.champion-of", count=len(played.cup.songs)),
        title=(title := lines.short_title(champion, texts)),
        second_title=other if other and other != title else "",
        singer=lines.singers(champion, texts),
        drama=lines.drama_title(catalogue.drama_of(champion), texts),
        beaten_heading=texts("cup.beaten"),
        beaten=tuple(lines.short_title(song, texts) for song in beaten if song),
        signature=(
            texts("cup.signature-server", source=source)
            if owner is None
            else texts("cup.signature", name=owner, source=source)
        ),
    )


def won(champion: Song, texts: Texts, owner: str | None) -> str:
    """Say whose champion a song is; `owner` is the name others read, None: the reader."""
    title = lines.bold_title(champion, texts)
    return texts("cup.won", title=title) if owner is None else texts("cup.won-by", name=in_line(owner), title=title)


def bold(name: str) -> str:
    """Put a song's name in bold in a sentence."""
    return f"**{escape_markdown(name)}**"


def _entered_as(played: Played, song: Song, catalogue: Catalogue) -> SongId:
    """Return the id under which a song entered, which it may have had formerly."""
    return next(id for id in played.bracket.songs if (found := catalogue.song(id)) and found.id == song.id)


def champion_page(
    played: Played,
    champion: Song,
    gallery: Gallery,
    library: Library,
    texts: Texts,
    *,
    told: str,
    buttons: list[Item],
) -> discord.ui.LayoutView:
    """Lay out the champion with its picture, and the same in words; `told` says whose champion it is."""
    catalogue = library.catalogue
    container = discord.ui.Container()
    rows = [f"## {heading(played.origin, library, texts)}", f"🏆 {told}", *walkovers(played.bracket, catalogue, texts)]
    container.add_item(discord.ui.TextDisplay("\n".join(rows)))
    container.add_item(gallery)
    container.add_item(side(champion, catalogue, texts))
    container.add_item(discord.ui.ActionRow(*buttons))
    return laid_out(container)


def begin(origin: Origin, size: int, texts: Texts, key: str = "cup.own") -> Item:
    """Offer a knockout of one's own, of the same songs."""
    return press("cup-new", origin.kind, origin.id, size, label=texts(key))
