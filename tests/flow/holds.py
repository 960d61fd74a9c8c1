"""Watches how long each callback holds the event loop, in CPU time, since a shared machine's clock says little."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

LIMIT_S: Final = 0.25
"""A hold past this fails the test in which it happened."""
MEANT_S: Final = 0.02
"""No callback of the bot is meant to hold the loop for longer."""
_KEPT: Final = 8
"""How many of the longest are reported, each holder once."""
_TESTS: Final = str(Path(__file__).resolve().parents[1])
_NOT_OURS: Final = (_TESTS, "/simcord/", "/pytest_asyncio/", "/asyncio/")
"""Whose code is not the bot's: what the tests and the simulator do in between does not count."""


@dataclass(slots=True)
class Holds:
    """The longest holds seen, by who held."""

    longest: dict[str, float] = field(default_factory=dict)
    """Seconds of CPU, the garbage collector's aside."""
    over: int = 0
    """How many were longer than is meant."""
    total: int = 0
    collecting: float = 0.0
    """The garbage collector's longest hold, in seconds."""

    def note(self, who: str, seconds: float) -> None:
        """Keep one hold."""
        self.total += 1
        self.over += seconds > MEANT_S
        who = who.encode("ascii", "backslashreplace").decode()
        if seconds > self.longest.get(who, 0.0):
            self.longest[who] = seconds

    def add(self, other: Holds) -> None:
        """Keep what another watched."""
        for who, seconds in other.longest.items():
            self.longest[who] = max(seconds, self.longest.get(who, 0.0))
        self.over += other.over
        self.total += other.total
        self.collecting = max(self.collecting, other.collecting)

    def too_long(self) -> list[str]:
        """Name who held the loop past the limit."""
        return [_line(who, seconds) for who, seconds in self.longest.items() if seconds > LIMIT_S]

    def report(self) -> list[str]:
        """Write down the longest, longest first."""
        ranked = sorted(self.longest.items(), key=lambda hold: -hold[1])[:_KEPT]
        heading = (
            f"{self.total:,} callbacks, {self.over:,} over {MEANT_S * 1000:.0f} ms;"
            f" garbage collection {self.collecting * 1000:.1f} ms at most"
        )
        return [heading, *(_line(who, seconds) for who, seconds in ranked)]


def _line(who: str, seconds: float) -> str:
    return f"{seconds * 1000:7.1f} ms  {who}"


@contextmanager
def watching(into: Holds, everybody: bool = False) -> Iterator[None]:
    """Measure every callback of every loop in this thread; those of the bot only, or everybody's."""
    run: Callable[[asyncio.Handle], None] = asyncio.Handle._run  # pyright: ignore[reportAttributeAccessIssue]
    collected = [0.0, 0.0]

    def collect(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            collected[1] = time.thread_time()
        else:
            took = time.thread_time() - collected[1]
            collected[0] += took
            into.collecting = max(into.collecting, took)

    def measured(handle: asyncio.Handle) -> None:
        callback = getattr(handle, "_callback", None)
        who, file = _holder(callback)
        before, swept = time.thread_time(), collected[0]
        run(handle)
        spent = time.thread_time() - before - (collected[0] - swept)
        if everybody or not any(part in file for part in _NOT_OURS):
            into.note(who, spent)

    gc.callbacks.append(collect)
    try:
        with patch.object(asyncio.Handle, "_run", measured):
            yield
    finally:
        gc.callbacks.remove(collect)


def _holder(callback: Any) -> tuple[str, str]:
    """Name who a callback belongs to, and the file of its code; the simulator wraps each in one of its own."""
    while (inner := getattr(callback, "__simcord_original_callback__", callback)) is not callback:
        callback = inner
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, asyncio.Task):
        coroutine: Any = owner.get_coro()
        code = getattr(coroutine, "cr_code", None)
        name = getattr(coroutine, "__qualname__", "?")
        task = owner.get_name()
        if task == "CommandTree-invoker":
            name = f"/{_command(coroutine)}"
        elif task.startswith("discord-ui-"):
            name = task.partition(":")[0]
        elif not task.startswith("Task-"):
            name = f"{name} in {task.rstrip('0123456789 ')}"
        return name, getattr(code, "co_filename", "")
    code = getattr(getattr(callback, "__func__", callback), "__code__", None)
    name = getattr(callback, "__qualname__", type(callback).__name__)
    return name, getattr(code, "co_filename", "")


def _command(coroutine: Any) -> str:
    """Name the command that a task of the command tree is about to go on with."""
    frame = getattr(coroutine, "cr_frame", None)
    interaction = frame.f_locals.get("interaction") if frame else None
    given: Any = getattr(interaction, "data", None) or {}
    words = [given.get("name", "?")]
    while (options := given.get("options")) and options[0]["type"] < 3:
        given = options[0]
        words.append(given["name"])
    kind = getattr(getattr(interaction, "type", None), "name", "")
    return " ".join(map(str, words)) + (" (choices)" if kind == "autocomplete" else "")
