"""Adds songs while the bot runs: reads the form, has the files' checks judge it, and brings it into the library."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from bot.catalogue import Drama, Mistake, Song, SongId
from bot.catalogue.overlay import Addition, overlay
from bot.catalogue.text import fold
from bot.catalogue.typed import Guessed, Typed, addition_of, drama_table
from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts
from bot.ui.choices import name_of
from bot.ui.usertext import in_line

_REPEATED = 80
"""Characters of what was typed that an answer repeats."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks say of a form: right where there is neither a mistake nor a song that is there already."""

    guessed: Guessed
    mistakes: tuple[Mistake, ...] = ()
    known: Song | None = None


def named_addition(bot: Host, id: str) -> Song:
    """Find the addition an id from outside names. Raises Refusal where it is none, or no more."""
    song = bot.library.catalogue.song(id)
    if song is None or song.id not in bot.library.overlaid.standing:
        raise Refusal("additions.none-such")
    return song


def drama_words(bot: Host, drama: Drama) -> str:
    """Name a drama so that reading the name finds it again."""
    hit = bot.library.search.resolve("drama", drama.title)
    return drama.title if hit and not hit.near and hit.id == drama.id else drama.id


def drama_meant(bot: Host, typed: Typed, texts: Texts) -> Drama | None:
    """Find the drama a form names; None where it tells of a new one. Raises Refusal where it does neither."""
    catalogue = bot.library.catalogue
    table = drama_table(typed)
    if "year" in table:
        title = fold(str(table["title"]))
        return next((d for d in catalogue.dramas.values() if d.year == table["year"] and fold(d.title) == title), None)
    hit = bot.library.search.resolve("drama", typed.drama.strip())
    drama = catalogue.drama(hit.id) if hit else None
    if hit is None or drama is None or hit.near:
        nearest = name_of("drama", drama.id, bot.library, texts) if drama else "–"
        raise Refusal("additions.drama-unknown", typed=in_line(typed.drama[:_REPEATED]), nearest=in_line(nearest))
    return drama


async def judge(bot: Host, typed: Typed, texts: Texts, *, keep: SongId | None = None) -> Judged:
    """Have the checks of the files judge a form; `keep` is the addition it would change. Raises Refusal."""
    drama = drama_meant(bot, typed, texts)
    made = await bot.store.additions.all()
    guessed = addition_of(typed, drama, bot.library.catalogue, keep=keep)
    addition = _with_drama(guessed.addition, made)
    if not addition.id:
        raise Refusal("additions.latin")
    others = [other for other in made if other.id != keep]
    laid = await asyncio.to_thread(overlay, bot.library.files, [*others, addition])
    guessed = replace(guessed, addition=addition)
    mistakes = [unread.mistakes for unread in laid.unread if unread.addition is addition]
    if mistakes:
        return Judged(guessed, mistakes=mistakes[0])
    if addition.id in laid.yielded and any(other.id == addition.id for other in others):
        return Judged(guessed, known=laid.catalogue.song(addition.id))
    if addition.id in laid.yielded:
        return Judged(guessed, known=laid.catalogue.songs[laid.yielded[addition.id]])
    return Judged(guessed)


def _with_drama(addition: Addition, made: tuple[Addition, ...]) -> Addition:
    """Give an addition the table of a drama that was itself added."""
    if addition.new_drama is not None:
        return addition
    table = next((other.new_drama for other in made if other.drama == addition.drama and other.new_drama), None)
    return replace(addition, new_drama=table)
