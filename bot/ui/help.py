"""The page that says what can be done, in the words of somebody who wants to do it."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot import __version__
from bot.catalogue import Catalogue
from bot.layout import laid_out
from bot.locale import Texts
from bot.ui.routes import press

COMMANDS: dict[str, str] = {
    "recommend": "recommend",
    "find": "find",
    "song": "song",
    "drama": "drama",
    "artist": "artist",
    "comments": "comments",
    "collections": "collections",
    "favourites": "favourites list",
    "add": "favourites add",
    "export": "favourites export",
    "import": "favourites import",
    "top": "top",
    "taste": "taste",
    "worldcup": "worldcup",
    "suggest": "suggest",
    "settings": "settings",
    "privacy": "privacy what",
}
"""Commands by the placeholder that stands for them in the locale's words."""

WISHES = (
    "find",
    "pick",
    "vote",
    "comment",
    "collections",
    "favourites",
    "top",
    "taste",
    "worldcup",
    "suggest",
    "settings",
    "privacy",
)
"""What people want to do, the most wanted first."""


def page(catalogue: Catalogue, texts: Texts, ids: Mapping[str, int], *, post: bool) -> discord.ui.LayoutView:
    """Lay out the wishes and what this bot is; `post` offers to show it to the channel."""
    named = {placeholder: mention(path, ids) for placeholder, path in COMMANDS.items()}
    named["settings"] = mention(COMMANDS["settings"], {})  # tapped by those who may not use it, it has no name
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(texts("help.heading")))
    for wish in WISHES:
        container.add_item(discord.ui.TextDisplay(texts(f"help.{wish}", **named)))
    container.add_item(discord.ui.Separator())
    container.add_item(discord.ui.TextDisplay(about(catalogue, texts)))
    if post:
        container.add_item(discord.ui.ActionRow(press("help-post", label=texts("help.post-here"))))
    return laid_out(container)


def mention(path: str, ids: Mapping[str, int]) -> str:
    """Name a command so that it can be tapped where Discord's id of it is known."""
    id = ids.get(path.partition(" ")[0])
    return f"</{path}:{id}>" if id else f"`/{path}`"


def about(catalogue: Catalogue, texts: Texts) -> str:
    """Tell the version, how much is known, where from, and on what terms."""
    pages = {source for song in catalogue.songs.values() for source in song.sources}
    pages |= {source for drama in catalogue.dramas.values() for source in drama.sources}
    return texts(
        "help.about",
        version=__version__,
        songs=len(catalogue.songs),
        dramas=len(catalogue.dramas),
        artists=len(catalogue.artists),
        pages=len(pages),
        lists=len(catalogue.lists),
    )
