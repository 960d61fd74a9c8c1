"""The operator's settings: one frozen object, read from the environment and `.env`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.catalogue.loader import DATA

T = TypeVar("T")

_LARGEST_ID = 2**63 - 1
_LONGEST_ID = 19
"""Digits of the largest id."""
_MOST_DAYS = 365
_DATABASE = Path("noraebot.sqlite3")
_BACKUP_DAYS = 7
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(Exception):
    """Settings that cannot be used: every problem in plain words, not only the first."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set; the defaults serve a first try."""

    token: str | None = field(default=None, repr=False)
    database: Path = _DATABASE
    backup_dir: Path | None = None
    """Where copies of the database are kept; None is a folder `backups` beside it."""
    backup_days: int = _BACKUP_DAYS
    """How many days a nightly copy is kept; 0: none are taken."""
    data: Path = DATA
    owner_ids: frozenset[int] = frozenset()
    """Operators besides the application's owner."""
    curator_ids: frozenset[int] = frozenset()
    """People who may add songs while the bot runs."""
    admin_guild_id: int | None = None
    """The guild in which /admin exists; without one there is no /admin."""
    api_url: str | None = None
    """REST base of a Discord-compatible server; None is Discord itself."""
    recount_days: int = 30
    """Days whose cards are recounted after an outage; 0: none."""
    guild_data_days: int = 30
    """Days after the bot left a guild for which what was kept for it stays."""
    log_level: str = "INFO"
    log_json: bool = False

    @property
    def backups(self) -> Path:
        """The folder in which copies of the database are kept."""
        return self.backup_dir or self.database.parent / "backups"

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, dotenv: Path | None = Path(".env")) -> Settings:
        """Read settings; the environment wins over `.env`. Raises SettingsError with every problem."""
        values: dict[str, str] = {}
        problems: list[str] = []
        if dotenv is not None and dotenv.is_file():
            try:
                values.update({key: value for key, value in dotenv_values(dotenv).items() if value is not None})
            except (OSError, UnicodeDecodeError) as error:
                problems.append(f"{dotenv} cannot be read ({error}); save it as UTF-8 text")
        values.update(environ)

        def take(name: str, parse: Callable[[str], T], default: T) -> T:
            text = values.get(name, "").strip()
            if not text:
                return default
            try:
                return parse(text)
            except ValueError as error:
                problems.append(f"{name} is {_quoted(name, text)}, but {error}")
                return default

        settings = cls(
            token=take("DISCORD_TOKEN", _token, None),
            database=take("DATABASE", Path, _DATABASE),
            backup_dir=take("BACKUP_DIR", Path, None),
            backup_days=take("BACKUP_DAYS", _days, _BACKUP_DAYS),
            data=take("DATA_DIR", _folder, DATA),
            owner_ids=take("OWNER_IDS", _ids, frozenset()),
            curator_ids=take("CURATOR_IDS", _ids, frozenset()),
            admin_guild_id=take("ADMIN_GUILD_ID", _id, None),
            api_url=take("DISCORD_API_URL", _url, None),
            recount_days=take("RECOUNT_DAYS", _days, 30),
            guild_data_days=take("GUILD_DATA_DAYS", _days, 30),
            log_level=take("LOG_LEVEL", _log_level, "INFO"),
            log_json=take("LOG_FORMAT", _log_format, False),
        )
        if problems:
            raise SettingsError(problems)
        return settings


def _quoted(name: str, text: str) -> str:
    return "not shown here" if name == "DISCORD_TOKEN" else f"“{text[:60]}”"


def _token(text: str) -> str:
    text = text.removeprefix("Bot ").strip()
    if any(character.isspace() for character in text) or not text.isascii():
        raise ValueError("a bot token has no spaces; copy it again from the developer portal, page “Bot”")
    return text


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID and 0 < int(text) <= _LARGEST_ID):
        raise ValueError("must be one Discord id, such as 80351110224678912 (Developer Mode, Copy ID)")
    return int(text)


def _ids(text: str) -> frozenset[int]:
    try:
        return frozenset(_id(part) for part in text.replace(",", " ").split())
    except ValueError:
        raise ValueError("must be Discord ids with commas between them (Developer Mode, Copy ID)") from None


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_DAYS)) and int(text) <= _MOST_DAYS):
        raise ValueError(f"must be a number of days from 0 to {_MOST_DAYS}")
    return int(text)


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_dir():
        raise ValueError("there is no such folder")
    return path


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("must be an address such as http://127.0.0.1:8080/api/v10")
    return text.rstrip("/")


def _log_level(text: str) -> str:
    if text.upper() not in _LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(_LOG_LEVELS)}")
    return text.upper()


def _log_format(text: str) -> bool:
    if text.lower() not in {"text", "json"}:
        raise ValueError("must be text or json")
    return text.lower() == "json"
