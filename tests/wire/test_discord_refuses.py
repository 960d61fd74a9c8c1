"""Discord fails, forbids, forgets or falls silent: votes stand, and whoever can be answered is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.catalogue.loader import load
from bot.catalogue.model import Song
from tests.wire.faults import ALWAYS, CALLBACK, EDIT, FOLLOW_UP, REACTION, Fault
from tests.wire.ledger import card_of, eventually, hearts, seeded, writing_blocked
from tests.wire.process import BotProcess
from tests.wire.records import Reply, text_of
from tests.wire.standin import StandIn
from tests.wire.world import EPHEMERAL, KOREAN, READER

pytestmark = pytest.mark.asyncio(loop_scope="module")

HINT = "a heart below"
REDRAW_S = 3.5
"""Seconds until a card's count is edited, and a little more."""
_SONGS = iter(sorted(load().songs.values(), key=lambda song: song.id))


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


async def loved(bot: BotProcess, song: Song) -> Reply:
    """Press Love on a card of the song, and return the answer."""
    return await bot.standin.press(READER, await card_of(bot, song), f"love:{song.id}")


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST", CALLBACK, 500, times=2),
        Fault("POST", CALLBACK, 502, times=2),
        Fault("POST", CALLBACK, 429, retry_after_s=0.2),
        Fault("POST", CALLBACK, kind="reset", times=2),
        Fault("POST", CALLBACK, kind="silence"),
        Fault("POST", CALLBACK, 502, though_done=True),
        Fault("POST", CALLBACK, kind="reset", though_done=True),
    ],
    ids=["500 twice", "502 twice", "429", "reset twice", "silence", "502 though done", "reset though done"],
)
async def test_a_first_answer_that_fails_is_given_within_three_seconds(
    bot: BotProcess, standin: StandIn, song: Song, fault: Fault
) -> None:
    card = await card_of(bot, song)
    standin.faults.append(fault)

    begun = time.monotonic()
    reply = await standin.press(READER, card, f"love:{song.id}")

    assert time.monotonic() - begun < 3.0
    assert fault.struck
    assert reply.text.startswith("Saved")
    assert reply.followups == []
    assert hearts(bot, song) == 1


