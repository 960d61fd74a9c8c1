"""Starting the bot or the demo, and what hinders it."""

import socket
import sys
from pathlib import Path
from types import ModuleType

import discord
import pytest
from shell import terminal

from bot.__main__ import main
from bot.catalogue import CatalogueError, Mistake
from bot.settings import Settings
from bot.store import StoreError


def serve_with(monkeypatch: pytest.MonkeyPatch, outcome: BaseException | int) -> list[Settings]:
    """Put a stand-in where the bot would be served; returns the settings it is given."""
    served: list[Settings] = []

    async def serve(settings: Settings) -> int:
        served.append(settings)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    app = ModuleType("bot.app")
    app.__dict__["serve"] = serve
    monkeypatch.setitem(sys.modules, "bot.app", app)
    monkeypatch.setenv("DISCORD_TOKEN", "abc")
    return served


def test_without_a_token_run_names_the_file_and_the_demo(nowhere: Path) -> None:
    refused = terminal("run", cwd=nowhere)

    assert refused.returncode == 2
    assert "DISCORD_TOKEN is missing" in refused.stderr
    assert str(nowhere / ".env") in refused.stderr
    assert "python -m bot demo" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_bad_settings_and_the_missing_token_are_told_together(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (nowhere / ".env").write_text("OWNER_IDS=me\n", "utf-8")
    monkeypatch.setenv("LOG_LEVEL", "loud")

    assert main(["run"]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in ("LOG_LEVEL is", "OWNER_IDS is", "DISCORD_TOKEN is missing", "demo"))


def test_a_token_that_is_there_is_not_called_missing(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (nowhere / ".env").write_text("DISCORD_TOKEN=abc\n", "utf-8")
    monkeypatch.setenv("LOG_LEVEL", "loud")

    assert main(["run"]) == 2
    assert "DISCORD_TOKEN" not in capsys.readouterr().err


def test_run_serves_with_the_settings_and_returns_its_exit_code(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve_with(monkeypatch, 0)

    assert main(["run"]) == 0
    assert [settings.token for settings in served] == ["abc"]


@pytest.mark.parametrize(
    ("outcome", "code", "sentence"),
    [
        (CatalogueError([Mistake("dramas/x.toml", "drama.year", '"old"', "a year")]), 1, "is not a year"),
        (StoreError(Path("songs.sqlite3"), "no luck"), 1, "songs.sqlite3 failed: no luck"),
        (discord.LoginFailure("Improper token has been passed."), 2, "does not accept this DISCORD_TOKEN"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_hinders_the_start_is_told_in_plain_words(
    outcome: BaseException,
    code: int,
    sentence: str,
    nowhere: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    serve_with(monkeypatch, outcome)

    assert main(["run"]) == code
    assert sentence in capsys.readouterr().err


def test_the_demo_gets_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[int, bool, str]] = []

    def run_demo(port: int, open_browser: bool, locale: str) -> int:
        shown.append((port, open_browser, locale))
        return 1

    stage = ModuleType("bot.demo")
    stage.__dict__["run_demo"] = run_demo
    monkeypatch.setitem(sys.modules, "bot.demo", stage)

    assert main(["demo", "--port", "0", "--no-browser", "--locale", "ko"]) == 1
    assert shown == [(0, False, "ko")]


def test_a_port_that_is_taken_is_told_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert main(["demo", "--port", str(port), "--no-browser"]) == 1

    told = capsys.readouterr().err
    assert f"Port {port} is taken by another program" in told
    assert "--port 0" in told


def test_the_demo_without_simcord_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith(("bot.demo", "simcord"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "simcord", None)

    assert main(["demo"]) == 2
    assert "pip install -e '.[demo]'" in capsys.readouterr().err
