"""A server's knockout: planned in words, a duel a day, one changeable vote each, the champion in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import discord
import pytest
from simcord import InteractionResult, MemberActor

from bot.store import Cup
from bot.ui import duel_plan
from bot.worldcup import Bracket
from tests.flow.world import DAY, ENGLISH, GATHER_S, KOREAN, World, answer, components, routes, seen

MONDAY = 0


def duels(world: World) -> list[discord.Message]:
    """Return the posts of the server's knockout, oldest first: those with a link to hear a song, and the champion."""
    found = [m for m in world.channel.history() if any(c.get("label") == "▶ YouTube" for c in components(m))]
    return sorted(found, key=lambda message: message.id)


def weekday(world: World) -> int:
    """Return the day of the week, Monday being 0, in UTC."""
    return datetime.fromtimestamp(world.now, UTC).weekday()


async def until_monday(world: World) -> None:
    """Let time pass until a Monday's morning."""
    ahead = (MONDAY - weekday(world)) % 7 or 7
    await world.env.advance_time(ahead * DAY - world.now % DAY + 9 * 3_600 + 60)


async def begun(world: World) -> Cup:
    """Have the manager begin one, with the first duel at once, whatever day it is."""
    with patch.object(duel_plan, "first_day", lambda today, _: today):
        await world.forge(world.manager, "cup-begin:any:-")
    return running(world)


def running(world: World) -> Cup:
    """Return the server's knockout."""
    cup = world.bot.store.guild_cups.running(world.guild.id)
    assert cup is not None
    return cup


def running_or_none(world: World) -> Cup | None:
    """Return the server's knockout, if there is one."""
    return world.bot.store.guild_cups.running(world.guild.id)


async def vote(world: World, who: MemberActor, duel: int, choice: int) -> InteractionResult:
    """Press one of a duel's two buttons."""
    return await world.press(who, duels(world)[-1], f"cup-vote:1:{duel}:{choice}")


@pytest.mark.parametrize(
    ("locale", "final", "rule"),
    [(ENGLISH, "The final: <t:", "One vote each"), (KOREAN, "결승: <t:", "한 사람에 한 표")],
)
async def test_a_plan_says_when_each_duel_is_to_a_manager_first_then_to_all(
    world: World, final: str, rule: str
) -> None:
    plan = answer(await world.say(world.manager, "worldcup", **{"for": "server"}))
    assert plan.ephemeral
    assert running_or_none(world) is None
    told = answer(await world.press(world.manager, plan, "cup-begin"))

    assert not told.ephemeral
    for message in (plan, told):
        assert final in seen(message)
        assert seen(message).count("<t:") == 8
        assert rule in seen(message)
    assert running(world).served


async def test_a_week_to_the_champion(world: World) -> None:
    await until_monday(world)
    await world.forge(world.manager, "cup-begin:any:-")

    days: list[int] = []
    for duel in range(7):
        assert len(duels(world)) == duel + 1
        assert "One vote each" in seen(duels(world)[-1])
        days.append(weekday(world))
        await vote(world, world.reader, duel, 1)
        await world.env.advance_time(DAY)

    assert days == list(range(7))
    cup = world.bot.store.guild_cups.get(1)
    assert cup is not None and cup.state == "over"
    assert cup.picks == (1,) * 7
    champion = world.bot.library.catalogue.songs[Bracket(cup.songs, cup.picks).champion or cup.songs[0]]
    ended = duels(world)[-1]
    (gallery,) = [c for c in components(ended) if c["type"] == 12]
    assert champion.title in gallery["items"][0]["description"]
    assert f"love:{champion.id}" in routes(ended)
    await world.env.advance_time(3 * DAY)
    assert len(duels(world)) == 8


async def test_begun_mid_week_it_waits_for_the_week_whose_sunday_has_the_final(world: World) -> None:
    assert weekday(world) != MONDAY

    await world.forge(world.manager, "cup-begin:any:-")

    cup = running(world)
    assert cup.served and cup.served.first_day.weekday() == MONDAY
    assert duels(world) == []
    assert cup.served.first_day == datetime.fromtimestamp(world.now, UTC).date() + timedelta(
        days=(MONDAY - weekday(world)) % 7
    )
    await world.env.advance_time(((MONDAY - weekday(world)) % 7) * DAY)
    assert len(duels(world)) == 1
    assert weekday(world) == MONDAY


async def test_one_vote_each_changeable_and_counted(world: World) -> None:
    await begun(world)
    songs = Bracket(running(world).songs).duel
    assert songs

    first = answer(await vote(world, world.reader, 0, 0))
    again = answer(await vote(world, world.reader, 0, 0))
    assert first.ephemeral
    assert "You can change it until <t:" in seen(first)
    assert "already" in seen(again)
    await vote(world, world.other, 0, 0)
    await vote(world, world.reader, 0, 1)
    await world.env.advance_time(GATHER_S)

    assert (running(world).counts or {})[0] == (1, 1)
    title = world.bot.library.catalogue.songs[songs.songs[1]].title
    assert f"**{title}**: 1 vote" in seen(duels(world)[0]).replace("\\", "")
    state = await world.bot.store.listeners.state(world.reader.id, world.now)
    assert state.picked == (songs.songs[1],)


