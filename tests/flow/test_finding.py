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


@pytest.mark.parametrize(("locale", "told"), [("en-US", 1), ("ko", 0)])
async def test_what_matched_is_said_once_and_only_where_it_is_not_plain(world: World, told: int) -> None:
    """Ten songs of one drama need one explanation; a Korean reader sees what was typed."""
    found = seen(answer(await world.say(world.reader, "find", words="도깨비")))
    assert found.count("도깨비 → Goblin") == told
    assert found.count("→") == told


@pytest.mark.parametrize(
    ("locale", "typed", "first"),
    [
        ("en-US", "도깨비", "도깨비 → Goblin (2016)"),
        ("ko", "도깨비", "도깨비 (2016)"),
        ("en-US", "WYWS", "WYWS → While You Were Sleeping (2017)"),
    ],
)
async def test_a_choice_begins_with_what_was_meant(world: World, typed: str, first: str) -> None:
    """A phone shows the beginning of a choice only."""
    offered = await world.reader.autocomplete(world.channel, "drama", "drama", typed)
    assert offered[0]["name"] == first


@pytest.mark.parametrize(("locale", "words"), [("en-US", "Nearest: "), ("ko", "가장 가까운 것: ")])
async def test_choices_that_are_merely_the_nearest_say_so(world: World, words: str) -> None:
    """Nobody should think that a guess was understood."""
    guessed = await world.reader.autocomplete(world.channel, "song", "song", "qqqqzzzz")
    unasked = await world.reader.autocomplete(world.channel, "song", "song", "")
    assert guessed
    assert all(choice["name"].startswith(words) for choice in guessed)
    assert not any(choice["name"].startswith(words) for choice in unasked)
