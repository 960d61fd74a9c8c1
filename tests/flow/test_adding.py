"""/admin song add: a song is in at once, like any other, and stays in; files win over it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import discord
import pytest

from bot.app import create_bot
from bot.catalogue.loader import DATA
from bot.locale import texts_for
from bot.store import StoreError
from tests.flow.world import ENGLISH, KOREAN, World, answer, answers, over_limits, routes, seen

TYPED = {
    "drama": "Goblin",
    "title": "Tonight Only / 오늘 밤만",
    "singers": "Punch; Chanyeol (rap, EXO)",
    "source": "https://example.org/tonight",
    "more": "yearning, ballad, 2026-11-24, part 9",
}
SONG = "goblin-tonight-only"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A catalogue of one's own that may be changed."""
    folder = tmp_path / "data"
    (folder / "dramas").mkdir(parents=True)
    shutil.copy(DATA / "vocabulary.toml", folder)
    (folder / "artists.toml").write_text("")
    (folder / "collections").mkdir()
    (folder / "lists").mkdir()
    for drama in ("goblin", "descendants-of-the-sun"):
        shutil.copy(DATA / "dramas" / f"{drama}.toml", folder / "dramas")
    return folder


async def with_curator(world: World) -> None:
    """Have the other member be a curator."""
    await world.bot.close()
    world.settings = replace(world.settings, curator_ids=frozenset({world.other.id}))
    world.bot = create_bot(world.settings)
    await world.env.restart_bot(world.bot)


async def add(world: World, **fields: str) -> str:
    """Have the operator submit the form; returns what they read."""
    return seen(await world.forge_modal(world.manager, "song-keep:0", {**TYPED, **fields}))


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_a_curator_adds_a_song_that_works_like_any_other(world: World) -> None:
    await with_curator(world)
    opened = await world.say(world.other, "admin song add", drama="goblin")
    assert opened.modal
    assert over_limits("/interactions/1/t/callback", {"type": 9, **opened.modal}) == []
    assert "Goblin" in seen(opened)

    told = await world.other.submit_modal(opened, {**TYPED, "drama": "Goblin"})

    assert "Tonight Only" in seen(told) or "오늘 밤만" in seen(told)
    assert not {"song-edit", "song-remove"} & {id.split(":")[0] for id in routes(answer(told))}
    card = answer(await world.say(world.reader, "song", song="오늘 밤만"))
    assert f"love:{SONG}" in routes(card)
    await world.press(world.reader, card, "love")
    assert world.bot.store.tally.everywhere(SONG) == 1
    picks = await world.say(world.other, "recommend", like=SONG)
    assert answer(picks)
    (author,) = await world.bot.store.additions.authors(SONG)
    assert (author.user, author.did) == (world.other.id, "added")

    await world.restart()

    assert f"love:{SONG}" in routes(answer(await world.say(world.reader, "song", song=SONG)))
    assert world.bot.store.tally.everywhere(SONG) == 1


async def test_nobody_else_adds_edits_or_removes(world: World) -> None:
    await with_curator(world)
    await add(world)
    refused = texts_for("en")("error.not-allowed")

    assert seen(await world.say(world.reader, "admin song add")) == refused
    assert seen(await world.forge_modal(world.reader, "song-keep:0", {**TYPED, "title": "Another"})) == refused
    for who in (world.reader, world.other):
        for verb in ("song-edit", "song-remove", "song-remove-now"):
            assert seen(await world.forge(who, f"{verb}:{SONG}")) == refused
        assert seen(await world.forge_modal(who, f"song-rekeep:{SONG}", TYPED)) == refused
        assert seen(await world.say(who, "admin song edit", song=SONG)) == refused
    assert [addition.id for addition in await world.bot.store.additions.all()] == [SONG]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"more": "yerning"}, 'did you mean "yearning"?'),
        ({"source": "nowhere"}, "sources[0]"),
        ({"singers": "이름"}, "Latin letters"),
        ({"title": "오늘"}, "Latin letters"),
        ({"drama": "No Such Drama Anywhere Zzz"}, "I know no drama"),
        ({"drama": "Tonight / 2026"}, "title_ko is missing"),
        ({"title": "Stay With Me"}, "already"),
        ({"title": "```@everyone <@1> [x](https://evil.example)"}, "@"),
    ],
)
async def test_mistakes_are_told_and_nothing_is_kept(world: World, fields: dict[str, str], said: str) -> None:
    before = world.bot.library
    if "evil" in fields.get("title", ""):
        fields = {**fields, "more": "yerning"}

    told = await world.forge_modal(world.manager, "song-keep:0", {**TYPED, **fields})

    assert said in seen(told)
    assert await world.bot.store.additions.all() == ()
    assert world.bot.library is before


async def test_a_refused_form_can_be_corrected(world: World) -> None:
    told = await world.forge_modal(world.manager, "song-keep:0", {**TYPED, "more": "yerning"})

    again = await world.press(world.manager, answer(told), "song-correct")

    assert again.modal
    assert "yerning" in seen(again)
    fixed = await world.manager.submit_modal(again, TYPED)
    assert "Tonight Only" in seen(fixed)
    assert SONG in world.bot.library.overlaid.standing