async def test_many_presses_at_once_are_one_vote_each(world: World) -> None:
    await begun(world)

    for turn in range(12):
        world.submit((world.reader, world.other, world.manager)[turn % 3], "cup-vote:1:0:0")
    await world.env.settle()

    assert (running(world).counts or {})[0] == (3, 0)


async def test_a_closed_duel_says_how_it_ended_and_takes_no_vote(world: World) -> None:
    await begun(world)
    await vote(world, world.reader, 0, 1)
    await world.env.advance_time(DAY + GATHER_S)

    late = answer(await world.forge(world.other, "cup-vote:1:0:0"))

    assert "decided already" in seen(late)
    assert "1 to 0" in seen(late)
    assert (running(world).counts or {})[0] == (0, 1)
    first, second = duels(world)
    assert "The duel before" in seen(second)
    assert "1 to 0" in seen(first)
    assert not [id for id in routes(first) if id.startswith("cup-vote")]


async def test_without_votes_the_more_loved_song_goes_on(world: World) -> None:
    await begun(world)

    await world.env.advance_time(DAY)

    assert running(world).picks == (0,)
    assert "Nobody voted" in seen(duels(world)[1])


async def test_restarts_post_nothing_twice_and_lose_no_vote(world: World) -> None:
    await begun(world)
    await vote(world, world.reader, 0, 1)

    await world.restart()
    await world.env.advance_time(60)
    assert len(duels(world)) == 1
    await vote(world, world.other, 0, 1)
    await world.env.advance_time(DAY)

    assert len(duels(world)) == 2
    assert running(world).picks == (1,)


async def test_an_outage_delays_and_skips_nothing(world: World) -> None:
    await begun(world)
    await world.bot.close()
    await world.env.advance_time(3 * DAY)

    await world.restart()
    await world.env.advance_time(5)
    assert len(duels(world)) == 2
    await world.env.advance_time(DAY)

    assert len(duels(world)) == 3


async def test_a_deleted_channel_is_told_of_once_and_ends_it(world: World) -> None:
    logs = world.guild.create_text_channel("logs")
    await world.bot.store.guilds.change(world.guild.id, log_channel=logs.id)
    await begun(world)
    await world.bot.get_channel(world.channel.id).delete()  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]

    await world.env.advance_time(2 * DAY)

    assert running_or_none(world) is None
    assert [seen(message).split(":")[0] for message in logs.history()] == ["The World Cup has stopped"]


async def test_managers_stop_it_and_only_they(world: World) -> None:
    await begun(world)
    status = answer(await world.say(world.manager, "worldcup", **{"for": "server"}))
    assert "Next: <t:" in seen(status)

    refused = seen(answer(await world.say(world.reader, "worldcup", **{"for": "server"})))
    for forged in ("cup-stop:1", "cup-begin:any:-"):
        assert seen(answer(await world.forge(world.reader, forged))) == refused
    assert "Next: <t:" not in refused
    assert running(world).state == "running"
    await world.press(world.manager, status, "cup-stop")
    await world.env.advance_time(2 * DAY)

    assert world.bot.store.guild_cups.running(world.guild.id) is None
    assert len(duels(world)) == 1
    assert "stopped before" in seen(duels(world)[0])


async def test_one_is_played_at_a_time(world: World) -> None:
    for _ in range(4):
        world.submit(world.manager, "cup-begin:any:-")
    await world.env.settle()

    assert len(world.bot.store.guild_cups.all_running()) == 1
    refused = answer(await world.forge(world.manager, "cup-begin:any:-"))
    assert "being played here already" in seen(refused)


async def test_a_song_that_leaves_mid_duel_lets_the_other_go_on(world: World) -> None:
    cup = await begun(world)
    duel = Bracket(cup.songs).duel
    assert duel
    await vote(world, world.reader, 0, 0)
    library = world.bot.library
    left = {id: song for id, song in library.catalogue.songs.items() if id != duel.songs[0]}
    world.bot.library = replace(library, catalogue=replace(library.catalogue, songs=left))

    refused = answer(await world.forge(world.other, "cup-vote:1:0:0"))
    await world.env.advance_time(DAY)

    assert refused.ephemeral
    assert running(world).picks == (1,)
    assert "has left the catalogue" in seen(duels(world)[1])


async def test_a_person_who_deletes_all_takes_the_votes_along(world: World) -> None:
    await begun(world)
    await vote(world, world.reader, 0, 1)
    await vote(world, world.other, 0, 1)

    await world.bot.store.privacy.delete(world.reader.id, world.now)

    assert (running(world).counts or {})[0] == (0, 1)
    assert (await world.bot.store.privacy.counted(world.reader.id))["cup_votes"] == 0


@pytest.mark.parametrize(
    "id",
    [
        f"cup-vote:{10**30}:0:0",
        "cup-vote:99:0:0",
        f"cup-vote:1:{10**30}:0",
        "cup-vote:1:6:0",
        "cup-vote:1:0:2",
        "cup-vote:1:7:0",
        "cup-pick:1:0:0",
        "cup-undo:1:0",
        "cup-share:1",
    ],
)
async def test_forged_votes_count_for_nothing(world: World, id: str) -> None:
    await begun(world)

    told: Any = answer(await world.forge(world.reader, id))

    assert told.ephemeral
    assert not running(world).counts
    assert running(world).picks == ()
