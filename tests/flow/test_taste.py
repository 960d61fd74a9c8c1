"""A person's taste, and two people's beside each other, only with consent."""

from __future__ import annotations

import pytest

from tests.flow.world import World, answer, components, routes, seen

OWN = ("goblin-stay-with-me", "goblin-beautiful", "descendants-of-the-sun-everytime", "hotel-del-luna-remember-me")
THEIRS = ("goblin-stay-with-me", "crash-landing-on-you-flower", "its-okay-thats-love-best-luck")


async def love(world: World) -> None:
    await world.bot.store.marks.press_many(world.reader.id, OWN, world.guild.id, "button", world.now)
    await world.bot.store.marks.press_many(world.other.id, THEIRS, world.guild.id, "button", world.now)


@pytest.mark.parametrize(
    ("locale", "heading", "told"),
    [("en-US", "Your taste", "**Artists**: Punch (2)"), ("ko", "나의 취향", "**가수**: 펀치 (2)")],
)
async def test_a_profile_is_private_until_posted(world: World, heading: str, told: str) -> None:
    await love(world)

    own = answer(await world.say(world.reader, "taste"))
    assert own.ephemeral
    assert heading in seen(own)
    assert told in seen(own)
    [gallery] = [c for c in components(own) if c["type"] == 12]
    assert told.replace("*", "").split(" (")[0] in gallery["items"][0]["description"]
    posted = answer(await world.press(world.reader, own, "taste-post"))

    assert not posted.ephemeral
    assert "Mina" in seen(posted)
    assert routes(posted) == []


async def test_two_favourites_are_no_taste_yet(world: World) -> None:
    await world.bot.store.marks.press_many(world.reader.id, OWN[:2], world.guild.id, "button", world.now)

    assert "from 3 favourites on" in seen(answer(await world.say(world.reader, "taste")))


async def test_nobody_is_compared_before_they_agree_and_asking_is_answered_by_them_alone(world: World) -> None:
    await love(world)
    refused = answer(await world.say(world.reader, "taste", member=world.other))
    assert "has not agreed to be compared here" in seen(refused)

    question = answer(await world.press(world.reader, refused, "taste-ask"))
    assert not question.ephemeral
    again = answer(await world.press(world.reader, refused, "taste-ask"))
    assert "You have asked somebody already" in seen(again)
    assert again.ephemeral
    meddled = answer(await world.press(world.manager, question, "taste-allow"))
    assert "Only the person who was asked" in seen(meddled)
    assert not await world.bot.store.comparing.agreed(world.other.id, world.guild.id)
    await world.press(world.other, question, "taste-allow")

    assert await world.bot.store.comparing.agreed(world.other.id, world.guild.id)


async def test_a_comparison_tells_what_is_shared_and_what_to_give(world: World) -> None:
    await love(world)
    await world.press(world.other, answer(await world.say(world.other, "taste")), "taste-agree")

    compared = answer(await world.say(world.reader, "taste", member=world.other))

    assert compared.ephemeral
    assert "You share 1 song" in seen(compared)
    assert "of 100 alike" in seen(compared)
    gifts = [id for id in routes(compared) if id.startswith("give:")]
    assert len(gifts) == 2
    assert all(id.split(":")[1] in set(OWN) - set(THEIRS) for id in gifts)
    given = answer(await world.press(world.reader, compared, gifts[0]))
    assert not given.ephemeral
    assert f"A song for <@{world.other.id}>, from <@{world.reader.id}>" in seen(given)
    assert f"love:{gifts[0].split(':')[1]}" in routes(given)


async def test_consent_can_be_taken_back(world: World) -> None:
    await love(world)
    own = answer(await world.say(world.other, "taste"))
    agreed = answer(await world.press(world.other, own, "taste-agree"))
    compared = answer(await world.say(world.reader, "taste", member=world.other))
    gift = next(id for id in routes(compared) if id.startswith("give:"))
    await world.press(world.other, agreed, "taste-withdraw")

    assert "has not agreed" in seen(answer(await world.press(world.reader, compared, gift)))
    assert "has not agreed" in seen(answer(await world.say(world.reader, "taste", member=world.other)))


async def test_only_songs_of_ones_own_are_given(world: World) -> None:
    await love(world)
    await world.bot.store.comparing.agree(world.other.id, world.guild.id, world.now)

    forged = answer(await world.forge(world.reader, f"give:crash-landing-on-you-flower:{world.other.id}"))
    nobody = answer(await world.forge(world.reader, f"give:{OWN[0]}:{10**30}"))

    assert "songs that you love yourself" in seen(forged)
    assert "older version" in seen(nobody)


async def test_the_members_menu_compares_too(world: World) -> None:
    await love(world)
    await world.bot.store.comparing.agree(world.other.id, world.guild.id, world.now)

    compared = answer(await world.reader.context_menu(world.channel, "Compare taste", world.other))

    assert "You share 1 song" in seen(compared)
