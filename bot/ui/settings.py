"""The panel on which managers see how the bot behaves in their server, and the forms and menus to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue
from bot.layout import laid_out
from bot.locale import LOCALES, Texts, texts_for
from bot.store import GuildSettings
from bot.ui import daily as daily_screens
from bot.ui.daily import MODAL_SECONDS
from bot.ui.routes import Item, choose, choose_channel, choose_role, custom_id, option, press
from bot.ui.usertext import in_line

MOST_WORDS: Final = 50
WORD_CHARACTERS: Final = 40
MOST_ARTISTS: Final = 50
MOST_VOTERS: Final = 100
OWN_LANGUAGE: Final = "own"
"""The choice to speak as the server itself says."""
FORMS: Final = ("emoji", "words", "artists", "voters")
"""Settings that are typed."""
MENUS: Final = ("language", "comments", "log")
"""Settings that are chosen on a page of their own."""
SWITCHES: Final = ("seed", "share")
"""Settings that are on or off."""

_LISTED_CHARACTERS = 160
"""Characters of a list of words or names on the panel."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A guild as its managers see it."""

    chosen: GuildSettings
    locale: str
    """What the server itself says."""
    daily: daily_screens.State | None
    log_is_closed: bool
    """There is a log channel, and the bot may not write in it."""


