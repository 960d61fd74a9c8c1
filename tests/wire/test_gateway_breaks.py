"""The gateway closes, asks to reconnect, forgets, repeats itself: no vote given meanwhile is lost or doubled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.catalogue.loader import load
from bot.catalogue.model import Song
from tests.wire import world
from tests.wire.ledger import card_of, eventually, hearts
from tests.wire.process import BotProcess
from tests.wire.standin import StandIn
from tests.wire.world import KOREAN, OWNER, READER

pytestmark = pytest.mark.asyncio(loop_scope="module")

RESUMABLE = (1000, 1001, 4000, 4001, 4002, 4005, 4008)
"""Close codes after which Discord lets a session be resumed."""

_SONGS = iter(sorted(load().songs.values(), key=lambda song: song.id, reverse=True))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """One bot for the whole module: it must come through all of it."""
    async with StandIn() as standin, BotProcess(standin, tmp_path_factory.mktemp("bot")) as bot:
        await bot.start()
        yield bot


@pytest_asyncio.fixture(loop_scope="module")
async def bot(shared: BotProcess) -> AsyncIterator[BotProcess]:
    """The shared bot, which must not have logged a stack trace by the test's end."""
    yield shared
    assert "Traceback" not in shared.output
    assert "ERROR" not in shared.output


@pytest.fixture
def standin(bot: BotProcess) -> StandIn:
    return bot.standin


@pytest.fixture
def song() -> Song:
    """A song no other test has used."""
    return next(_SONGS)


@pytest.mark.parametrize("code", RESUMABLE)
async def test_after_a_close_it_resumes_and_counts_what_happened_meanwhile(
    bot: BotProcess, standin: StandIn, song: Song, code: int
) -> None:
    card = await card_of(bot, song)
    resumed, identified = standin.gateway.resumed, standin.gateway.identified

    await standin.close_gateway(code)
    await standin.react(KOREAN, card, "💜")
    await standin.react(OWNER, card, "❤️")
    await standin.unreact(OWNER, card, "❤️")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")
    assert (standin.gateway.resumed, standin.gateway.identified) == (resumed + 1, identified)


async def test_asked_to_reconnect_it_resumes(bot: BotProcess, standin: StandIn, song: Song) -> None:
    card = await card_of(bot, song)
    resumed = standin.gateway.resumed

    await standin.gateway.ask_to_reconnect()
    await standin.react(KOREAN, card, "💜")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")
    await standin.until(lambda: standin.gateway.resumed == resumed + 1, "it resumed")


async def test_told_that_its_session_is_invalid_but_resumable_it_resumes(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await card_of(bot, song)
    resumed = standin.gateway.resumed

    await standin.gateway.invalidate(resumable=True)
    await standin.react(KOREAN, card, "💜")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")
    await standin.until(lambda: standin.gateway.resumed == resumed + 1, "it resumed")


async def test_told_that_its_session_is_gone_it_begins_another(bot: BotProcess, standin: StandIn, song: Song) -> None:
    card = await card_of(bot, song)
    identified = standin.gateway.identified

    await standin.gateway.invalidate(resumable=False)
    await standin.until(lambda: standin.gateway.identified == identified + 1, "a new session")
    await standin.react(KOREAN, card, "💜")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")


async def test_events_that_a_resume_repeats_count_once(bot: BotProcess, standin: StandIn, song: Song) -> None:
    card = await card_of(bot, song)
    await standin.react(KOREAN, card, "💜")
    await standin.react(OWNER, card, "❤️")
    await standin.unreact(OWNER, card, "❤️")
    await eventually(lambda: hearts(bot, song) == 1, "the votes are kept")

    standin.gateway.repeat = 6
    await standin.close_gateway(4000)
    await standin.react(READER, card, "❤️")
    await eventually(lambda: hearts(bot, song) == 2, "the vote after the repeats is kept")
    standin.gateway.repeat = 0

    reply = await standin.press(READER, card, f"love:{song.id}")
    assert "yours since" in reply.text


async def test_a_second_ready_changes_nothing(bot: BotProcess, standin: StandIn, song: Song) -> None:
    card = await card_of(bot, song)
    assert standin.gateway.session is not None
    puts = [call for call in standin.calls if call.method == "PUT"]

    await standin.gateway.greet(standin.gateway.session)
    await standin.react(KOREAN, card, "💜")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")
    assert (await standin.slash(READER, "song", song=song.id)).text
    assert not [call for call in standin.calls[len(puts) :] if call.path.endswith("/commands") and call not in puts]


async def test_a_guild_that_was_away_counts_again_when_it_is_back(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await card_of(bot, song)

    await standin.dispatch("GUILD_DELETE", {"id": world.GUILD_ID, "unavailable": True})
    pressed = await standin.press(READER, card, f"love:{song.id}")
    await standin.dispatch("GUILD_CREATE", world.guild())
    await standin.react(KOREAN, card, "💜")

    assert pressed.text.startswith("Saved")
    await eventually(lambda: hearts(bot, song) == 2, "both votes are kept")


@pytest.mark.parametrize(("code", "words"), [(4004, "DISCORD_TOKEN"), (4014, "intents")])
async def test_a_connection_that_may_not_be_tried_again_is_told_in_plain_words(
    tmp_path: Path, code: int, words: str
) -> None:
    async with StandIn() as standin, BotProcess(standin, tmp_path) as bot:
        standin.gateway.refusal = code
        await bot.launch()

        assert await bot.ended(within_s=30.0) == 2

        assert words in bot.output
        assert "Traceback" not in bot.output
