"""Builds the world each flow plays in, and refuses what the bot should never have logged or sent."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import discord
import pytest
import simcord
from discord.app_commands import AppCommandError
from discord.ext import commands

from bot import app, library
from bot.app import create_bot
from bot.catalogue import Catalogue, load
from bot.catalogue.loader import DATA
from bot.catalogue.search import SearchIndex
from bot.settings import Settings
from bot.ui import redrawing
from tests.conftest import HOLDS
from tests.flow.holds import Holds, watching
from tests.flow.world import DAY, ENGLISH, GATHER_S, SETTLED_DAYS, Complaints, World, speaking

_LOGGERS = ("discord", "bot", "cogs")

_curated = cache(load)


@cache
def _index_of_curated() -> SearchIndex:
    return SearchIndex(_curated(DATA))


@pytest.fixture
def locale() -> str:
    """The language of clients and server; override with parametrize("locale", [...])."""
    return ENGLISH


@pytest.fixture
def data() -> Path:
    """The data folder the bot reads; override for a catalogue of one's own."""
    return DATA


@pytest.fixture(autouse=True)
def read_curated_data_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share the curated catalogue and its index between tests: both are immutable, and no test's garbage is kept."""

    def open_catalogue(folder: Path = DATA) -> Catalogue:
        return _curated(DATA) if folder == DATA else load(folder)

    def open_index(catalogue: Catalogue) -> SearchIndex:
        return _index_of_curated() if catalogue is _curated(DATA) else SearchIndex(catalogue)

    monkeypatch.setattr(library, "load", open_catalogue)
    monkeypatch.setattr(library, "SearchIndex", open_index)
    monkeypatch.setattr(app, "kept_for_good", nullcontext)


@pytest.fixture(autouse=True)
def edit_counts_on_the_virtual_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gather the votes on a card for longer than the simulator waits in real time, so that no test does."""
    monkeypatch.setattr(redrawing, "GATHER_S", GATHER_S)


@pytest.fixture(autouse=True)
def holds(request: pytest.FixtureRequest) -> Iterator[Holds]:
    """Watch how long the bot holds the loop in a test; one hold that is far too long fails it."""
    watched = Holds()
    with watching(watched):
        yield watched
    request.config.stash[HOLDS].add(watched)
    assert watched.too_long() == []


@pytest.fixture
async def world(tmp_path: Path, locale: str, data: Path) -> AsyncIterator[World]:
    """A server with two readers and a manager who also operates the bot, all long-standing members."""
    complaints = Complaints()
    spoken: list[World] = []
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(complaints)
    empty = commands.AutoShardedBot("!", intents=discord.Intents.default())
    env = simcord.Env(empty, shard_count=1)
    try:
        with speaking(lambda: spoken[0].locale if spoken else locale):
            await env.start()
            world = await _furnish(env, tmp_path, locale, data, complaints)
            spoken.append(world)
            await env.restart_bot(world.bot)
            yield world
            await env.settle()
            assert complaints.lines == []
            assert [error for error in env.errors if not isinstance(error, AppCommandError)] == []
            assert world.refused() == []
    finally:
        if spoken:
            await spoken[0].bot.close()
        await env.shutdown()
        for name in _LOGGERS:
            logging.getLogger(name).removeHandler(complaints)


async def _furnish(env: simcord.Env, folder: Path, locale: str, data: Path, complaints: Complaints) -> World:
    owner = env.create_user("hana", global_name="Hana")
    guild = env.create_guild("K-drama Club", owner=owner, preferred_locale=locale)
    managing = guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    manager = guild.add_member(owner, roles=[managing])
    reader = guild.add_member(env.create_user("mina", global_name="Mina"))
    other = guild.add_member(env.create_user("joon", global_name="Joon"))
    channel = guild.create_text_channel("soundtracks")
    await env.advance_time(SETTLED_DAYS * DAY)
    settings = Settings(
        token=None,
        database=folder / "flow.sqlite3",
        data=data,
        owner_ids=frozenset({owner.id}),
        admin_guild_id=guild.id,
    )
    return World(env, guild, channel, reader, other, manager, settings, create_bot(settings), complaints, locale)
