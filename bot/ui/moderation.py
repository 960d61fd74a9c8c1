"""What moderators see: reports as they come in, the page on which they decide, what was done, and who is blocked."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Song
from bot.layout import laid_out
from bot.locale import Texts
from bot.store import Act, Block, Case, Done
from bot.ui import lines
from bot.ui.comments import Button, told, view_of
from bot.ui.routes import choose, option, press

REASONS = ("spoiler", "hurtful", "private", "advertising", "other")
"""Why a comment is reported."""
CASE_ROWS = 3
"""Comments on one page."""
LOG_ROWS = 10
"""Decisions on one page."""
BLOCK_ROWS = 8
"""Blocked people on one page."""
NO_SONG = "-"
"""In place of a song: all that is reported in the server."""
IN_LOG = "log"
"""In place of a song: a report in the log channel."""
_ACTS: tuple[Act, ...] = (
    *("remove", "restore", "keep", "hide", "show", "block", "remove-everywhere", "restore-everywhere"),
)
ACTS: dict[str, Act] = {act: act for act in _ACTS}
"""What can be decided on a comment by a button."""
OPERATORS: frozenset[Act] = frozenset({"remove-everywhere", "restore-everywhere"})

_TITLE = 60
"""Characters of a song's title."""

Container = discord.ui.Container[discord.ui.LayoutView]


def reasons_menu(comment: int, texts: Texts) -> discord.ui.LayoutView:
    """Ask why a comment is reported."""
    options = [option(texts(f"moderation.reason-{reason}"), reason) for reason in REASONS]
    menu = choose("comment-reported", comment, placeholder=texts("moderation.choose-reason"), options=options)
    return laid_out(discord.ui.TextDisplay(texts("moderation.why")), discord.ui.ActionRow(menu))


def report(case: Case, song: Song | None, texts: Texts, *, outcome: str = "") -> discord.ui.LayoutView:
    """Lay out a report for the log channel, with what was decided last, and what may be decided now."""
    container = Container()
    heading = texts("moderation.reported", title=_title(case, song, texts))
    container.add_item(discord.ui.TextDisplay(f"### {heading}"))
    container.add_item(discord.ui.TextDisplay(_case(case, texts)))
    if outcome:
        container.add_item(discord.ui.TextDisplay(outcome))
    if acts := _offered(case):
        container.add_item(discord.ui.ActionRow(*(_decision(act, case, texts, IN_LOG) for act in acts)))
    return view_of(container)


def outcome(act: Act, moderator: int, now: int, texts: Texts) -> str:
    """Say who decided what, and when."""
    return texts(f"moderation.did-{act}", who=f"<@{moderator}>", when=f"<t:{now}:f>")


def desk(
    cases: Sequence[tuple[Case, Song | None]],
    place: tuple[str, int],
    texts: Texts,
    *,
    song: Song | None,
    more: bool,
    operator: bool,
) -> discord.ui.LayoutView:
    """Lay out a page of what a server's moderators decide on: of one song, or all that is reported."""
    named, number = place
    container = Container()
    heading = texts("moderation.all")
    if song:
        heading = texts("moderation.heading", title=escape_markdown(limits.shorten(lines.short_title(song, texts), 80)))
    container.add_item(discord.ui.TextDisplay(f"### {heading}"))
    if not cases:
        container.add_item(discord.ui.TextDisplay(texts("moderation.nothing" if song else "moderation.no-reports")))
    for case, of in cases:
        about = "" if song else _title(case, of, texts)
        container.add_item(discord.ui.TextDisplay(_case(case, texts, about)))
        acts = _offered(case, operator=operator)
        if acts:
            container.add_item(
                discord.ui.ActionRow(*(_decision(act, case, texts, f"{named}:{number}") for act in acts))
            )
    if number or more:
        back = press("moderate", named, number - 1, label=texts("comments.back"), disabled=not number)
        after = press("moderate", named, number + 1, label=texts("comments.next"), disabled=not more)
        container.add_item(discord.ui.ActionRow(back, after))
    ways = [
        press("moderation-log", 0, label=texts("moderation.log")),
        press("moderation-blocks", 0, label=texts("moderation.blocks")),
    ]
    if song:
        ways.insert(0, press("moderate", NO_SONG, label=texts("moderation.all-button")))
    container.add_item(discord.ui.ActionRow(*ways))
    return view_of(container)


