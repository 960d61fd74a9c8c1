"""Cards and pages of songs, as people open and turn them."""

from __future__ import annotations

import pytest

from tests.flow.world import World, answer, choices, components, routes, seen


def _turns(message: object) -> list[str]:
    return [id for id in routes(message) if id.startswith("page:")]


async def test_a_song_named_freely_is_shown_to_everybody(world: World) -> None:
    """People type what they remember, not ids."""
    shown = answer(await world.say(world.reader, "song", song="stay with me", drama="goblin"))
    assert not shown.ephemeral
    assert "love:goblin-stay-with-me" in routes(shown)


async def test_song_choices_are_narrowed_by_the_drama(world: World) -> None:
    """A chosen drama leaves only its own songs to choose from."""
    offered = await world.reader.autocomplete(world.channel, "song", "song", "", drama="goblin")
    assert offered
    assert all(choice["value"].startswith("goblin-") for choice in offered)


@pytest.mark.parametrize("locale", ["en-US", "ko"])
async def test_every_page_of_the_longest_drama_keeps_eight_songs_at_most(world: World) -> None:
    """The longest soundtrack turns to its end within Discord's limits and shows each song once."""
    catalogue = world.bot.library.catalogue
    drama = max(catalogue.dramas.values(), key=lambda one: len(one.songs))
    page = answer(await world.say(world.reader, "drama", drama=drama.id))
    found = choices(page, "open")
    for number in range(1, -(-len(drama.songs) // 8)):
        await world.press(world.reader, page, f"page:drama:{drama.id}:{number}:{world.reader.id}")
        page = world.reload(page)
        assert len(choices(page, "open")) <= 8
        found += choices(page, "open")
    assert sorted(found) == sorted(drama.songs)


async def test_a_page_turned_by_somebody_else_becomes_their_private_copy(world: World) -> None:
    """Nobody loses their place because others are curious."""
    catalogue = world.bot.library.catalogue
    drama = max(catalogue.dramas.values(), key=lambda one: len(one.songs))
    page = answer(await world.say(world.reader, "drama", drama=drama.id))
    before = seen(world.reload(page))
    copy = answer(await world.press(world.other, page, f"page:drama:{drama.id}:1:{world.reader.id}"))
    assert copy.ephemeral
    assert seen(world.reload(page)) == before
    assert all(id.endswith(f":{world.other.id}") for id in _turns(copy))


async def test_a_drama_of_one_known_song_shows_its_kin(world: World) -> None:
    """One song alone is a poor page."""
    drama = next(one for one in world.bot.library.catalogue.dramas.values() if len(one.songs) == 1)
    page = answer(await world.say(world.reader, "drama", drama=drama.id))
    assert choices(page, "open")[0] == drama.songs[0]
    assert len(choices(page, "open")) > 1


async def test_sounds_like_it_and_more_like_this_are_new_messages(world: World) -> None:
    """The reactions under a message belong to that message."""
    page = answer(await world.say(world.reader, "drama", drama="goblin"))
    picks = answer(await world.press(world.reader, page, "sounds"))
    card = answer(await world.choose(world.reader, page, "open", choices(page, "open")[:1]))
    more = answer(await world.press(world.reader, card, "like"))
    assert len({page.id, picks.id, card.id, more.id}) == 4


async def test_an_artists_page_holds_only_their_songs(world: World) -> None:
    """Nobody else's songs slip in where one sings most."""
    artist = max(world.bot.library.catalogue.artists.values(), key=lambda one: len(one.songs))
    page = answer(await world.say(world.reader, "artist", artist=artist.id))
    assert set(choices(page, "open")) <= set(artist.songs)


@pytest.mark.parametrize("locale", ["en-US", "ko"])
async def test_details_are_private_and_offer_not_for_me_and_i_know_it(world: World) -> None:
    """What is beside love is between the reader and the bot."""
    songs = world.bot.library.catalogue.songs.values()
    longest = max(songs, key=lambda song: len(song.title) + sum(map(len, (*song.aliases, *song.sources))))
    card = answer(await world.say(world.reader, "song", song=longest.id))
    page = answer(await world.press(world.other, card, "details"))
    assert page.ephemeral
    assert routes(page) == [f"{verb}:{longest.id}" for verb in ("dismiss", "known", "suggest-mistake")]
    assert any(c.get("url", "").startswith("https://open.spotify.com") for c in components(page))


@pytest.mark.parametrize("id", ["page:drama:nowhere:1:5", "page:x:y:1:5", "page:drama:goblin:x:5", "sounds:nowhere"])
async def test_a_forged_page_is_refused_in_words(world: World, id: str) -> None:
    """Every part of a custom_id is somebody's input."""
    told = answer(await world.forge(world.reader, id))
    assert told.ephemeral
    assert seen(told)


async def test_an_artists_page_names_only_those_who_sing_with_them(world: World) -> None:
    """Their own name stands above; in every line it would hide the drama on a phone."""
    text = seen(answer(await world.say(world.reader, "artist", artist="Punch")))
    rows = [line for line in text.splitlines() if line[:1].isdigit() and "**" in line]
    assert len(rows) == 8
    assert not any("Punch" in row for row in rows)
    assert "**Everytime** · with Chen · *Descendants of the Sun*" in text
