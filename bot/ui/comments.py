"""The page of a song's comments, the form they are written in, and how far one spoils."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Song
from bot.errors import Refusal
from bot.locale import Texts
from bot.store import Comment
from bot.ui import lines
from bot.ui.routes import press
from bot.ui.usertext import clean, harmless, visible

Button = discord.ui.Item[Any]

PAGE_ROWS = 5
"""Comments on one page."""
CHARACTERS = 500
"""Characters of a comment."""
_SHOWN = 640
"""UTF-16 units of a comment on a page, escapes counted: five fit into one message."""
_TITLE = 80
"""Characters of a song's title in a heading."""
_FORM_SECONDS = 900
_EPISODE_CHARACTERS = 20
_NO_SPOILER = frozenset({"0", "no", "none", "nothing", "없음", "없어요", "아니요", "아니오"})
_EPISODE = re.compile(r"(?:episode|ep\.?|e)?\s*([0-9]{1,3})\s*(?:화|회|부)?")


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a song's comments, and where they stand among the others."""

    song: Song
    comments: Sequence[Comment]
    number: int
    """From 0."""
    more: bool
    """Another page follows."""


@dataclass(frozen=True, slots=True)
class Spoils:
    """Whether a comment spoils, and up to which episode where that was said."""

    spoiler: bool
    episode: int | None = None


def spoils(typed: str, *, recent: bool, hides: bool = False) -> Spoils:
    """Read the form's field; left blank, a recent drama's comment counts as a spoiler. Raises Refusal.

    Who `hides` part of the text as Discord's spoilers are written means a spoiler, whatever the field says.
    """
    said = unicodedata.normalize("NFKC", typed).strip().lower()
    if not said:
        return Spoils(recent or hides)
    if said in _NO_SPOILER:
        return Spoils(hides)
    episode = _EPISODE.fullmatch(said)
    if episode is None:
        raise Refusal("comments.episode-unclear")
    number = int(episode.group(1))
    return Spoils(True, number) if number else Spoils(hides)


def worth_keeping(text: str) -> str:
    """Return the text as it is stored. Raises Refusal where it is too long or nothing of it can be seen."""
    kept = clean(text)
    if not visible(kept):
        raise Refusal("comments.invisible")
    if len(kept) > CHARACTERS:
        raise Refusal("comments.too-long", most=CHARACTERS)
    return kept


def form(verb: str, argument: object, song: Song, texts: Texts, *, comment: Comment | None = None) -> discord.ui.Modal:
    """Make the form to write a comment in, or to rewrite one."""
    title = texts("comments.form-title", title=lines.short_title(song, texts))
    modal = discord.ui.Modal(
        title=limits.shorten(title, limits.MODAL_TITLE),
        custom_id=f"{verb}:{argument}",
        timeout=_FORM_SECONDS,
    )
    modal.add_item(
        discord.ui.Label(
            text=texts("comments.form-text"),
            component=discord.ui.TextInput(
                custom_id="text",
                style=discord.TextStyle.paragraph,
                max_length=CHARACTERS,
                default=comment.text if comment else None,
            ),
        )
    )
    modal.add_item(
        discord.ui.Label(
            text=texts("comments.form-episode"),
            description=texts("comments.form-episode-hint"),
            component=discord.ui.TextInput(
                custom_id="episode",
                required=False,
                max_length=_EPISODE_CHARACTERS,
                default=_episode_said(comment) if comment else None,
            ),
        )
    )
    return modal


def comments_page(
    page: Page, texts: Texts, *, viewer: int | None, notes: bool, post: bool = False
) -> discord.ui.LayoutView:
    """Lay out a page for one reader, who may edit their own; with no viewer, for everybody."""
    title = escape_markdown(limits.shorten(lines.short_title(page.song, texts), _TITLE))
    container = discord.ui.Container[discord.ui.LayoutView]()
    heading = texts("comments.heading-notes" if notes else "comments.heading", title=title)
    container.add_item(discord.ui.TextDisplay(f"### {heading}"))
    if not page.comments:
        container.add_item(discord.ui.TextDisplay(texts("comments.no-notes" if notes else "comments.none")))
    for comment in page.comments:
        told = discord.ui.TextDisplay[discord.ui.LayoutView](_told(comment, texts, notes=notes))
        if viewer == comment.user:
            container.add_item(told)
            container.add_item(discord.ui.ActionRow(*own_buttons(comment, texts)))
        else:
            like = _like(comment, page, texts, personal=viewer is not None)
            container.add_item(discord.ui.Section(told, accessory=like))
    container.add_item(discord.ui.ActionRow(*_page_buttons(page, texts, notes=notes, post=post)))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def own_buttons(comment: Comment, texts: Texts) -> list[Button]:
    """Make the buttons a writer has on a comment."""
    return [
        press("comment-edit", comment.id, label=texts("comments.edit")),
        press("comment-delete", comment.id, label=texts("comments.delete")),
    ]


def _page_buttons(page: Page, texts: Texts, *, notes: bool, post: bool) -> list[Button]:
    buttons: list[Button] = []
    if page.number or page.more:
        before, after = page.number - 1, page.number + 1
        buttons += [
            press("comment-page", page.song.id, before, label=texts("comments.back"), disabled=not page.number),
            press("comment-page", page.song.id, after, label=texts("comments.next"), disabled=not page.more),
        ]
    write = texts("comments.write-note" if notes else "comments.write")
    buttons.append(press("say-why", page.song.id, label=write, style=discord.ButtonStyle.primary))
    if post and page.comments:
        buttons.append(press("comment-post", page.song.id, page.number, label=texts("comments.post")))
    return buttons


def _like(comment: Comment, page: Page, texts: Texts, *, personal: bool) -> Button:
    key = "comments.liked" if personal and comment.liked else "comments.like"
    label = texts(key) + (f" · {comment.likes}" if comment.likes else "")
    return press("comment-like", comment.id, page.song.id, page.number, label=label)


def _told(comment: Comment, texts: Texts, *, notes: bool) -> str:
    text = _fitting(comment.text)
    if comment.spoiler and comment.episode:
        text = f"{texts('comments.spoils-to', episode=comment.episode)} ||{text}||"
    elif comment.spoiler:
        text = f"{texts('comments.spoils')} ||{text}||"
    under = [] if notes else [f"<@{comment.user}>"]
    under.append(f"<t:{comment.at}:R>")
    if comment.edited_at:
        under.append(texts("comments.edited"))
    return f"{text}\n-# {' · '.join(under)}"


def _fitting(text: str) -> str:
    length = CHARACTERS
    while limits.units(shown := harmless(limits.shorten(text, length))) > _SHOWN:
        length = length * 4 // 5
    return shown


def _episode_said(comment: Comment) -> str | None:
    if not comment.spoiler:
        return "0"
    return str(comment.episode) if comment.episode else None
