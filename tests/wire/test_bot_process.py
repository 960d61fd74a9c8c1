"""The bot as a process: it starts, answers, keeps what it said it saved, and ends as it should."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.catalogue.loader import load
from bot.catalogue.model import Song
from tests.wire.process import BotProcess
from tests.wire.standin import StandIn
from tests.wire.world import READER

_DEATHS = 10


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as discord:
        yield discord


@pytest.fixture
async def bot(standin: StandIn, tmp_path: Path) -> AsyncIterator[BotProcess]:
    async with BotProcess(standin, tmp_path) as process:
        yield process


@pytest.fixture(scope="module")
def songs() -> list[Song]:
    """Songs that the list of favourites can tell apart by their titles."""
    by_title = {song.title: song for song in load().songs.values()}
    return [by_title[title] for title in sorted(by_title) if len(title) > 8 and title.isalpha()][: _DEATHS + 1]


async def test_it_syncs_its_commands_and_answers_one(standin: StandIn, bot: BotProcess, songs: list[Song]) -> None:
    await bot.start()

    reply = await standin.slash(READER, "song", song=songs[0].id)

    assert songs[0].title in reply.text
    assert not reply.ephemeral


async def test_a_second_start_registers_nothing_anew(standin: StandIn, bot: BotProcess) -> None:
    await bot.start()
    before = len([call for call in standin.calls if call.method == "PUT"])
    await bot.kill()

    await bot.start()

    assert before
    assert len([call for call in standin.calls if call.method == "PUT"]) == before


async def test_what_it_said_it_saved_outlives_ten_sudden_deaths(
    standin: StandIn, bot: BotProcess, songs: list[Song]
) -> None:
    await bot.start()
    for death, song in enumerate(songs[:_DEATHS], start=1):
        saved = await standin.slash(READER, "favourites add", song=song.id)
        await bot.kill()
        assert saved.text.startswith("Saved"), f"death {death}: {saved.text}"
        assert saved.ephemeral

        await bot.start()

        favourites = await standin.slash(READER, "favourites list")
        assert song.title in favourites.text, f"death {death}"


async def test_when_its_gateway_closes_it_resumes_and_misses_nothing(
    standin: StandIn, bot: BotProcess, songs: list[Song]
) -> None:
    await bot.start()

    await standin.close_gateway(4000)
    reply = await standin.slash(READER, "song", song=songs[0].id)

    assert songs[0].title in reply.text
    assert (standin.gateway.identified, standin.gateway.resumed) == (1, 1)


async def test_when_its_session_is_lost_it_identifies_with_the_same_server(
    standin: StandIn, bot: BotProcess, songs: list[Song]
) -> None:
    await bot.start()

    standin.gateway.session = None
    await standin.close_gateway(4000)
    await standin.until(lambda: standin.gateway.identified == 2, "a new session")
    reply = await standin.slash(READER, "song", song=songs[0].id)

    assert songs[0].title in reply.text


async def test_asked_to_end_it_ends_well_within_five_seconds(bot: BotProcess) -> None:
    await bot.start()

    bot.terminate()

    assert await bot.ended(within_s=5.0) == 0
    assert "Traceback" not in bot.output


async def test_a_token_that_discord_refuses_is_told_in_plain_words(standin: StandIn, tmp_path: Path) -> None:
    async with BotProcess(standin, tmp_path, token="MzAw.Wrong.token-of-nobody") as bot:
        await bot.launch()

        code = await bot.ended(within_s=30.0)

        assert code == 2
        assert "DISCORD_TOKEN" in bot.output
        assert "Traceback" not in bot.output
        assert "token-of-nobody" not in bot.output
    assert standin.gateway.identified == 0
