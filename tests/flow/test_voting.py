"""Votes: by button and by heart, taken back, never counted twice; "not for me"; forged presses."""

from __future__ import annotations

import asyncio

import discord
import pytest
from simcord import ResponseMessage

from tests.flow.world import ENGLISH, KOREAN, World, answer, answers, routes, seen, songs_in

BOTH = pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
SONG = "goblin-stay-with-me"
AFTER_EDITS = 10
"""Seconds after which a card's count has been edited."""


async def card_of(world: World, song: str = SONG) -> ResponseMessage:
    """Have the reader call up a song's card."""
    return answer(await world.say(world.reader, "song", song=song))


async def loves(world: World, who: int, song: str = SONG) -> bool:
    """Tell whether a song is somebody's favourite, as the store has it."""
    return song in {favourite.song for favourite in await world.bot.store.marks.favourites(who)}


@BOTH
async def test_a_song_card_says_what_people_remember_songs_by(world: World) -> None:
    message = await card_of(world)

    text = seen(message)
    for remembered in ("Stay With Me", "2016", "🎬", "🎤", "🎧", "❤️", "▶ YouTube"):
        assert remembered in text
    assert ("도깨비" in text, "Goblin" in text) == ((True, False) if world.locale == KOREAN else (False, True))
    assert not message.ephemeral
    assert f"love:{SONG}" in routes(message)
    stored = await world.bot.store.cards.get(message.id)
    assert stored is not None
    assert stored.songs == (SONG,)
    assert stored.seeded
    assert stored.locale == ("ko" if world.locale == KOREAN else "en")


async def test_a_card_carries_our_own_heart_to_press(world: World) -> None:
    message = await card_of(world)

    reactions = world.reload(message).reactions
    assert [(str(reaction.emoji), reaction.count) for reaction in reactions] == [("❤️", 1)]
    assert world.bot.store.tally.everywhere(SONG) == 0


@BOTH
async def test_the_love_button_saves_and_says_the_count(world: World) -> None:
    message = await card_of(world)

    result = await world.press(world.reader, message, "love")

    told = answer(result)
    assert told.ephemeral
    assert "1" in seen(told)
    assert "Stay With Me" in seen(told)
    assert [id.split(":")[0] for id in routes(told)] == ["say-why", "undo"]
    assert await loves(world, world.reader.id)
    assert world.bot.store.tally.here(world.guild.id, SONG) == 1


@BOTH
async def test_the_love_button_pressed_again_never_takes_back(world: World) -> None:
    message = await card_of(world)
    await world.press(world.reader, message, "love")
    since = await world.bot.store.marks.since(world.reader.id, SONG)
    await world.env.advance_time(3600)

    told = answer(await world.press(world.reader, message, "love"))

    assert f"<t:{since}:D>" in seen(told)
    assert routes(told) == [f"unlove:{SONG}"]
    assert await loves(world, world.reader.id)
    assert await world.bot.store.marks.total(world.reader.id) == 1


@BOTH
async def test_undo_takes_back_the_press_just_made(world: World) -> None:
    told = answer(await world.press(world.reader, await card_of(world), "love"))

    undone = await world.press(world.reader, told, "undo")

    assert "Stay With Me" in seen(undone)
    assert not await loves(world, world.reader.id)
    assert world.bot.store.tally.everywhere(SONG) == 0


async def test_undo_of_an_old_press_leaves_a_newer_one_standing(world: World) -> None:
    message = await card_of(world)
    first = answer(await world.press(world.reader, message, "love"))
    await world.press(world.reader, first, "undo")
    await world.env.advance_time(60)
    stale = next(id for id in routes(first) if id.startswith("undo:")) if routes(first) else None
    await world.press(world.reader, message, "love")

    await world.forge(world.reader, stale or f"undo:{SONG}:{world.now - 60}")

    assert await loves(world, world.reader.id)


async def test_the_count_on_a_card_follows_the_votes(world: World) -> None:
    message = await card_of(world)

    await world.press(world.reader, message, "love")
    await world.react(world.other, message, "❤️")
    await world.env.advance_time(AFTER_EDITS)

    assert "2 people here" in seen(world.reload(message))


async def test_many_votes_at_once_cost_one_edit(world: World) -> None:
    message = await card_of(world)
    edits = len([r for r in world.env.http_requests if r.method == "PATCH"])

    for who in (world.reader, world.other, world.manager):
        world.env.backend.set_reaction(world.channel.id, message.id, "❤️", who.id, True)
    await world.env.advance_time(AFTER_EDITS)

    assert len([r for r in world.env.http_requests if r.method == "PATCH"]) - edits == 1
    assert "3 people here" in seen(world.reload(message))


