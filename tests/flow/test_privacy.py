"""What is kept on a person: seen, taken along, and gone for good."""

from __future__ import annotations

import json

import pytest

from bot.store.personal import PERSONAL_TABLES
from tests.flow.world import World, answer, answers, routes, seen

SONG = "goblin-stay-with-me"


async def speak(world: World) -> int:
    """Have the reader love, comment and choose, and somebody else love the same; returns the comment's id."""
    store, reader, guild = world.bot.store, world.reader.id, world.guild.id
    await store.marks.press_many(reader, [SONG, "goblin-beautiful"], guild, "button", world.now)
    await store.marks.press(world.other.id, SONG, guild, "button", world.now)
    written = await store.comments.write(guild, SONG, reader, "Still that pier", spoiler=False, episode=None, now=1)
    await store.people.set_private(reader, True)
    return written.id


@pytest.mark.parametrize(
    ("locale", "told"), [("en-US", "Comments and private notes: **1**"), ("ko", "댓글과 개인 메모: **1**")]
)
async def test_what_is_kept_is_listed_with_how_much(world: World, told: str) -> None:
    nothing = answer(await world.say(world.reader, "privacy what"))
    assert nothing.ephemeral
    assert told not in seen(nothing)
    await speak(world)

    listed = answer(await world.say(world.reader, "privacy what"))

    assert listed.ephemeral
    assert told in seen(listed)
    assert {"privacy-export", "privacy-ask"} <= set(routes(listed))


async def test_the_file_holds_every_personal_table_and_only_ones_own(world: World) -> None:
    await speak(world)

    sent = answer(await world.say(world.reader, "privacy export"))

    assert sent.ephemeral
    [attached] = sent.message.attachments
    kept = json.loads(await attached.read())
    assert kept["user_id"] == str(world.reader.id)
    assert set(kept["kept"]) == set(PERSONAL_TABLES)
    assert kept["kept"]["comments"]["rows"][0]["body"] == "Still that pier"
    assert [row["song_id"] for row in kept["kept"]["marks"]["rows"]] == ["goblin-beautiful", SONG]
    assert {row["user_id"] for part in kept["kept"].values() for row in part["rows"]} == {str(world.reader.id)}
    assert kept["songs"][SONG].startswith("Stay With Me · Chanyeol")


async def test_deleting_asks_once_and_then_all_is_gone_and_counts_follow(world: World) -> None:
    comment = await speak(world)
    store = world.bot.store
    assert store.tally.here(world.guild.id, SONG) == 2

    asked = answer(await world.say(world.reader, "privacy delete"))
    assert "gone for good" in seen(asked)
    assert await store.marks.total(world.reader.id) == 2
    gone = answer(await world.press(world.reader, asked, "privacy-delete"))

    assert "Gone" in seen(gone)
    assert set((await store.privacy.counted(world.reader.id)).values()) == {0}
    assert store.tally.here(world.guild.id, SONG) == 1
    assert await store.comments.get(comment, world.other.id) is None
    assert not store.people.get(world.reader.id).private


async def test_who_wishes_so_is_always_answered_privately_until_they_change_their_mind(world: World) -> None:
    page = answer(await world.say(world.reader, "privacy what"))

    turned = answer(await world.press(world.reader, page, "privacy-answers"))
    assert "Only you see" in seen(turned)
    assert answer(await world.say(world.reader, "song", song=SONG)).ephemeral
    assert not answer(await world.say(world.other, "song", song=SONG)).ephemeral

    await world.press(world.reader, turned, "privacy-answers")
    assert not answer(await world.say(world.reader, "song", song=SONG)).ephemeral


async def test_a_language_is_chosen_once_and_an_invented_one_refused(world: World) -> None:
    page = answer(await world.say(world.reader, "privacy what"))

    invented = await world.forge(world.reader, "privacy-language", ["xx"])
    turned = answer(await world.choose(world.reader, page, "privacy-language", ["ko"]))

    assert "older version" in seen(invented)
    assert "나에 대해 저장된 것" in seen(turned)
    assert world.bot.store.people.get(world.reader.id).locale == "ko"


async def test_after_deleting_nothing_removed_before_can_be_put_back(world: World) -> None:
    await speak(world)
    page = answer(await world.say(world.reader, "favourites list"))
    _, told = answers(await world.choose(world.reader, page, "fav-remove", [SONG]))

    await world.forge(world.reader, "privacy-delete")
    late = await world.press(world.reader, told, "Undo")

    assert "start again" in seen(late)
    assert await world.bot.store.marks.total(world.reader.id) == 0


async def test_a_forged_deletion_deletes_only_the_forgers_own(world: World) -> None:
    await speak(world)

    await world.forge(world.other, "privacy-delete")

    assert await world.bot.store.marks.total(world.reader.id) == 2
    assert await world.bot.store.marks.total(world.other.id) == 0
