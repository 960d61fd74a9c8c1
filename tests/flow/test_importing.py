"""Lists kept elsewhere become favourites: sure ones at once, unsure ones by choice, the rest given back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.ui import exporting
from tests.flow.test_favourite_pages import files
from tests.flow.world import ENGLISH, KOREAN, World, answer, choices, routes, seen

STAY, BEAUTIFUL = "goblin-stay-with-me", "goblin-beautiful"
LINES = """1. Punch – Stay With Me
Crush - Beautiful (Goblin OST)
Hello
Adele - Someone Like Nobody Ever Sang
"""


async def paste(world: World, lines: str) -> Any:
    """Paste lines into the form, and return the page they were answered with."""
    modal = await world.say(world.reader, "favourites import")
    return answer(await world.reader.submit_modal(modal, {"lines": lines}))


async def upload(world: World, raw: bytes, name: str = "list.csv") -> Any:
    """Give a file, and return the page it was answered with."""
    return answer(await world.say(world.reader, "favourites import", file=(name, raw)))


async def loved(world: World) -> set[str]:
    return {str(one.song) for one in await world.bot.store.marks.favourites(world.reader.id)}


@pytest.mark.parametrize(
    ("locale", "counts"),
    [(ENGLISH, "2 found · 1 to choose · 1 not found"), (KOREAN, "2곡 찾음 · 1줄은 골라 주세요 · 1줄은 못 찾음")],
)
async def test_pasted_lines_are_counted_and_saved_after_one_confirmation(world: World, counts: str) -> None:
    page = await paste(world, LINES)

    assert page.ephemeral
    assert counts in seen(page)
    assert await loved(world) == set()

    saved = await world.press(world.reader, page, "fav-import-save")

    assert await loved(world) == {STAY, BEAUTIFUL}
    assert files(saved)["not-found.txt"].decode("utf-8-sig").splitlines() == [
        "Adele - Someone Like Nobody Ever Sang",
        "Hello",
    ]


async def test_an_unsure_line_is_saved_as_chosen_and_not_otherwise(world: World) -> None:
    page = await paste(world, "Hello\nBeautiful\nMy Love\n")
    offered = choices(page, "fav-import-pick")

    page = answer(await world.choose(world.reader, page, routes(page)[0], [offered[1]]))
    page = answer(await world.choose(world.reader, page, routes(page)[1], ["-"]))
    assert "1 to choose" in seen(page)
    await world.press(world.reader, page, "Save 1 song")

    assert await loved(world) == {offered[1]}


async def test_our_own_table_comes_back_whole_and_what_was_ours_stays_as_old_as_it_was(world: World) -> None:
    songs = [str(id) for id in world.bot.library.catalogue.songs][:500]
    await world.bot.store.marks.press_many(world.other.id, songs, world.guild.id, "command", world.now)
    theirs = await world.bot.store.marks.favourites(world.other.id)
    await world.bot.store.marks.press(world.reader.id, songs[0], 0, "command", world.now - 999)

    page = await upload(world, exporting.table(theirs, world.bot.library.catalogue))
    saved = await world.press(world.reader, page, "Save 500 songs")

    assert "Saved 499 new favourites. 1 was yours already." in seen(saved)
    assert await loved(world) == set(songs)
    assert await world.bot.store.marks.since(world.reader.id, songs[0]) == world.now - 999
    assert world.bot.store.tally.here(world.guild.id, songs[1]) == 2


async def test_a_thousand_unsure_lines_turn_page_by_page_within_the_limits(world: World) -> None:
    page = await upload(world, "\n".join(f"Hello - **Sin_ger** <@{n}> @everyone" for n in range(1_000)).encode())

    page = answer(await world.press(world.reader, page, "Next ▶"))

    assert "2 / 200" in seen(page)
    assert len([id for id in routes(page) if id.startswith("fav-import-pick")]) == 5
    assert "@everyone" not in seen(page)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"x" * 1_000_001, "too large"),
        (b"Punch - Stay With Me %d\n" * 1_002, "too long"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "cannot read"),
        ("가나다라 노래".encode("utf-16")[:-1], "cannot read"),
        (b"\n\n---\n", "no songs named"),
        (b"", "no songs named"),
    ],
)
async def test_what_cannot_be_read_is_refused_plainly(world: World, raw: bytes, told: str) -> None:
    refused = await upload(world, raw)

    assert refused.ephemeral
    assert told in seen(refused)


async def test_after_a_restart_or_for_somebody_else_it_is_said_to_start_again(world: World) -> None:
    page = await paste(world, LINES)
    save = next(id for id in routes(page) if id.startswith("fav-import-save"))

    stolen = await world.forge(world.other, save)
    await world.restart()
    late = await world.press(world.reader, page, save)

    assert "start again" in seen(stolen)
    assert "start again" in seen(late)
    assert await loved(world) == set()
    assert await world.bot.store.marks.total(world.other.id) == 0


async def test_a_song_that_was_not_offered_cannot_be_slipped_in(world: World) -> None:
    page = await paste(world, "Hello\n")
    pick = next(id for id in routes(page) if id.startswith("fav-import-pick"))

    for forged, value in ((pick, STAY), (f"{pick}7", "-"), (pick.replace(":0", ":-1"), "-"), (pick, "x" * 100)):
        assert "older version" in seen(await world.forge(world.reader, forged, [value]))

    assert await world.bot.store.marks.total(world.reader.id) == 0


async def test_saving_nothing_saves_nothing(world: World) -> None:
    page = await paste(world, LINES)

    dropped = await world.press(world.reader, page, "Save nothing")

    assert "Nothing was saved." in seen(dropped)
    assert await loved(world) == set()


async def test_in_a_direct_message_a_list_is_taken_in_and_counts_in_no_server(world: World) -> None:
    friend = world.reader.user
    page = answer(await friend.slash("favourites import", file=("list.txt", LINES.encode("utf-16"))))

    await friend.click(page, label="Save 2 songs")

    assert await loved(world) == {STAY, BEAUTIFUL}
    assert world.bot.store.tally.here(world.guild.id, STAY) == 0
    assert world.bot.store.tally.everywhere(STAY) == 1
