"""Recounts: hearts given and taken back while the bot was away are found, shown and told."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.app import create_bot
from tests.flow.test_voting import AFTER_EDITS, SONG, card_of, loves
from tests.flow.world import ENGLISH, KOREAN, Message, World, answer, seen

BOTH = pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
A_MINUTE = 60
"""Seconds in which a few cards are recounted."""


@asynccontextmanager
async def away(world: World) -> AsyncIterator[None]:
    """Stop the bot for a while; on the way out it is back and has had a minute."""
    await world.bot.close()
    yield
    world.bot = create_bot(world.settings)
    await world.env.restart_bot(world.bot)
    await world.env.advance_time(A_MINUTE)


def heart(world: World, who: int, message: Message, emoji: str = "❤️", *, given: bool = True) -> None:
    """Give or take back a heart in Discord itself, whether or not the bot is there."""
    world.env.backend.set_reaction(world.channel.id, message.id, emoji, who, given)


async def test_votes_given_and_taken_back_while_away_are_counted_and_shown(world: World) -> None:
    message = await card_of(world)
    await world.react(world.reader, message, "❤️")
    await world.env.advance_time(AFTER_EDITS)

    async with away(world):
        heart(world, world.reader.id, message, given=False)
        heart(world, world.other.id, message, "💜")
        heart(world, world.manager.id, message)

    assert [await loves(world, who.id) for who in (world.reader, world.other, world.manager)] == [False, True, True]
    assert world.bot.store.tally.here(world.guild.id, SONG) == 2
    assert "2 people here" in seen(world.reload(message))


async def test_one_who_left_and_one_who_came_are_told_apart(world: World) -> None:
    message = await card_of(world)
    await world.react(world.reader, message, "❤️")

    async with away(world):
        heart(world, world.reader.id, message, given=False)
        heart(world, world.other.id, message)

    assert [await loves(world, who.id) for who in (world.reader, world.other)] == [False, True]


async def test_a_removed_favourite_is_not_brought_back(world: World) -> None:
    message = await card_of(world)
    await world.react(world.other, message, "❤️")
    await world.bot.store.marks.remove(world.other.id, SONG)

    async with away(world):
        heart(world, world.reader.id, message)

    assert [await loves(world, who.id) for who in (world.reader, world.other)] == [True, False]


async def test_a_card_cleared_while_away_keeps_its_votes(world: World) -> None:
    message = await card_of(world)
    await world.react(world.other, message, "❤️")

    async with away(world):
        world.env.backend.clear_reactions(world.channel.id, message.id)
        heart(world, world.reader.id, message)

    assert [await loves(world, who.id) for who in (world.reader, world.other)] == [False, True]
    card = await world.bot.store.cards.get(message.id)
    assert card is not None
    assert card.cleared


async def test_one_kind_of_heart_cleared_keeps_its_votes(world: World) -> None:
    message = await card_of(world)
    await world.react(world.other, message, "💜")

    world.env.backend.clear_reaction(world.channel.id, message.id, "💜")
    await world.env.settle()
    async with away(world):
        pass

    assert await loves(world, world.other.id)


async def test_a_card_that_is_gone_is_forgotten_and_its_votes_stay(world: World) -> None:
    message, kept = await card_of(world), await card_of(world, "goblin-beautiful")
    await world.react(world.other, message, "❤️")

    async with away(world):
        world.env.backend.delete_message(world.channel.id, message.id)
        heart(world, world.reader.id, kept)

    assert await world.bot.store.cards.get(message.id) is None
    assert await loves(world, world.other.id)
    assert await loves(world, world.reader.id, "goblin-beautiful")


async def test_a_channel_out_of_sight_is_put_aside_in_plain_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    message = await card_of(world)
    caplog.set_level(logging.INFO)

    async with away(world):
        world.env.inject_error("GET", "/channels/*/messages", status=403, code=50001, times=1)

    assert await world.bot.store.cards.get(message.id) is not None
    assert f"1 cards in channel {world.channel.id} are out of reach" in caplog.text
    assert "Traceback" not in caplog.text


@BOTH
async def test_the_operator_sees_how_far_it_is_and_what_it_came_to(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await card_of(world), await card_of(world, "goblin-beautiful")
    running = {ENGLISH: "of 2 cards looked at", KOREAN: "카드 2장 중"}[world.locale]
    ended = {ENGLISH: "2 cards", KOREAN: "카드 2장"}[world.locale]

    monkeypatch.setattr("bot.recount.walk._FIRST_WAIT", A_MINUTE / 2)
    world.env.inject_error("GET", "/channels/*/messages", status=500)

    await world.bot.close()
    for message in (first, second):
        heart(world, world.other.id, message)
    world.bot = create_bot(world.settings)
    await world.env.restart_bot(world.bot)
    during = seen(answer(await world.say(world.manager, "admin status")))
    await world.env.advance_time(A_MINUTE)
    after = seen(answer(await world.say(world.manager, "admin status")))

    assert running in during
    assert running not in after
    assert ended in after
    assert "+2, −0" in after


async def test_a_heart_given_and_taken_back_in_one_breath_is_no_vote(world: World) -> None:
    message = await card_of(world)

    for given in (True, False, True, False):
        heart(world, world.other.id, message, given=given)
    await world.env.settle()

    assert not await loves(world, world.other.id)
