"""Nobody gets in: whatever is forged, only those who may change something do, and each is told so in a sentence."""

from __future__ import annotations

import inspect
import itertools
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from discord import app_commands

from bot.settings import Settings
from bot.store import Transaction
from bot.store.personal import USER_COLUMN
from tests.flow.payloads import ELSEWHERE, HOME, MODAL, Person, aged, command_data, modal_data
from tests.flow.raw import Heard, Raw, listening

SONG = "goblin-stay-with-me"
HUGE = str(10**30)
WRITTEN = "Precious words that somebody took a long time to find, and would not like to write again"
# fmt: off
HOSTILE = (
    "", "0", "-1", HUGE, "9" * 19, "-" + HUGE, "٣", "x", "\ud800", "\x00", "\u202e", "%s", "{song}", "a" * 90,
    "../../.env", "'; DROP TABLE marks; --", SONG, "goblin", "@everyone", "||", "drama", "song:" + SONG, "true",
)
# fmt: on
THE_BOTS_OWN = {"cards", "card_songs", "synced", "sqlite_sequence", "forgotten", "secrets"}
"""Tables that tell of the bot's messages, or that somebody asked to be forgotten, and of nobody by their id."""
TRIES = 6
"""Presses of each verb with arguments that could be meant."""
Row = tuple[object, ...]


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


async def kept(raw: Raw, without: Person | None = None) -> dict[str, list[Row]]:
    """Return what people and servers said and chose, by table; if wanted, without what is one person's."""

    def read(tx: Transaction) -> dict[str, list[Row]]:
        tables = [name for (name,) in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: dict[str, list[Row]] = {}
        for table in set(tables) - THE_BOTS_OWN:
            columns = [row[1] for row in tx.all(f"PRAGMA table_info({table})")]
            person = columns.index(USER_COLUMN) if USER_COLUMN in columns else None
            rows = tx.all(f"SELECT * FROM {table} ORDER BY 1")
            found[table] = [row for row in rows if person is None or not without or row[person] != without.id]
        return found

    return await raw.bot.store._database.read(read)


async def test_a_forged_press_of_any_verb_changes_nothing_of_anybody_else_or_of_the_server(raw: Raw) -> None:
    chance = random.Random(5)
    theirs = await comment(raw, raw.other)
    await raw.press(raw.other, f"love:{SONG}")
    before = await kept(raw, without=raw.reader)
    meant = (SONG, str(theirs), str(raw.other.id), str(raw.reader.id), str(HOME), "0", "1", "on", "off", "drama", "en")

    for verb, arguments in verbs(raw).items():
        for _ in range(TRIES):
            custom_id = ":".join([verb, *chance.choices(meant, k=arguments)])
            raw.feed_press(raw.reader, custom_id, private=chance.random() < 0.5)
            raw.feed_choice(raw.reader, custom_id, chance.choices(meant, k=2))
        for place, forged in enumerate(HOSTILE):
            for number in {arguments, place % 4}:
                raw.feed_press(raw.reader, ":".join([verb, *itertools.repeat(forged, number)])[:100])
            raw.feed_choice(raw.reader, ":".join([verb, *itertools.repeat(forged, arguments)])[:100], HOSTILE[place:])
        await raw.settle()
        assert await kept(raw, without=raw.reader) == before, verb


async def test_a_servers_manager_changes_nothing_in_another_server(raw: Raw) -> None:
    chance = random.Random(6)
    theirs = await comment(raw, raw.other)
    await raw.bot.store.guilds.change(HOME, locale="ko")

    async def at_home() -> dict[str, list[Row]]:
        return {table: [row for row in rows if HOME in row] for table, rows in (await kept(raw)).items()}

    before = await at_home()
    assert before["guilds"]
    meant = (SONG, str(theirs), str(raw.other.id), str(HOME), str(HOME + 1), "0", "1", "on", "off", "en", "ko")

    for verb, arguments in verbs(raw).items():
        for _ in range(TRIES):
            custom_id = ":".join([verb, *chance.choices(meant, k=arguments)])
            raw.feed_press(raw.boss, custom_id, guild=ELSEWHERE)
            raw.feed_choice(raw.boss, custom_id, chance.choices(meant, k=2), guild=ELSEWHERE)
            raw.feed(MODAL, modal_data(custom_id, {"text": "on", "words": "on"}), raw.boss, guild=ELSEWHERE)
        await raw.settle()
        assert {table: [row for row in rows if HOME in row] for table, rows in (await kept(raw)).items()} == before, (
            verb
        )


async def test_a_forged_modal_is_answered_and_tells_the_text_back(raw: Raw) -> None:
    for verb in ("comment-save", "comment-rewrite", "tuned", "no-such-modal", ""):
        for forged in HOSTILE:
            told = await raw.submit(raw.reader, f"{verb}:{forged}"[:100], {"text": WRITTEN, "era": forged})

            if verb.startswith("comment") and forged != SONG:
                assert WRITTEN in told.seen, told.payload

    assert (await kept(raw, without=raw.reader))["comments"] == []


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


async def test_moderators_of_another_server_decide_nothing_here(raw: Raw) -> None:
    here = await comment(raw, raw.reader, "Said at home.")
    note = await comment(raw, raw.reader, "A secret note.", guild=None)
    await raw.choose(raw.other, f"comment-reported:{here}", ["hurtful"])
    before = await kept(raw)
    acts = ("remove", "keep", "hide", "block", "restore", "show", "remove-everywhere")

    for guild, number in ((ELSEWHERE, here), (None, here), (HOME, note), (ELSEWHERE, note)):
        for act, back in itertools.product(acts, ("log", SONG, "-")):
            told = await raw.press(raw.manager, f"decide:{act}:{number}:{back}", guild=guild)
            assert told.seen
            assert "secret" not in told.seen
        desk = await raw.press(raw.manager, f"moderate:{SONG}", guild=guild)
        assert "secret" not in desk.seen
        assert ("Said at home." in desk.seen) is (guild == HOME)

    assert await kept(raw) == before
    decided = await raw.press(raw.manager, f"decide:remove:{here}:log")
    assert "removed it" in decided.seen


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