@pytest.mark.parametrize("heart", ["❤️", "💜", "💚", "🩷", "🫶", "🫶🏽", "😍"])
async def test_any_heart_under_a_card_of_one_song_is_a_vote(world: World, heart: str) -> None:
    message = await card_of(world)

    await world.react(world.other, message, heart)

    assert await loves(world, world.other.id)
    assert not await loves(world, world.reader.id)


async def test_the_first_heart_is_ours_and_no_vote_and_not_even_heard(world: World) -> None:
    heard: list[int] = []

    async def hear(event: discord.RawReactionActionEvent) -> None:
        heard.append(event.user_id)

    world.bot.add_listener(hear, "on_raw_reaction_add")
    message = await card_of(world)
    await world.react(world.other, message, "❤️")

    assert heard == [world.other.id]
    assert world.bot.user is not None and not await loves(world, world.bot.user.id)


async def test_other_reactions_are_no_votes(world: World) -> None:
    message = await card_of(world)

    for emoji in ("👍", "😢", "1️⃣", "⭐"):
        await world.react(world.other, message, emoji)

    assert world.bot.store.tally.everywhere(SONG) == 0


async def test_a_heart_taken_back_takes_the_vote_back(world: World) -> None:
    message = await card_of(world)
    await world.react(world.other, message, "❤️")

    await world.unreact(world.other, message, "❤️")

    assert not await loves(world, world.other.id)
    assert world.bot.store.tally.here(world.guild.id, SONG) == 0


async def test_two_hearts_of_one_person_count_once_and_stand_until_both_are_gone(world: World) -> None:
    message = await card_of(world)
    await world.react(world.other, message, "❤️")
    await world.react(world.other, message, "💜")
    assert world.bot.store.tally.everywhere(SONG) == 1

    await world.unreact(world.other, message, "❤️")
    assert await loves(world, world.other.id)
    await world.unreact(world.other, message, "💜")

    assert not await loves(world, world.other.id)


async def test_hearts_under_two_cards_of_a_song_count_once(world: World) -> None:
    first, second = await card_of(world), await card_of(world)

    await world.react(world.other, first, "❤️")
    await world.react(world.other, second, "❤️")

    assert world.bot.store.tally.everywhere(SONG) == 1
    await world.unreact(world.other, first, "❤️")
    assert await loves(world, world.other.id)


async def test_a_bots_heart_is_no_vote(world: World) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    message = await card_of(world)

    await world.react(robot, message, "❤️")

    assert world.bot.store.tally.everywhere(SONG) == 0


async def test_a_heart_under_somebody_elses_message_is_no_vote(world: World) -> None:
    message = await world.other.send(world.channel, "Stay with Me!")

    await world.react(world.reader, message, "❤️")

    assert await world.bot.store.marks.total(world.reader.id) == 0


@BOTH
async def test_an_explicit_removal_sticks_although_the_heart_still_stands(world: World) -> None:
    message = await card_of(world)
    await world.react(world.other, message, "❤️")
    yours = answer(await world.press(world.other, message, "love"))

    removed = await world.press(world.other, yours, f"unlove:{SONG}")

    assert "Stay With Me" in seen(removed)
    assert not await loves(world, world.other.id)
    await world.restart()
    assert not await loves(world, world.other.id)
    await world.unreact(world.other, message, "❤️")
    await world.react(world.other, message, "❤️")
    assert await loves(world, world.other.id)


async def test_a_cleared_card_keeps_its_votes(world: World) -> None:
    message = await card_of(world)
    await world.react(world.other, message, "❤️")

    world.env.backend.emit(
        "MESSAGE_REACTION_REMOVE_ALL",
        {
            "channel_id": str(world.channel.id),
            "message_id": str(message.id),
            "guild_id": str(world.guild.id),
        },
    )
    await world.env.settle()

    assert await loves(world, world.other.id)
    card = await world.bot.store.cards.get(message.id)
    assert card is not None
    assert card.cleared


async def test_a_card_whose_row_is_lost_is_healed_by_its_buttons(world: World) -> None:
    message = await card_of(world)
    await world.bot.store.cards.forget(message.id)

    await world.react(world.other, message, "❤️")

    assert await loves(world, world.other.id)
    card = await world.bot.store.cards.get(message.id)
    assert card is not None
    assert card.songs == (SONG,)


