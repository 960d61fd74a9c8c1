"""Hearts of many people at once: they share commits, and each person's own come in their order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from simcord import ResponseMessage

from bot.store import StoreBusy, database
from bot.ui import healing
from cogs import voting
from tests.flow.test_voting import SONG, card_of, loves
from tests.flow.world import World

FIRST, SECOND = 10**17, 10**17 + 1


def tell(world: World, what: str, message: ResponseMessage, user: int = 0, emoji: str = "❤️") -> None:
    """Have the library tell of a reaction, and wait for nothing."""
    heart = SimpleNamespace(id=None, name=emoji)
    event: Any = SimpleNamespace(message_id=message.id, channel_id=world.channel.id, guild_id=world.guild.id)
    event.user_id, event.emoji, event.burst, event.member, event.message_author_id = user, heart, False, None, None
    world.bot.dispatch(f"raw_reaction_{what}", event)


async def all_heard() -> None:
    """Wait until everything told is heard; raises TimeoutError."""
    hearing = [task for task in asyncio.all_tasks() if "on_raw_reaction" in task.get_name()]
    async with asyncio.timeout(5):
        await asyncio.gather(*hearing)


async def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened; raises TimeoutError."""
    async with asyncio.timeout(5):
        while not happened():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.01)


async def test_a_crowd_under_one_card_shares_its_commits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    message = await card_of(world)
    sizes: list[int] = []
    commit = database.commit_together
    monkeypatch.setattr(database, "commit_together", lambda db, units: sizes.append(len(units)) or commit(db, units))

    for number in range(200):
        tell(world, "add", message, FIRST + number)
    await all_heard()

    assert world.bot.store.tally.here(world.guild.id, SONG) == 200
    assert sum(sizes) == 200
    assert len(sizes) < 100


async def test_a_heart_given_and_taken_back_at_once_ends_so(world: World) -> None:
    message = await card_of(world)

    for _ in range(20):
        tell(world, "add", message, FIRST)
        tell(world, "remove", message, FIRST)
        tell(world, "remove", message, SECOND)
        tell(world, "add", message, SECOND)
    await all_heard()

    assert not await loves(world, FIRST)
    assert await loves(world, SECOND)
    assert world.bot.store.tally.everywhere(SONG) == 1


async def test_what_is_heard_while_a_lost_card_is_read_back_is_kept_in_order(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await card_of(world)
    await world.bot.store.cards.forget(message.id)
    fetched: list[int] = []
    go_on = asyncio.Event()
    fetch = healing.Cards._fetch

    async def slowly(self: healing.Cards, channel: int, id: int) -> Any:
        fetched.append(id)
        await go_on.wait()
        return await fetch(self, channel, id)

    monkeypatch.setattr(healing.Cards, "_fetch", slowly)
    tell(world, "add", message, FIRST)
    tell(world, "add", message, SECOND)
    tell(world, "remove", message, FIRST)
    tell(world, "clear", message)
    await until(lambda: bool(fetched))
    assert world.bot.store.tally.everywhere(SONG) == 0
    go_on.set()
    await all_heard()

    assert fetched == [message.id]
    assert not await loves(world, FIRST)
    assert await loves(world, SECOND)
    card = await world.bot.store.cards.get(message.id)
    assert card is not None
    assert card.cleared


async def test_a_heart_that_waits_for_the_store_holds_up_its_giver_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await card_of(world)
    marks = world.bot.store.marks
    react, refused = marks.react, []

    async def busy_once(user: int, *rest: Any) -> bool:
        if user == FIRST and not refused:
            refused.append(user)
            raise StoreBusy(world.bot.store.path)
        return await react(user, *rest)

    monkeypatch.setattr(marks, "react", busy_once)
    monkeypatch.setattr(voting, "_AGAIN_S", (0.3,))
    tell(world, "add", message, FIRST)
    tell(world, "remove", message, FIRST)
    tell(world, "add", message, SECOND)

    await until(lambda: world.bot.store.tally.everywhere(SONG) == 1)
    assert refused == [FIRST]
    assert await loves(world, SECOND)
    await all_heard()
    world.forgive("could not be counted")
    assert not await loves(world, FIRST)
    rows = await world.bot.store.recounts.counts([message.id])
    assert rows[message.id] == {("❤", False): 1}


async def test_a_song_renamed_under_a_busy_card_gets_the_hearts_that_follow(world: World) -> None:
    message = await card_of(world)
    tell(world, "add", message, FIRST)
    await all_heard()

    await world.bot.store.songs.rename({SONG: "goblin-beautiful"})
    tell(world, "add", message, SECOND)
    await all_heard()

    assert await loves(world, FIRST, "goblin-beautiful")
    assert await loves(world, SECOND, "goblin-beautiful")
    assert not await loves(world, SECOND)