def _case(case: Case, texts: Texts, about: str = "") -> str:
    comment = case.comment
    rows = [told(comment, texts, guild=comment.guild if case.own else -1, about=about)]
    if case.reasons:
        why = " · ".join(f"{texts(f'moderation.reason-{reason}')} × {count}" for reason, count in case.reasons)
        rows.append(texts("moderation.reports", count=comment.reports, why=why))
    rows += [texts("moderation.is-hidden")] if case.hidden else []
    rows += [texts("moderation.is-blocked")] if case.block else []
    return "\n".join(rows)


def _offered(case: Case, *, operator: bool = False) -> list[Act]:
    """List what can be decided on a comment now."""
    acts: list[Act] = []
    if case.own and case.comment.removed != "operator":
        acts.append("restore" if case.comment.removed else "remove")
    elif not case.own and not case.comment.removed:
        acts.append("show" if case.hidden else "hide")
    if case.comment.reports:
        acts.append("keep")
    if case.own and not case.block:
        acts.append("block")
    if operator:
        acts.append("restore-everywhere" if case.comment.removed == "operator" else "remove-everywhere")
    return acts


def _decision(act: Act, case: Case, texts: Texts, back: str) -> Button:
    style = discord.ButtonStyle.danger if act in {"remove", "remove-everywhere"} else discord.ButtonStyle.secondary
    return press("decide", act, case.comment.id, back, label=texts(f"moderation.{act}"), style=style)


def _title(case: Case, song: Song | None, texts: Texts) -> str:
    title = lines.short_title(song, texts) if song else case.comment.song
    return f"**{escape_markdown(limits.shorten(title, _TITLE))}**"


def log(done: Sequence[Done], number: int, catalogue: Catalogue, texts: Texts, *, more: bool) -> discord.ui.LayoutView:
    """Lay out who decided what on which comment, newest first."""
    container = Container()
    container.add_item(discord.ui.TextDisplay(f"### {texts('moderation.log')}"))
    rows = [_done(one, catalogue, texts) for one in done]
    container.add_item(discord.ui.TextDisplay("\n".join(rows) or texts("moderation.log-none")))
    if number or more:
        container.add_item(discord.ui.ActionRow(*_turns("moderation-log", number, texts, more=more)))
    container.add_item(discord.ui.ActionRow(press("moderate", NO_SONG, label=texts("moderation.all-button"))))
    return view_of(container)


def _done(one: Done, catalogue: Catalogue, texts: Texts) -> str:
    who = f"<@{one.moderator}>" if one.moderator else texts("moderation.somebody")
    row = texts(f"moderation.did-{one.act}", who=who, when=f"<t:{one.at}:f>")
    if one.song is None:
        return f"- {row}\n-# {texts('moderation.comment-gone')}"
    song = catalogue.song(one.song)
    title = escape_markdown(limits.shorten(lines.short_title(song, texts) if song else one.song, _TITLE))
    writer = f"<@{one.writer}>" if one.writer else texts("comments.from-elsewhere")
    return f"- {row}\n-# {title} · {writer}"


def blocks(found: Sequence[Block], number: int, texts: Texts, *, more: bool) -> discord.ui.LayoutView:
    """Lay out who may not comment in a server, each with a button to let them again."""
    container = Container()
    container.add_item(discord.ui.TextDisplay(f"### {texts('moderation.blocks')}"))
    if not found:
        container.add_item(discord.ui.TextDisplay(texts("moderation.blocks-none")))
    for block in found:
        who = f"<@{block.user}>" if block.user else texts("moderation.blocked-forgotten")
        unblock = press("unblock", block.id, label=texts("moderation.unblock"))
        container.add_item(discord.ui.Section(discord.ui.TextDisplay(f"{who} · <t:{block.at}:D>"), accessory=unblock))
    if number or more:
        container.add_item(discord.ui.ActionRow(*_turns("moderation-blocks", number, texts, more=more)))
    container.add_item(discord.ui.ActionRow(press("moderate", NO_SONG, label=texts("moderation.all-button"))))
    return view_of(container)


def _turns(verb: str, number: int, texts: Texts, *, more: bool) -> list[Button]:
    return [
        press(verb, number - 1, label=texts("comments.back"), disabled=not number),
        press(verb, number + 1, label=texts("comments.next"), disabled=not more),
    ]


def choose_song(songs: Sequence[Song], catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Ask which of a message's songs is meant."""
    options = [
        option(lines.short_title(song, texts), song.id, lines.drama_title(catalogue.drama_of(song), texts))
        for song in songs[: limits.SELECT_OPTIONS]
    ]
    menu = choose("moderate-one", placeholder=texts("select.open-one"), options=options)
    return laid_out(discord.ui.TextDisplay(texts("moderation.which-song")), discord.ui.ActionRow(menu))
