"""The words of the command line, and the help that teaches them."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from bot import __version__

DEMO_PORT = 8765
SEARCH_LIMIT = 10
MAX_COUNT = 5
"""Songs in one recommendation, at most; as many as the bot gives in Discord."""
_LARGEST_PORT = 65535
_ERA = re.compile(r"(\d{4})|(\d{4})?[-–](\d{4})?", re.ASCII)

_OVERVIEW = """\
start here:
  %(prog)s demo                        try the bot in your browser; needs no Discord account
  %(prog)s run                         serve Discord, with the token in the file .env
  %(prog)s check                       is the catalogue right? how much is in it?
  %(prog)s search stay with me         find songs, in any spelling or script
  %(prog)s recommend --mood rainy-day  what to hear next, and why
  %(prog)s backup ~/noraebot.sqlite3   copy the database, also while the bot runs
  %(prog)s additions                   songs added in Discord, as text for a pull request

Each command explains itself: %(prog)s COMMAND --help

exit codes: 0 all is well, 1 it went wrong, 2 a setting or an argument needs to be changed
"""
_RUN = """\
Settings are read from the environment and from the file .env in the folder you are in;
copy .env.example to .env, it explains every one. Only DISCORD_TOKEN is needed.
Ctrl-C or SIGTERM stops the bot cleanly.
"""
_DEMO = """\
examples:
  %(prog)s                 in English, on port {port}
  %(prog)s --locale ko     for a Korean reader, on a Korean server
  %(prog)s --port 0        on any free port

It runs until Ctrl-C and keeps nothing.
""".replace("{port}", str(DEMO_PORT))
_CHECK = """\
Prints how much there is, or every mistake with its file, key, value and what was expected.

examples:
  %(prog)s
  %(prog)s --data my-data --json
"""
_SEARCH = """\
examples:
  %(prog)s goblin punch
  %(prog)s 첫눈처럼 너에게 가겠다
  %(prog)s --limit 3 --json cheotnun
  echo '{"query": "stay with me", "limit": 5}' | %(prog)s --batch

--batch reads one JSON object a line, {"query": "...", "limit": 10}, and answers each with one line,
{"songs": [{"id": "...", "why": "..."}]}, or {"error": "..."} where the line cannot be read; then the exit
code is 1. Empty lines are passed over. "why" is null where the song's own title or artist says it.
"""
_RECOMMEND = """\
examples:
  %(prog)s --like goblin-stay-with-me
  %(prog)s --mood rainy-day --voices mixed-duet --era 2010-2015
  %(prog)s --like goblin --from ost-royalty --count 5
  echo '{"like": ["goblin-stay-with-me"], "limit": 50}' | %(prog)s --batch

--batch reads one JSON object a line, {"like": ["ID", ...], "limit": 50}, and answers each with one line,
{"songs": [{"id": "...", "why": "..."}]}, or {"error": "..."} where the line cannot be read; then the exit
code is 1. Empty lines are passed over, and so are ids that the catalogue does not know.
"""
_BACKUP = """\
The copy holds everything that was saved before it was begun, is one file, and is checked before it
appears under its name. The bot may run meanwhile. Of a folder, a file named after the time is made in it.
The database is the one that the setting DATABASE names.

examples:
  %(prog)s ~/noraebot.sqlite3
  %(prog)s /mnt/backups
  %(prog)s --overwrite ~/noraebot.sqlite3

