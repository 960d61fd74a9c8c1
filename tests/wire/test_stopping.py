"""SIGTERM and Ctrl-C at any moment: exit code 0 within five seconds, and no stack trace."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.wire.process import BotProcess
from tests.wire.standin import StandIn
from tests.wire.world import OWNER, READER

PATIENCE_S = 5.0
SONG = "goblin-stay-with-me"


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as discord:
        yield discord


@pytest.fixture
async def bot(standin: StandIn, tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with BotProcess(standin, tmp_path) as process:
        yield process


async def stopped(bot: BotProcess, number: signal.Signals = signal.SIGTERM) -> None:
    """Ask the bot to end; it does, in time and in peace."""
    bot.terminate(number)
    assert await bot.ended(within_s=PATIENCE_S) == 0
    assert "Traceback" not in bot.output
    assert "Unclosed" not in bot.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_while_idle(bot: BotProcess, number: signal.Signals) -> None:
    await bot.start()

    await stopped(bot, number)


@pytest.mark.parametrize("after_s", [0.15, 0.7])
async def test_while_starting(bot: BotProcess, after_s: float) -> None:
    await bot.launch()
    await asyncio.sleep(after_s)

    await stopped(bot)


async def test_told_again_and_again(bot: BotProcess) -> None:
    await bot.start()
    for _ in range(5):
        bot.terminate()
        await asyncio.sleep(0.01)

    await stopped(bot)


@pytest.mark.parametrize("held", ["login", "commands", "hello", "identify"])
async def test_while_discord_keeps_it_waiting(standin: StandIn, bot: BotProcess, held: str) -> None:
    standin.hold(held)
    await bot.launch()
    await standin.until(lambda: standin.holding == {held}, f"it waits for {held}", 30.0)

    await stopped(bot, signal.SIGINT)


async def test_while_the_gateway_says_no_goodbye(standin: StandIn, bot: BotProcess) -> None:
    await bot.start()
    standin.gateway.deaf = True

    await stopped(bot)


async def test_while_an_answer_is_on_its_way(standin: StandIn, bot: BotProcess) -> None:
    """What was pressed before is answered and kept, even where Discord takes its time."""
    await bot.start()
    standin.hold("callback", seconds=1.0)
    pressing = asyncio.create_task(standin.slash(READER, "favourites add", song=SONG))
    await standin.until(lambda: standin.holding == {"callback"}, "the answer is on its way")

    await stopped(bot)

    assert (await pressing).text.startswith("Saved")
    await bot.start()
    assert "Stay With Me" in (await standin.slash(READER, "favourites list")).text


async def test_while_an_answer_takes_for_ever(standin: StandIn, bot: BotProcess) -> None:
    await bot.start()
    standin.hold("callback")
    pressing = asyncio.create_task(standin.slash(READER, "favourites add", song=SONG))
    await standin.until(lambda: standin.holding == {"callback"}, "the answer is on its way")

    await stopped(bot)

    pressing.cancel()


async def test_while_everything_is_being_reloaded(standin: StandIn, bot: BotProcess) -> None:
    await bot.start()
    reloading = asyncio.create_task(standin.slash(OWNER, "admin reload", what="all"))
    await asyncio.sleep(0.1)

    await stopped(bot)

    reloading.cancel()
    await bot.start()
    assert (await standin.slash(READER, "song", song=SONG)).text


async def test_while_votes_are_recounted(standin: StandIn, bot: BotProcess) -> None:
    await bot.start()
    card = await standin.slash(READER, "song", song=SONG)
    await standin.until(lambda: any("/reactions/" in call.path for call in standin.calls), "the card is kept")
    await bot.kill()
    assert card.message is not None
    await standin.react(OWNER, card.message, "💜")
    standin.hold("history")
    await bot.start()
    await standin.until(lambda: standin.holding == {"history"}, "it recounts")

    await stopped(bot)


async def test_a_second_bot_on_the_same_database_is_refused_in_plain_words(
    standin: StandIn, bot: BotProcess, tmp_path: Path
) -> None:
    await bot.start()
    other = tmp_path / "other"
    other.mkdir()
    async with BotProcess(standin, other, DATABASE=str(bot.database)) as second:
        await second.launch()

        assert await second.ended(within_s=30.0) == 1
        assert f"in use by another Noraebot: process {bot.pid}; stop that one first" in second.output
        assert "Traceback" not in second.output
    assert (await standin.slash(READER, "song", song=SONG)).text
    assert standin.gateway.identified == 1
