"""Stopping within five seconds, whatever is going on: no new work, the begun to its end, then the door."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from discord.ext import commands

log = logging.getLogger(__name__)

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_ANSWERS: Final = ("discord.py: on_", "CommandTree-invoker", "discord-ui-")
"""How discord.py names the tasks in which commands, components and events are answered."""
_GOODBYE: Final = 1.0
"""Seconds the gateway gets to acknowledge that we leave."""
_LAST_ANSWERS: Final = 2.0
"""Seconds that answers under way get to come to their end."""
_GIVING_UP: Final = 0.3
"""Seconds that work gets to notice that it was given up."""


async def hang_up(bot: commands.AutoShardedBot) -> None:
    """Leave the gateway, so that nothing new arrives, while answers can still be sent."""
    leaving = [shard.disconnect() for shard in bot.shards.values()]
    await within(_GOODBYE, asyncio.gather(*leaving, return_exceptions=True), "the gateway did not say goodbye")


async def finish_answers() -> None:
    """Let what is being answered or counted come to its end, for a short while; then give up the rest."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _LAST_ANSWERS
    while (answering := _answering()) and loop.time() < until:
        await asyncio.wait(answering, timeout=until - loop.time())
    for task in answering:
        task.cancel()
    if answering:
        log.warning("%d answers took too long and were given up", len(answering))
        await asyncio.wait(answering, timeout=_GIVING_UP)


def _answering() -> list[asyncio.Task[Any]]:
    mine = asyncio.current_task()
    return [task for task in asyncio.all_tasks() if task is not mine and task.get_name().startswith(_ANSWERS)]


async def within(seconds: float, work: Coroutine[Any, Any, Any] | asyncio.Future[Any], otherwise: str) -> None:
    """Wait for something for so long and no longer; given up, it is told in the log."""
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        log.warning("%s within %g s", otherwise[0].upper() + otherwise[1:], seconds)


async def ended_when_cancelled(work: Coroutine[Any, Any, None]) -> None:
    """Do something that may miss being cancelled, as everything under asyncio.wait_for may before Python 3.12."""
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.wait({task}, timeout=_GIVING_UP)
        raise
    await task


@contextmanager
def cancelled_when_told(task: asyncio.Task[Any]) -> Iterator[None]:
    """Cancel a task at the first SIGTERM or Ctrl-C; more of them change nothing, to the end of the process.

    Left to the loop, the handlers would go with it, and the next signal would kill what is just ending.
    """
    loop = asyncio.get_running_loop()
    told = False

    def stop() -> None:
        nonlocal told
        if not told:
            told = True
            task.cancel()

    for number in _SIGNALS:
        try:
            loop.add_signal_handler(number, stop)
        except (NotImplementedError, ValueError):
            log.debug("%s cannot be caught here", number.name)
    try:
        yield
    finally:
        for number in _SIGNALS:
            with suppress(NotImplementedError, ValueError):
                if loop.remove_signal_handler(number):
                    signal.signal(number, signal.SIG_IGN)
