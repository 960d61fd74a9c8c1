"""What the operator reads: what a reload changed or would not take, and how the bot is doing."""

from __future__ import annotations

import io
import math
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord
from discord.ext import commands
from discord.utils import escape_markdown

from bot.catalogue import Catalogue, CatalogueError, Changes, SongId
from bot.catalogue.overlay import Overlaid
from bot.layout import laid_out
from bot.library import Library
from bot.limits import MESSAGE_TEXT, shorten
from bot.locale import Texts
from bot.progress import Progress
from bot.store import Backup

_NAMED = 6
"""Songs a report names before it only counts the rest."""
_MISTAKES_SHOWN = 10
"""Mistakes told in the message itself; more of them come as a file."""
_QUOTED = 1_500
"""Characters of errors that a report quotes."""
_LINE = 100
"""Characters of an error told in one line."""


@dataclass(frozen=True, slots=True)
class Report:
    """Something to tell the operator, with the file that goes with it where it is long."""

    text: str
    file: discord.File | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is doing at one moment."""

    version: str
    started: int
    """UTC second in which the bot began to start."""
    guilds: int
    latencies: Sequence[tuple[int, float]]
    """Shards with the seconds their heartbeat takes."""
    database: int
    """Size in bytes."""
    favourites: int
    recount: Progress | None
    """The present or latest recount; None before the first."""


def page(reports: Sequence[Report]) -> discord.ui.LayoutView:
    """Lay out reports under each other, each with its file; the longest is cut where all are too much."""
    over = sum(len(report.text) for report in reports) - MESSAGE_TEXT
    longest = max((len(report.text) for report in reports), default=0)
    container = discord.ui.Container()
    for report in reports:
        container.add_item(discord.ui.TextDisplay(_fitting(report.text, longest, over)))
        if report.file:
            container.add_item(discord.ui.File(report.file))
    return laid_out(container)


def _fitting(text: str, longest: int, over: int) -> str:
    return shorten(text, longest - over) if over > 0 and len(text) == longest else text


def changes_report(changes: Changes, library: Library, texts: Texts) -> Report:
    """Tell what a reload added, changed and removed, and what became of the songs added while running."""
    catalogue = library.catalogue
    rows = [texts("admin.reloaded")]
    parts = (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed))
    for key, songs in parts:
        if songs:
            rows.append(texts(f"admin.{key}", count=len(songs), songs=_names(songs, catalogue, texts)))
    if len(rows) == 1:
        rows.append(texts("admin.nothing-changed"))
    for key, size in (("dramas", changes.dramas), ("collections", changes.collections)):
        if size.before != size.after:
            rows.append(texts(f"admin.{key}", before=size.before, after=size.after))
    if changes.removed:
        rows.append(texts("admin.votes-kept"))
    rows += _additions(library.overlaid, texts)
    return Report("\n".join(rows))


def _additions(overlaid: Overlaid, texts: Texts) -> list[str]:
    rows = []
    if overlaid.yielded:
        names = ", ".join(f"`{id}`" for id in list(overlaid.yielded)[:_NAMED])
        rows.append(texts("admin.additions-yielded", count=len(overlaid.yielded), songs=names))
    if overlaid.unread:
        told = "\n".join(str(mistake) for unread in overlaid.unread for mistake in unread.mistakes)
        rows += [texts("admin.additions-unread", count=len(overlaid.unread)), _block(shorten(told, _QUOTED // 2))]
    return rows


def _names(songs: tuple[SongId, ...], catalogue: Catalogue, texts: Texts) -> str:
    named = [
        f"{escape_markdown(shorten(song.title, 40))} (`{id}`)" if (song := catalogue.song(id)) else f"`{id}`"
        for id in songs[:_NAMED]
    ]
    if len(songs) > _NAMED:
        named.append(texts("admin.more", number=len(songs) - _NAMED))
    return ", ".join(named)


def mistakes_report(error: CatalogueError, texts: Texts) -> Report:
    """List what is wrong in the data, as a file where it is long."""
    lines = [str(mistake) for mistake in error.mistakes]
    heading = texts("admin.mistakes", count=len(lines))
    short = "\n".join(lines[:_MISTAKES_SHOWN])
    if len(lines) <= _MISTAKES_SHOWN and len(short) <= _QUOTED:
        return Report(f"{heading}\n{_block(short)}")
    attached = discord.File(io.BytesIO("\n".join([*lines, ""]).encode()), filename="mistakes.txt")
    return Report(f"{heading}\n{_block(shorten(lines[0], _QUOTED // 2))}\n{texts('admin.mistakes-attached')}", attached)


def cogs_reports(told: Mapping[str, commands.ExtensionError | None], texts: Texts) -> list[Report]:
    """Tell which of all cogs were reloaded, in one line, and in a line each which were not."""
    done = [f"`{name}`" for name, error in told.items() if error is None]
    reports = [Report(texts("admin.cogs-reloaded", count=len(done), names=", ".join(done)))] if done else []
    for name, error in told.items():
        if error is not None:
            line = " ".join("".join(traceback.format_exception_only(_cause(error))).split())
            reports.append(Report(texts("admin.cog-kept-brief", name=name, error=_inline(shorten(line, _LINE)))))
    return reports


def cog_report(name: str, error: commands.ExtensionError | None, texts: Texts) -> Report:
    """Tell whether a cog was reloaded, and where it failed."""
    if error is None:
        return Report(texts("admin.cog-reloaded", name=name))
    told = "".join(traceback.format_exception(_cause(error)))
    return Report(f"{texts('admin.cog-kept', name=name)}\n{_block(told[-_QUOTED:])}")


def _cause(error: commands.ExtensionError) -> Exception:
    return error.original if isinstance(error, commands.ExtensionFailed) else error


def _block(text: str) -> str:
    fenced = text.replace("```", "'''").rstrip()
    return f"```\n{fenced}\n```"


def _inline(text: str) -> str:
    return f"`{text.replace('`', 'ˋ')}`"


def backup_report(taken: Backup, texts: Texts) -> Report:
    """Tell where a copy of the database lies and what is in it."""
    return Report(
        texts(
            "admin.backed-up",
            name=_inline(taken.path.name),
            folder=_inline(str(taken.path.parent)),
            size=f"{taken.size / 1_048_576:.1f}",
            favourites=taken.favourites,
            comments=taken.comments,
        )
    )


def status_report(health: Health, catalogue: Catalogue, texts: Texts) -> Report:
    """Tell how the bot is doing in a short list."""
    shards = ", ".join(
        texts("admin.shard", number=number, milliseconds=round(seconds * 1_000))
        for number, seconds in health.latencies
        if math.isfinite(seconds)
    )
    rows = [
        texts("admin.status-version", version=health.version),
        texts("admin.status-uptime", since=f"<t:{health.started}:R>"),
        texts("admin.status-guilds", number=health.guilds, shards=shards or "–"),
        texts(
            "admin.status-catalogue",
            songs=len(catalogue.songs),
            dramas=len(catalogue.dramas),
            artists=len(catalogue.artists),
            collections=len(catalogue.collections),
            lists=len(catalogue.lists),
        ),
        texts("admin.status-database", size=f"{health.database / 1_048_576:.1f}"),
        texts("admin.status-favourites", number=health.favourites),
        _recount(health.recount, texts),
    ]
    return Report("\n".join(rows))


def _recount(progress: Progress | None, texts: Texts) -> str:
    if progress is None or (progress.ended is not None and not progress.cards):
        return texts("recount.nothing")
    rows = [texts("recount.running", done=progress.done, cards=progress.cards)]
    if progress.ended is not None:
        rows = [texts("recount.ended", when=f"<t:{progress.ended}:R>", count=progress.cards)]
    rows.append(texts("recount.votes", added=progress.added, taken=progress.taken))
    left = (("cleared", progress.cleared), ("forgotten", progress.forgotten), ("aside", progress.aside))
    rows += [texts(f"recount.{what}", count=number) for what, number in left if number]
    return " · ".join(rows)
