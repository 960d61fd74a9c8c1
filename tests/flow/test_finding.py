"""Finding by whatever words somebody remembers."""

from __future__ import annotations

import pytest

from tests.flow.world import World, answer, choices, routes, seen


@pytest.mark.parametrize("locale", ["en-US", "ko"])
async def test_a_find_is_private_until_it_is_posted(world: World) -> None:
    """Looking is one's own; showing is a second press."""
    found = answer(await world.say(world.reader, "find", words="stay with me: goblin"))
    assert found.ephemeral
    assert "song:goblin-stay-with-me" in choices(found, "open-found")
    posted = answer(await world.press(world.reader, found, "post"))
    assert not posted.ephemeral
    assert choices(posted, "open-found") == choices(found, "open-found")
    assert not any(id.startswith("post") for id in routes(posted))


@pytest.mark.parametrize("words", ["qqqzzz", "*" * 60, "[x](https://example.org) @everyone"])
async def test_where_nothing_matches_the_nearest_are_offered_as_such(world: World, words: str) -> None:
    """A dead end still leads somewhere, and does not pretend."""
    found = answer(await world.say(world.reader, "find", words=words))
    assert "nearest" in seen(found)
    assert choices(found, "open-found")


async def test_each_kind_of_thing_found_opens(world: World) -> None:
    """A song opens as a card, a mood as picks, all else as a page."""
    found = answer(await world.say(world.reader, "find", words="rainy"))
    for value in choices(found, "open-found"):
        opened = answer(await world.choose(world.reader, found, "open-found", [value]))
        assert opened.ephemeral
        assert seen(opened)
