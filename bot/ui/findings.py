"""What a search found, as a message: each thing with why it matched, and a menu that opens it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue.search import Hit
from bot.host import Host
from bot.layout import laid_out
from bot.ui import pages
from bot.ui.choices import because, name_of
from bot.ui.pages import Row
from bot.ui.reply import Audience
from bot.ui.routes import choose, option, press
from bot.ui.usertext import in_line

WORDS: Final = 60
"""Characters of a search's words: they travel in a custom_id."""
HITS: Final = 10
"""Things shown of what was found."""
_NAME, _WHY = 120, 60
"""Characters of a thing's name and of why it matched."""
_EMOJI: Final = {"song": "🎵", "drama": "🎬", "artist": "🎤", "collection": "📚", "mood": "🌙"}


def found_message(bot: Host, to: Audience, words: str, hits: Sequence[Hit]) -> discord.ui.LayoutView:
    """Lay out what was found; where nothing matched, the nearest, said to be so."""
    texts = to.texts
    near = all(hit.near for hit in hits)
    heading = texts("finding.nearest" if near else "finding.found", words=in_line(words))
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"### {heading}"))
    if hits:
        told: set[str] = set()
        full = [_row(bot, to, hit, told) for hit in hits]
        container.add_item(discord.ui.TextDisplay(pages.joined(full, [_row(bot, to, hit, None) for hit in hits])))
        options = [
            option(
                f"{_EMOJI[hit.kind]} {name_of(hit.kind, hit.id, bot.library, texts)}",
                f"{hit.kind}:{hit.id}",
                texts(f"finding.kind.{hit.kind}"),
            )
            for hit in hits
        ]
        container.add_item(Row(choose("open-found", placeholder=texts("select.open-one"), options=options)))
    if to.private:
        travelling = words.replace(":", " ")
        container.add_item(Row(press("post", "found", travelling, 0, label=texts("button.post-here"))))
    return laid_out(container)


def _row(bot: Host, to: Audience, hit: Hit, told: set[str] | None) -> str:
    """Tell one hit; why it matched is said once for all that share it, and not at all without `told`."""
    song = bot.library.catalogue.song(hit.id) if hit.kind == "song" else None
    if song:
        row = f"🎵 {pages.song_row(bot, to, song)}"
    else:
        name = limits.shorten(name_of(hit.kind, hit.id, bot.library, to.texts), _NAME)
        row = f"{_EMOJI[hit.kind]} **{escape_markdown(name)}** · {to.texts(f'finding.kind.{hit.kind}')}"
    matched = because(hit, name_of(hit.kind, hit.id, bot.library, to.texts))
    if matched and told is not None and matched not in told:
        told.add(matched)
        row += f"\n-# {to.texts('finding.because', why=escape_markdown(limits.shorten(matched, _WHY)))}"
    return row
