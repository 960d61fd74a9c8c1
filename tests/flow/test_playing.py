"""Playing a collection through: each song to love, to know or to pass, beginning where one does not know them."""

from __future__ import annotations

import pytest

from bot.catalogue.model import CollectionId, SongId
from bot.ui.collecting import Progress
from tests.flow.world import ENGLISH, KOREAN, World, answer, routes, seen

DUETS = CollectionId("founding-duets")


def songs_of(world: World, id: CollectionId = DUETS) -> list[SongId]:
    return [entry.song for entry in world.bot.library.catalogue.collections[id].entries]


async def progress(world: World) -> Progress:
    state = await world.bot.store.listeners.state(world.reader.id, world.now)
    return Progress({one.song for one in state.loved}, state.known)


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_a_collection_is_played_from_its_first_song_to_its_summary(world: World, locale: str) -> None:
    songs = songs_of(world)
    page = answer(await world.say(world.reader, "collections", name=DUETS))
    card = answer(await world.press(world.reader, page, "play"))
    assert card.ephemeral

    for place, song in enumerate(songs):
        assert f"play-love:{DUETS}:{place}" in routes(card)
        told = f"{place + 1} of {len(songs)}" if locale == ENGLISH else f"{len(songs)}곡 중 {place + 1}번째"
        assert told in seen(card), song
        verb = ("play-love", "play-known", f"play-at:{DUETS}:{place + 1}:on")[place % 3]
        card = answer(await world.press(world.reader, card, verb))

    met = await progress(world)
    assert set(met.loved) == set(songs[0::3])
    assert set(met.known) == set(songs[1::3])
    known, loved = len(songs[0::3]) + len(songs[1::3]), len(songs[0::3])
    summary = (
        f"You know {known} of {len(songs)}, and love {loved} of them."
        if locale == ENGLISH
        else f"{len(songs)}곡 중 {known}곡을 알고, 그중 {loved}곡을 좋아해요."
    )
    assert summary in seen(card)


async def test_it_goes_on_where_one_does_not_know_them_after_a_restart_too(world: World) -> None:
    songs = songs_of(world)
    await world.bot.store.marks.press(world.reader.id, songs[0], world.guild.id, "button", world.now)
    await world.bot.store.listeners.know(world.reader.id, songs[1], world.now)
    page = answer(await world.say(world.reader, "collections", name=DUETS))
    await world.restart()

    card = answer(await world.press(world.reader, page, "▶ Go on playing"))

    assert f"play-love:{DUETS}:2" in routes(card)
    listed = answer(await world.say(world.reader, "collections"))
    assert f"you know 2 of {len(songs)}" in seen(listed)


async def test_what_is_known_already_says_so_and_a_second_press_is_one_vote(world: World) -> None:
    songs = songs_of(world)
    page = answer(await world.say(world.reader, "collections", name=DUETS))
    card = answer(await world.press(world.reader, page, "play"))
    first = next(id for id in routes(card) if id.startswith("play-love"))

    await world.press(world.reader, card, first)
    again = await world.forge(world.reader, first)

    assert "since" in seen(again)
    assert await world.bot.store.marks.total(world.reader.id) == 1
    back = answer(await world.press(world.reader, card, f"play-at:{DUETS}:0:back"))
    assert "Among your favourites." in seen(back)
    assert world.bot.store.tally.here(world.guild.id, songs[0]) == 1


async def test_from_a_posted_page_everybody_plays_for_themselves(world: World) -> None:
    page = answer(await world.say(world.reader, "collections", name=DUETS))
    posted = answer(await world.press(world.reader, page, "post"))

    card = answer(await world.press(world.other, posted, "play"))
    await world.press(world.other, card, "play-known")

    assert card.ephemeral
    assert (await progress(world)).known == frozenset()
    assert (await world.bot.store.listeners.state(world.other.id, world.now)).known == {songs_of(world)[0]}


async def test_one_who_knows_all_is_shown_the_summary(world: World) -> None:
    for song in songs_of(world):
        await world.bot.store.listeners.know(world.reader.id, song, world.now)

    done = answer(await world.forge(world.reader, f"play:{DUETS}"))

    assert "That was all of it." in seen(done)
    assert "play" not in [id.split(":")[0] for id in routes(done)]
    every = answer(await world.press(world.reader, done, "play-all"))
    assert "open-collection" in routes(every)


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_every_collections_longest_song_is_within_the_limits(world: World) -> None:
    for collection in world.bot.library.catalogue.collections.values():
        songs = world.bot.library.catalogue.songs
        longest = max(range(len(collection.entries)), key=lambda place: len(str(songs[collection.entries[place].song])))
        assert seen(answer(await world.forge(world.reader, f"play-at:{collection.id}:{longest}:on")))


@pytest.mark.parametrize(
    "forged",
    ["play:no-such", "play-love:founding-duets:9999", "play-known:founding-duets:-1", "play-love:founding-duets:x"],
)
async def test_what_is_forged_is_answered_and_changes_nothing(world: World, forged: str) -> None:
    told = await world.forge(world.reader, forged)

    assert seen(told)
    assert "reference" not in seen(told)
    met = await progress(world)
    assert (set(met.loved), set(met.known)) == (set(), set())
