"""The form in which a song is added while the bot runs, and what its curator is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord
from discord import app_commands
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Mistake, Song
from bot.catalogue.overlay import place_of
from bot.catalogue.text import fold, shorten
from bot.catalogue.typed import Guessed, Typed
from bot.layout import laid_out
from bot.library import Library
from bot.locale import Texts
from bot.ui import cards, lines
from bot.ui.pages import Row
from bot.ui.routes import Item, Submitted, custom_id, press
from bot.ui.usertext import clean, harmless

_FORM_SECONDS: Final = 900
_EXAMPLES: Final = {
    "drama": "Goblin / 도깨비 / 2016",
    "title": "Beautiful / 뷰티풀",
    "singers": "Punch; Chanyeol (rap, EXO)",
    "source": "https://…",
    "more": "yearning, ballad, 2026-11-24, part 2",
}
"""What each field may hold, in any language."""
_LENGTHS: Final = {"drama": 220, "title": 220, "singers": 400, "source": 400, "more": 200}
"""Characters of each field."""
_MISTAKES: Final = 1_500
"""Characters of the mistakes told."""
_TOLD_BACK: Final = 200
"""Characters of each field that are told back."""


def form(verb: str, argument: object, typed: Typed, texts: Texts) -> discord.ui.Modal:
    """Make the form, filled in as far as something is known."""
    modal = discord.ui.Modal(
        title=limits.shorten(texts("additions.form"), limits.MODAL_TITLE),
        custom_id=custom_id(verb, argument),
        timeout=_FORM_SECONDS,
    )
    for name, length in _LENGTHS.items():
        modal.add_item(
            discord.ui.Label(
                text=texts(f"additions.field.{name}"),
                description=texts(f"additions.hint.{name}", example=_EXAMPLES[name]),
                component=discord.ui.TextInput(
                    custom_id=name,
                    required=name != "more",
                    max_length=length,
                    default=getattr(typed, name)[:length] or None,
                ),
            )
        )
    return modal


def typed_in(written: Submitted) -> Typed:
    """Read the submitted form, without what cannot be seen."""
    fields = {name: clean(written.text(name)[:length]) for name, length in _LENGTHS.items()}
    return Typed(**fields)


def mistakes_note(mistakes: Sequence[Mistake], guessed: Guessed, typed: Typed, texts: Texts) -> discord.ui.LayoutView:
    """List what the checks refuse, with what was written and a way to correct it."""
    place = f"{place_of(guessed.addition)}: "
    told = limits.shorten("\n".join(str(mistake).removeprefix(place) for mistake in mistakes), _MISTAKES)
    fenced = told.replace("```", "ˋˋˋ")
    block = f"```\n{fenced}\n```"
    return note(
        "\n".join([texts("additions.mistakes", count=len(mistakes)), block, told_back(typed)]),
        press("song-correct", label=texts("additions.correct"), style=discord.ButtonStyle.primary),
    )


def told_back(typed: Typed) -> str:
    """Repeat what was written, so that it is not lost."""
    fields = (harmless(limits.shorten(getattr(typed, name), _TOLD_BACK)) for name in _LENGTHS)
    return "\n".join(f"-# {' '.join(field.split())}" for field in fields if field)


def refused_note(told: str, texts: Texts) -> discord.ui.LayoutView:
    """Say why a form was refused before its song was looked at, with a way to correct it."""
    return note(told, press("song-correct", label=texts("additions.correct"), style=discord.ButtonStyle.primary))


def known_note(song: Song, catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Say that a song is in the catalogue already, and offer its card."""
    return note(
        texts("additions.known", song=lines.in_row(song, texts, catalogue)), cards.open_one([song], catalogue, texts)
    )


def added_note(
    key: str, song: Song, guesses: Sequence[str], catalogue: Catalogue, texts: Texts, *, operator: bool
) -> discord.ui.LayoutView:
    """Say that a song is in, what was taken from other songs, and how to change it."""
    told = [texts(key, song=lines.in_row(song, texts, catalogue))]
    if guesses:
        words = " · ".join(escape_markdown(word) for word in _guessed_words(song, guesses, catalogue, texts))
        told.append(texts("additions.guessed", words=words))
    buttons: list[Item] = []
    if operator:
        buttons = [
            press("song-edit", song.id, label=texts("additions.edit")),
            press("song-remove", song.id, label=texts("additions.remove")),
        ]
    view = note("\n".join(told), cards.open_one([song], catalogue, texts))
    if buttons:
        view.add_item(Row(*buttons))
    return view


def _guessed_words(song: Song, guesses: Sequence[str], catalogue: Catalogue, texts: Texts) -> list[str]:
    words = catalogue.vocabulary
    found = [words.genres[genre] for genre in song.genres] if "genres" in guesses else []
    found += [words.moods[mood] for mood in song.moods] if "moods" in guesses else []
    found += [words.tempos[song.tempo]] if "tempo" in guesses else []
    return list(dict.fromkeys(texts.pick(word.label.lower(), word.label_ko) for word in found))


def offered(library: Library, typed: str, texts: Texts) -> list[app_commands.Choice[str]]:
    """Offer the additions whose names hold what was typed."""
    catalogue, wanted = library.catalogue, fold(typed.strip())
    named = [(lines.in_plain(catalogue.songs[id], texts, catalogue), id) for id in reversed(library.overlaid.standing)]
    fitting = [(name, id) for name, id in named if wanted in fold(name)]
    return [app_commands.Choice(name=shorten(name), value=id) for name, id in fitting[: limits.CHOICES]]


def remove_note(song: Song, catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Ask once whether an addition shall go."""
    return note(
        texts("additions.remove-sure", song=lines.in_row(song, texts, catalogue)),
        press("song-remove-now", song.id, label=texts("additions.remove-now"), style=discord.ButtonStyle.danger),
    )


def note(text: str, *items: Item) -> discord.ui.LayoutView:
    """Lay out a text in a frame, with controls under it."""
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay(limits.shorten(text, limits.MESSAGE_TEXT)))
    if items:
        container.add_item(Row(*items))
    return laid_out(container)
