"""The command line of Noraebot: `python -m bot`, or `noraebot` where it is installed."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that help comes at once

from __future__ import annotations

import io
import os
import sys

from bot.commandline import arguments
from bot.commandline.exits import FAILED, INTERRUPTED, MISUSED, OK
from bot.commandline.signals import Told, told_between


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments say and return the exit code; wrong arguments raise SystemExit(2)."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _obey(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # What was left to print must not be tried again at exit (docs.python.org, signal, "Note on SIGPIPE").
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Told:
        return OK
    return code


def _obey(argv: list[str] | None) -> int:
    wanted = arguments.read(argv)
    match wanted.command:
        case "run":
            with told_between():
                from bot.commandline.serving import run

                return run()
        case "demo":
            from bot.commandline.serving import demo

            return demo(wanted.port, open_browser=not wanted.no_browser, locale=wanted.locale)
        case "check":
            from bot.commandline.asking import check

            return check(wanted.data, as_json=wanted.json)
        case "search":
            from bot.commandline.asking import search

            return search(wanted.words, wanted.limit, wanted.data, as_json=wanted.json, batch=wanted.batch)
        case "recommend":
            from bot.commandline.asking import Wishes, recommend

            wishes = Wishes(
                like=tuple(wanted.like),
                moods=tuple(wanted.mood),
                source=wanted.source,
                voices=wanted.voices,
                era=wanted.era,
                count=wanted.count or 3,
            )
            return recommend(wishes, wanted.data, wanted.lists, as_json=wanted.json, batch=wanted.batch)
        case "backup":
            from bot.commandline.copying import backup

            return backup(wanted.path, overwrite=wanted.overwrite)
        case "additions":
            from bot.commandline.additions import additions

            return additions(wanted.data, wanted.database, write=wanted.write)
        case "restore":
            from bot.commandline.copying import restore

            return restore(wanted.path)
        case _:
            arguments.parser().print_help(sys.stderr)
            return MISUSED


if __name__ == "__main__":
    sys.exit(main())
