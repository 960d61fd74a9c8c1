"""What is loved most: as words, as a picture, and from one chart to the next."""

from __future__ import annotations

import pytest

from tests.flow.world import World, answer, choices, components, routes, seen

OTHER = "hotel-del-luna-remember-me"
SONGS = ("goblin-stay-with-me", "crash-landing-on-you-flower", "goblin-beautiful")


async def all_three_love(world: World) -> None:
    for fan in (world.reader, world.other, world.manager):
        await world.bot.store.marks.press_many(fan.id, SONGS, world.guild.id, "button", world.now)
    await world.bot.store.marks.remove(world.reader.id, SONGS[2])
    await world.bot.store.marks.press(world.reader.id, OTHER, world.guild.id, "button", world.now)


def picture(message) -> dict:
    [gallery] = [c for c in components(message) if c["type"] == 12]
    return gallery["items"][0]


@pytest.mark.parametrize(
    ("locale", "first", "people"), [("en-US", "Stay with Me", "3 people, new"), ("ko", "꽃", "3명, 새로 진입")]
)
async def test_a_chart_ranks_what_three_people_here_love(world: World, first: str, people: str) -> None:
    await all_three_love(world)

    chart = answer(await world.say(world.reader, "top"))

    assert not chart.ephemeral
    told = seen(chart)
    assert people in told
    assert told.count(people) == 2
    assert set(choices(chart, "open-found")) == {f"song:{song}" for song in SONGS[:2]}
    assert [attachment.filename for attachment in world.reload(chart).attachments] == ["top.png"]
    assert people.split(",", maxsplit=1)[0] in picture(chart)["description"]


async def test_the_menu_opens_what_is_ranked(world: World) -> None:
    await all_three_love(world)
    chart = answer(await world.say(world.reader, "top"))

    opened = answer(await world.choose(world.other, chart, "open-found", ["song:goblin-stay-with-me"]))

    assert "love:goblin-stay-with-me" in routes(opened)


async def test_another_chart_comes_in_place_for_the_asker_and_privately_for_others(world: World) -> None:
    await all_three_love(world)
    chart = answer(await world.say(world.reader, "top"))

    await world.press(world.reader, chart, "Dramas")
    turned = world.reload(chart)
    assert "Most loved dramas" in seen(turned)
    assert choices(turned, "open-found") == ["drama:crash-landing-on-you", "drama:goblin"]
    copied = answer(await world.press(world.other, turned, "Artists"))

    assert copied.ephemeral
    assert "Most loved artists" in seen(copied)
    assert "Most loved dramas" in seen(world.reload(chart))


async def test_an_empty_chart_says_what_it_takes(world: World) -> None:
    empty = answer(await world.say(world.reader, "top", when="week"))
    assert "It takes 3 people here" in seen(empty)

    everywhere = answer(await world.say(world.reader, "top", where="everywhere"))
    assert "It takes 10 people from several servers" in seen(everywhere)


@pytest.mark.parametrize("forged", ["top:moon:week:here:1:by", "top:song:week:nowhere:1:by", "top:song"])
async def test_a_forged_chart_is_refused(world: World, forged: str) -> None:
    refused = answer(await world.forge(world.reader, forged))

    assert refused.ephemeral
    assert "older version" in seen(refused)
