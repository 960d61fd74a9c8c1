"""The operator's settings, from the environment and `.env`."""

import re
from pathlib import Path

import pytest

from bot.catalogue import DATA
from bot.settings import Settings, SettingsError

ROOT = Path(__file__).parents[2]


def problems_of(environ: dict[str, str], dotenv: Path | None = None) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        Settings.read(environ, dotenv)
    return refused.value.problems


def test_nothing_set_gives_the_defaults_of_a_first_try() -> None:
    settings = Settings.read({}, None)

    assert settings == Settings()
    assert settings.token is None
    assert settings.data == DATA


def test_every_setting_is_read(tmp_path: Path) -> None:
    settings = Settings.read(
        {
            "DISCORD_TOKEN": "Bot abc.def",
            "DATABASE": str(tmp_path / "songs.sqlite3"),
            "BACKUP_DIR": str(tmp_path / "copies"),
            "BACKUP_DAYS": "0",
            "DATA_DIR": str(tmp_path),
            "OWNER_IDS": "1, 2 3",
            "CURATOR_IDS": "4",
            "ADMIN_GUILD_ID": "5",
            "DISCORD_API_URL": "http://127.0.0.1:8080/api/v10/",
            "RECOUNT_DAYS": "7",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
        },
        None,
    )

    assert settings == Settings(
        token="abc.def",
        database=tmp_path / "songs.sqlite3",
        backup_dir=tmp_path / "copies",
        backup_days=0,
        data=tmp_path,
        owner_ids=frozenset({1, 2, 3}),
        curator_ids=frozenset({4}),
        admin_guild_id=5,
        api_url="http://127.0.0.1:8080/api/v10",
        recount_days=7,
        log_level="DEBUG",
        log_json=True,
    )


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("DISCORD_TOKEN=from-file\nLOG_LEVEL=ERROR\n", "utf-8")

    settings = Settings.read({"DISCORD_TOKEN": "from-environment"}, dotenv)

    assert (settings.token, settings.log_level) == ("from-environment", "ERROR")


def test_blank_values_count_as_not_set() -> None:
    assert Settings.read({"DISCORD_TOKEN": "  ", "OWNER_IDS": "", "DATA_DIR": ""}, None) == Settings()


def test_all_problems_are_told_at_once_each_by_its_name() -> None:
    wrong = {
        "DISCORD_TOKEN": "two words",
        "DATA_DIR": "/no/such/folder",
        "OWNER_IDS": "1,me",
        "CURATOR_IDS": "-1",
        "ADMIN_GUILD_ID": "0",
        "DISCORD_API_URL": "discord.com",
        "RECOUNT_DAYS": "a month",
        "LOG_LEVEL": "loud",
        "LOG_FORMAT": "xml",
    }

    problems = problems_of(wrong)

    assert [problem.split()[0] for problem in problems] == list(wrong)


@pytest.mark.parametrize("id", ["0", "-5", "1.5", "abc", "١٢", str(2**63), "9" * 5000])
def test_an_id_that_discord_could_not_have_given_is_refused(id: str) -> None:
    (problem,) = problems_of({"ADMIN_GUILD_ID": id})

    assert "must be one Discord id" in problem


@pytest.mark.parametrize("days", ["-1", "366", "1.5", "soon", "٣", "9" * 5000])
def test_days_that_make_no_sense_are_refused(days: str) -> None:
    (problem,) = problems_of({"RECOUNT_DAYS": days})

    assert "must be a number of days from 0 to 365" in problem


@pytest.mark.parametrize("url", ["ftp://x", "http://", "127.0.0.1:80", "http://x/?a=b", "http://x/#a", "http://[x"])
def test_an_address_that_cannot_be_a_rest_base_is_refused(url: str) -> None:
    (problem,) = problems_of({"DISCORD_API_URL": url})

    assert problem.startswith("DISCORD_API_URL")


def test_a_token_is_shown_neither_in_problems_nor_in_the_settings() -> None:
    (problem,) = problems_of({"DISCORD_TOKEN": "very secret"})

    assert "secret" not in problem
    assert "hush" not in repr(Settings(token="hush"))


def test_a_file_that_is_not_utf8_is_one_problem_more(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"DISCORD_TOKEN=\xff\xfe\n")

    problems = problems_of({"LOG_LEVEL": "loud"}, dotenv)

    assert "UTF-8" in problems[0]
    assert problems[1].startswith("LOG_LEVEL")


def test_the_example_file_names_every_setting_and_explains_it() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    source = (ROOT / "bot" / "settings.py").read_text("utf-8")

    explained = re.findall(r"^# .+\n#?([A-Z_]+)=", example, re.MULTILINE)

    assert explained == re.findall(r'take\("([A-Z_]+)"', source)


def test_the_example_file_as_it_comes_is_the_defaults() -> None:
    assert Settings.read({}, ROOT / ".env.example") == Settings()
