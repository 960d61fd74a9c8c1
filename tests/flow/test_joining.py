"""Joining a server: one quiet message, once, where the bot may write; its buttons do what they say."""

from __future__ import annotations

import asyncio
from pathlib import Path

import discord
import pytest

from bot.settings import Settings
from tests.flow.payloads import Person, aged, guild_of
from tests.flow.raw import listening
from tests.flow.world import ENGLISH, KOREAN, World, answer, components, seen, songs_in

NEW = 7_000
"""A guild the bot has not been in."""
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


async def test_an_outage_and_a_new_session_are_no_joining(tmp_path: Path) -> None:
    operator = Person(aged(400, 9), "hana")
    async with listening(Settings(database=tmp_path / "raw.sqlite3"), operator) as raw:
        joined = {name: value for name, value in guild_of(NEW, raw.boss).items() if name != "unavailable"}
        raw.emit("GUILD_CREATE", joined)
        await raw.settle()
        raw.emit("GUILD_DELETE", {"id": str(NEW), "unavailable": True})
        raw.emit("GUILD_CREATE", guild_of(NEW, raw.boss))
        raw.emit("GUILD_CREATE", joined)
        await raw.settle()

        greeted = [path for method, path, _ in raw.requests if method == "POST" and path.endswith("/messages")]
        assert len(greeted) == 1
        assert raw.complaints.lines == []


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
