"""The real bot as a process of its own, aimed at the stand-in."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.wire import world
from tests.wire.routes import TOKEN
from tests.wire.standin import StandIn

_ROOT = Path(__file__).resolve().parents[2]
_START_S = 40.0
"""Patience for a start; loading the catalogue on a busy machine takes most of it."""


class BotProcess:
    """`python -m bot run` in a folder of its own, on a database that outlives it."""

    def __init__(self, standin: StandIn, folder: Path, token: str = TOKEN, **settings: str) -> None:
        self.standin = standin
        self.program: tuple[str, ...] = ("-m", "bot", "run")
        """What Python is told to run."""
        self.through: tuple[str, ...] = ()
        """What starts Python, by becoming it: a program that takes rights or room from it first."""
        self.database = folder / "noraebot.sqlite3"
        self._folder = folder
        self._log = folder / "bot.log"
        self.environ = {
            **{key: os.environ[key] for key in ("PATH", "HOME", "LANG", "SYSTEMROOT") if key in os.environ},
            "PYTHONPATH": str(_ROOT),
            "PYTHONUNBUFFERED": "1",
            "DISCORD_TOKEN": token,
            "DISCORD_API_URL": standin.url,
            "DATABASE": str(self.database),
            "ADMIN_GUILD_ID": world.GUILD_ID,
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> BotProcess:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.running:
            await self.kill()

    @property
    def running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._running.pid

    @property
    def cpu_s(self) -> float:
        """Seconds of processor time the process has had, over all its threads; 0 where the system does not say."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return 0.0
        user, system = stat.read_text("ascii").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    @property
    def output(self) -> str:
        """All that the bot has written, over every start."""
        return self._log.read_text("utf-8") if self._log.exists() else ""

    async def launch(self) -> None:
        """Start the process, without waiting for what it does."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(*self.through, sys.executable, *self.program),
                cwd=self._folder,
                env=self.environ,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def start(self) -> None:
        """Start the process and wait until it listens, its commands synced. Raises when it ends before."""
        begun = self.standin.gateway.identified
        await self.launch()

        def listens() -> bool:
            gateway = self.standin.gateway
            return gateway.connected and gateway.identified > begun and bool(self.standin.commands)

        listening = asyncio.create_task(self.standin.until(listens, "the bot listens", _START_S))
        ending = asyncio.create_task(self._running.wait())
        await asyncio.wait({listening, ending}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if not listening.done():
            listening.cancel()
            raise RuntimeError(f"the bot ended with {self._running.returncode}:\n{self.output[-4000:]}")
        try:
            await listening
        except TimeoutError as error:
            error.add_note(self.output[-4000:])
            raise

    async def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        self._running.kill()
        await self.ended(within_s=10.0)
        await self.standin.until(lambda: not self.standin.gateway.connected, "the connection is gone")

    def terminate(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end: SIGTERM, or SIGINT as Ctrl-C does."""
        if self.running:
            self._running.send_signal(number)

    async def ended(self, within_s: float) -> int:
        """Wait for its end and return the exit code. Raises TimeoutError, with what it wrote."""
        try:
            return await asyncio.wait_for(self._running.wait(), within_s)
        except TimeoutError:
            raise TimeoutError(f"the bot still runs after {within_s:g} s:\n{self.output[-4000:]}") from None

    @property
    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise RuntimeError("the bot was not started")
        return self._process
