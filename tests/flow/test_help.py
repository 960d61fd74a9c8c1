"""/help: private first, for everybody on request, in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import discord
import pytest
from discord import app_commands

from tests.flow.world import ENGLISH, KOREAN, World, answer, seen


@pytest.mark.parametrize(("locale", "words"), [(ENGLISH, "What would you like to do?"), (KOREAN, "무엇을 해 볼까요?")])
async def test_help_is_private_with_commands_to_tap(world: World, words: str) -> None:
    """The page speaks the reader's language and names commands by their ids."""
    page = answer(await world.say(world.reader, "help"))

    assert page.ephemeral
    assert words in seen(page)
    assert "</recommend:" in seen(page)


async def test_post_here_shows_it_to_everybody(world: World) -> None:
    """The button posts the page into the channel, without the button."""
    page = answer(await world.say(world.reader, "help"))

    posted = answer(await world.press(world.reader, page, "help-post"))

    assert not posted.ephemeral
    assert "Post here" not in seen(posted)


README = Path(__file__).parents[2] / "README.md"


def commands_of(world: World) -> list[app_commands.Command | app_commands.Group | app_commands.ContextMenu]:
    """Return every command and menu there is, the operator's among them, with groups and what is in them."""
    tree, operators = world.bot.tree, discord.Object(world.bot.settings.admin_guild_id or 0)
    menus = (discord.AppCommandType.message, discord.AppCommandType.user)
    everywhere = [*tree.walk_commands(), *(menu for kind in menus for menu in tree.walk_commands(type=kind))]
    return [*everywhere, *tree.walk_commands(guild=operators)]


async def test_the_readme_names_every_command(world: World) -> None:
    """A command's row holds its name and, behind it, all that is under it; menus are named in italics."""
    readme = README.read_text("utf-8")
    named = set[str]()
    for row in re.findall(r"^\| (.*?) \|", readme, re.MULTILINE):
        for quoted in re.findall(r"`/([^`[]+)", row):
            root, *parts = quoted.split(" ", 1)
            first, *others = parts[0].split(" · ") if parts else [""]
            under = first.rpartition(" ")[0]
            named |= {" ".join(f"{root} {first}".split()), root, f"{root} {under}".strip()}
            named |= {" ".join(f"{root} {under} {other}".split()) for other in others}

    missing = [
        command.qualified_name
        for command in commands_of(world)
        if (f"*{command.name}*" not in readme)
        and (isinstance(command, app_commands.ContextMenu) or command.qualified_name not in named)
    ]

    assert missing == []


async def test_help_names_every_command_but_itself_and_the_operators(world: World) -> None:
    page = seen(answer(await world.say(world.reader, "help")))

    roots = {command.name for command in world.bot.tree.get_commands(type=discord.AppCommandType.chat_input)}

    assert {root for root in roots if not re.search(rf"(</|`/){root}\b", page)} == {"help"}
