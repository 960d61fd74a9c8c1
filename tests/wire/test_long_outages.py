"""Minutes without Discord, in time lapse: what was asked of the bot meanwhile is done once it is back."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
import pytest_asyncio

from bot.catalogue.loader import load
from bot.catalogue.model import Song
from tests.wire.faults import ALWAYS, EDIT, Fault
from tests.wire.ledger import card_of, eventually, hearts, seeded
from tests.wire.process import BotProcess
from tests.wire.records import text_of
from tests.wire.standin import StandIn
from tests.wire.world import KOREAN, OWNER, Payload

pytestmark = pytest.mark.asyncio(loop_scope="module")

TRIES = 5
"""Requests that discord.py makes, within half a minute, before it gives one up; after a 503 it makes no other."""
HEARTBEAT_MS = 300
_SONGS = iter(sorted(load().songs.values(), key=lambda song: song.id))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """One bot in time lapse for the whole module: it must come through all of it, and end in peace."""
    async with StandIn() as standin, BotProcess(standin, tmp_path_factory.mktemp("bot")) as bot:
        bot.program = ("-m", "tests.wire.hasty")
        standin.gateway.heartbeat_ms = HEARTBEAT_MS
        await bot.start()
        yield bot
        bot.terminate()
        assert await bot.ended(within_s=5.0) == 0


@pytest_asyncio.fixture(loop_scope="module")
async def bot(shared: BotProcess) -> AsyncIterator[BotProcess]:
    """The shared bot, which must not have logged a stack trace by the test's end."""
    yield shared
    shared.standin.faults.clear()
    assert "Traceback" not in shared.output
    assert "ERROR" not in shared.output


@pytest.fixture
def standin(bot: BotProcess) -> StandIn:
    return bot.standin


@pytest.fixture
def song() -> Song:
    """A song no other test has used."""
    return next(_SONGS)


async def forgotten_card(bot: BotProcess, song: Song) -> Payload:
    """Return a card whose row is missing, as where the bot died right after sending it."""
    card = await card_of(bot, song)
    await eventually(lambda: seeded(bot, card) == 1, "our heart is under the card")
    with closing(sqlite3.connect(bot.database, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM cards WHERE message_id = ?", (int(card["id"]),))
    return card


async def test_a_gateway_that_answers_no_heartbeat_is_left_and_resumed_without_losing_a_vote(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await card_of(bot, song)
    resumed, identified = standin.gateway.resumed, standin.gateway.identified

    standin.gateway.fall_silent()
    await standin.react(KOREAN, card, "💜")
    await standin.react(OWNER, card, "❤️")
    await standin.unreact(OWNER, card, "❤️")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")
    assert (standin.gateway.resumed, standin.gateway.identified) == (resumed + 1, identified)


@pytest.mark.parametrize(("status", "tries"), [(500, TRIES), (503, 1)])
async def test_a_count_that_could_not_be_edited_for_minutes_is_edited_afterwards(
    bot: BotProcess, standin: StandIn, song: Song, status: int, tries: int
) -> None:
    card = await card_of(bot, song)
    fault = Fault("PATCH", EDIT, status, times=ALWAYS)
    standin.faults.append(fault)

    await standin.react(KOREAN, card, "💜")
    await standin.until(lambda: fault.struck >= 3 * tries, "three rounds of tries, of minutes, have failed", 30.0)
    assert "1 person here" not in text_of(card)
    standin.faults.clear()

    await standin.until(lambda: "1 person here" in text_of(card), "the count is edited", 30.0)
    assert hearts(bot, song) == 1


async def test_a_card_that_could_not_be_read_for_minutes_is_healed_and_its_heart_counted(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await forgotten_card(bot, song)
    fault = Fault("GET", EDIT, 502, times=2 * TRIES + 1)
    standin.faults.append(fault)

    await standin.react(KOREAN, card, "💜")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept", 30.0)
    assert fault.struck == 2 * TRIES + 1
    assert seeded(bot, card) is not None


async def test_a_card_that_was_out_of_reach_for_too_long_is_asked_for_again_by_the_next_heart(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await forgotten_card(bot, song)
    standin.faults.append(Fault("GET", EDIT, 502, times=ALWAYS))
    await standin.react(KOREAN, card, "💜")
    await eventually(lambda: f"A heart under message {card['id']} was not counted" in bot.output, "given up", 30.0)
    standin.faults.clear()

    await standin.react(OWNER, card, "❤️")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")
    assert seeded(bot, card) is not None
