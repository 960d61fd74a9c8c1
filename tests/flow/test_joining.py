"""Joining a server: one quiet message, once, where the bot may write; its buttons do what they say."""

from __future__ import annotations

import asyncio

import discord
import pytest

from tests.flow.world import ENGLISH, KOREAN, World, answer, components, seen, songs_in

SUPPRESS_NOTIFICATIONS = 1 << 12


async def join(world: World) -> list[discord.Message]:
    """Let the bot hear that it joined, and return what it said."""
    world.bot.dispatch("guild_join", world.bot.get_guild(world.guild.id))
    await asyncio.sleep(0.1)  # the simulator does not know of events that it did not send
    await world.env.settle()
    return [m for m in world.channel.history() if "Noraebot" in seen(m) or "노래봇" in seen(m)]


@pytest.mark.parametrize(("locale", "hello"), [(ENGLISH, "Hello"), (KOREAN, "안녕하세요")])
async def test_the_greeting_is_three_quiet_lines_and_comes_once(world: World, hello: str) -> None:
    (greeting,) = await join(world)

    again = await join(world)
    await world.restart()
    after_restart = await join(world)

    sent = [r for r in world.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
    assert hello in seen(greeting)
    assert len(next(c["content"] for c in components(greeting) if "content" in c).split("\n")) == 3
    assert [m.id for m in again] == [m.id for m in after_restart] == [greeting.id]
    assert isinstance(sent[0].json, dict)
    assert sent[0].json["flags"] & SUPPRESS_NOTIFICATIONS


async def test_a_server_where_it_may_write_nowhere_hears_nothing(world: World) -> None:
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    await guild.text_channels[0].set_permissions(guild.me, send_messages=False)

    assert await join(world) == []


async def test_try_a_song_is_for_whoever_presses(world: World) -> None:
    (greeting,) = await join(world)

    tried = answer(await world.press(world.reader, greeting, "join-try"))

    assert tried.ephemeral
    assert songs_in(tried)


async def test_managers_start_the_daily_song_and_take_the_greeting_away(world: World) -> None:
    (greeting,) = await join(world)

    for button in ("daily-here", "join-remove"):
        assert "You may not do that" in seen(await world.press(world.reader, greeting, button))
    assert world.bot.store.daily.get(world.guild.id) is None
    await world.press(world.manager, greeting, "daily-here")
    await world.press(world.manager, greeting, "join-remove")

    assert world.bot.store.daily.get(world.guild.id) is not None
    assert greeting.id not in {m.id for m in world.channel.history()}
