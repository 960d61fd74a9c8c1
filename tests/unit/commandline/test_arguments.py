"""The help, the version, and arguments that make no sense."""

import importlib.metadata
import subprocess
import sys

import pytest
from shell import ROOT, SONG, refusal, terminal

from bot import __version__
from bot.__main__ import main
from bot.catalogue import DATA


def test_help_names_every_command_and_shows_how_to_start() -> None:
    shown = terminal("--help")

    assert shown.returncode == 0
    for command in ("run", "demo", "check", "search", "recommend"):
        assert f"python -m bot {command}" in shown.stdout


@pytest.mark.parametrize("command", ["run", "demo", "check", "search", "recommend"])
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(command, "--help") == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


def test_help_does_not_wait_for_discord_or_the_catalogue() -> None:
    question = (
        "import sys, bot.__main__ as m\ntry: m.main(['--help'])\nexcept SystemExit: pass\n"
        "sys.exit(bool({'discord', 'numpy', 'bot.catalogue'} & sys.modules.keys()))"
    )

    asked = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, timeout=60, check=False)

    assert asked.returncode == 0


def test_no_command_at_all_shows_the_help_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "start here" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal("--version") == 0
    assert capsys.readouterr().out == f"noraebot {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("search",),
        ("search", "goblin", "--batch"),
        ("search", "goblin", "--limit", "0"),
        ("search", "goblin", "--limit", "many"),
        ("recommend", "--batch", "--like", SONG),
        ("recommend", "--batch", "--json"),
        ("recommend", "--count", "6"),
        ("recommend", "--era", "2015-2010"),
        ("recommend", "--era", "-"),
        ("recommend", "--era", "lately"),
        ("demo", "--port", "65536"),
        ("demo", "--locale", "fr"),
        ("dance",),
    ],
)
def test_arguments_that_make_no_sense_are_refused_with_a_sentence(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert refusal(*words) == 2
    assert "error: " in capsys.readouterr().err


def test_the_installed_command_is_this_one() -> None:
    commands = importlib.metadata.entry_points(group="console_scripts", name="noraebot")

    assert all(command.value == "bot.__main__:main" for command in commands)
    assert 'noraebot = "bot.__main__:main"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_catalogue_that_comes_with_the_bot_is_the_default() -> None:
    assert ROOT / "data" == DATA
