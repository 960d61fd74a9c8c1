"""One's favourites as files: a table for oneself, and plain lines for sites that move playlists."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import discord

from bot.catalogue import Catalogue
from bot.layout import laid_out
from bot.locale import Texts
from bot.store import Favourite
from bot.ui import lines

COLUMNS: Final = ("song id", "title", "Hangul title", "artist", "drama", "year", "since")
"""The table's heading; in English for all, so that it can be read back in."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (owasp.org/www-community/attacks/CSV_Injection)."""
_TABLE, _LINES = "favourites.csv", "favourites.txt"


def export_note(
    favourites: Sequence[Favourite], catalogue: Catalogue, texts: Texts
) -> tuple[discord.ui.LayoutView, list[discord.File]]:
    """Lay out the sentence and the two files under it."""
    files = [
        discord.File(io.BytesIO(table(favourites, catalogue)), _TABLE),
        discord.File(io.BytesIO(plain_lines(favourites, catalogue)), _LINES),
    ]
    told = discord.ui.TextDisplay(texts("favourites.exported", count=len(favourites)))
    return laid_out(told, *map(discord.ui.File, files)), files


def table(favourites: Sequence[Favourite], catalogue: Catalogue) -> bytes:
    """Write a CSV in UTF-8 with a byte order mark, by which Excel knows the Hangul; no cell is a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for one in favourites:
        since = datetime.fromtimestamp(one.since, UTC).date().isoformat()
        song = catalogue.song(one.song)
        told = ("", "", "", "", "")
        if song:
            drama = catalogue.drama_of(song)
            told = song.title, song.title_ko or "", lines.singers_latin(song, ", "), drama.title, str(drama.year)
        writer.writerow([_harmless(cell) for cell in (one.song, *told, since)])
    return written.getvalue().encode("utf-8-sig")


def plain_lines(favourites: Sequence[Favourite], catalogue: Catalogue) -> bytes:
    """Write "artist – title" lines; what has left the catalogue has none."""
    songs = [song for one in favourites if (song := catalogue.song(one.song))]
    return "".join(f"{lines.singers_latin(song, ', ')} – {song.title}\n" for song in songs).encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
