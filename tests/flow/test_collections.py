"""The editor's collections and a reader's progress through them."""

from __future__ import annotations

import pytest

from bot.catalogue.model import CollectionId
from tests.flow.world import World, answer, choices, routes, seen


@pytest.mark.parametrize("locale", ["en-US", "ko"])
async def test_the_list_begins_with_what_the_bot_began_with(world: World) -> None:
    """The founding collections lead; the menu opens one."""
    every = answer(await world.say(world.reader, "collections"))
    assert every.ephemeral
    assert choices(every, "open-collection")[:2] == ["founding-post", "founding-duets"]
    opened = answer(await world.choose(world.reader, every, "open-collection", ["founding-duets"]))
    assert "open" in routes(opened)


@pytest.mark.parametrize("locale", ["en-US", "ko"])
async def test_every_collection_turns_to_its_end_within_limits(world: World) -> None:
    """No note is too long for its page."""
    for collection in world.bot.library.catalogue.collections.values():
        page = answer(await world.say(world.reader, "collections", name=collection.id))
        assert len(choices(page, "open")) == min(8, len(collection.entries))
        for number in range(1, -(-len(collection.entries) // 8)):
            place = f"page:collection:{collection.id}:{number}:{world.reader.id}"
            page = answer(await world.forge(world.other, place))
            assert choices(page, "open") == [entry.song for entry in collection.entries[number * 8 : number * 8 + 8]]


async def test_progress_counts_what_the_reader_loves_and_knows(world: World) -> None:
    """Loved songs are known ones too."""
    songs = [entry.song for entry in world.bot.library.catalogue.collections[CollectionId("founding-duets")].entries]
    await world.bot.store.marks.press_many(world.reader.id, songs[:2], world.guild.id, "command", world.now)
    await world.bot.store.listeners.know(world.reader.id, songs[2], world.now)
    page = answer(await world.say(world.reader, "collections", name="founding-duets"))
    assert f"You know 3 of {len(songs)}, and love 2 of them." in seen(page)
    posted = answer(await world.press(world.reader, page, "post"))
    assert not posted.ephemeral
    assert "love 2" not in seen(posted)
