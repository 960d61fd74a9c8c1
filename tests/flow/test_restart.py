"""A restart of the bot: nobody should notice it."""

from __future__ import annotations

import pytest

from tests.flow.world import ENGLISH, KOREAN, World, answer, choices, routes, seen, songs_in

BOTH = pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
SONG = "goblin-stay-with-me"


@BOTH
async def test_buttons_sent_before_a_restart_work_after_it(world: World) -> None:
    picks = answer(await world.say(world.reader, "recommend"))
    card = answer(await world.say(world.reader, "song", song=SONG))

    await world.restart()
    saved = answer(await world.press(world.reader, card, "love"))
    more = answer(await world.press(world.reader, picks, "more"))
    many = answer(await world.choose(world.other, picks, "love-many", choices(picks, "love-many")[:3]))

    assert "Stay With Me" in seen(saved)
    assert not set(songs_in(more)) & set(songs_in(picks))
    assert "3" in seen(many)
    assert await world.bot.store.marks.total(world.other.id) == 3


@BOTH
async def test_votes_survive_a_restart_and_the_count_goes_on(world: World) -> None:
    card = answer(await world.say(world.reader, "song", song=SONG))
    await world.press(world.reader, card, "love")
    await world.react(world.other, card, "💜")

    await world.restart()

    assert world.bot.store.tally.here(world.guild.id, SONG) == 2
    await world.react(world.manager, card, "❤️")
    await world.unreact(world.other, card, "💜")
    assert world.bot.store.tally.here(world.guild.id, SONG) == 2
    assert await world.bot.store.marks.total(world.other.id) == 0


async def test_undo_works_across_a_restart(world: World) -> None:
    saved = answer(await world.press(world.reader, answer(await world.say(world.reader, "song", song=SONG)), "love"))

    await world.restart()
    await world.press(world.reader, saved, "undo")

    assert await world.bot.store.marks.total(world.reader.id) == 0


async def test_taste_survives_a_restart(world: World) -> None:
    first = answer(await world.say(world.reader, "recommend"))
    await world.choose(world.reader, first, "love-many", choices(first, "love-many")[:3])

    await world.restart()
    second = answer(await world.say(world.reader, "recommend"))

    assert not [id for id in routes(second) if id.startswith("love-many")]
    assert not set(songs_in(second)) & set(songs_in(first))


async def test_three_more_remembers_its_question_over_a_restart(world: World) -> None:
    first = answer(await world.say(world.reader, "recommend", **{"from": "drama:goblin"}))

    await world.restart()
    second = answer(await world.press(world.reader, first, "more"))

    assert all(song.startswith("goblin-") for song in songs_in(second))


@BOTH
async def test_a_modal_opened_before_a_restart_is_still_answered(world: World) -> None:
    answer(await world.say(world.reader, "recommend"))

    await world.restart()
    told = answer(await world.forge_modal(world.reader, "tuned", {"era": "2016"}))

    assert len(songs_in(told)) == 3


async def test_unchanged_commands_are_not_synced_again(world: World) -> None:
    def synced() -> int:
        return len([r for r in world.env.http_requests if r.method == "PUT" and r.path.endswith("/commands")])

    before = synced()
    assert before > 0

    await world.restart()

    assert synced() == before
