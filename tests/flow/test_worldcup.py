"""A knockout of songs, alone: played by buttons, by its owner only, through restarts, to a picture."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simcord import ResponseMessage

from bot.store import Cup
from bot.ui.worldcup import Played
from tests.flow.world import DAY, ENGLISH, GATHER_S, KOREAN, World, answer, components, routes, seen

GALLERY = 12


async def begun(world: World, **asked: object) -> ResponseMessage:
    """Have the reader begin one."""
    return answer(await world.say(world.reader, "worldcup", **asked))


async def stored(world: World, id: int = 1) -> Cup:
    """Return a knockout as the store has it."""
    cup = await world.bot.store.cups.get(id, world.now)
    assert cup is not None
    return cup


async def play_out(world: World) -> None:
    """Decide all duels for the higher seeded, as its owner would."""
    cup = await stored(world)
    await world.bot.store.cups.go_on(cup, [0] * (len(cup.songs) - 1), "over", world.now, cup.songs[0])


def alt(message: object) -> str:
    """Return what a message's picture tells."""
    (gallery,) = [c for c in components(message) if c["type"] == GALLERY]
    return gallery["items"][0]["description"]


@pytest.mark.parametrize(
    ("locale", "first", "last", "won"),
    [
        (ENGLISH, "Quarter-final, duel 1 of 4", "The final", "The champion of Mina is"),
        (KOREAN, "8강 4경기 중 1번째", "결승", "Mina 님의 우승곡은"),
    ],
)
async def test_a_knockout_is_played_to_a_champions_picture(world: World, first: str, last: str, won: str) -> None:
    message = await begun(world, size=8)
    assert not message.ephemeral
    assert first in seen(message)

    for _ in range(6):
        await world.press(world.reader, world.reload(message), "cup-pick")
    assert last in seen(world.reload(message))
    await world.press(world.reader, world.reload(message), "cup-pick")

    ended = world.reload(message)
    champion = world.bot.library.catalogue.songs[(await stored(world)).songs[0]]
    assert won in seen(ended)
    assert champion.title in alt(ended)
    assert "Mina" in alt(ended)
    assert f"love:{champion.id}" in routes(ended)
    assert "cup-share:1" not in routes(ended)
    assert (await stored(world)).state == "over"


async def test_only_its_owner_picks_and_others_are_offered_their_own(world: World) -> None:
    message = await begun(world, size=8)

    told = answer(await world.press(world.other, message, "cup-pick"))
    assert told.ephemeral
    assert "only they pick" in seen(told)
    assert (await stored(world)).picks == ()
    own = answer(await world.press(world.other, told, "cup-new"))

    assert own.ephemeral
    assert (await stored(world, 2)).user == world.other.id


async def test_a_private_one_is_shared_when_its_owner_says_so(world: World) -> None:
    await begun(world, size=8, private=True)
    await play_out(world)

    shown = answer(await world.forge(world.reader, "cup-share:1"))

    assert not shown.ephemeral
    assert "The champion of Mina is" in seen(shown)


async def test_the_champion_can_be_loved_and_played_for_again(world: World) -> None:
    await begun(world, size=8)
    await play_out(world)
    champion = (await stored(world)).songs[0]
    await world.forge(world.reader, f"love:{champion}")
    again = answer(await world.forge(world.reader, "cup-new:any:-:8"))

    assert await world.bot.store.marks.since(world.reader.id, champion) is not None
    assert "Quarter-final" in seen(again)
    assert (await stored(world, 2)).songs != (await stored(world)).songs


async def test_a_heart_under_the_picture_is_a_vote_and_the_picture_stays(world: World) -> None:
    message = await begun(world, size=8)
    for _ in range(7):
        await world.press(world.reader, world.reload(message), "cup-pick")
    champion = (await stored(world)).songs[0]

    await world.react(world.other, world.reload(message), "❤️")
    await world.press(world.manager, world.reload(message), "love")
    await world.env.advance_time(GATHER_S)

    assert world.bot.store.tally.here(world.guild.id, champion) == 2
    assert alt(world.reload(message))
    assert "The champion of Mina" in seen(world.reload(message))


async def test_undo_takes_back_one_pick_and_its_evidence(world: World) -> None:
    message = await begun(world, size=8)
    await world.press(world.reader, message, "cup-pick")
    songs = (await stored(world)).songs
    assert (await world.bot.store.listeners.state(world.reader.id, world.now)).picked == (songs[0],)

    await world.press(world.reader, world.reload(message), "cup-undo")

    assert (await stored(world)).picks == ()
    assert (await world.bot.store.listeners.state(world.reader.id, world.now)).picked == ()
    assert "duel 1 of 4" in seen(world.reload(message))


