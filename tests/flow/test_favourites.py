"""Favourites from the command: saving, reading, posting, removing, and what was shown lately."""

from __future__ import annotations

import pytest

from tests.flow.world import KOREAN, World, answer, choices, routes, seen

STAY, BEAUTIFUL = "goblin-stay-with-me", "goblin-beautiful"


async def _love(world: World, count: int) -> list[str]:
    songs = [str(id) for id in list(world.bot.library.catalogue.songs)[:count]]
    await world.bot.store.marks.press_many(world.reader.id, songs, world.guild.id, "command", world.now)
    return songs


async def test_adding_says_which_number_it_is_and_adding_again_says_since_when(world: World) -> None:
    await _love(world, 2)

    first = answer(await world.say(world.reader, "favourites add", song=STAY))
    again = answer(await world.say(world.reader, "favourites add", song=STAY))

    assert first.ephemeral
    assert "is your 3rd favourite" in seen(first)
    assert f"has been yours since <t:{await world.bot.store.marks.since(world.reader.id, STAY)}:D>" in seen(again)


async def test_what_was_just_saved_can_be_removed_by_its_button(world: World) -> None:
    saved = answer(await world.say(world.reader, "favourites add", song=STAY))

    await world.press(world.reader, saved, "fav-drop")

    assert await world.bot.store.marks.favourites(world.reader.id) == ()


async def test_the_list_is_private_and_turns(world: World) -> None:
    await _love(world, 60)

    listed = answer(await world.say(world.reader, "favourites list"))
    turned = await world.press(world.reader, listed, "Next ▶")

    assert listed.ephemeral
    assert len(choices(listed, "fav-remove")) == 25
    assert "26\\." in seen(turned)
    assert "fav-page:2,new,," in routes(answer(turned))


async def test_a_song_chosen_on_the_page_is_removed(world: World) -> None:
    songs = await _love(world, 3)
    listed = answer(await world.say(world.reader, "favourites list"))

    await world.choose(world.reader, listed, "fav-remove", [songs[1]])

    left = {one.song for one in await world.bot.store.marks.favourites(world.reader.id)}
    assert left == {songs[0], songs[2]}


async def test_a_posted_page_offers_others_its_songs_and_nothing_to_remove(world: World) -> None:
    await _love(world, 3)
    listed = answer(await world.say(world.reader, "favourites list"))

    posted = answer(await world.press(world.reader, listed, "fav-post"))

    assert not posted.ephemeral
    assert routes(posted) == ["open"]
    assert "Mina" in seen(posted)


async def test_a_song_that_left_the_catalogue_is_listed_kept_and_removable(world: World) -> None:
    await world.bot.store.marks.press(world.reader.id, "gone-song", world.guild.id, "command", world.now)

    listed = seen(await world.say(world.reader, "favourites list"))
    removed = seen(await world.say(world.reader, "favourites remove", song="gone-song"))

    assert "gone-song" in listed
    assert "Removed" in removed


async def test_removing_offers_only_ones_own_songs(world: World) -> None:
    await world.bot.store.marks.press_many(world.reader.id, [STAY, BEAUTIFUL], world.guild.id, "command", world.now)

    empty = await world.reader.autocomplete(world.channel, "favourites remove", "song", "")
    typed = await world.reader.autocomplete(world.channel, "favourites remove", "song", "stay")

    assert {one["value"] for one in empty} == {STAY, BEAUTIFUL}
    assert [one["value"] for one in typed] == [STAY]


async def test_clearing_asks_once(world: World) -> None:
    await _love(world, 4)

    asked = answer(await world.say(world.reader, "favourites clear"))
    before = await world.bot.store.marks.total(world.reader.id)
    await world.press(world.reader, asked, "fav-clear")

    assert before == 4
    assert await world.bot.store.marks.total(world.reader.id) == 0


async def test_shown_lately_lists_at_most_25_newest_first(world: World) -> None:
    songs = [str(id) for id in list(world.bot.library.catalogue.songs)[:30]]
    world.bot.store.listeners.shown_soon(world.reader.id, songs, world.now)

    shown = answer(await world.say(world.reader, "favourites shown"))

    assert choices(shown, "open") == songs[:25]


@pytest.mark.parametrize("locale", [KOREAN])
async def test_koreans_are_answered_in_korean(world: World) -> None:
    saved = seen(await world.say(world.reader, "favourites add", song=STAY))

    assert "이제 좋아하는 노래가 1곡이에요" in saved


@pytest.mark.parametrize("forged", ["fav-page:x", "fav-page:-1", "fav-drop:no-such", "fav-page:99"])
async def test_a_forged_press_is_answered_in_a_sentence(world: World, forged: str) -> None:
    assert seen(await world.forge(world.reader, forged))
