"""Types commands as somebody at a terminal or a program at its pipe does, and reads what comes back."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main

ROOT = Path(__file__).parents[3]
SONG = "goblin-stay-with-me"


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str | bytes) -> None:
    """Put lines on standard input."""
    typed = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))


def printed_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, list[dict[str, str]]]]:
    """Return the JSON lines printed so far."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def terminal(*words: str, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the bot as a program of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def refusal(*words: str) -> int | str | None:
    """Run a command that leaves at once, and return its exit code."""
    with pytest.raises(SystemExit) as left:
        main(list(words))
    return left.value.code


def ids(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    """Return the songs of an answer, in order."""
    return [song["id"] for song in answer["songs"]]
