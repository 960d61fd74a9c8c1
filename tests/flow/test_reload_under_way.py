"""A reload while people are being answered: nobody's press or command is dropped."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from simcord import InteractionResult

from bot.locale import texts_for
from bot.store import Pressed
from tests.flow.world import World, answer, answers, seen

SONG, OTHER = "goblin-stay-with-me", "goblin-beautiful"
ADD = {
    "id": "1",
    "name": "favourites",
    "type": 1,
    "options": [{"type": 1, "name": "add", "options": [{"type": 3, "name": "song", "value": OTHER}]}],
}
"""/favourites add, as it arrives."""


@pytest.mark.parametrize("what", ["catalogue", "voting", "favourites", "all"])
async def test_what_is_being_answered_while_a_reload_runs_is_answered(
    world: World, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    reloaded, held = asyncio.Event(), list[str]()
    press, sync = world.bot.store.marks.press, world.bot.sync_changed_commands

    async def slow_press(user: int, song: str, *rest: Any) -> Pressed:
        held.append(song)
        await reloaded.wait()
        return await press(user, song, *rest)

    async def sync_after_reload(**how: bool) -> int:
        assert sorted(held) == [OTHER, SONG]
        reloaded.set()
        return await sync(**how)

    monkeypatch.setattr(world.bot.store.marks, "press", slow_press)
    monkeypatch.setattr(world.bot, "sync_changed_commands", sync_after_reload)
    pressed = world.submit(world.reader, f"love:{SONG}")
    typed = world._emit(world.other, 2, ADD, {})

    told = await world.say(world.manager, "admin reload", what=what)
    await world.env.settle()

    assert "❌" not in seen(told)
    assert "Saved" in seen(pressed)
    assert "Saved" in seen(typed)
    assert world.bot.store.tally.here(world.guild.id, SONG) == 1
    assert world.bot.store.tally.here(world.guild.id, OTHER) == 1


async def test_a_press_in_the_very_moment_of_a_reload_is_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reload = world.bot.reload_extension
    presses: list[InteractionResult] = []

    async def reload_under_fire(name: str) -> None:
        presses.append(world.submit(world.reader, f"love:{SONG}"))
        presses.append(world._emit(world.other, 2, ADD, {}))
        await asyncio.sleep(0)
        under_way = asyncio.ensure_future(reload(name))
        while not under_way.done():
            presses.append(world.submit(world.reader, f"love:{SONG}"))
            await asyncio.sleep(0)
        await under_way

    monkeypatch.setattr(world.bot, "reload_extension", reload_under_fire)

    told = await world.say(world.manager, "admin reload", what="all")
    await world.env.settle()

    assert "❌" not in seen(told)
    assert len(presses) >= 3 * len(world.bot.extensions)
    stale = texts_for("en")("error.stale")
    assert [seen(one) for one in presses if len(answers(one)) != 1 or seen(one) == stale] == []
    assert await world.bot.store.marks.total(world.reader.id) == 1


async def test_a_cog_reloaded_while_its_modal_is_open_takes_what_was_written(world: World) -> None:
    modal = await world.forge(world.reader, f"say-why:{SONG}")
    assert modal.modal is not None
    await world.say(world.manager, "admin reload", what="comments")

    fields = {
        c["component"]["custom_id"] if "component" in c else c["components"][0]["custom_id"]: ""
        for c in modal.modal["components"]
    }
    told = await world.reader.submit_modal(modal, {next(iter(fields)): "That snow scene."})

    assert answer(told).ephemeral
    assert world.bot.store.comments.count(world.guild.id, SONG) == 1
