"""Starts the bot on Discord or in the browser; what hinders it is told in plain words."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from dotenv import dotenv_values

from bot.catalogue import CatalogueError
from bot.commandline.exits import FAILED, MISUSED
from bot.commandline.partings import parting
from bot.settings import Settings, SettingsError
from bot.store import StoreError

_DOTENV = Path(".env")
_LOCKED_OUT = (
    "DISCORD_TOKEN is missing: without a bot token Discord lets nobody in. Make one at"
    " https://discord.com/developers/applications (your application, page “Bot”)"
)


def run() -> int:
    """Serve Discord until stopped; returns the exit code."""
    try:
        settings = Settings.read()
    except SettingsError as error:
        problems = error.problems if _token_is_given() else [*error.problems, _LOCKED_OUT]
        return _refused(problems)
    if settings.token is None:
        return _refused([_LOCKED_OUT])

    from bot.app import serve  # noqa: PLC0415 - a missing token is told without building the house

    try:
        with asyncio.Runner(loop_factory=_fastest_loop()) as runner:
            return runner.run(serve(settings))
    except CatalogueError as error:
        print(f"The catalogue in {settings.data} has mistakes, so the bot did not start:", file=sys.stderr)
        print(error, file=sys.stderr)
        return FAILED
    except StoreError as error:
        print(error, file=sys.stderr)
        return FAILED
    except Exception as error:
        parted = parting(error, _DOTENV.absolute())
        if parted is None:
            raise
        sentence, code = parted
        print(sentence, file=sys.stderr)
        return code


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Choose uvloop where it is installed, which takes a fifth of the CPU off each answer; Windows has none."""
    try:
        import uvloop  # noqa: PLC0415 - see above
    except ModuleNotFoundError:
        return None
    return uvloop.new_event_loop


def demo(port: int, *, open_browser: bool, locale: str) -> int:
    """Show the bot in the browser until Ctrl-C; returns the exit code."""
    try:
        from bot.demo import run_demo  # noqa: PLC0415 - what it needs may not be installed
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "simcord":
            raise
        print("The demo needs SimCord, which is not installed: pip install -e '.[demo]'", file=sys.stderr)
        return MISUSED
    return run_demo(port, open_browser, locale)


def _token_is_given() -> bool:
    """Tell whether a token is set at all, when other settings kept them all from being read."""
    try:
        kept = dotenv_values(_DOTENV) if _DOTENV.is_file() else {}
    except (OSError, UnicodeDecodeError):
        return True
    return bool(({**kept, **os.environ}.get("DISCORD_TOKEN") or "").strip())


def _refused(problems: Iterable[str]) -> int:
    print("Noraebot cannot start yet:", file=sys.stderr)
    for problem in problems:
        print(f"- {problem}", file=sys.stderr)
    example = "" if _DOTENV.is_file() else "; copy .env.example, it explains every setting"
    print(f"Settings are kept in the file {_DOTENV.absolute()}{example}.", file=sys.stderr)
    print("To try the bot without a token: python -m bot demo", file=sys.stderr)
    return MISUSED
