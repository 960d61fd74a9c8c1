"""Leaving a server and being asked back."""

from __future__ import annotations

from typing import Any

from bot.ui import reply
from tests.flow.world import DAY, World

SONG = "goblin-stay-with-me"


async def commented(world: World, guild: int) -> int:
    store = world.bot.store
    await store.comments.write(guild, SONG, world.reader.id, "Still that pier", spoiler=False, episode=None, now=1)
    return store.comments.count(guild, SONG)


def departing(world: World) -> Any:
    """The capability, as it is loaded."""
    return world.bot.get_cog("Departing")


async def test_thirty_days_after_leaving_the_servers_words_are_gone(world: World) -> None:
    store, gone, here = world.bot.store, world.guild.id + 1, world.guild.id
    assert await commented(world, gone) == await commented(world, here) == 1
    await store.departed.left(gone, reply.now() - 29 * DAY)
    await departing(world).clear_up()
    assert store.comments.count(gone, SONG) == 1
    await store.departed.back(gone)
    await store.departed.left(gone, reply.now() - 31 * DAY)

    await departing(world).clear_up()

    assert (store.comments.count(gone, SONG), store.comments.count(here, SONG)) == (0, 1)


async def test_leaving_is_noted_and_a_server_that_asks_back_keeps_everything(world: World) -> None:
    await commented(world, world.guild.id)
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
