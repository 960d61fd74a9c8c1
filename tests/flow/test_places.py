"""Direct messages, servers the bot is no member of, and reactions of every kind."""

from __future__ import annotations

from typing import Any

import pytest
from simcord import interactions

from tests.flow.world import World, answer, answers, seen, songs_in

SONG = "goblin-stay-with-me"
HINT = "a heart below counts too"


@pytest.fixture
def installed_by_the_reader(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let interactions come from people who installed the bot for themselves, while it is no member here."""
    plain, users = interactions.base_payload, list[int]()

    def by_user(*args: Any, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        record, payload = plain(*args, **kwargs)
        if kwargs["user_id"] in users:
            payload["authorizing_integration_owners"] = {"1": str(kwargs["user_id"])}
        return record, payload

    monkeypatch.setattr(interactions, "base_payload", by_user)
    return users


def reactions_put(world: World) -> int:
    """Count the reactions the bot has put under messages."""
    return sum(request.method == "PUT" and "/reactions/" in request.path for request in world.env.http_requests)


async def test_in_a_direct_message_votes_are_by_button_and_count_in_no_server(world: World) -> None:
    friend = world.reader.user
    card = answer(await friend.slash("song", song=SONG))
    assert HINT not in seen(card)

    told = await friend.click(card, custom_id=f"love:{SONG}")

    assert any("Saved" in seen(message) for message in answers(told))
    assert reactions_put(world) == 0
    assert world.bot.store.tally.here(world.guild.id, SONG) == 0
    assert world.bot.store.tally.everywhere(SONG) == 1
    now = seen(next(m for m in friend.dm_channel.history() if m.id == card.id))
    assert "Loved by 1 person" in now
    assert "elsewhere" not in now


async def test_a_comment_in_a_direct_message_is_a_private_note(world: World) -> None:
    friend = world.reader.user
    card = answer(await friend.slash("song", song=SONG))
    page = answer(await friend.click(card, custom_id=f"comments:{SONG}"))
    modal = await friend.click(page, label="Write a note")
    assert modal.modal is not None
    name = next(c["component"]["custom_id"] for c in modal.modal["components"] if "component" in c)

    told = await friend.submit_modal(modal, {name: "My own first snow."})

    assert "only you can read" in seen(told)
    assert world.bot.store.comments.count(world.guild.id, SONG) == 0
    notes = await world.bot.store.comments.of_song(0, SONG, world.reader.id, limit=9, offset=0)
    assert [note.text for note in notes] == ["My own first snow."]
    assert not await world.bot.store.comments.of_song(0, SONG, world.other.id, limit=9, offset=0)


async def test_where_the_bot_is_no_member_nothing_is_seeded_hinted_or_counted_for_the_server(
    world: World, installed_by_the_reader: list[int]
) -> None:
    installed_by_the_reader.append(world.reader.id)
    card = answer(await world.say(world.reader, "song", song=SONG))
    assert HINT not in seen(card)

    told = await world.press(world.reader, card, "love")

    assert any("Saved" in seen(message) for message in answers(told))
    assert reactions_put(world) == 0
    assert world.bot.store.tally.here(world.guild.id, SONG) == 0
    assert await world.bot.store.marks.total(world.reader.id) == 1
    assert "1 person" in seen(world.reload(card))
    assert HINT not in seen(world.reload(card))


async def test_a_burst_heart_and_a_plain_one_are_two_marks_of_one_vote(world: World) -> None:
    card = answer(await world.say(world.reader, "song", song=SONG))
    heart = {
        "user_id": str(world.other.id),
        "channel_id": str(world.channel.id),
        "message_id": str(card.id),
        "guild_id": str(world.guild.id),
        "emoji": {"id": None, "name": "❤️"},
    }

    async def happens(event: str, *, burst: bool) -> int:
        world.env.backend.emit(event, {**heart, "burst": burst, "type": int(burst)})
        await world.env.settle()
        return world.bot.store.tally.here(world.guild.id, SONG)

    assert await happens("MESSAGE_REACTION_ADD", burst=True) == 1
    assert await happens("MESSAGE_REACTION_ADD", burst=False) == 1
    assert await happens("MESSAGE_REACTION_REMOVE", burst=True) == 1
    assert await happens("MESSAGE_REACTION_REMOVE", burst=False) == 0


async def test_each_numbered_button_loves_its_own_song(world: World) -> None:
    picks = answer(await world.say(world.reader, "recommend", count=5))
    songs = songs_in(picks)

    for number in (5, 2):
        await world.press(world.other, picks, f"Love {number}")

    loved = {favourite.song for favourite in await world.bot.store.marks.favourites(world.other.id)}
    assert loved == {songs[4], songs[1]}
