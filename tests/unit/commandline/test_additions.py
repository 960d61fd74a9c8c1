"""`additions`: what was added in Discord, as text for a pull request."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.catalogue import DATA, DramaId, SongId, load
from bot.catalogue.overlay import Addition
from bot.store import Store

SONG = {
    "title": "Tonight Only",
    "artists": [{"name": "Punch", "role": "vocal", "voice": "female"}],
    "part": 2,
    "genres": ["ballad"],
    "moods": ["yearning"],
    "tempo": "ballad",
    "sources": ["https://example.org/tonight"],
    "checked": "source",
}
NEW_DRAMA = {"id": "tonight", "title": "Tonight", "title_ko": "오늘 밤", "year": 2026, "sources": SONG["sources"]}
KNOWN = Addition(SongId("goblin-tonight"), DramaId("goblin"), {"id": "goblin-tonight", **SONG})
NEW = Addition(SongId("tonight-only"), DramaId("tonight"), {"id": "tonight-only", **SONG}, NEW_DRAMA)


@pytest.fixture
def data(tmp_path: Path, nowhere: Path) -> Path:
    """A data folder that may be written."""
    folder = tmp_path / "data"
    (folder / "dramas").mkdir(parents=True)
    shutil.copy(DATA / "vocabulary.toml", folder)
    (folder / "artists.toml").write_text("")
    (folder / "collections").mkdir()
    (folder / "lists").mkdir()
    shutil.copy(DATA / "dramas" / "goblin.toml", folder / "dramas")
    return folder


def keep(*additions: Addition) -> None:
    async def run() -> None:
        async with await Store.open("noraebot.sqlite3") as store:
            for at, addition in enumerate(additions):
                await store.additions.add(addition, 1, at)

    asyncio.run(run())


def run(data: Path, *words: str) -> int:
    return main(["additions", "--data", str(data), *words])


def test_they_are_printed_under_their_files_names(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(KNOWN, NEW)
    before = {path: path.read_text("utf-8") for path in data.rglob("*.toml")}

    assert run(data) == 0

    printed = capsys.readouterr().out
    assert '# dramas/goblin.toml\n\n[[songs]]\nid = "goblin-tonight"' in printed
    assert '# dramas/tonight.toml\n\n[drama]\nid = "tonight"' in printed
    assert {path: path.read_text("utf-8") for path in data.rglob("*.toml")} == before


def test_written_they_pass_the_check_and_are_then_part_of_the_data(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(KNOWN, NEW)

    assert run(data, "--write") == 0
    assert main(["check", "--data", str(data)]) == 0

    catalogue = load(data)
    assert {"goblin-tonight", "tonight-only"} <= set(catalogue.songs)
    assert "goblin-tonight" in capsys.readouterr().out
    assert run(data) == 0
    told = capsys.readouterr()
    assert "There is nothing to write out." in told.out
    assert "goblin-tonight is in the data already" in told.err


def test_what_the_checks_refuse_is_told_and_the_rest_is_written(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = Addition(SongId("goblin-bad"), DramaId("goblin"), {**KNOWN.song, "id": "goblin-bad", "moods": ["yerning"]})
    keep(KNOWN, bad)

    assert run(data, "--write") == 1

    assert 'did you mean "yearning"?' in capsys.readouterr().err
    assert "goblin-tonight" in load(data).songs
    assert "goblin-bad" not in load(data).songs


@pytest.mark.parametrize("missing", ["database", "data"])
def test_what_is_not_there_is_said_plainly(data: Path, capsys: pytest.CaptureFixture[str], missing: str) -> None:
    if missing == "data":
        keep(KNOWN)
        shutil.rmtree(data / "dramas")

    assert run(data) == 1

    assert ("There is no database" if missing == "database" else "dramas") in capsys.readouterr().err