@BOTH
async def test_not_for_me_is_for_good_until_the_song_is_hearted(world: World) -> None:
    for song in (SONG, "goblin-beautiful"):
        told = answer(await world.forge(world.reader, f"dismiss:{song}"))
        assert told.ephemeral
    state = await world.bot.store.listeners.state(world.reader.id, world.now)
    assert state.dismissed == {SONG, "goblin-beautiful"}

    picks = answer(await world.say(world.reader, "recommend", **{"from": "drama:goblin", "count": 5}))
    assert not {SONG, "goblin-beautiful"} & set(songs_in(picks))
    await world.react(world.reader, await card_of(world), "❤️")

    state = await world.bot.store.listeners.state(world.reader.id, world.now)
    assert state.dismissed == {"goblin-beautiful"}


@BOTH
async def test_a_song_one_knows_is_not_recommended(world: World) -> None:
    catalogue = world.bot.library.catalogue
    drama = next(d for d in catalogue.dramas.values() if 2 <= len(d.songs) <= 3)
    known, *others = drama.songs

    await world.forge(world.reader, f"known:{known}")
    picks = answer(await world.say(world.reader, "recommend", **{"from": f"drama:{drama.id}"}))

    assert set(songs_in(picks)) == set(others)


FORGED = [
    "love",
    "love:",
    "love:no-such-song",
    f"love:{SONG}:extra",
    f"love:{SONG.upper()}",
    "love:" + "x" * 95,
    "love:\ud55c\uae00",
    f"undo:{SONG}",
    f"undo:{SONG}:soon",
    f"undo:{SONG}:99999999999999999999",
    f"undo:{SONG}:-1",
    f"undo:{SONG}:\u0663",
    "unlove:' OR 1=1 --",
    "dismiss:../../etc",
    "known:",
    "more:1",
    "tune:1:2",
    "nonsense",
    ":",
    " ",
]


@pytest.mark.parametrize("custom_id", FORGED)
async def test_a_forged_press_is_answered_privately_and_stores_nothing(world: World, custom_id: str) -> None:
    result = await world.forge(world.reader, custom_id)

    told = answer(result)
    assert told.ephemeral
    assert "reference" not in seen(told)
    state = await world.bot.store.listeners.state(world.reader.id, world.now)
    assert (state.loved, state.known, state.dismissed) == ((), frozenset(), frozenset())


@BOTH
async def test_an_old_button_says_that_it_is_old(world: World) -> None:
    told = answer(await world.forge(world.reader, "vote:1234"))

    assert {ENGLISH: "older version", KOREAN: "예전 버전"}[world.locale] in seen(told)


async def test_a_refusal_speaks_the_language_a_person_chose(world: World) -> None:
    await world.bot.store.people.set_locale(world.reader.id, "ko")

    told = answer(await world.forge(world.reader, "love:no-such-song"))

    assert "이제 목록에 없는 노래예요" in seen(told)
    assert "no longer in the catalogue" in seen(answer(await world.forge(world.other, "love:no-such-song")))


async def test_forged_choices_save_only_songs_that_exist_and_only_once(world: World) -> None:
    await world.forge(world.reader, "love-many", [SONG, "no-such", SONG, "../x", "goblin-beautiful"])

    assert await world.bot.store.marks.total(world.reader.id) == 2


async def test_forged_choices_of_nothing_real_are_refused(world: World) -> None:
    told = answer(await world.forge(world.reader, "love-many", ["no-such"]))

    assert told.ephemeral
    assert await world.bot.store.marks.total(world.reader.id) == 0


async def test_nobody_can_undo_or_remove_for_somebody_else(world: World) -> None:
    await world.press(world.reader, await card_of(world), "love")
    pressed = await world.bot.store.marks.since(world.reader.id, SONG)

    await world.forge(world.other, f"undo:{SONG}:{pressed}")
    await world.forge(world.other, f"unlove:{SONG}")

    assert await loves(world, world.reader.id)


async def test_fifty_presses_at_once_are_one_vote(world: World) -> None:
    presses = [world.submit(world.reader, f"love:{SONG}") for _ in range(50)]
    await world.env.settle()
    await asyncio.sleep(0)

    assert all(len(answers(press)) == 1 for press in presses)
    assert sum("Saved" in seen(press) for press in presses) == 1
    assert await world.bot.store.marks.total(world.reader.id) == 1
    assert world.bot.store.tally.here(world.guild.id, SONG) == 1
