"""Measures of a bot that runs as a process beside the stand-in: its CPU, its memory, its answers a second."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.wire.routes import TOKEN
from tests.wire.standin import StandIn
from tests.wire.world import Payload

ROOT = Path(__file__).resolve().parents[2]
_START_S = 120.0
_REST_S = 0.05
"""Seconds in which a bot at rest takes hardly any CPU."""


class Served:
    """One bot as a process, and the Discord that it alone talks to."""

    def __init__(self, standin: StandIn, process: asyncio.subprocess.Process, started_s: float) -> None:
        self.standin = standin
        self.pid = process.pid
        self.started_s = started_s
        """Seconds from its start until it could answer."""

    def cpu(self) -> float:
        """Return the CPU seconds of all its threads (proc(5), /proc/pid/task/tid/schedstat, nanoseconds)."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """Return its resident memory in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@asynccontextmanager
async def serving(
    command: list[str], folder: Path, commands: dict[str | None, list[Payload]], guilds: int = 0, **settings: str
) -> AsyncIterator[Served]:
    """Start a bot against a stand-in of its own, and end it; `commands` are those registered by its last start."""
    async with StandIn() as standin:
        standin.commands = commands
        standin.gateway.more_guilds = guilds
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        wiring = {"PYTHONPATH": str(ROOT), "DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": standin.url}
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *command), cwd=folder, env={**kept, **wiring, **settings}, stdout=subprocess.DEVNULL
        )
        try:
            await standin.until(lambda: standin.gateway.identified > 0 and bool(standin.commands), "ready", _START_S)
            yield Served(standin, process, time.perf_counter() - begun)
        finally:
            process.terminate()
            await process.wait()


async def cpu_each(served: Served, ask: Callable[[int], Awaitable[object]], times: int) -> float:
    """Return the CPU seconds that one answer takes, asked one after the other."""
    before = served.cpu()
    for number in range(times):
        await ask(number)
    await asyncio.sleep(0.2)
    return (served.cpu() - before) / times


async def a_second(served: Served, ask: Callable[[int], Awaitable[object]], times: int, in_flight: int) -> float:
    """Return how many commands a second are done with so many in flight, what follows an answer included."""
    numbers = iter(range(times))

    async def keep_asking() -> None:
        for number in numbers:
            await ask(number)

    begun = time.perf_counter()
    await asyncio.gather(*(keep_asking() for _ in range(in_flight)))
    done = await _at_rest(served)
    return times / (done - begun)


async def _at_rest(served: Served) -> float:
    """Wait until a bot has nothing left to do, and return when that began."""
    while True:
        at, before = time.perf_counter(), served.cpu()
        await asyncio.sleep(_REST_S)
        if served.cpu() - before < _REST_S / 10:
            return at


async def latencies(ask: Callable[[int], Awaitable[object]], times: int, rate: float) -> list[float]:
    """Return the seconds each answer takes when questions come evenly, whether or not the last is answered."""
    waits: list[float] = []

    async def timed(number: int) -> None:
        begun = time.perf_counter()
        await ask(number)
        waits.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    tasks: list[asyncio.Task[None]] = []
    for number in range(times):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(timed(number)))
    await asyncio.gather(*tasks)
    return sorted(waits)


def at(quantile: float, ordered: list[float]) -> float:
    """Return a quantile of sorted values."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * quantile))]


def spread(values: list[float]) -> str:
    """Say median, least and most."""
    return f"{statistics.median(values):.2f} [{min(values):.2f}, {max(values):.2f}]"


def import_seconds(module: str, times: int) -> float:
    """Return the median seconds of importing a module in a fresh interpreter, less starting the interpreter."""
    code = f"import time; begun = time.perf_counter(); import {module}; print(time.perf_counter() - begun)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True).stdout)
        for _ in range(times)
    ]
    return statistics.median(runs)
