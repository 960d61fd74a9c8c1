""" "Find the OST" in a message's menu: what it names, told privately, posted on request."""

from __future__ import annotations

import discord
import pytest

from tests.flow.world import ENGLISH, KOREAN, World, answer, choices, seen

VIDEO = "CHANYEOL(찬열), PUNCH(펀치) _ Stay With Me (Goblin(도깨비) OST Part.1)"


@pytest.mark.parametrize(
    ("locale", "menu", "sure"), [(ENGLISH, "Find the OST", "Sure"), (KOREAN, "Find the OST", "확실해요")]
)
async def test_what_a_message_names_is_told_privately_with_how_sure(
    world: World, locale: str, menu: str, sure: str
) -> None:
    message = await world.other.send(world.channel, "Stay With Me by Punch!\nand then You Are My Everything")

    told = answer(await world.reader.context_menu(world.channel, menu, message))

    assert told.ephemeral
    assert sure in seen(told)
    assert choices(told, "open-found") == [
        "song:goblin-stay-with-me",
        "song:descendants-of-the-sun-you-are-my-everything",
    ]
    opened = answer(await world.choose(world.reader, told, "open-found", ["song:goblin-stay-with-me"]))
    assert opened.ephemeral


async def test_a_links_title_is_read_too_and_the_page_is_posted_as_it_was(world: World) -> None:
    channel = world.bot.get_partial_messageable(world.channel.id)
    message = await channel.send("https://youtu.be/xyz", embed=discord.Embed(title=VIDEO))
    told = answer(await world.reader.context_menu(world.channel, "Find the OST", message))

    posted = answer(await world.press(world.reader, told, "mentions-post"))

    assert not posted.ephemeral
    assert choices(posted, "open-found") == ["song:goblin-stay-with-me", "drama:goblin"]
    assert "Perhaps" not in seen(posted)


@pytest.mark.parametrize("text", ["lol", "x" * 2_000, "@everyone **hi** <@1>"])
async def test_a_message_that_names_nothing_is_answered_plainly(world: World, text: str) -> None:
    message = await world.other.send(world.channel, text)

    told = answer(await world.reader.context_menu(world.channel, "Find the OST", message))

    assert told.ephemeral
    assert "no song or drama" in seen(told)


async def test_a_long_message_full_of_names_stays_within_the_limits(world: World) -> None:
    songs = list(world.bot.library.catalogue.songs.values())
    line = "\n".join(f"{song.artists[0].name} - {song.title}" for song in songs)[:2_000]
    message = await world.other.send(world.channel, line)

    told = answer(await world.reader.context_menu(world.channel, "Find the OST", message))

    assert len(choices(told, "open-found")) >= 8


@pytest.mark.parametrize("forged", ["mentions-post:x", "mentions-post:99999", "mentions-post:3"])
async def test_a_forged_post_shows_nothing(world: World, forged: str) -> None:
    assert "older version" in seen(await world.forge(world.other, forged))