async def test_a_new_drama_comes_with_its_first_song(world: World) -> None:
    told = await add(world, drama="Tonight / 오늘 밤 / 2026", title="First")
    await add(world, drama="Tonight", title="Second")

    assert "First" in told
    page = seen(await world.say(world.reader, "drama", drama="오늘 밤"))
    assert "First" in page
    assert "Second" in page


async def test_the_operator_edits_and_removes_and_votes_wait(world: World) -> None:
    await add(world)
    card = answer(await world.say(world.reader, "song", song=SONG))
    await world.press(world.reader, card, "love")

    form = await world.say(world.manager, "admin song edit", song=SONG)
    assert "Tonight Only / 오늘 밤만" in seen(form)
    await world.manager.submit_modal(form, {**TYPED, "title": "Tonight, Always / 오늘 밤만"})
    assert world.bot.library.catalogue.song(SONG).title == "Tonight, Always"  # pyright: ignore[reportOptionalMemberAccess]
    asked = answer(await world.say(world.manager, "admin song remove", song=SONG))
    await world.press(world.manager, asked, "song-remove-now")

    assert world.bot.library.catalogue.song(SONG) is None
    assert seen(await world.press(world.other, card, "love")) == texts_for("en")("error.song-gone")
    await add(world)
    assert world.bot.store.tally.everywhere(SONG) == 1


async def test_a_file_with_the_same_song_wins_and_takes_the_votes(world: World, data: Path) -> None:
    await add(world)
    card = answer(await world.say(world.reader, "song", song=SONG))
    await world.press(world.reader, card, "love")
    file = data / "dramas" / "goblin.toml"
    text = file.read_text("utf-8")
    block = text[text.rindex("[[songs]]") :]
    old = block.split('id = "', 1)[1].split('"', 1)[0]
    title = block.split('title = "', 1)[1].split('"', 1)[0]
    new = block.replace(old, "goblin-only-tonight", 1).replace(f'"{title}"', '"Tonight only"', 1)
    file.write_text(f"{text.rstrip()}\n\n{new}", "utf-8")

    report = seen(await world.say(world.manager, "admin reload", what="catalogue"))

    assert SONG in report
    assert "in the files now" in report
    assert world.bot.store.tally.everywhere("goblin-only-tonight") == 1
    assert world.bot.store.tally.everywhere(SONG) == 0
    assert "yours since" in seen(await world.press(world.reader, card, "love"))


async def test_a_row_that_the_data_no_longer_allows_is_named_and_left_out(world: World) -> None:
    await add(world, more="epic, ballad")
    await world.bot.store._database.write(
        lambda tx: tx.all("UPDATE additions SET song = replace(song, 'epic', 'epik')")
    )

    report = seen(await world.say(world.manager, "admin reload", what="catalogue"))

    assert "left out" in report
    assert '"epik" is not a mood; did you mean "epic"?' in report
    assert world.bot.library.catalogue.song(SONG) is None
    assert world.bot.library.catalogue.song("goblin-stay-with-me") is not None


async def test_a_store_that_cannot_write_leaves_the_catalogue_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise StoreError(Path("x"))

    monkeypatch.setattr(world.bot.store.additions, "add", full)

    told = await add(world)

    assert told == texts_for("en")("error.store")
    world.forgive("The store refused to write")
    assert world.bot.library.catalogue.song(SONG) is None


def announced(world: World) -> list[discord.Message]:
    return [message for message in world.channel.history() if "New in the catalogue" in seen(message)]


async def test_a_guild_that_wants_it_is_told_once_and_quietly(world: World) -> None:
    await world.forge(world.manager, "daily-here")
    await add(world, title="Not Announced")
    await world.bot.store.guilds.change(world.guild.id, additions_announced=True)

    await add(world)
    await world.restart()
    await world.env.settle()

    found = [message for message in announced(world) if f"love:{SONG}" in routes(message)]
    assert len(found) == 1
    assert found[0].flags.suppress_notifications
    assert [reaction.emoji for reaction in found[0].reactions] == ["❤️"]
    await world.react(world.reader, found[0], "💜")
    assert world.bot.store.tally.everywhere(SONG) == 1


async def test_what_was_added_just_before_a_stop_is_announced_after_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.forge(world.manager, "daily-here")
    await world.bot.store.guilds.change(world.guild.id, additions_announced=True)
    monkeypatch.setattr("bot.ui.announcing.announce", _nobody)
    await add(world)
    assert announced(world) == []
    monkeypatch.undo()

    await world.restart()
    await world.env.settle()

    assert len(announced(world)) == 1


async def _nobody(*_: object) -> None:
    return


@pytest.mark.parametrize("argument", ["x", "-1", "9" * 30, "0:0", ""])
async def test_forged_ids_are_answered_plainly(world: World, argument: str) -> None:
    for verb in ("song-keep", "song-rekeep"):
        told = await world.forge_modal(world.manager, f"{verb}:{argument}", TYPED)
        assert len(answers(told)) == 1
        assert "reference" not in seen(told)
    for verb in ("song-edit", "song-remove", "song-remove-now"):
        assert "reference" not in seen(await world.forge(world.manager, f"{verb}:{argument}"))
    assert await world.bot.store.additions.all() == ()
