"""The charts: what is loved most, as words, as a picture, and as a menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import SongId
from bot.layout import laid_out
from bot.library import Library
from bot.locale import Texts
from bot.store import Placed, Window
from bot.store.charts import Group
from bot.ui import lines
from bot.ui.routes import choose, option, press

By = Literal["song", "drama", "artist"]
When = Literal["week", "month", "year", "ever"]
Where = Literal["here", "everywhere"]

BY: Final[tuple[By, ...]] = ("song", "drama", "artist")
WHEN: Final[dict[When, int | None]] = {"week": 7, "month": 30, "year": 365, "ever": None}
"""Days that count; None: all."""
WHERE: Final[tuple[Where, ...]] = ("here", "everywhere")
PLACES: Final = 10
"""Places shown."""

_DAY = 86_400  # seconds
_SINCE_EVER = 30
"""Days since which movement is told where everything counts."""
_NAME, _NOTE = 60, 80
"""Characters of a name and of what stands behind it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which chart somebody looks at, and whose page it is."""

    by: By
    when: When
    where: Where
    owner: int


@dataclass(frozen=True, slots=True)
class Line:
    """One place, in the reader's words."""

    placed: Placed
    name: str
    note: str


def windows(when: When, now: int) -> tuple[Window, Window]:
    """Return the days that count, and the ones before that they are compared with."""
    days = WHEN[when]
    if days is None:
        return Window(None, now), Window(None, now - _SINCE_EVER * _DAY)
    return Window(now - days * _DAY, now), Window(now - 2 * days * _DAY, now - days * _DAY)


def group(by: By, library: Library) -> Group:
    """Return what a song counts for; a song that is gone counts for nothing."""
    catalogue = library.catalogue

    def of(id: str) -> Sequence[str]:
        song = catalogue.song(id)
        if song is None:
            return ()
        match by:
            case "song":
                return (song.id,)
            case "drama":
                return (song.drama,)
            case "artist":
                return tuple(dict.fromkeys(credit.artist for credit in song.artists))

    return of


def told(placed: Sequence[Placed], by: By, library: Library, texts: Texts) -> list[Line]:
    """Name the first places."""
    return [Line(one, *_named(one.id, by, library, texts)) for one in placed[:PLACES]]


def _named(id: str, by: By, library: Library, texts: Texts) -> tuple[str, str]:
    catalogue = library.catalogue
    if by == "song":
        song = catalogue.songs[SongId(id)]
        return lines.short_title(song, texts), f"{lines.singers(song, texts)} · {_drama(song.drama, library, texts)}"
    if by == "drama":
        drama = catalogue.drama(id)
        return _drama(id, library, texts), str(drama.year) if drama else ""
    artist = catalogue.artist(id)
    return (texts.pick(artist.name, artist.name_ko), artist.of or "") if artist else (id, "")


def _drama(id: str, library: Library, texts: Texts) -> str:
    drama = library.catalogue.drama(id)
    return lines.drama_title(drama, texts) if drama else id


def heading(asked: Asked, texts: Texts) -> str:
    """Say what the chart is of."""
    return texts(f"top.heading.{asked.by}", where=texts(f"top.where.{asked.where}"))


def period(asked: Asked, texts: Texts) -> str:
    """Say which days count, and what movement is measured from."""
    return texts(f"top.period.{asked.when}")


def movement(placed: Placed, texts: Texts) -> str:
    """Say in a word or two where it stood before."""
    if placed.before is None:
        return texts("top.new")
    if placed.before == placed.place:
        return texts("top.same")
    return texts("top.up" if placed.before > placed.place else "top.down", places=abs(placed.before - placed.place))


async def picture(
    asked: Asked, chart: Sequence[Line], texts: Texts
) -> tuple[discord.File, discord.ui.MediaGallery[discord.ui.LayoutView]]:
    """Draw the chart: the file to send, and the gallery that shows it."""
    from bot.ui.pictures import Bar, Chart, Panel, drawn  # noqa: PLC0415 - only where a picture is asked for

    bars = tuple(
        Bar(
            line.name,
            line.placed.people,
            texts("top.people", count=line.placed.people),
            f"{line.note} · {movement(line.placed, texts)}".removeprefix(" · "),
            line.placed.place,
        )
        for line in chart
    )
    return await drawn(Chart(heading(asked, texts), period(asked, texts), (Panel("", bars),)), "top")


def page(
    asked: Asked,
    chart: Sequence[Line],
    texts: Texts,
    minimum: int,
    picture: discord.ui.MediaGallery[discord.ui.LayoutView] | None,
    *,
    guild: bool,
) -> discord.ui.LayoutView:
    """Lay out the chart, or why it is empty, and the ways to other charts."""
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"## {heading(asked, texts)}\n-# {period(asked, texts)}"))
    if picture is not None:
        container.add_item(picture)
        container.add_item(discord.ui.TextDisplay("\n".join(_row(line, texts) for line in chart)))
        options = [
            option(f"{line.placed.place}. {line.name}", f"{asked.by}:{line.placed.id}", line.note or None)
            for line in chart
        ]
        opening = choose("open-found", placeholder=texts("select.open-one"), options=options)
        container.add_item(discord.ui.ActionRow(opening))
    else:
        container.add_item(discord.ui.TextDisplay(texts(f"top.empty.{asked.where}", count=minimum)))
    for row in _ways(asked, texts, guild=guild):
        container.add_item(row)
    return laid_out(container)


def _row(line: Line, texts: Texts) -> str:
    people = texts("top.people", count=line.placed.people)
    name = escape_markdown(limits.shorten(line.name, _NAME))
    note = f" · {escape_markdown(limits.shorten(line.note, _NOTE))}" if line.note else ""
    return f"{line.placed.place}\\. **{name}**{note} — {people}, {movement(line.placed, texts)}"


def _ways(asked: Asked, texts: Texts, *, guild: bool) -> list[discord.ui.ActionRow[discord.ui.LayoutView]]:
    def way(kind: str, value: str, now: str) -> object:
        to = {"by": asked.by, "when": asked.when, "where": asked.where, kind: value}
        return press(
            "top",
            *(to["by"], to["when"], to["where"], asked.owner, kind),
            label=texts(f"top.{kind}.{value}"),
            style=discord.ButtonStyle.primary if value == now else discord.ButtonStyle.secondary,
            disabled=value == now,
        )

    rows = [[way("by", by, asked.by) for by in BY], [way("when", when, asked.when) for when in WHEN]]
    if guild:
        rows[0] += [way("where", where, asked.where) for where in WHERE if where != asked.where]
    return [discord.ui.ActionRow(*row) for row in rows]  # pyright: ignore[reportArgumentType]
