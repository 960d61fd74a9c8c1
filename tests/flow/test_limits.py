"""The longest titles and the fullest lists stay within Discord's numbers, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import limits
from bot.catalogue import Song
from tests.flow.world import ENGLISH, KOREAN, World, answer, over_limits, seen

BOTH = pytest.mark.parametrize("locale", [ENGLISH, KOREAN])

LENGTHS: dict[str, Callable[[Song], int]] = {
    "title": lambda song: len(song.title) + len(song.title_ko or ""),
    "singers": lambda song: sum(len(credit.name) + 10 for credit in song.artists),
    "scene": lambda song: len(song.scene or "") + len(song.role or ""),
    "gloss": lambda song: len(song.gloss or ""),
    "id": lambda song: len(song.id),
}


def longest(world: World, what: str, count: int = 3) -> list[Song]:
    """Return the songs with most to say in one respect."""
    return sorted(world.bot.library.catalogue.songs.values(), key=LENGTHS[what], reverse=True)[:count]


@BOTH
@pytest.mark.parametrize("what", LENGTHS)
async def test_the_cards_of_the_longest_songs_are_within_the_limits(world: World, what: str) -> None:
    for song in longest(world, what):
        message = answer(await world.say(world.reader, "song", song=song.id))

        assert limits.violations(message.components) == []


@BOTH
async def test_the_drama_with_most_songs_has_a_page_within_the_limits(world: World) -> None:
    drama = max(world.bot.library.catalogue.dramas.values(), key=lambda drama: len(drama.songs))

    message = answer(await world.say(world.reader, "drama", drama=drama.id))

    assert limits.violations(message.components) == []


@BOTH
async def test_the_artist_with_most_songs_has_a_page_within_the_limits(world: World) -> None:
    artist = max(world.bot.library.catalogue.artists.values(), key=lambda artist: len(artist.songs))

    message = answer(await world.say(world.reader, "artist", artist=artist.id))

    assert limits.violations(message.components) == []


@BOTH
@pytest.mark.parametrize("option", ["like", "from"])
async def test_a_full_list_of_choices_is_twenty_five_and_each_fits(world: World, option: str) -> None:
    offered = await world.reader.autocomplete(world.channel, "recommend", option, "love")

    assert len(offered) == limits.CHOICES
    assert over_limits("/interactions/1/t/callback", {"type": 8, "data": {"choices": offered}}) == []


@BOTH
async def test_the_choices_for_the_longest_songs_fit(world: World) -> None:
    for song in (*longest(world, "title"), *longest(world, "singers")):
        offered = await world.reader.autocomplete(world.channel, "song", "song", song.title[:90])

        assert song.id in {choice["value"] for choice in offered}
        assert all(1 <= len(choice["name"]) <= limits.CHOICE for choice in offered)


@pytest.mark.parametrize("typed", ["x" * 6_000, "\u200b", "@everyone", "**", "😀" * 100, "\x00"])
async def test_whatever_is_typed_for_a_song_is_answered_without_a_ping(world: World, typed: str) -> None:
    message = answer(await world.say(world.reader, "song", song=typed))

    assert "reference" not in seen(message)
    assert all(
        not (request.json or {}).get("data", {}).get("allowed_mentions", {}).get("parse")
        for request in world.env.http_requests
        if request.path.endswith("/callback") and isinstance(request.json, dict)
    )


def test_over_limits_finds_what_no_description_says() -> None:
    callback = "/interactions/1/t/callback"
    twice = {"name": "x", "value": "x"}
    long = {"type": 10, "content": "x" * 4_001}

    assert over_limits(callback, {"type": 8, "data": {"choices": [twice] * 26}})
    assert over_limits(callback, {"type": 8, "data": {"choices": [{"name": "", "value": "x"}]}})
    assert over_limits(callback, {"type": 4, "data": {"components": [long]}})
    assert over_limits("/channels/1/messages", {"components": [{**long, "content": "x"}], "content": "y"})
    assert over_limits(callback, {"type": 9, "data": {"title": "x" * 46, "custom_id": "a", "components": [long]}})
