"""What every test of the command line starts from."""

from pathlib import Path

import pytest

from bot.catalogue import Catalogue, load


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue that comes with the bot."""
    return load()


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, and no settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DATABASE", "DATA_DIR", "LOG_LEVEL", "OWNER_IDS", "ADMIN_GUILD_ID"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path
