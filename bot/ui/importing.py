"""Favourites from a list kept elsewhere: what was found, what is to be chosen, what was not found."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import discord

from bot import limits
from bot.catalogue import Catalogue, SongId
from bot.catalogue.listing import UnreadableError, Wanted, decoded, songs_wanted
from bot.catalogue.naming import Named, naming
from bot.errors import Refusal
from bot.layout import laid_out
from bot.library import Library
from bot.locale import Texts
from bot.ui import lines
from bot.ui.routes import choose, option, press
from bot.ui.usertext import in_line

MOST_LINES: Final = 1_000
"""Lines of one list."""
MOST_BYTES: Final = 1_000_000
"""Bytes of one file."""
PAGE_LINES: Final = 5
"""Lines to choose for on one page."""
NONE: Final = "-"
"""The choice that a line means none of the songs offered."""
_SHOWN: Final = 120
"""Characters shown of a line."""
_FORM_SECONDS = 900
_MISSING = "not-found.txt"


@dataclass(slots=True)
class Import:
    """A list that was read and not yet saved."""

    sure: tuple[SongId, ...]
    unsure: tuple[tuple[Wanted, tuple[SongId, ...]], ...]
    missing: tuple[str, ...]
    picks: dict[int, SongId | None] = field(default_factory=dict)
    """What was chosen for an unsure line, by its place; None: none of what was offered."""

    def pick(self, place: int, choice: str) -> bool:
        """Keep what was chosen for an unsure line; False where that was not offered."""
        if place >= len(self.unsure) or choice not in (NONE, *self.unsure[place][1]):
            return False
        self.picks[place] = None if choice == NONE else SongId(choice)
        return True

    def to_save(self) -> list[SongId]:
        """Return what is sure and what was chosen, each once."""
        return list(dict.fromkeys((*self.sure, *(song for song in self.picks.values() if song))))

    def left(self) -> int:
        """Count the lines for which nothing was said yet."""
        return len(self.unsure) - len(self.picks)

    def not_saved(self) -> list[str]:
        """Return the lines that come to nothing, in the list's words."""
        return [*self.missing, *(line.text for place, (line, _) in enumerate(self.unsure) if not self.picks.get(place))]


async def read(raw: bytes | str, library: Library) -> Import:
    """Read a list and look everything up, in a thread. Raises Refusal where it is too long or no list."""
    try:
        return await asyncio.to_thread(_read, raw, library)
    except UnreadableError:
        raise Refusal("import.unreadable") from None


def _read(raw: bytes | str, library: Library) -> Import:
    text = decoded(raw) if isinstance(raw, bytes) else raw
    if sum(bool(line.strip()) for line in text.splitlines()) > MOST_LINES + 1:
        raise Refusal("import.too-many", most=f"{MOST_LINES:,}")
    wanted = songs_wanted(text)
    if not wanted:
        raise Refusal("import.nothing")
    names = naming(library.catalogue, library.search)
    return sorted_out(wanted, [names.named(one) for one in wanted])


def sorted_out(wanted: Sequence[Wanted], named: Sequence[Named]) -> Import:
    """Part what is sure from what is to be chosen and what was not found; what is sure needs no choice."""
    sure = dict.fromkeys(one.sure for one in named if one.sure)
    unsure = [(line, one.perhaps) for line, one in zip(wanted, named, strict=True) if not one.sure and one.perhaps]
    missing = [line.text for line, one in zip(wanted, named, strict=True) if not one.sure and not one.perhaps]
    return Import(tuple(sure), tuple(unsure), tuple(missing))


def form(texts: Texts) -> discord.ui.Modal:
    """Make the form to paste lines into."""
    modal = discord.ui.Modal(
        title=limits.shorten(texts("import.form-title"), limits.MODAL_TITLE),
        custom_id="fav-import-read",
        timeout=_FORM_SECONDS,
    )
    modal.add_item(
        discord.ui.Label(
            text=texts("import.form-lines"),
            description=texts("import.form-hint"),
            component=discord.ui.TextInput(
                custom_id="lines", style=discord.TextStyle.paragraph, max_length=limits.TEXT_INPUT
            ),
        )
    )
    return modal


def import_page(pending: Import, token: str, page: int, catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Lay out what was found, five lines to choose for, and the one button that saves."""
    last = max(0, (len(pending.unsure) - 1) // PAGE_LINES)
    page = min(max(page, 0), last)
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay(_summary(pending, texts)))
    for place in range(page * PAGE_LINES, min((page + 1) * PAGE_LINES, len(pending.unsure))):
        line, offered = pending.unsure[place]
        said = in_line(limits.shorten(line.text, _SHOWN))
        container.add_item(discord.ui.TextDisplay(f"{place + 1}\\. {said or '…'}"))
        container.add_item(
            discord.ui.ActionRow(
                choose(
                    "fav-import-pick",
                    token,
                    place,
                    placeholder=texts("import.choose"),
                    options=_options(pending, place, offered, catalogue, texts),
                )
            )
        )
    if last:
        container.add_item(
            discord.ui.ActionRow(
                press("fav-import-page", token, max(page - 1, 0), 0, label=texts("pages.back"), disabled=page == 0),
                press("fav-import-page", token, page, 1, label=f"{page + 1} / {last + 1}", disabled=True),
                press("fav-import-page", token, page + 1, 2, label=texts("pages.next"), disabled=page == last),
            )
        )
    saved = len(pending.to_save())
    buttons = [
        press(
            "fav-import-save",
            token,
            label=texts("import.save", count=saved),
            style=discord.ButtonStyle.primary,
            disabled=not saved,
        )
    ]
    if pending.missing:
        buttons.append(press("fav-import-missing", token, label=texts("import.show-missing")))
    container.add_item(discord.ui.ActionRow(*buttons, press("fav-import-drop", token, label=texts("import.drop"))))
    return laid_out(container)


def _summary(pending: Import, texts: Texts) -> str:
    counts = [
        texts("import.found", count=len(pending.sure)),
        texts("import.to-choose", count=pending.left()),
        texts("import.not-found", count=len(pending.missing)),
    ]
    rows = [f"### {texts('import.heading')}", f"**{' · '.join(counts)}**"]
    if pending.unsure:
        rows.append(f"-# {texts('import.how-to-choose')}")
    return "\n".join(rows)


def _options(
    pending: Import, place: int, offered: Sequence[SongId], catalogue: Catalogue, texts: Texts
) -> list[discord.SelectOption]:
    said = place in pending.picks
    pick = pending.picks.get(place)
    options = []
    for id in offered:
        if song := catalogue.song(id):
            told = f"{lines.singers(song, texts)} · {lines.drama_title(catalogue.drama_of(song), texts)}"
            options.append(option(lines.short_title(song, texts), id, told, default=said and id == pick))
    return [*options, option(texts("import.none-of-these"), NONE, default=said and pick is None)]


def note_with_lines(sentence: str, told: Sequence[str]) -> tuple[discord.ui.LayoutView, list[discord.File]]:
    """Lay out a sentence, with the lines that came to nothing as a text file under it."""
    view = laid_out(discord.ui.TextDisplay(sentence))
    if not told:
        return view, []
    text = "".join(f"{' '.join(line.split())}\n" for line in told)
    file = discord.File(io.BytesIO(text.encode("utf-8-sig", "replace")), _MISSING)
    view.add_item(discord.ui.File(file))
    return view, [file]
