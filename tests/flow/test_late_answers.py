"""What takes longer than Discord waits is deferred first; what fails where nobody waits is told in the log."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from bot import app, delivery
from bot.errors import Refusal
from bot.settings import Settings
from tests.flow.payloads import ELSEWHERE, EPHEMERAL, HOME, Person, aged
from tests.flow.raw import Raw, listening

SONG = "goblin-stay-with-me"
DEFERRED, DEFERRED_EDIT = 5, 6
LATE_S = 0.02
SLOW_S = 0.1


@pytest.fixture
async def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Raw]:
    """The bot between a made-up gateway and Discord, which calls an answer late after a fiftieth of a second."""
    monkeypatch.setattr(delivery, "_LATE_S", LATE_S)
    operator = Person(aged(400, 9), "hana")
    settings = Settings(database=tmp_path / "raw.sqlite3", owner_ids=frozenset({operator.id}), admin_guild_id=HOME)
    async with listening(settings, operator) as raw:
        yield raw


@pytest.fixture
def slow(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the store take its time to say what a listener knows."""
    state = raw.bot.store.listeners.state

    async def think(*asked: Any) -> Any:
        await asyncio.sleep(SLOW_S)
        return await state(*asked)

    monkeypatch.setattr(raw.bot.store.listeners, "state", think)


@pytest.mark.usefixtures("slow")
async def test_a_public_answer_that_comes_late_ends_the_private_waiting_in_a_word(raw: Raw) -> None:
    heard = await raw.command(raw.reader, "recommend")

    assert [callback["type"] for callback in heard.callbacks] == [DEFERRED]
    assert heard.callbacks[0]["data"]["flags"] & EPHEMERAL
    ended, answer = heard.messages
    assert "That took a moment. Here it is:" in str(ended)
    assert "love:" in str(answer)
    assert not answer.get("flags", 0) & EPHEMERAL


@pytest.mark.usefixtures("slow")
async def test_a_private_answer_that_comes_late_takes_the_place_of_the_waiting(raw: Raw) -> None:
    heard = await raw.command(raw.reader, "recommend", private=True)

    assert [callback["type"] for callback in heard.callbacks] == [DEFERRED]
    assert len(heard.messages) == 1
    assert heard.messages[0]["flags"] & EPHEMERAL


async def test_a_form_that_took_too_long_to_open_is_told_in_a_sentence(
    raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly(interaction: discord.Interaction) -> None:
        await asyncio.sleep(SLOW_S)
        await interaction.response.send_modal(discord.ui.Modal(title="Late", custom_id="late"))

    monkeypatch.setitem(raw.bot.routes._handlers, "late", slowly)

    heard = await raw.press(raw.reader, "late")

    assert [callback["type"] for callback in heard.callbacks] == [DEFERRED_EDIT]
    assert "That took too long to open. Please press the button again." in heard.seen
    assert heard.messages[0]["flags"] & EPHEMERAL
    assert raw.complaints.lines == []


async def test_a_refusal_that_comes_late_is_told_all_the_same(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slowly(interaction: discord.Interaction) -> None:
        await asyncio.sleep(SLOW_S)
        raise Refusal("error.song-gone")

    monkeypatch.setitem(raw.bot.routes._handlers, "late", slowly)

    heard = await raw.press(raw.reader, "late")

    assert "no longer in the catalogue" in heard.seen
    assert raw.complaints.lines == []


async def test_a_listener_that_fails_is_in_the_log_with_a_reference_and_the_bot_goes_on(
    raw: Raw, caplog: pytest.LogCaptureFixture
) -> None:
    async def on_guild_remove(_: discord.Guild) -> None:
        raise ZeroDivisionError("as the test wishes")

    raw.bot.add_listener(on_guild_remove)
    raw.bot.event(on_guild_remove)

    raw.emit("GUILD_DELETE", {"id": str(ELSEWHERE)})
    await raw.settle()

    told = [record for record in caplog.records if "in on_guild_remove" in record.message]
    assert len(told) == 2
    assert all(record.exc_info and record.exc_info[0] is ZeroDivisionError for record in told)
    assert (await raw.command(raw.reader, "song", song=SONG)).answered


async def test_a_listener_that_meets_discords_daily_life_is_a_line_and_no_stack_trace(
    raw: Raw, caplog: pytest.LogCaptureFixture
) -> None:
    async def on_guild_remove(_: discord.Guild) -> None:
        raise aiohttp.ServerDisconnectedError

    raw.bot.add_listener(on_guild_remove)

    raw.emit("GUILD_DELETE", {"id": str(ELSEWHERE)})
    await raw.settle()

    (told,) = [record for record in caplog.records if "on_guild_remove was given up" in record.message]
    assert told.levelno == logging.WARNING
    assert told.exc_info is None


@pytest.mark.parametrize(("error", "level"), [(ZeroDivisionError, logging.ERROR), (TimeoutError, logging.WARNING)])
async def test_a_task_that_dies_where_nobody_waits_is_named_in_the_log(
    error: type[Exception], level: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def die() -> None:
        raise error

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(app._log_forgotten)
    try:
        task = asyncio.create_task(die(), name="redraw card 5")
        await asyncio.wait({task})
        del task
        gc.collect()
        await asyncio.sleep(0)
    finally:
        loop.set_exception_handler(None)

    (told,) = [record for record in caplog.records if "redraw card 5, which nobody waited for" in record.message]
    assert told.levelno == level
    assert bool(told.exc_info) == (level == logging.ERROR)


async def test_a_callback_that_fails_is_named_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(app._log_forgotten)
    try:
        loop.call_soon(lambda: {}["missing"])
        await asyncio.sleep(0.01)
    finally:
        loop.set_exception_handler(None)

    (told,) = [record for record in caplog.records if "which nobody waited for" in record.message]
    assert told.exc_info
    assert told.exc_info[0] is KeyError
