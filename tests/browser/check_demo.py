"""Opens the demo in a browser, types a slash command, and fails unless a song comes back.

python -m tests.browser.check_demo [--screenshots DIR] [--locale ko]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from bot.catalogue import Catalogue, load
from tests.browser.chromium import BrowserError, Tab, open_tab

_DEMO = (sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0")
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/#\S+")
_START_SECONDS = 90.0
_ANSWER_SECONDS = 30.0
_END_SECONDS = 15.0
_REDRAW_SECONDS = 1.0
_SCREENS = ((390, 844), (1280, 900))

_READY = """window.simcordPreview?.ready && !window.simcordPreview.pendingAction
&& document.querySelector('#channel-message-list').children.length > 0
&& !document.querySelector('#channel-composer').hidden"""
_FOCUS = "document.querySelector('#channel-composer-input').focus()"
_OFFERED = "!!document.querySelector('.command-entry')"
_CHOSEN = "!!document.querySelector('.command-chip')"
_SENT = """(() => {
    const button = document.querySelector('#send-message'), page = window.simcordPreview;
    const free = page.ready && !page.pendingAction && !button.disabled;
    if (free && page.commandPicker.draft?.submittable) { button.click(); return true; }
})()"""
_COUNT = "document.querySelector('#channel-message-list').children.length"
_NEW_TEXT = "[...document.querySelector('#channel-message-list').children].slice({seen})\
.map(message => message.innerText).join('\\n')"


class CheckError(Exception):
    """The demo did not do what its visitor was promised."""


@contextlib.asynccontextmanager
async def demo(command: Sequence[str] = _DEMO) -> AsyncIterator[str]:
    """Run the demo as a process and yield its address; it must end cleanly when asked to."""
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        yield await _address(process)
        process.terminate()
        try:
            code = await asyncio.wait_for(process.wait(), _END_SECONDS)
        except TimeoutError:
            raise CheckError(f"the demo was still running {_END_SECONDS:.0f} s after SIGTERM") from None
        if code != 0:
            raise CheckError(f"the demo ended with exit code {code}, not 0")
    finally:
        if process.returncode is None:
            await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a demo whose check has failed: gently, so that it clears its folder away, then not."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _END_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_START_SECONDS):
            while line := (await process.stdout.readline()).decode():
                if found := _ADDRESS.search(line):
                    return found.group()
    except TimeoutError:
        raise CheckError(f"the demo printed no address in {_START_SECONDS:.0f} s") from None
    raise CheckError(f"the demo ended before it printed an address (exit code {await process.wait()})")


async def ask(tab: Tab, command: str) -> int:
    """Type a slash command as a visitor does; returns how many messages were there before."""
    try:
        await tab.until(_READY, _ANSWER_SECONDS)
        seen = await tab.run(_COUNT)
        await tab.run(_FOCUS)
        await tab.type(command)
        await tab.until(_OFFERED, _ANSWER_SECONDS)
        await tab.press("Tab")
        await tab.until(_CHOSEN, _ANSWER_SECONDS)
        await tab.until(_SENT, _ANSWER_SECONDS)
    except TimeoutError:
        raise CheckError(f"{command} could not be typed: the page never offered it") from None
    assert isinstance(seen, int)
    return seen


async def answered_song(tab: Tab, seen: int, catalogue: Catalogue) -> str:
    """Wait for a new message that names a song together with its drama; returns the song's title."""
    text: object = ""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_ANSWER_SECONDS):
            while True:
                text = await tab.run(_NEW_TEXT.format(seen=seen))
                if title := _song_in(str(text), catalogue):
                    return title
                await asyncio.sleep(0.2)
    raise CheckError(f"no answer with a song in {_ANSWER_SECONDS:.0f} s; the channel showed: {str(text)!r}")


def _song_in(text: str, catalogue: Catalogue) -> str | None:
    found = ""
    for song in catalogue.songs.values():
        drama = catalogue.dramas[song.drama]
        if any(name and name in text for name in (drama.title, drama.title_ko)):
            found = max(
                found, *(title for title in (song.title, song.title_ko) if title and title in text), "", key=len
            )
    return found or None


async def check(command: Sequence[str], screenshots: Path | None) -> str:
    """Go through the whole visit once; returns the title of the song that came back."""
    catalogue = load()
    async with demo(command) as address, open_tab() as tab:
        await tab.resize(*_SCREENS[-1])
        await tab.call("Page.navigate", url=address)
        try:
            seen = await ask(tab, "/recommend")
            return await answered_song(tab, seen, catalogue)
        finally:
            if screenshots is not None:
                await _photograph(tab, screenshots)


async def _photograph(tab: Tab, folder: Path) -> None:
    for width, height in _SCREENS:
        await tab.resize(width, height)
        await asyncio.sleep(_REDRAW_SECONDS)
        await tab.save_png(folder / f"recommend-{width}x{height}.png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check once and say in one line what came of it."""
    parser = argparse.ArgumentParser(prog="check_demo", description=__doc__)
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="keep PNGs, phone and desktop")
    parser.add_argument("--locale", choices=("en", "ko"), default="en", help="language of the demo")
    chosen = parser.parse_args(arguments)
    if chosen.screenshots is not None:
        chosen.screenshots.mkdir(parents=True, exist_ok=True)
    command = _DEMO if chosen.locale == "en" else (*_DEMO, "--locale", chosen.locale)
    try:
        title = asyncio.run(check(command, chosen.screenshots))
    except (CheckError, BrowserError) as failure:
        print(f"The demo failed its check: {failure}", file=sys.stderr)
        return 1
    print(f"The demo answered /recommend in the browser, with {json.dumps(title, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
