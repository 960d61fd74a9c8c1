"""Leaving a server and being asked back."""

from __future__ import annotations

from typing import Any

from bot.ui import reply
from tests.flow.world import DAY, World

SONG = "goblin-stay-with-me"


async def commented(world: World) -> int:
    store = world.bot.store
    await store.comments.write(
        world.guild.id, SONG, world.reader.id, "Still that pier", spoiler=False, episode=None, now=1
    )
    return store.comments.count(world.guild.id, SONG)


def departing(world: World) -> Any:
    """The capability, as it is loaded."""
    return world.bot.get_cog("Departing")


async def test_thirty_days_after_leaving_the_servers_words_are_gone(world: World) -> None:
    assert await commented(world) == 1
    store, guild = world.bot.store, world.guild.id
    await store.departed.left(guild, reply.now() - 29 * DAY)
    await departing(world).clear_up()
    assert store.comments.count(guild, SONG) == 1
    await store.departed.back(guild)
    await store.departed.left(guild, reply.now() - 31 * DAY)

    await departing(world).clear_up()

    assert store.comments.count(guild, SONG) == 0


async def test_leaving_is_noted_and_a_server_that_asks_back_keeps_everything(world: World) -> None:
    await commented(world)
    store, guild = world.bot.store, world.bot.get_guild(world.guild.id)

    await departing(world).on_guild_remove(guild)
    assert await store.departed.due(reply.now()) == (world.guild.id,)
    await departing(world).on_guild_join(guild)

    assert await store.departed.due(reply.now()) == ()
    assert store.comments.count(world.guild.id, SONG) == 1


async def test_a_restart_finds_the_servers_that_are_gone(world: World) -> None:
    gone = world.guild.id + 1
    await world.bot.store.guilds.change(gone, locale="ko")

    await world.restart()
    await world.env.settle()

    assert await world.bot.store.departed.due(reply.now()) == (gone,)
