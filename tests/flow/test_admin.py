"""The operator's commands: who may use them, and what a reload does and does not change."""

from __future__ import annotations

import shutil
from importlib.machinery import SourceFileLoader
from pathlib import Path

import discord
import pytest

from bot.catalogue.loader import DATA
from bot.locale import texts_for
from tests.flow.world import World, answer, components, seen

SONG = "goblin-stay-with-me"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A catalogue of one's own that may be changed."""
    folder = tmp_path / "data"
    (folder / "dramas").mkdir(parents=True)
    shutil.copy(DATA / "vocabulary.toml", folder)
    (folder / "artists.toml").write_text("")
    (folder / "collections").mkdir()
    (folder / "lists").mkdir()
    for drama in ("goblin", "descendants-of-the-sun"):
        shutil.copy(DATA / "dramas" / f"{drama}.toml", folder / "dramas")
    return folder


async def test_an_administrator_who_is_not_the_operator_is_refused(world: World) -> None:
    """Discord lets an administrator type the command; the bot itself does not let them in."""
    role = world.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    administrator = world.guild.add_member(world.env.create_user("sumi"), roles=[role])
    before = world.bot.library

    refused = seen(await world.say(administrator, "admin reload", what="catalogue"))

    assert refused == texts_for("en")("error.not-allowed")
    assert world.bot.library is before
    assert "Noraebot" in seen(await world.say(world.manager, "admin status"))


async def test_bad_data_changes_nothing_and_lists_the_mistakes(world: World, data: Path) -> None:
    """A mistake keeps the old library and is told with its file and place."""
    before = world.bot.library
    file = data / "dramas" / "goblin.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('tempo = "', 'tempo = "quite-', 1), encoding="utf-8")

    told = seen(await world.say(world.manager, "admin reload", what="catalogue"))

    assert "dramas/goblin.toml" in told
    assert world.bot.library is before


async def test_status_tells_since_when_the_bot_runs(world: World) -> None:
    """Neither the import of a module nor a reload counts as a start; a restart does."""
    first = f"<t:{world.bot.started}:R>"
    await world.env.advance_time(3600)
    await world.say(world.manager, "admin reload", what="all")
    assert first in seen(await world.say(world.manager, "admin status"))

    await world.restart()

    assert world.bot.started == world.now
    assert f"<t:{world.now}:R>" in seen(await world.say(world.manager, "admin status"))


async def test_many_mistakes_come_as_a_file(world: World, data: Path) -> None:
    """More mistakes than a message should hold are attached."""
    file = data / "dramas" / "goblin.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('tempo = "', 'tempo = "quite-'), encoding="utf-8")

    told = await world.say(world.manager, "admin reload", what="catalogue")

    assert "in the file" in seen(told)
    assert "mistakes.txt" in str(components(answer(told)))


async def test_hearts_on_a_removed_song_come_back_with_it(world: World, data: Path) -> None:
    """A song that leaves the data and returns has the hearts it had; its old card says meanwhile that it is gone."""
    bot, file, kept = world.bot, data / "dramas" / "goblin.toml", data.parent / "goblin.toml"
    card = answer(await world.say(world.reader, "song", song=SONG))
    await world.press(world.reader, card, "love")

    file.rename(kept)
    gone = seen(await world.say(world.manager, "admin reload", what="catalogue"))
    assert bot.library.catalogue.song(SONG) is None
    pressed = answer(await world.press(world.other, card, "love"))
    assert seen(pressed) == texts_for("en")("error.song-gone")
    assert await bot.store.marks.total(world.other.id) == 0
    assert await bot.store.marks.total(world.reader.id) == 1
    kept.rename(file)
    back = seen(await world.say(world.manager, "admin reload", what="catalogue"))

    assert "removed" in gone
    assert "added" in back
    assert bot.store.tally.everywhere(SONG) == 1
    assert "yours since" in seen(await world.press(world.reader, card, "love"))
    assert "Saved" in seen(await world.press(world.other, card, "love"))
    await world.env.advance_time(60)
    assert "2 people here" in seen(world.reload(card))


async def test_every_cog_reloads_and_its_commands_stay(world: World) -> None:
    """After a reload of all, the routes and commands are those there were."""
    bot = world.bot
    commands = sorted(command.name for command in bot.tree.get_commands())
    verbs = sorted(bot.routes._handlers)

    told = seen(await world.say(world.manager, "admin reload", what="all"))

    assert "❌" not in told
    assert f"{len(bot.extensions)} cogs reloaded" in told
    assert "restart" in told
    assert sorted(command.name for command in bot.tree.get_commands()) == commands
    assert sorted(bot.routes._handlers) == verbs
    assert "Noraebot" in seen(await world.say(world.manager, "admin status"))


async def test_a_cog_that_fails_to_load_leaves_the_old_one_working(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is shown, and /help still answers."""
    monkeypatch.setattr(SourceFileLoader, "get_code", lambda self, name: compile("1 / 0", "helping.py", "exec"))
    told = seen(await world.say(world.manager, "admin reload", what="helping"))
    monkeypatch.undo()

    assert "ZeroDivisionError" in told
    assert "What would you like to do?" in seen(await world.say(world.reader, "help"))
