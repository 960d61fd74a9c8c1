"""A person's taste as words and as a picture, and two people's side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import discord
from discord.utils import escape_markdown

from bot.catalogue import Song
from bot.layout import laid_out
from bot.library import Library
from bot.locale import Texts
from bot.recommend.profile import ERA_YEARS, FAMILIES, Family, Profile
from bot.ui import lines
from bot.ui.routes import Item, press

ENOUGH: Final = 3
"""Favourites it takes to speak of a taste."""
_BARS: Final[dict[Family, int]] = {"mood": 4, "artist": 4, "drama": 3, "voicing": 3, "era": 3}
"""Traits shown of each family."""
_SHARED = 5
"""Songs named that two people share."""

Gallery = discord.ui.MediaGallery[discord.ui.LayoutView]


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing somebody's favourites have in common, in words."""

    name: str
    songs: int


def traits(profile: Profile, family: Family, library: Library, texts: Texts) -> list[Trait]:
    """Name a family's most frequent traits; those seen once only where hardly any comes back."""
    ranked = sorted(profile.counts[family].items(), key=lambda one: (-one[1], one[0]))
    back = [one for one in ranked if one[1] > 1]
    shown = back if len(back) > 1 else ranked
    return [Trait(_name(family, id, library, texts), count) for id, count in shown[: _BARS[family]]]


def _name(family: Family, id: str, library: Library, texts: Texts) -> str:
    catalogue = library.catalogue
    words = catalogue.vocabulary
    match family:
        case "mood":
            return texts.pick(words.moods[id].label, words.moods[id].label_ko)
        case "voicing":
            return texts.pick(words.voicings[id].label, words.voicings[id].label_ko)
        case "artist":
            artist = catalogue.artist(id)
            return texts.pick(artist.name, artist.name_ko) if artist else id
        case "drama":
            drama = catalogue.drama(id)
            return lines.drama_title(drama, texts) if drama else id
        case _:
            return f"{id}–{int(id) + ERA_YEARS - 1}"


async def picture(heading: str, profile: Profile, library: Library, texts: Texts) -> tuple[discord.File, Gallery]:
    """Draw a profile: the file to send, and the gallery that shows it."""
    from bot.ui.pictures import Bar, Chart, Panel, drawn  # noqa: PLC0415 - only where a picture is asked for

    panels = tuple(
        Panel(
            texts(f"taste.family.{family}"),
            tuple(
                Bar(trait.name, trait.songs, texts("taste.songs", count=trait.songs))
                for trait in traits(profile, family, library, texts)
            ),
        )
        for family in FAMILIES
    )
    return await drawn(Chart(heading, texts("taste.from", count=len(profile.songs)), panels), "taste")


def profile_page(
    heading: str, profile: Profile, library: Library, texts: Texts, gallery: Gallery, buttons: Sequence[Item]
) -> discord.ui.LayoutView:
    """Lay out a profile: the picture, and the same in words."""
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"## {heading}"))
    container.add_item(gallery)
    rows = []
    for family in FAMILIES:
        named = ", ".join(
            f"{escape_markdown(trait.name)} ({trait.songs})" for trait in traits(profile, family, library, texts)
        )
        rows.append(f"**{texts(f'taste.family.{family}')}**: {named}")
    container.add_item(discord.ui.TextDisplay("\n".join(rows)))
    if buttons:
        container.add_item(discord.ui.ActionRow(*buttons))
    return laid_out(container)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two people's favourites tell of each other; `own` is the reader's side."""

    other: int
    alike: float
    shared: Sequence[Song]
    to_give: Sequence[Song]
    to_get: Sequence[Song]


def comparison_page(compared: Comparison, library: Library, texts: Texts) -> discord.ui.LayoutView:
    """Lay out how alike two people are, what they share, and what each could give the other."""
    catalogue = library.catalogue
    who = f"<@{compared.other}>"
    container = discord.ui.Container()
    heading = texts("taste.alike", who=who, percent=round(100 * compared.alike))
    container.add_item(discord.ui.TextDisplay(f"## {heading}\n-# {texts('taste.measure')}"))
    if compared.shared:
        named = [f"- {lines.in_row(song, texts, catalogue)}" for song in compared.shared[:_SHARED]]
        shared = texts("taste.shared", count=len(compared.shared))
        container.add_item(discord.ui.TextDisplay("\n".join([f"**{shared}**", *named])))
    else:
        container.add_item(discord.ui.TextDisplay(texts("taste.nothing-shared")))
    if compared.to_give:
        container.add_item(discord.ui.TextDisplay(f"**{texts('taste.you-could-give', who=who)}**"))
        for song in compared.to_give:
            give = press("give", song.id, compared.other, label=texts("taste.give"))
            container.add_item(discord.ui.Section(lines.in_row(song, texts, catalogue), accessory=give))
    if compared.to_get:
        container.add_item(discord.ui.TextDisplay(f"**{texts('taste.could-give-you', who=who)}**"))
        for song in compared.to_get:
            love = press("love", song.id, label=texts("button.love"))
            container.add_item(discord.ui.Section(lines.in_row(song, texts, catalogue), accessory=love))
    return laid_out(container)
