"""Copies of the database: the operator's /admin backup, and the bot's own every night."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import discord

from bot.locale import texts_for
from bot.settings import Settings
from tests.flow.world import DAY, World, seen

SONG = "goblin-stay-with-me"


def favourites_in(copy: Path) -> int:
    connection = sqlite3.connect(copy)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute("SELECT COUNT(*) FROM marks").fetchone()[0]
    finally:
        connection.close()


async def test_the_operator_makes_a_copy_and_is_told_its_name_and_size(world: World) -> None:
    await world.say(world.reader, "favourites add", song=SONG)

    told = await world.say(world.manager, "admin backup")

    (copy,) = world.settings.backups.iterdir()
    assert copy.name in seen(told)
    assert "1 favourites" in seen(told)
    assert f"{copy.stat().st_size / 1_048_576:.1f} MB" in seen(told)
    assert told.response is not None
    assert told.response.ephemeral
    assert not told.response.attachments
    assert favourites_in(copy) == 1


async def test_an_administrator_who_is_not_the_operator_makes_no_copy(world: World) -> None:
    role = world.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    administrator = world.guild.add_member(world.env.create_user("sumi"), roles=[role])

    refused = seen(await world.say(administrator, "admin backup"))

    assert refused == texts_for("en")("error.not-allowed")
    assert not world.settings.backups.exists()


async def test_a_copy_that_cannot_be_made_is_told_with_its_reason(world: World) -> None:
    world.settings.backups.write_text("a file where the folder should be")

    told = seen(await world.say(world.manager, "admin backup"))

    assert "No copy was made" in told
    assert "backups" in told


async def test_every_night_has_its_copy_and_old_ones_go(world: World) -> None:
    await world.say(world.reader, "favourites add", song=SONG)

    for _ in range(9):
        await world.env.advance_time(DAY)

    copies = sorted(world.settings.backups.iterdir())
    assert [copy.name[:8] for copy in copies] == ["nightly-"] * Settings().backup_days
    assert {favourites_in(copy) for copy in copies} == {1}
