"""Four hundred favourites: sorted, filtered, jumped through, thinned out, taken along as files."""

from __future__ import annotations

import csv
import io

import pytest
from simcord import InteractionResult

from bot.store import Favourite
from bot.ui import exporting
from tests.flow.world import ENGLISH, KOREAN, Message, World, answer, answers, choices, components, routes, seen

MANY = 400


async def love(world: World, count: int = MANY) -> list[str]:
    """Let the reader love so many songs, a page's worth at a time; returns them, oldest first."""
    songs = [str(id) for id in world.bot.library.catalogue.songs][:count]
    for place in range(0, count, 25):
        await world.bot.store.marks.press_many(
            world.reader.id, songs[place : place + 25], world.guild.id, "command", world.now - 60 * (count - place)
        )
    return songs


def files(result: InteractionResult) -> dict[str, bytes]:
    """Return the files an answer brought, by name."""
    backend = result._env.backend
    return {file.filename: backend.cdn.get(file.url) or b"" for file in answer(result).attachments}


def offered(message: Message, verb: str) -> list[str]:
    """Return the lines of a menu as they are read."""
    menu = next(c for c in components(message) if str(c.get("custom_id", "")).split(":")[0] == verb)
    return [option["label"] for option in menu["options"]]


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_every_page_of_four_hundred_is_within_discords_numbers_and_all_songs_are_read_once(world: World) -> None:
    songs = await love(world)
    page = answer(await world.say(world.reader, "favourites list", sort="drama"))
    read = choices(page, "fav-remove")

    for _ in range(MANY // 25 - 1):
        page = answer(await world.press(world.reader, page, routes(page)[-3]))
        assert page.ephemeral
        read += choices(page, "fav-remove")

    assert sorted(read) == sorted(songs)
    assert len(read) == MANY


async def test_they_are_sorted_by_what_is_chosen_and_the_order_stays_while_turning(world: World) -> None:
    songs = await love(world, 60)
    page = answer(await world.say(world.reader, "favourites list"))
    titles = sorted(world.bot.library.catalogue.songs[id].title.casefold() for id in songs)  # type: ignore[index]

    page = answer(await world.choose(world.reader, page, "fav-sort", ["old"]))
    assert set(choices(page, "fav-remove")) == set(songs[:25])
    page = answer(await world.choose(world.reader, page, "fav-sort", ["title"]))
    assert [label.casefold() for label in offered(page, "fav-remove")] == titles[:25]
    page = answer(await world.choose(world.reader, page, "fav-jump", ["2"]))
    assert [label.casefold() for label in offered(page, "fav-remove")] == titles[50:]


async def test_they_are_filtered_by_drama_and_by_mood_and_both_are_lifted_again(world: World) -> None:
    catalogue = world.bot.library.catalogue
    songs = [catalogue.songs[id] for id in await love(world, 120)]  # type: ignore[index]
    drama = max({song.drama for song in songs}, key=lambda id: sum(song.drama == id for song in songs))
    mood = next(song.moods[0] for song in songs if song.drama == drama)
    page = answer(await world.say(world.reader, "favourites list"))

    both = {song.id for song in songs if song.drama == drama and mood in song.moods}

    page = answer(await world.choose(world.reader, page, "fav-drama", [drama]))
    assert set(choices(page, "fav-remove")) == {song.id for song in songs if song.drama == drama}
    page = answer(await world.choose(world.reader, page, "fav-mood", [mood]))
    assert set(choices(page, "fav-remove")) == both
    page = answer(await world.choose(world.reader, page, "fav-drama", ["*"]))
    assert f": {sum(mood in song.moods for song in songs)} song" in seen(page)
    typed = answer(await world.say(world.reader, "favourites list", drama=drama, mood=mood))
    assert set(choices(typed, "fav-remove")) == both


async def test_a_drama_is_offered_and_asked_for_only_among_ones_own(world: World) -> None:
    await world.bot.store.marks.press(world.reader.id, "goblin-beautiful", world.guild.id, "command", world.now)

    offered = await world.reader.autocomplete(world.channel, "favourites list", "drama", "")
    typed = await world.reader.autocomplete(world.channel, "favourites list", "drama", "signal")
    none = answer(await world.say(world.reader, "favourites list", drama="signal"))
    moods = await world.reader.autocomplete(world.channel, "favourites list", "mood", "yearn")

    assert [one["value"] for one in offered] == ["goblin"]
    assert typed == []
    assert "None of your favourites" in seen(none)
    assert [one["value"] for one in moods] == ["yearning"]


async def test_what_is_removed_together_comes_back_as_it_was(world: World) -> None:
    songs = await love(world, 30)
    before = await world.bot.store.marks.favourites(world.reader.id)
    page = answer(await world.say(world.reader, "favourites list", sort="old"))

    turned, told = answers(await world.choose(world.reader, page, "fav-remove", songs[:25]))

    assert "25 songs removed." in seen(told)
    assert set(choices(turned, "fav-remove")) == set(songs[25:])
    assert await world.bot.store.marks.total(world.reader.id) == 5

    back = await world.press(world.reader, told, "Undo")

    assert "25 songs are back" in seen(back)
    assert await world.bot.store.marks.favourites(world.reader.id) == before


async def test_nobody_else_undoes_and_after_a_restart_it_is_said_plainly(world: World) -> None:
    songs = await love(world, 3)
    page = answer(await world.say(world.reader, "favourites list"))
    _, told = answers(await world.choose(world.reader, page, "fav-remove", songs[:2]))

    stolen = await world.forge(world.other, routes(told)[0])
    await world.restart()
    late = await world.press(world.reader, told, "Undo")

    assert "start again" in seen(stolen)
    assert "start again" in seen(late)
    assert await world.bot.store.marks.total(world.other.id) == 0
    assert await world.bot.store.marks.total(world.reader.id) == 1


async def test_somebody_else_who_presses_reads_their_own(world: World) -> None:
    await love(world, 30)
    await world.bot.store.marks.press(world.other.id, "goblin-beautiful", world.guild.id, "command", world.now)
    page = answer(await world.say(world.reader, "favourites list"))

    theirs = answer(await world.forge(world.other, routes(page)[-3]))

    assert theirs.ephemeral
    assert choices(theirs, "fav-remove") == ["goblin-beautiful"]


async def test_what_is_posted_is_the_page_as_sorted_and_filtered(world: World) -> None:
    songs = await love(world, 60)
    page = answer(await world.say(world.reader, "favourites list", sort="old"))

    posted = answer(await world.press(world.reader, page, "fav-post"))

    assert not posted.ephemeral
    assert set(choices(posted, "open")) == set(songs[:25])


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_they_are_taken_along_as_a_table_and_as_lines(world: World) -> None:
    songs = await love(world, 40)
    await world.bot.store.marks.press(world.reader.id, "goblin-stay-with-me", world.guild.id, "command", world.now)
    await world.bot.store.marks.press(world.reader.id, "gone-song", world.guild.id, "command", world.now)

    given = await world.say(world.reader, "favourites export")

    assert answer(given).ephemeral
    found = files(given)
    table = found["favourites.csv"]
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    lines = found["favourites.txt"].decode().splitlines()
    assert table.startswith(b"\xef\xbb\xbf")
    assert {row["song id"] for row in rows} >= {*songs, "gone-song"}
    stay = next(row for row in rows if row["song id"] == "goblin-stay-with-me")
    assert stay["drama"] == "Goblin"
    assert stay["artist"] == "Chanyeol, Punch"
    assert stay["since"] == f"{world.env.now():%Y-%m-%d}"
    assert "Chanyeol, Punch – Stay With Me" in lines
    assert len(lines) == len(rows) - 1


@pytest.mark.parametrize("begun", ["=", "+", "-", "@", "\t", "＝"])
def test_no_cell_of_the_table_is_a_formula(begun: str) -> None:
    class Nothing:
        def song(self, _: str) -> None:
            return None

    table = exporting.table([Favourite(f'{begun}HYPERLINK("http://x")', 0)], Nothing())  # type: ignore[arg-type]

    assert list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))[1][0].startswith(f"'{begun}")


@pytest.mark.parametrize(
    ("forged", "values"),
    [
        ("fav-page:0,new,goblin", None),
        ("fav-page:1,worst,,", None),
        ("fav-page:999999,new,no-such,no-such", None),
        ("fav-page:0,new,a,b,c", None),
        ("fav-sort:0,new,,", ["none"]),
        ("fav-jump:0,new,,", ["9" * 40]),
        ("fav-jump:0,new,,", []),
        ("fav-drama:0,new,,", ["x" * 100]),
        ("fav-mood:0,new,,", ["a,b:c"]),
        ("fav-remove:0,new,,", ["x" * 100, "goblin-beautiful"]),
        ("fav-undo:0", None),
    ],
)
async def test_what_is_forged_is_answered_in_a_sentence_and_changes_nothing(
    world: World, forged: str, values: list[str] | None
) -> None:
    songs = await love(world, 30)

    told = await world.forge(world.reader, forged, values)

    assert seen(told)
    assert "reference" not in seen(told)
    assert await world.bot.store.marks.total(world.reader.id) == len(songs)
