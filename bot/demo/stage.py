"""Runs the demo: raises the curtain on a free port, lets time pass, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import discord
import simcord
from discord.ext import commands
from simcord import interactions

from bot.app import create_bot
from bot.demo.world import build, furnish, welcome
from bot.settings import Settings

if TYPE_CHECKING:
    from simcord import Env
    from simcord.preview import Preview

_ADDRESS = "127.0.0.1"
_BEAT_SECONDS = 0.5
_START_SECONDS = 60.0
_ACTION_SECONDS = 2.5
"""How long a press waits for what it sets off: shorter than the pause before a card's count is redrawn."""
_SEEN = ("MESSAGE_", "CHANNEL_", "GUILD_MEMBER_", "THREAD_")
"""Gateway events after which a page shows something else."""

log = logging.getLogger(__name__)


def run_demo(port: int, open_browser: bool, locale: str) -> int:
    """Show the bot until Ctrl-C; returns the exit code. Port 0 takes any free one."""
    if problem := _obstacle(port):
        print(f"{problem}. Take any free one: python -m bot demo --port 0", file=sys.stderr)
        return 1
    # KeyboardInterrupt before the signal handlers are in place leaves as quietly as after it.
    with contextlib.suppress(KeyboardInterrupt):
        return asyncio.run(_play(port, open_browser, "ko" if locale.startswith("ko") else "en"))
    return 0


def _obstacle(port: int) -> str | None:
    """Say why a port cannot be listened on; None where it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except PermissionError:
            return f"Port {port} is not open to you on this machine"
        except OSError:
            return f"Port {port} is taken by another program"
    return None


async def _play(port: int, open_browser: bool, locale: str) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: its loop knows no signal handlers
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))
    print("Noraebot's demo is starting …", flush=True)
    empty = commands.AutoShardedBot("!", intents=discord.Intents.default())
    with tempfile.TemporaryDirectory(prefix="noraebot-demo-") as folder, _as_installed(locale):
        async with simcord.run(empty, shard_count=1, check_errors=False, settle_timeout=_START_SECONDS) as env:
            world = await build(env, locale)
            bot = create_bot(
                Settings(
                    database=Path(folder) / "demo.sqlite3",
                    owner_ids=frozenset({world.operator}),
                    admin_guild_id=world.guild,
                    log_level="WARNING",
                )
            )
            try:
                await env.restart_bot(bot)
                await furnish(bot, world, int(env.now().timestamp()), locale)
                await welcome(bot, world, locale)
                await env.settle()
                env.settle_timeout = _ACTION_SECONDS
                curtain = env.preview(
                    world.channel,
                    viewers=world.viewers,
                    layout="channel",
                    locale="ko" if locale == "ko" else "en-US",
                    port=port,
                )
                async with curtain as preview:
                    print(f"Open {preview.url}\nCtrl-C ends the demo.", flush=True)
                    if open_browser:
                        await asyncio.to_thread(webbrowser.open, preview.url)
                    await _until_closed(env, preview, stop)
            finally:
                await bot.close()
    return 0


@contextlib.contextmanager
def _as_installed(locale: str) -> Iterator[None]:
    """Let interactions say what Discord's would: who installed the bot, and the language of the demo."""
    plain = interactions.base_payload
    spoken = "ko" if locale == "ko" else "en-US"

    def installed(*args: object, **kwargs: object) -> object:
        record, payload = plain(*args, **kwargs)  # type: ignore[arg-type]
        payload["locale"] = spoken
        if "guild_locale" in payload:
            payload["guild_locale"] = spoken
        if payload.get("guild_id"):
            payload["authorizing_integration_owners"] = {"0": payload["guild_id"]}
        return record, payload

    interactions.base_payload = installed  # pyright: ignore[reportAttributeAccessIssue]
    try:
        yield
    finally:
        interactions.base_payload = plain


async def _until_closed(env: Env, preview: Preview, stop: asyncio.Event) -> None:
    """Let time pass until a signal comes or the page's own “End preview session” is pressed."""
    waits = (
        asyncio.create_task(stop.wait()),
        asyncio.create_task(preview.wait_closed()),
        asyncio.create_task(_pass_time(env, preview)),
    )
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


async def _pass_time(env: Env, preview: Preview) -> None:
    """Advance the simulated clock with the real one; redraw pages only when the world changed.

    The simulator refuses two operations at once and a page takes that for a lost connection, so a
    visitor's action and the clock take turns. A page reckons "a minute ago" from the moment it is told.
    """
    turn = asyncio.Lock()
    act = preview._action

    async def act_in_turn(*args: object, **kwargs: object) -> object:
        async with turn:
            preview._advance_presentation_time()
            return await act(*args, **kwargs)  # type: ignore[arg-type]

    preview._action = act_in_turn  # pyright: ignore[reportAttributeAccessIssue]
    changed = False

    def notice(event: str, payload: Mapping[str, object]) -> None:
        nonlocal changed
        changed = changed or event.startswith(_SEEN)

    env.backend.subscribers.append(notice)
    last = time.monotonic()
    while True:
        await asyncio.sleep(_BEAT_SECONDS)
        now = time.monotonic()
        try:
            async with turn:
                await env.advance_time(now - last)
                last = now
                if changed:
                    changed = False
                    await preview.refresh()
        except simcord.SetupError as error:  # "operation overlaps": the page's own
            log.debug("This beat waits for the next: %s", error)
        except TimeoutError as error:
            last = now
            log.info("The bot is still at work: %s", error)