The bot itself makes a copy every night and keeps it for BACKUP_DAYS days; see .env.example.
"""
_ADDITIONS = """\
Prints what `/admin song add` added, as the tables of data/dramas/*.toml; the bot may run meanwhile. With
--write they are put into the files themselves, and these are checked: if anything is wrong, all stays as it was.
What the files have already is left out, and told.

examples:
  %(prog)s
  %(prog)s --write
  %(prog)s --database backups/nightly-2026-05-03.sqlite3 --data my-data
"""
_RESTORE = """\
Stop the bot first. The copy is checked before anything is replaced: is it whole, is it Noraebot's, is it of
a version known here? The database that was there is kept beside it, under a name that is printed.

example:
  %(prog)s backups/nightly-2026-05-03.sqlite3
"""


def parser() -> argparse.ArgumentParser:
    """Build the parser; a wrong argument ends the program with exit code 2."""
    program = "python -m bot" if Path(sys.argv[0]).name == "__main__.py" else "noraebot"
    root = argparse.ArgumentParser(
        prog=program,
        description="Noraebot: a Discord bot for people who love Korean-drama soundtracks.",
        epilog=_OVERVIEW,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"noraebot {__version__}")
    commands = root.add_subparsers(dest="command", title="commands", metavar="COMMAND")

    _command(commands, "run", "serve Discord until stopped", _RUN)

    demo = _command(commands, "demo", "try the bot in your browser, without a Discord account", _DEMO)
    demo.add_argument(
        "--port", type=_port, default=DEMO_PORT, metavar="N", help="where to listen (default: %(default)s)"
    )
    demo.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    demo.add_argument("--locale", choices=("en", "ko"), default="en", help="whose eyes to see it with")

    check = _command(commands, "check", "check the catalogue and count what is in it", _CHECK)
    _add_data(check)
    check.add_argument("--json", action="store_true", help="print one JSON object")

    search = _command(commands, "search", "find songs by title, drama, singer or mood", _SEARCH)
    search.add_argument("words", nargs="*", metavar="WORDS", help="what you remember of the song")
    search.add_argument(
        "--limit", type=_positive, metavar="N", help=f"songs to print, at most (default: {SEARCH_LIMIT})"
    )
    _add_data(search)
    _add_output(search)

    recommend = _command(commands, "recommend", "say what to hear next, and why", _RECOMMEND)
    recommend.add_argument(
        "--like",
        action="append",
        default=[],
        metavar="ID",
        help="a song, drama or artist you like; may be repeated",
    )
    recommend.add_argument("--mood", action="append", default=[], metavar="M", help="such as good-cry; may be repeated")
    recommend.add_argument("--from", dest="source", metavar="ID", help="only from this drama, artist or collection")
    recommend.add_argument("--voices", metavar="V", help="who sings: female, mixed-duet, boy-group, ...")
    recommend.add_argument(
        "--era", type=_era, metavar="YEARS", help="when the drama was first shown: 2010-2015, 2016, 2020-"
    )
    recommend.add_argument("--count", type=_count, metavar="N", help=f"songs to pick, 1 to {MAX_COUNT} (default: 3)")
    recommend.add_argument(
        "--lists",
        type=Path,
        metavar="FILE",
        help="published lists as JSON lines: learn from them alone, not from data/lists and collections",
    )
    _add_data(recommend)
    _add_output(recommend)

    backup = _command(commands, "backup", "copy the database to a file, also while the bot runs", _BACKUP)
    backup.add_argument("path", type=Path, metavar="PATH", help="the file to make, or a folder to make one in")
    backup.add_argument("--overwrite", action="store_true", help="write over a file that is already there")

    additions = _command(commands, "additions", "write out the songs added while the bot ran", _ADDITIONS)
    _add_data(additions)
    additions.add_argument(
        "--database", type=Path, metavar="FILE", help="the database (default: the one of the setting DATABASE)"
    )
    additions.add_argument("--write", action="store_true", help="write into the data folder, not to the screen")

    restore = _command(commands, "restore", "put a copy in the place of the database", _RESTORE)
    restore.add_argument("path", type=Path, metavar="PATH", help="the copy to restore")
    return root


def read(argv: list[str] | None) -> argparse.Namespace:
    """Read the arguments and refuse those that contradict each other."""
    root = parser()
    arguments = root.parse_args(argv)
    if arguments.command == "search":
        if arguments.batch and (arguments.words or arguments.limit):
            root.error("search --batch takes its words and limits from standard input; leave them out")
        if not arguments.batch and not arguments.words:
            root.error("search what? For example: search stay with me")
    if arguments.command == "recommend" and arguments.batch:
        wishes = ("like", "mood", "source", "voices", "era", "count")
        if any(getattr(arguments, wish) for wish in wishes):
            root.error("recommend --batch takes what is liked from standard input; leave the wishes out")
    return arguments


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, purpose: str, lesson: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=purpose,
        description=purpose[0].upper() + purpose[1:] + ".",
        epilog=lesson,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=Path, metavar="DIR", help="the data folder (default: the one that comes with the bot)"
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    output = command.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print one JSON object")
    output.add_argument("--batch", action="store_true", help="answer JSON lines from standard input")


def _within(text: str, least: int, most: int | None, meaning: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise argparse.ArgumentTypeError(f"{text!r} is not {meaning}")
    number = int(text)
    if number < least or (most is not None and number > most):
        raise argparse.ArgumentTypeError(f"{text!r} is not {meaning}")
    return number


def _port(text: str) -> int:
    return _within(text, 0, _LARGEST_PORT, f"a port, 0 to {_LARGEST_PORT}")


def _positive(text: str) -> int:
    return _within(text, 1, None, "a whole number from 1")


def _count(text: str) -> int:
    return _within(text, 1, MAX_COUNT, f"a whole number from 1 to {MAX_COUNT}")


def _era(text: str) -> tuple[int | None, int | None]:
    match = _ERA.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise argparse.ArgumentTypeError(f"{text!r} is not years such as 2010-2015, 2016 or 2020-")
    first, last = (int(year) if year else None for year in (match[1] or match[2], match[1] or match[3]))
    if first is not None and last is not None and first > last:
        raise argparse.ArgumentTypeError(f"{text!r} ends before it begins")
    return first, last