def page(panel: Panel, catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Lay out every setting with what it brings about, and a button beside it."""
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"## {texts('settings.heading')}\n-# {texts('settings.only-you')}"))
    running = panel.daily is not None
    key = "settings.change" if running else "daily.here"
    style = discord.ButtonStyle.secondary if running else discord.ButtonStyle.primary
    begin = press("daily" if running else "daily-here", label=texts(key), style=style)
    container.add_item(_section(texts("daily.heading"), daily_screens.summary(panel.daily, texts), begin))
    effects = {
        "language": _language(panel, texts),
        "emoji": texts("settings.emoji-effect", emoji=panel.chosen.vote_emoji),
        "seed": texts(f"settings.seed-effect-{_on(panel.chosen.seed)}", emoji=panel.chosen.vote_emoji),
        "comments": _comments(panel.chosen, texts),
        "share": texts(f"settings.share-effect-{_on(panel.chosen.share_comments)}"),
        "log": _log(panel, texts),
        "words": _words(panel.chosen.blocked_words, texts),
        "artists": _artists(panel.chosen, catalogue, texts),
        "voters": texts("settings.voters-effect", count=panel.chosen.minimum_voters),
    }
    for what, effect in effects.items():
        button = press("settings-change", what, label=texts("settings.change"))
        if what in SWITCHES:
            on = panel.chosen.seed if what == "seed" else panel.chosen.share_comments
            label = texts("settings.turn-off" if on else "settings.turn-on")
            button = press("settings-switch", what, int(not on), label=label)
        container.add_item(_section(texts(f"settings.{what}"), effect, button))
    reset = press("settings-reset", label=texts("settings.reset"), style=discord.ButtonStyle.danger)
    container.add_item(discord.ui.ActionRow(reset))
    return laid_out(container)


def _section(name: str, effect: str, button: Item) -> discord.ui.Section[discord.ui.LayoutView]:
    return discord.ui.Section(discord.ui.TextDisplay(f"**{name}**\n{effect}"), accessory=button)


def _on(on: bool) -> str:
    return "on" if on else "off"


def _language(panel: Panel, texts: Texts) -> str:
    if panel.chosen.locale:
        language = texts(f"settings.language-{texts_for(panel.chosen.locale).locale}")
    else:
        language = _own_language(panel, texts)
    return texts("settings.language-effect", language=language)


def _own_language(panel: Panel, texts: Texts) -> str:
    return texts("settings.language-own", language=texts(f"settings.language-{texts_for(panel.locale).locale}"))


def _comments(chosen: GuildSettings, texts: Texts) -> str:
    if isinstance(chosen.commenters, int):
        return texts("settings.comments-role", role=f"<@&{chosen.commenters}>")
    return texts(f"settings.comments-{chosen.commenters}")


def _log(panel: Panel, texts: Texts) -> str:
    if panel.chosen.log_channel is None:
        return texts("settings.log-none")
    channel = f"<#{panel.chosen.log_channel}>"
    return texts("settings.log-cannot-write" if panel.log_is_closed else "settings.log-effect", channel=channel)


def _words(words: Sequence[str], texts: Texts) -> str:
    if not words:
        return texts("settings.words-none")
    listed = limits.shorten(", ".join(words), _LISTED_CHARACTERS)
    return texts("settings.words-effect", count=len(words), words=f"||{in_line(listed)}||")


def _artists(chosen: GuildSettings, catalogue: Catalogue, texts: Texts) -> str:
    names = artist_names(chosen, catalogue, texts)
    if not names:
        return texts("settings.artists-none")
    listed = limits.shorten(", ".join(names), _LISTED_CHARACTERS)
    return texts("settings.artists-effect", count=len(names), artists=escape_markdown(listed))


def artist_names(chosen: GuildSettings, catalogue: Catalogue, texts: Texts) -> list[str]:
    """Name the hidden artists that the catalogue still knows."""
    artists = [artist for id in chosen.hidden_artists if (artist := catalogue.artist(id))]
    return [texts.pick(artist.name, artist.name_ko) for artist in artists]


def menu_page(what: str, panel: Panel, texts: Texts) -> discord.ui.LayoutView:
    """Lay out the page on which one of the MENUS is chosen."""
    effect = {"language": _language, "comments": lambda p, t: _comments(p.chosen, t), "log": _log}[what](panel, texts)
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(f"## {texts(f'settings.{what}')}\n{effect}"))
    buttons: list[Item] = []
    match what:
        case "language":
            options = [option(_own_language(panel, texts), OWN_LANGUAGE, default=panel.chosen.locale is None)]
            options += [
                option(texts(f"settings.language-{name}"), name, default=panel.chosen.locale == name)
                for name in LOCALES
            ]
            menu = choose("settings-set", what, placeholder=texts("settings.language"), options=options)
        case "comments":
            role = panel.chosen.commenters if isinstance(panel.chosen.commenters, int) else None
            menu = choose_role("settings-set", what, placeholder=texts("settings.choose-role"), chosen=role)
            buttons = [
                press("settings-set", what, who, label=texts(f"settings.{who}")) for who in ("everyone", "nobody")
            ]
        case _:
            menu = choose_channel(
                "settings-set", what, placeholder=texts("settings.log-choose"), chosen=panel.chosen.log_channel
            )
            buttons = [press("settings-set", what, "none", label=texts("settings.log-clear"))]
    container.add_item(discord.ui.ActionRow(menu))
    container.add_item(discord.ui.ActionRow(*buttons, press("settings", label=texts("settings.back"))))
    return laid_out(container)


def form(what: str, panel: Panel, catalogue: Catalogue, texts: Texts) -> discord.ui.Modal:
    """Make the form in which one of the FORMS is typed."""
    chosen = panel.chosen
    modal = discord.ui.Modal(
        title=limits.shorten(texts(f"settings.{what}"), limits.MODAL_TITLE),
        custom_id=custom_id("settings-form", what),
        timeout=MODAL_SECONDS,
    )
    match what:
        case "emoji":
            hint = texts("settings.emoji-hint")
            field = discord.ui.TextInput(custom_id="text", default=chosen.vote_emoji, max_length=60)
        case "words":
            hint = texts("settings.words-hint", most=MOST_WORDS, length=WORD_CHARACTERS)
            field = _lines(chosen.blocked_words)
        case "artists":
            hint = texts("settings.artists-hint", most=MOST_ARTISTS)
            field = _lines(artist_names(chosen, catalogue, texts))
        case _:
            hint = None
            field = discord.ui.TextInput(custom_id="text", default=str(chosen.minimum_voters), max_length=3)
    modal.add_item(
        discord.ui.Label(text=texts(f"settings.{what}-label", most=MOST_VOTERS), description=hint, component=field)
    )
    return modal


def _lines(values: Sequence[str]) -> discord.ui.TextInput[discord.ui.Modal]:
    return discord.ui.TextInput(
        custom_id="text",
        style=discord.TextStyle.paragraph,
        default="\n".join(values)[: limits.TEXT_INPUT],
        required=False,
        max_length=limits.TEXT_INPUT,
    )


def reset_question(texts: Texts) -> discord.ui.LayoutView:
    """Ask once whether everything shall be as at first."""
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(texts("settings.reset-sure")))
    container.add_item(
        discord.ui.ActionRow(
            press("settings-reset-now", label=texts("settings.reset-now"), style=discord.ButtonStyle.danger),
            press("settings", label=texts("settings.back")),
        )
    )
    return laid_out(container)