async def test_a_card_whose_sending_was_not_confirmed_is_remembered_and_seeded(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    standin.faults.append(Fault("POST", CALLBACK, kind="reset", though_done=True))

    card = await card_of(bot, song)
    await standin.until(lambda: bool(standin.reactions.get(card["id"])), "our heart is under the card")
    await standin.react(KOREAN, card, "💜")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")


async def test_an_interaction_that_has_expired_still_counts_its_vote(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await card_of(bot, song)
    standin.faults.append(Fault("POST", CALLBACK, 404, 10062, times=ALWAYS))

    await standin.begin_press(READER, card, f"love:{song.id}")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")


async def test_an_interaction_that_was_acknowledged_by_somebody_else_is_answered_below(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await card_of(bot, song)
    fault = Fault("POST", CALLBACK, 400, 40060)
    standin.faults.append(fault)

    reply = await standin.press(READER, card, f"love:{song.id}")

    assert fault.struck == 1
    assert [text_of(message).split(":")[0] for message in reply.followups] == ["Saved"]
    assert hearts(bot, song) == 1


async def test_discord_failing_for_longer_than_it_waits_still_counts_the_vote(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await card_of(bot, song)
    fault = Fault("POST", CALLBACK, 502, times=ALWAYS)
    standin.faults.append(fault)

    await standin.begin_press(READER, card, f"love:{song.id}")

    await eventually(lambda: hearts(bot, song) == 1, "the vote is kept")
    await standin.until(lambda: fault.struck >= 4, "the answer was tried several times")
    standin.faults.clear()
    assert "yours since" in (await loved(bot, song)).text


async def test_a_follow_up_that_fails_once_is_sent_again(bot: BotProcess, standin: StandIn, song: Song) -> None:
    card = await card_of(bot, song)
    with writing_blocked(bot, seconds=1.6):
        standin.faults.append(Fault("POST", FOLLOW_UP, 502))
        reply = await standin.press(READER, card, f"love:{song.id}")

    assert [text_of(message).split(":")[0] for message in reply.followups] == ["Saved"]


async def test_whoever_waits_for_slow_work_is_answered_late_but_answered(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await card_of(bot, song)

    with writing_blocked(bot, seconds=1.6):
        pressed = await standin.press(READER, card, f"love:{song.id}")
        assert pressed.kind == 6
    assert pressed.followups[0]["flags"] & EPHEMERAL

    assert text_of(pressed.followups[0]).startswith("Saved")
    assert hearts(bot, song) == 1


async def test_where_hearts_may_not_be_put_the_card_no_longer_asks_for_them(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    fault = Fault("PUT", REACTION, 403, 50013, times=ALWAYS)
    standin.faults.append(fault)

    card = await card_of(bot, song)

    await standin.until(lambda: HINT not in text_of(card), "the hint is taken back")
    assert fault.struck == 1
    assert seeded(bot, card) == 0


async def test_a_card_that_was_deleted_is_forgotten_and_its_votes_stand(
    bot: BotProcess, standin: StandIn, song: Song
) -> None:
    card = await card_of(bot, song)
    standin.faults.append(Fault("PATCH", EDIT, 404, 10008, times=ALWAYS))

    await standin.press(READER, card, f"love:{song.id}")

    await eventually(lambda: seeded(bot, card) is None, "the card is forgotten")
    assert hearts(bot, song) == 1


async def test_a_channel_that_was_deleted_is_no_trouble(bot: BotProcess, standin: StandIn, song: Song) -> None:
    card = await card_of(bot, song)
    standin.faults.append(Fault("PATCH", EDIT, 404, 10003, times=ALWAYS))

    await standin.react(KOREAN, card, "❤️")

    await eventually(lambda: seeded(bot, card) is None, "the card is forgotten")
    assert hearts(bot, song) == 1


@pytest.mark.parametrize("whole_bot", [False, True], ids=["one route", "the whole bot"])
async def test_a_rate_limit_delays_the_count_on_a_card_but_loses_nothing(
    bot: BotProcess, standin: StandIn, song: Song, whole_bot: bool
) -> None:
    card = await card_of(bot, song)
    standin.faults.append(Fault("PATCH", EDIT, 429, retry_after_s=0.5, times=2, whole_bot=whole_bot))

    await standin.react(KOREAN, card, "❤️")

    await standin.until(lambda: "1 person here" in text_of(card), "the count is edited")
    assert hearts(bot, song) == 1


async def test_a_reply_that_is_too_large_comes_as_a_file(bot: BotProcess, standin: StandIn, song: Song) -> None:
    standin.faults.append(Fault("POST", CALLBACK, 400, 50035))

    reply = await standin.slash(READER, "song", song=song.id)

    assert "as a file" in reply.text


async def test_an_autocomplete_that_came_too_late_is_no_error(bot: BotProcess, standin: StandIn) -> None:
    fault = Fault("POST", CALLBACK, 404, 10062)
    standin.faults.append(fault)

    await standin.begin_complete(READER, "song", "song", song="gob")
    await standin.until(lambda: fault.struck == 1, "the choices were sent")

    assert (await standin.complete(READER, "song", "song", song="gob")).choices


async def test_an_answer_that_is_forbidden_is_told_in_a_sentence(bot: BotProcess, standin: StandIn, song: Song) -> None:
    card = await card_of(bot, song)
    standin.faults.append(Fault("POST", CALLBACK, 403, 50001))

    reply = await standin.press(READER, card, f"comments:{song.id}")

    assert reply.ephemeral
    assert "check my permissions" in reply.text


async def test_forbidden_edits_are_not_asked_for_again_and_again(bot: BotProcess, standin: StandIn) -> None:
    fault = Fault("PATCH", EDIT, 403, 50001, times=ALWAYS)
    standin.faults.append(fault)
    first, second = next(_SONGS), next(_SONGS)
    cards = [await card_of(bot, first), await card_of(bot, second)]

    await standin.react(KOREAN, cards[0], "❤️")
    await standin.until(lambda: fault.struck == 1, "the edit was refused")
    await standin.react(KOREAN, cards[1], "❤️")
    await eventually(lambda: hearts(bot, second) == 1, "the vote is kept")
    await asyncio.sleep(REDRAW_S)

    assert fault.struck == 1
    assert (hearts(bot, first), seeded(bot, cards[0])) == (1, 1)
