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
from bot.layout import laid_out
from bot.locale import Texts
from bot.store import Comment, CommentOrder
from bot.ui import lines
from bot.ui.routes import press
from bot.ui.usertext import clean, harmless, visible

Button = discord.ui.Item[Any]

PAGE_ROWS = 5
"""Comments on one page."""
MINE_ROWS = 4
"""Comments on one page of all that somebody wrote: each names its song."""
CHARACTERS = 500
"""Characters of a comment."""
_SHOWN = 560
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
    order: CommentOrder = "best"
    guild: int = 0
    """Where it is read; 0: notes, which only their writer reads."""


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
    page: Page, texts: Texts, *, viewer: int | None, post: bool = False, moderate: bool = False
) -> discord.ui.LayoutView:
    """Lay out a page for one reader, who may edit their own; with no viewer, for everybody."""
    title = escape_markdown(limits.shorten(lines.short_title(page.song, texts), _TITLE))
    container = discord.ui.Container[discord.ui.LayoutView]()
    heading = texts("comments.heading" if page.guild else "comments.heading-notes", title=title)
    container.add_item(discord.ui.TextDisplay(f"### {heading}"))
    if not page.comments:
        container.add_item(discord.ui.TextDisplay(texts("comments.none" if page.guild else "comments.no-notes")))
    for comment in page.comments:
        container.add_item(discord.ui.TextDisplay(told(comment, texts, guild=page.guild)))
        if viewer == comment.user:
            container.add_item(discord.ui.ActionRow(*own_buttons(comment, texts)))
        else:
            like = _like(comment, page, texts, personal=viewer is not None)
            report = press("comment-report", comment.id, label=texts("comments.report"))
            container.add_item(discord.ui.ActionRow(like, report))
    turns, buttons = _turns(page, texts), _page_buttons(page, texts, post=post, moderate=moderate)
    together = len(turns) + len(buttons) <= limits.ROW_BUTTONS
    for row in ([*turns, *buttons],) if together else (turns, buttons):
        container.add_item(discord.ui.ActionRow(*row))
    return view_of(container)


def view_of(container: discord.ui.Container[discord.ui.LayoutView]) -> discord.ui.LayoutView:
    """Make a view of one container."""
    return laid_out(container)


def own_buttons(comment: Comment, texts: Texts) -> list[Button]:
    """Make the buttons a writer has on a comment."""
    return [
        press("comment-edit", comment.id, label=texts("comments.edit")),
        press("comment-delete", comment.id, label=texts("comments.delete")),
    ]


def _turns(page: Page, texts: Texts) -> list[Button]:
    """Make the buttons that turn the page or its order, where there is anything to turn."""
    if not (page.comments and (page.number or page.more or len(page.comments) > 1)):
        return []
    before, after = page.number - 1, page.number + 1
    turns: list[Button] = []
    if page.number or page.more:
        back = press("comment-page", *_place(page, before), label=texts("comments.back"), disabled=not page.number)
        turns = [
            back,
            press("comment-page", *_place(page, after), label=texts("comments.next"), disabled=not page.more),
        ]
    if page.guild:
        other: CommentOrder = "newest" if page.order == "best" else "best"
        turns.append(press("comment-sort", page.song.id, other, label=texts(f"comments.{other}-first")))
    return turns


def _place(page: Page, number: int) -> tuple[object, ...]:
    return (page.song.id, number) if page.order == "best" else (page.song.id, number, page.order)


def _page_buttons(page: Page, texts: Texts, *, post: bool, moderate: bool) -> list[Button]:
    write = texts("comments.write" if page.guild else "comments.write-note")
    buttons = [press("say-why", page.song.id, label=write, style=discord.ButtonStyle.primary)]
    if post and page.comments:
        buttons.append(press("comment-post", *_place(page, page.number), label=texts("comments.post")))
    if moderate:
        buttons.append(press("moderate", page.song.id, label=texts("moderation.open")))
    return buttons


def _like(comment: Comment, page: Page, texts: Texts, *, personal: bool) -> Button:
    key = "comments.liked" if personal and comment.liked else "comments.like"
    label = texts(key) + (f" · {comment.likes}" if comment.likes else "")
    return press("comment-like", comment.id, *_place(page, page.number), label=label)


def told(comment: Comment, texts: Texts, *, guild: int, about: str = "") -> str:
    """Tell a comment as one reads it in a guild, with who wrote it there and when; 0 tells the writer their own."""
    text = quoted(comment, texts)
    if comment.folded and guild:
        text = f"{texts('comments.reported-fold')} {text if comment.spoiler else f'||{text}||'}"
    under = [about] if about else []
    if guild and comment.guild != guild:
        under.append(texts("comments.from-elsewhere"))
    elif guild:
        under.append(f"<@{comment.user}>")
    under.append(f"<t:{comment.at}:R>")
    if comment.edited_at:
        under.append(texts("comments.edited"))
    if comment.removed:
        under.append(texts(f"comments.removed-by-{comment.removed}"))
    return f"{text}\n-# {' · '.join(under)}"


def quoted(comment: Comment, texts: Texts) -> str:
    """Tell a comment's text, folded where it spoils."""
    text = _fitting(comment.text)
    if comment.spoiler and comment.episode:
        return f"{texts('comments.spoils-to', episode=comment.episode)} ||{text}||"
    return f"{texts('comments.spoils')} ||{text}||" if comment.spoiler else text


def mine_page(
    found: Sequence[tuple[Comment, Song | None]], number: int, texts: Texts, *, more: bool, guild: int, shares: bool
) -> discord.ui.LayoutView:
    """Lay out what one person wrote, everywhere, and whether other servers may read it."""
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay(f"### {texts('comments.mine')}\n-# {texts('comments.mine-hint')}"))
    if not found:
        container.add_item(discord.ui.TextDisplay(texts("comments.mine-none")))
    for comment, song in found:
        where = "note" if not comment.guild else "here" if comment.guild == guild else "there"
        title = escape_markdown(limits.shorten(lines.short_title(song, texts) if song else comment.song, _TITLE))
        about = f"**{title}** · {texts(f'comments.mine-{where}')}"
        container.add_item(discord.ui.TextDisplay(told(comment, texts, guild=0, about=about)))
        buttons = own_buttons(comment, texts)
        editable = song is not None and not comment.removed and where != "there"
        container.add_item(discord.ui.ActionRow(*(buttons if editable else buttons[1:])))
    if number or more:
        back = press("comment-mine", number - 1, label=texts("comments.back"), disabled=not number)
        after = press("comment-mine", number + 1, label=texts("comments.next"), disabled=not more)
        container.add_item(discord.ui.ActionRow(back, after))
    container.add_item(discord.ui.Separator())
    state = texts("comments.shared" if shares else "comments.not-shared")
    container.add_item(discord.ui.Section(discord.ui.TextDisplay(state), accessory=share_button(texts, shares=shares)))
    return view_of(container)


def share_button(texts: Texts, *, shares: bool) -> Button:
    """Make the button that lets other servers read what one writes, or no longer."""
    return press("comment-share", int(not shares), label=texts("comments.share-end" if shares else "comments.share"))


def _fitting(text: str) -> str:
    length = CHARACTERS
    while limits.units(shown := harmless(limits.shorten(text, length))) > _SHOWN:
        length = length * 4 // 5
    return shown


def _episode_said(comment: Comment) -> str | None:
    if not comment.spoiler:
        return "0"
    return str(comment.episode) if comment.episode else None
