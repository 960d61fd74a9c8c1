"""A headless Chromium driven over its DevTools protocol, with aiohttp alone."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--no-proxy-server",
    "--remote-debugging-port=0",
)
_START_SECONDS = 60.0
_POLL_SECONDS = 0.1
_KEY_CODES = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowDown": 40, "Backspace": 8}


class BrowserError(Exception):
    """The browser is missing, did not start, or a page's script failed."""


class Tab:
    """One page: go somewhere, type, press, look."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)

    async def call(self, method: str, **params: object) -> dict[str, object]:
        """Call a DevTools method and return its result; events in between are passed over."""
        wanted = next(self._ids)
        await self._socket.send_json({"id": wanted, "method": method, "params": params})
        while True:
            answer = await self._socket.receive_json()
            if answer.get("id") == wanted:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    async def run(self, script: str) -> object:
        """Evaluate JavaScript in the page and return its value."""
        answer = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(f"{script}: {json.dumps(answer['exceptionDetails'])[:400]}")
        result = answer["result"]
        assert isinstance(result, dict)
        return result.get("value")

    async def until(self, script: str, seconds: float) -> object:
        """Wait until the script's value is truthy and return it. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while True:
                if value := await self.run(script):
                    return value
                await asyncio.sleep(_POLL_SECONDS)

    async def resize(self, width: int, height: int) -> None:
        """Give the page a screen, in CSS pixels; narrow ones are phones."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    async def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        await self.call("Input.insertText", text=text)

    async def press(self, key: str) -> None:
        """Press and release one named key."""
        code = _KEY_CODES[key]
        for kind in ("rawKeyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    async def save_png(self, path: Path) -> None:
        """Keep what the screen shows."""
        answer = await self.call("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(str(answer["data"])))


@contextlib.asynccontextmanager
async def open_tab() -> AsyncIterator[Tab]:
    """Start a Chromium with a fresh profile, yield its only tab, and end it on every path."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise BrowserError("there is no Chromium here: install it (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory(prefix="noraebot-chromium-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *_FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            port = await _debugging_port(Path(profile) / "DevToolsActivePort", process)
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    targets = await answer.json()
                page = next(target for target in targets if target["type"] == "page")
                async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    yield Tab(socket)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _debugging_port(file: Path, process: asyncio.subprocess.Process) -> int:
    try:
        async with asyncio.timeout(_START_SECONDS):
            while True:
                lines = await asyncio.to_thread(_lines, file)
                if len(lines) > 1:
                    return int(lines[0])
                if process.returncode is not None:
                    raise BrowserError(f"Chromium ended at once with {process.returncode}")
                await asyncio.sleep(_POLL_SECONDS)
    except TimeoutError:
        raise BrowserError(f"Chromium opened no DevTools port in {_START_SECONDS:.0f} s") from None


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []
