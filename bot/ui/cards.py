"""The card of one song and the message of a few picks: what people see most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Song
from bot.layout import Part, Ready, container, made, row, section, text
from bot.locale import Texts
from bot.store import Comment
from bot.ui import lines
from bot.ui.moods import accent
from bot.ui.prepared import Prepared, prepared
from bot.ui.routes import Item, choose, option, press
from bot.ui.usertext import in_line

KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣")

WHY = "💡 "
"""Begins the line that says why a song was picked."""
_MEMORY = 140
"""Characters of a comment that a card quotes."""
_TAPS: Prepared[Part] = Prepared(10)
"""Menus of well-known songs, about 4 kB each: nearly all newcomers get the same one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What people here have said of a song, as a card shows it."""

    loved_here: int = 0
    loved_everywhere: int = 0
    comments: int = 0
    memory: Comment | None = None
    in_guild: bool = True
    """Whether there is a "here" at all: not in direct messages."""


def song_card(
    song: Song,
    catalogue: Catalogue,
    texts: Texts,
    standing: Standing,
    *,
    why: str | None = None,
    hint: bool = True,
) -> discord.ui.LayoutView:
    """Lay out one song in the order people remember songs; `hint` says that a heart votes."""
    rows = about(song, catalogue, texts, why)
    if standing.memory:
        quoted = in_line(limits.shorten(standing.memory.text, _MEMORY))
        rows.append(texts("card.memory", text=quoted))
    rows.append(loved_line(standing, texts, hint=hint))
    love, listen, like, comments, details = _buttons(song, catalogue, texts)
    counted = {**comments, "label": _comments_label(standing.comments, texts)}
    return Ready(container(accent(song), text("\n".join(rows)), row(love, listen, like, counted, details)))


@prepared
def _buttons(song: Song, catalogue: Catalogue, texts: Texts) -> tuple[Part, ...]:
    """Make the buttons under a song's card; how many comments there are is filled in each time."""
    buttons = (
        press("love", song.id, label=texts("button.love"), emoji="❤️", style=discord.ButtonStyle.primary),
        discord.ui.Button[discord.ui.LayoutView](label="▶ YouTube", url=lines.youtube(song, catalogue)),
        press("like", song.id, label=texts("button.more-like-this")),
        press("comments", song.id, label=_comments_label(0, texts)),
        press("details", song.id, label=f"⋯ {texts('button.details')}"),
    )
    return tuple(made(button) for button in buttons)


def _comments_label(count: int, texts: Texts) -> str:
    return limits.shorten(texts("button.comments", count=count), limits.BUTTON_LABEL)


def ask_scene(view: discord.ui.LayoutView, song: Song, texts: Texts) -> None:
    """Put the question of the day under a card: which scene the song brings back."""
    view.add_item(
        discord.ui.Section(
            discord.ui.TextDisplay(texts("daily.your-scene")),
            accessory=press("say-why", song.id, label=texts("daily.tell-scene")),
        )
    )


def about(song: Song, catalogue: Catalogue, texts: Texts, why: str | None = None) -> list[str]:
    """Tell a song in lines, in the order people remember songs."""
    return [*([f"{WHY}{why}"] if why else []), *_about(song, catalogue, texts)]


@prepared
def _about(song: Song, catalogue: Catalogue, texts: Texts) -> tuple[str, ...]:
    drama = catalogue.drama_of(song)
    gloss = f" — *{escape_markdown(song.gloss)}*" if song.gloss and texts.locale != "ko" else ""
    rows = [
        f"### {lines.title(song, texts)}{gloss}",
        f"🎬 {texts('card.drama', drama=escape_markdown(lines.drama_title(drama, texts)), year=drama.year)}",
        f"🎤 {texts('card.singers', singers=lines.sung_by(song, texts, catalogue))}",
        f"🎧 {texts('card.feeling', feeling=lines.feeling(song, texts, catalogue))}",
    ]
    role = texts.either(song.role, song.role_ko)
    scene = texts.either(song.scene, song.scene_ko)
    told = [escape_markdown(role)] if role else []
    told += [f"||{escape_markdown(scene)}||"] if scene else []
    if told:
        rows.append(f"🎞️ {texts('card.scene', scene=' · '.join(told))}")
    return tuple(rows)