async def test_a_duel_is_decided_once_however_often_it_is_pressed(world: World) -> None:
    await begun(world, size=8)

    results = [world.submit(world.reader, f"cup-pick:1:0:{turn % 2}") for turn in range(6)]
    await world.env.settle()
    world.forgive("UPDATE_MESSAGE requires a source message")

    assert len((await stored(world)).picks) == 1
    assert sum("decided already" in seen(result) for result in results) == 5
    late = answer(await world.forge(world.reader, "cup-undo:1:0"))
    assert "decided already" in seen(late)
    on = answer(await world.press(world.reader, late, "cup-show"))
    assert "duel 2 of 4" in seen(on)


async def test_a_restart_goes_on_where_it_was(world: World) -> None:
    message = await begun(world, size=8)
    await world.press(world.reader, message, "cup-pick")

    await world.restart()
    await world.press(world.reader, world.reload(message), "cup-pick")

    assert (await stored(world)).picks == (0, 0)
    assert "duel 3 of 4" in seen(world.reload(message))


async def test_abandoned_ones_are_put_away_after_a_day_and_say_so(world: World) -> None:
    message = await begun(world, size=8)
    await world.env.advance_time(DAY + 1)

    told = answer(await world.press(world.reader, message, "cup-pick"))
    assert "put away" in seen(told)
    assert "cup-new" in "".join(routes(told))
    await world.say(world.other, "worldcup")

    kept = await world.bot.store.privacy.counted(world.reader.id)
    assert kept["cups"] == 0


async def test_the_songs_come_from_where_they_were_asked_for(world: World) -> None:
    await begun(world, **{"from": "drama:goblin"})

    catalogue = world.bot.library.catalogue
    assert {catalogue.songs[song].drama for song in (await stored(world)).songs} == {"goblin"}
    refused = answer(await world.say(world.reader, "worldcup", **{"from": "favourites"}))
    assert refused.ephemeral
    assert "at least 4 songs" in seen(refused)


async def test_fewer_songs_than_places_give_byes_that_are_told(world: World) -> None:
    loved = list(world.bot.library.catalogue.songs)[:5]
    await world.bot.store.marks.press_many(world.reader.id, loved, world.guild.id, "button", world.now)

    message = await begun(world, **{"from": "favourites"})

    cup = await stored(world)
    assert set(cup.songs) == set(loved)
    assert "the 3 most loved start a round later" in seen(message)
    first = world.bot.library.catalogue.songs[cup.songs[0]].title
    assert first in seen(message)


async def test_artists_hidden_here_stay_out(world: World) -> None:
    await begun(world)
    catalogue = world.bot.library.catalogue
    before = (await stored(world)).songs
    hidden = catalogue.songs[before[0]].artists[0].artist
    await world.bot.store.guilds.change(world.guild.id, hidden_artists=(hidden,))

    for _ in range(3):
        await world.say(world.reader, "worldcup")

    for id in (2, 3, 4):
        for song in (await stored(world, id)).songs:
            assert hidden not in {credit.artist for credit in catalogue.songs[song].artists}


async def test_a_song_that_leaves_mid_cup_lets_the_other_go_on_and_says_so(world: World) -> None:
    await begun(world, size=8)
    cup = await stored(world)
    library = world.bot.library
    duel = Played.of(cup, library.catalogue).bracket.duel
    assert duel
    left = {id: song for id, song in library.catalogue.songs.items() if id != duel.songs[0]}
    world.bot.library = replace(library, catalogue=replace(library.catalogue, songs=left))

    stale = answer(await world.forge(world.reader, "cup-pick:1:0:0"))
    on = answer(await world.press(world.reader, stale, "cup-show"))

    assert "has left the catalogue" in seen(on)
    assert library.catalogue.songs[duel.songs[1]].title in seen(on)
    assert "duel 2 of 4" in seen(on)
    await world.press(world.reader, on, "cup-pick")
    assert (await stored(world)).picks == (1, 0)


@pytest.mark.parametrize(
    "id",
    [
        "cup-pick:99:0:0",
        f"cup-pick:{10**30}:0:0",
        f"cup-pick:1:{10**30}:0",
        "cup-pick:1:0:2",
        "cup-pick:1:0:-1",
        "cup-undo:1:x",
        "cup-show:x",
        "cup-share:-1",
        "cup-new:drama:no-such-drama:8",
        "cup-new:any:-:9",
        "cup-new:mood::16",
    ],
)
async def test_forged_presses_change_nothing(world: World, id: str) -> None:
    await begun(world, size=8)

    told = answer(await world.forge(world.reader, id))

    assert told.ephemeral
    assert (await stored(world)).picks == ()
    assert (await world.bot.store.privacy.counted(world.reader.id))["cups"] == 1


async def test_what_was_picked_is_deleted_on_request(world: World) -> None:
    message = await begun(world, size=8)
    await world.press(world.reader, message, "cup-pick")

    await world.bot.store.privacy.delete(world.reader.id, world.now)

    assert (await world.bot.store.listeners.state(world.reader.id, world.now)).picked == ()
    assert "put away" in seen(answer(await world.press(world.reader, message, "cup-pick")))
