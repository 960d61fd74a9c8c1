"""The count on a card: it follows votes wherever they are given, and never oftener than every few seconds."""

from __future__ import annotations

from simcord import ResponseMessage

from tests.flow.world import World, answer, answers, seen

SONG = "goblin-stay-with-me"
AFTER_EDITS = 10
"""Seconds after which a card's count has been edited."""
ONE, NOBODY = "Loved by 1 person here", "No favourites yet"


async def card_of(world: World, song: str = SONG) -> ResponseMessage:
    """Have somebody else call up a song's card."""
    return answer(await world.say(world.other, "song", song=song))


async def count_on(world: World, card: ResponseMessage) -> str:
    """Return what a card says once edits are due."""
    await world.env.advance_time(AFTER_EDITS)
    return seen(world.reload(card))


def edits(world: World) -> int:
    """Count the messages edited so far."""
    return sum(request.method == "PATCH" for request in world.env.http_requests)


async def test_undo_takes_the_vote_off_the_card(world: World) -> None:
    card = await card_of(world)
    saved = answer(await world.press(world.reader, card, "love"))
    assert ONE in await count_on(world, card)

    await world.press(world.reader, saved, "undo")

    assert NOBODY in await count_on(world, card)


async def test_remove_takes_the_vote_off_the_card(world: World) -> None:
    card = await card_of(world)
    await world.press(world.reader, card, "love")
    yours = answer(await world.press(world.reader, card, "love"))
    assert ONE in await count_on(world, card)

    await world.press(world.reader, yours, "unlove")

    assert NOBODY in await count_on(world, card)


async def test_favourites_added_and_removed_by_command_show_on_the_card(world: World) -> None:
    card = await card_of(world)

    await world.say(world.reader, "favourites add", song=SONG)
    assert ONE in await count_on(world, card)
    await world.say(world.reader, "favourites remove", song=SONG)

    assert NOBODY in await count_on(world, card)


async def test_a_vote_on_one_card_shows_on_the_songs_other_cards_and_on_no_other_song(world: World) -> None:
    first, second, stranger = await card_of(world), await card_of(world), await card_of(world, "goblin-beautiful")
    before = edits(world)

    await world.react(world.reader, second, "❤️")

    assert ONE in await count_on(world, first)
    assert ONE in await count_on(world, second)
    assert NOBODY in seen(world.reload(stranger))
    assert edits(world) - before == 2


async def test_a_count_still_due_when_the_cogs_are_reloaded_is_edited(world: World) -> None:
    card = await card_of(world)
    await world.press(world.reader, card, "love")

    await world.say(world.manager, "admin reload", what="voting")

    assert ONE in await count_on(world, card)


async def test_love_on_a_private_card_shows_in_that_message_at_once(world: World) -> None:
    await world.bot.store.people.set_private(world.reader.id, True)
    card = answer(await world.say(world.reader, "song", song=SONG))
    assert card.ephemeral
    assert NOBODY in seen(card)

    told = await world.press(world.reader, card, "love")

    assert ONE in seen(card)
    assert "Saved" in "".join(seen(message) for message in answers(told) if message.id != card.id)
    assert world.bot.store.tally.here(world.guild.id, SONG) == 1


async def test_a_private_pick_keeps_its_reason_when_it_is_loved(world: World) -> None:
    picks = answer(await world.say(world.reader, "recommend", private=True))
    said = seen(picks)

    told = await world.press(world.reader, picks, "Love 2")

    assert "Saved" in seen(answer(told))
    assert seen(picks) == said