def loved_line(standing: Standing, texts: Texts, *, hint: bool) -> str:
    """Tell how many here love a song, and how to."""
    if standing.loved_here:
        line = texts("card.loved-here", count=standing.loved_here)
    elif standing.loved_everywhere:
        key = "card.loved-everywhere" if standing.in_guild else "card.loved"
        line = texts(key, count=standing.loved_everywhere)
    else:
        line = texts("card.loved-nobody")
    return f"❤️ {line}" + (f" · {texts('card.how-to-love')}" if hint else "")


def picks_message(
    picks: list[tuple[Song, str]],
    catalogue: Catalogue,
    texts: Texts,
    *,
    heading: str,
    footing: str | None = None,
    taps: list[Song] | None = None,
) -> discord.ui.LayoutView:
    """Lay out up to five picks with their reasons, each with its own numbered Love button.

    `taps` are well-known songs for a newcomer to tick; that is how the bot first learns a taste.
    """
    shown = [song for song, _ in picks]
    parts = [text(heading)]
    parts += [_pick(number, song, why, catalogue, texts) for number, (song, why) in enumerate(picks, 1)]
    parts += [text(footing)] if footing else []
    parts += [_onward(texts), row(made(open_one(shown, catalogue, texts)))]
    message = [container(accent(shown[0]), *parts)]
    if taps:
        listed = texts.locale, *(song.id for song in taps)
        menu = _TAPS.get(catalogue, listed, lambda: row(made(love_many(taps, catalogue, texts))))
        message += [text(texts("picks.tap-what-you-love")), menu]
    return Ready(*message)


def _pick(number: int, song: Song, why: str, catalogue: Catalogue, texts: Texts) -> Part:
    love = {**_love(song, catalogue, texts), "label": texts("button.love-number", number=number)}
    return section(f"**{number}. {_in_pick(song, catalogue, texts)}\n{WHY}{why}", love)


@prepared
def _love(song: Song, catalogue: Catalogue, texts: Texts) -> Part:
    return made(press("love", song.id, label=texts("button.love-number", number=1), emoji="❤️"))


@cache
def _onward(texts: Texts) -> Part:
    return row(
        made(press("more", label=texts("button.three-more"), style=discord.ButtonStyle.primary)),
        made(press("tune", label=texts("button.tune"))),
    )


@prepared
def _in_pick(song: Song, catalogue: Catalogue, texts: Texts) -> str:
    drama = catalogue.drama_of(song)
    return (
        f"{lines.title(song, texts)}**\n"
        f"🎬 {escape_markdown(lines.drama_title(drama, texts))} ({drama.year}) · "
        f"{lines.sung_by(song, texts, catalogue)}"
    )


def open_one(songs: list[Song], catalogue: Catalogue, texts: Texts, *arguments: object) -> Item:
    """Offer each of these songs' cards in a menu."""
    return choose(
        "open",
        *arguments,
        placeholder=texts("select.open-one"),
        options=[_option(song, catalogue, texts) for song in songs[: limits.SELECT_OPTIONS]],
    )


def love_many(songs: list[Song], catalogue: Catalogue, texts: Texts) -> Item:
    """Offer to tick all that one loves among these songs."""
    shown = songs[: limits.SELECT_OPTIONS]
    return choose(
        "love-many",
        placeholder=texts("select.love-many"),
        options=[_option(song, catalogue, texts) for song in shown],
        most=len(shown),
    )


@prepared
def _option(song: Song, catalogue: Catalogue, texts: Texts) -> discord.SelectOption:
    drama = lines.drama_title(catalogue.drama_of(song), texts)
    return option(lines.short_title(song, texts), song.id, f"{lines.singers(song, texts)} · {drama}")
