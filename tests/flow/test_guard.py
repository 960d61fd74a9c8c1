"""Nobody gets in: whatever is forged, only those who may change something do, and each is told so in a sentence."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from discord import app_commands

from bot.settings import Settings
from tests.flow.raw import ELSEWHERE, HOME, Heard, Person, Raw, aged, command_data, listening

SONG = "goblin-stay-with-me"
HUGE = str(10**30)
WRITTEN = "Precious words that somebody took a long time to find, and would not like to write again"
HOSTILE = (
    *(
        "",
        "0",
        "-1",
        HUGE,
        "9" * 19,
        "-" + HUGE,
        "٣",
        "x",
        "None",
        "\ud800",
        "\x00",
        "\u202e",
        "%s",
        "{song}",
        "a" * 90,
    ),
    *("../../.env", "'; DROP TABLE marks; --", SONG, "goblin", "@everyone", "||", "drama", "song:" + SONG, "true"),
)

OPEN_TO_ALL = {
    "open", "like", "sounds", "details", "page", "post", "more", "tune", "tuned", "comments", "comment-page",
    "comment-post", "open-found", "open-collection", "fav-page", "fav-post", "help-post", "top",
    "taste-post", "taste-ask", "give",
}  # fmt: skip
"""Verbs that only show something; what is private in it is the presser's own."""
OWN_DOING = {
    "love", "love-many", "undo", "unlove", "dismiss", "known", "fav-remove", "fav-drop", "fav-clear", "say-why",
    "comment-save", "comment-like", "taste-agree", "taste-allow", "taste-withdraw",
}  # fmt: skip
"""Verbs that change what is kept of the presser and of nobody else."""
WRITERS_ONLY = {"comment-edit", "comment-rewrite", "comment-delete", "comment-delete-now"}
"""Verbs that change a comment, which only its writer may."""
MANAGERS_ONLY: set[str] = set()
"""Verbs that change a server's settings or somebody else's comment there."""


@pytest.fixture
async def raw(tmp_path: Path) -> AsyncIterator[Raw]:
    """The bot between a made-up gateway and Discord; what it logs as an error fails the test."""
    operator = Person(aged(400, 9), "hana")
    settings = Settings(database=tmp_path / "raw.sqlite3", owner_ids=frozenset({operator.id}), admin_guild_id=HOME)
    async with listening(settings, operator) as raw:
        yield raw
        await raw.settle()
        assert raw.complaints.lines == []
        assert raw.crashes == []
        for heard in raw.heard.values():
            assert heard.answered, heard.payload
            assert heard.mistakes(described=False) == []


def verbs(raw: Raw) -> dict[str, int]:
    """Return each verb with how many arguments it takes."""
    handlers = raw.bot.routes._handlers
    return {verb: len(inspect.signature(handler).parameters) - 1 for verb, handler in handlers.items()}


def leaves(raw: Raw, guild: int | None) -> Iterator[app_commands.Command]:
    """Yield every slash command registered in a guild, or everywhere."""
    place = None if guild is None else type("Place", (), {"id": guild})()
    for command in raw.bot.tree.walk_commands(guild=place):  # type: ignore[arg-type]
        if isinstance(command, app_commands.Command):
            yield command


async def comment(raw: Raw, who: Person, text: str = "First snow.", *, guild: int | None = HOME) -> int:
    """Write a comment as somebody does, and return its number."""
    saved = await raw.submit(who, f"comment-save:{SONG}", {"text": text, "episode": "0"}, guild=guild)
    return int(next(id for id in saved.routes if id.startswith("comment-edit:")).partition(":")[2])


