"""What is kept on a person, as a list they can read and as a file they can take along."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import discord

from bot.catalogue import Catalogue
from bot.layout import laid_out
from bot.locale import LOCALES, Texts, texts_for
from bot.store.personal import PERSONAL_TABLES
from bot.store.privacy import Records
from bot.store.settings import PersonSettings
from bot.ui import lines
from bot.ui.routes import choose, option, press

DISCORDS_LANGUAGE: Final = "discord"
"""The choice of the language that somebody's Discord speaks."""


def kept(rows: Mapping[str, int], person: PersonSettings, texts: Texts) -> discord.ui.LayoutView:
    """Lay out how much of what is kept, what is not, what one can do about it, and how one is answered."""
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"## {texts('privacy.heading')}\n{texts('privacy.by-id')}"))
    told = [f"- {texts(f'privacy.table.{table}')}: **{rows[table]}**" for table in PERSONAL_TABLES if rows.get(table)]
    container.add_item(discord.ui.TextDisplay("\n".join(told) or texts("privacy.nothing")))
    container.add_item(discord.ui.TextDisplay(f"-# {texts('privacy.not-kept')}"))
    container.add_item(
        discord.ui.ActionRow(
            press("privacy-export", label=texts("privacy.export"), disabled=not told),
            press("privacy-ask", label=texts("privacy.delete"), disabled=not told),
        )
    )
    container.add_item(discord.ui.Separator())
    answered = "private" if person.private else "usual"
    container.add_item(
        discord.ui.Section(
            discord.ui.TextDisplay(texts(f"privacy.answered-{answered}")),
            accessory=press("privacy-answers", int(not person.private), label=texts(f"privacy.from-{answered}")),
        )
    )
    languages = [option(texts("privacy.language-discord"), DISCORDS_LANGUAGE, default=person.locale is None)]
    languages += [option(texts(f"settings.language-{name}"), name, default=person.locale == name) for name in LOCALES]
    menu = choose("privacy-language", placeholder=texts("privacy.language"), options=languages)
    container.add_item(discord.ui.ActionRow(menu))
    return laid_out(container)


async def file(records: Mapping[str, Records], user: int, now: int, catalogue: Catalogue) -> discord.File:
    """Write everything kept on a person as one JSON file, with what each part is and the names of its songs."""
    written = await asyncio.to_thread(_written, records, user, now, catalogue)
    return discord.File(io.BytesIO(written), f"noraebot-{user}.json")


def _written(records: Mapping[str, Records], user: int, now: int, catalogue: Catalogue) -> bytes:
    english = texts_for("en")
    ids = {str(row["song_id"]) for rows in records.values() for row in rows if row.get("song_id")}
    songs = {id: lines.in_plain(song, english, catalogue) for id in sorted(ids) if (song := catalogue.song(id))}
    told = {
        "user_id": str(user),
        "exported_at": datetime.fromtimestamp(now, UTC).isoformat(),
        "times": "UTC seconds",
        "songs": songs,
        "kept": {
            table: {"what": PERSONAL_TABLES[table], "rows": [_with_long_ids(row) for row in rows]}
            for table, rows in records.items()
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _with_long_ids(row: Mapping[str, int | str | None]) -> dict[str, int | str | None]:
    """Write Discord's ids as text: as numbers they are too long for many readers of JSON (RFC 8259, section 6)."""
    return {
        name: str(value) if name.endswith("_id") and isinstance(value, int) else value for name, value in row.items()
    }


def handed_over(file: discord.File, texts: Texts) -> discord.ui.LayoutView:
    """Lay out the file with a sentence above it."""
    return laid_out(discord.ui.TextDisplay(texts("privacy.exported")), discord.ui.File(file))