async def kept(raw: Raw) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table that holds what people said or chose."""
    tables = ("marks", "comments", "comment_likes", "dismissed", "known", "people", "guilds")
    return await raw.bot.store._database.read(lambda tx: {table: tx.all(f"SELECT * FROM {table}") for table in tables})


async def test_every_verb_is_known_to_this_guard(raw: Raw) -> None:
    assert set(verbs(raw)) == OPEN_TO_ALL | OWN_DOING | WRITERS_ONLY | MANAGERS_ONLY


async def test_a_forged_press_of_any_verb_is_answered_and_changes_nobody_else(raw: Raw) -> None:
    await comment(raw, raw.other)
    await raw.press(raw.other, f"love:{SONG}")
    before = await kept(raw)

    for verb, arguments in verbs(raw).items():
        for place, forged in enumerate(HOSTILE):
            for number in {arguments, place % 4}:
                custom_id = ":".join([verb, *itertools.repeat(forged, number)])[:100]
                raw.feed_press(raw.reader, custom_id, private=number == arguments)
            raw.feed_choice(raw.reader, ":".join([verb, *itertools.repeat(forged, arguments)])[:100], HOSTILE[place:])
        await raw.settle()

    after = await kept(raw)
    for table, rows in before.items():
        assert set(rows) <= set(after[table]), table
        assert {row for row in after[table] if raw.other.id in row} == {row for row in rows if raw.other.id in row}


async def test_a_forged_modal_is_answered_and_tells_the_text_back(raw: Raw) -> None:
    for verb in ("comment-save", "comment-rewrite", "tuned", "no-such-modal", ""):
        for forged in HOSTILE:
            told = await raw.submit(raw.reader, f"{verb}:{forged}"[:100], {"text": WRITTEN, "era": forged})

            if verb.startswith("comment") and forged != SONG:
                assert WRITTEN in told.seen, told.payload

    assert all(row[3] == raw.reader.id for row in (await kept(raw))["comments"])


async def test_the_operators_commands_are_closed_to_everybody_else(raw: Raw) -> None:
    before, files = await kept(raw), list(raw.bot.extensions.values())
    commands = [command for command in leaves(raw, HOME) if command.qualified_name.startswith("admin ")]
    assert len(commands) >= 3

    for who, guild in itertools.product((raw.reader, raw.manager, raw.boss), (HOME, ELSEWHERE, None)):
        for command in commands:
            given = {option.name: "all" for option in command.parameters}
            refused = await raw.command(who, command.qualified_name, guild=guild, of=HOME, **given)

            assert refused.seen == "You may not do that here."
            assert refused.private

    assert await kept(raw) == before
    assert list(raw.bot.extensions.values()) == files


async def test_the_operators_commands_exist_in_no_other_guild(raw: Raw) -> None:
    for of in (ELSEWHERE, None):
        told = await raw.command(raw.operator, "admin status", guild=ELSEWHERE, of=of)

        assert "older version" in told.seen


async def test_the_operators_choices_are_told_to_nobody_else(raw: Raw) -> None:
    typing = command_data("admin reload", {"what": ""}, of=HOME)
    typing["options"][0]["options"][0]["focused"] = True

    asked = [raw.feed(4, typing, who) for who in (raw.boss, raw.operator)]
    await raw.settle()

    offered = [heard.callbacks[0]["data"]["choices"] for heard in asked]
    assert offered[0] == []
    assert len(offered[1]) > 5


async def test_cogs_are_reloaded_only_by_known_names(raw: Raw) -> None:
    before = dict(raw.bot.extensions)

    for what in ("../bot/app", "cogs.admin", "os", "..", "catalogue ", "voting;", "\ud800", HUGE, "../../data"):
        told = await raw.command(raw.operator, "admin reload", of=HOME, what=what)

        assert told.seen
        assert dict(raw.bot.extensions) == before


async def test_only_the_writer_changes_a_comment_and_only_while_it_is_there(raw: Raw) -> None:
    number = await comment(raw, raw.reader)
    before = await kept(raw)

    for who in (raw.other, raw.manager, raw.boss, raw.operator):
        for verb in ("comment-edit", "comment-delete", "comment-delete-now"):
            assert "Only its writer" in (await raw.press(who, f"{verb}:{number}")).seen
        stolen = await raw.submit(who, f"comment-rewrite:{number}", {"text": "Mine now.", "episode": ""})
        assert "Only its writer" in stolen.seen
    assert await kept(raw) == before

    await raw.press(raw.reader, f"comment-delete-now:{number}")
    late = await raw.submit(raw.reader, f"comment-rewrite:{number}", {"text": "Again.", "episode": ""})
    assert "gone" in late.seen
    assert "Again." in late.seen
    assert (await kept(raw))["comments"] == []


async def test_a_servers_comments_and_a_persons_notes_stay_where_they_were_written(raw: Raw) -> None:
    here = await comment(raw, raw.reader, "Said at home.")
    note = await comment(raw, raw.reader, "A secret note.", guild=None)

    for guild, number in ((ELSEWHERE, here), (None, here), (HOME, note), (None, note)):
        assert "gone" in (await raw.press(raw.other, f"comment-like:{number}:{SONG}:0", guild=guild)).seen
        page = await raw.command(raw.other, "comments", guild=guild, song=SONG)
        assert "A secret note." not in page.seen
        assert ("Said at home." in page.seen) is (guild == HOME)
    posted = await raw.press(raw.reader, f"comment-post:{SONG}:0", guild=None)

    assert "secret" not in posted.seen
    assert (await kept(raw))["comment_likes"] == []


async def test_buttons_on_somebody_elses_page_reach_ones_own_things_only(raw: Raw) -> None:
    await raw.press(raw.reader, f"love:{SONG}")
    at = (await raw.bot.store.marks.favourites(raw.reader.id))[0].since
    before = await kept(raw)

    for custom_id in (f"undo:{SONG}:{at}", f"unlove:{SONG}", f"fav-drop:{SONG}", "fav-clear", "fav-page:0"):
        told = await raw.press(raw.other, custom_id, private=True)
        assert "Stay With Me" not in told.seen or "not" in told.seen.lower() or custom_id.startswith("undo")
    await raw.choose(raw.other, "fav-remove:0", [SONG], private=True)

    assert await kept(raw) == before


async def test_a_number_outside_its_range_is_refused_or_bounded(raw: Raw) -> None:
    for count in (0, -1, 6, 10**6, 10**30, 1.5):
        told = await raw.command(raw.reader, "recommend", count=count)

        assert len([id for id in told.routes if id.startswith("love:")]) <= 5


async def test_more_values_than_a_menu_offers_are_not_taken(raw: Raw) -> None:
    everything = list(raw.bot.library.catalogue.songs)

    await raw.choose(raw.reader, "love-many", everything)

    assert await raw.bot.store.marks.total(raw.reader.id) <= 25


async def test_hostile_options_of_every_command_are_answered(raw: Raw) -> None:
    heard: list[Heard] = []
    for command in (*leaves(raw, None), *leaves(raw, HOME)):
        of = HOME if command.qualified_name.startswith("admin ") else None
        for text in HOSTILE:
            given = {option.name: text for option in command.parameters}
            heard += [
                raw.feed(2, command_data(command.qualified_name, options, of=of), raw.reader)
                for options in (given, {"no_such_option": text})
            ]
        await raw.settle()

    assert all(one.seen for one in heard)
