"""What is nobody's business stays out of logs and replies, whatever fails; and nothing reaches past its folder."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import logs
from bot.catalogue import CatalogueError
from bot.catalogue.loader import DATA, load
from bot.settings import Settings
from bot.store import StoreFull
from tests.flow.payloads import HOME, Person, aged
from tests.flow.raw import Raw, listening

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.a-token-nobody-may-see-0123456789abc"
SECRET = "the words of a memory that only its readers may see"
ROOT = Path(__file__).parents[2]
STORE = ROOT / "bot" / "store"
RUNS_SQL = {"execute", "executemany", "executescript"}
OPENS_FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


class Lines(logging.Handler):
    """Keeps every line as it would be printed, tracebacks too."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(formatter)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.text += self.format(record) + "\n"


@pytest.fixture(params=[False, True], ids=["text", "json"])
async def overheard(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Raw, Lines]]:
    """The bot, and every line of its log down to the library's debugging, in either form."""
    before = logging.getLogger().handlers[:], logging.getLogger().level, logging.getLogger("discord").level
    logs.configure("DEBUG", as_json=request.param, secret=TOKEN)
    (usual,) = logging.getLogger().handlers
    lines = Lines(usual.formatter or logging.Formatter())
    for one in usual.filters:
        lines.addFilter(one)
    logging.getLogger().handlers[:] = [lines]
    operator = Person(aged(400, 9), "hana")
    settings = Settings(
        token=TOKEN, database=tmp_path / "x.sqlite3", owner_ids=frozenset({operator.id}), admin_guild_id=HOME
    )
    try:
        async with listening(settings, operator) as raw:
            raw.bot.http.token = TOKEN
            yield raw, lines
            await raw.settle()
    finally:
        logging.getLogger().handlers[:], level, library = before
        logging.getLogger().setLevel(level)
        logging.getLogger("discord").setLevel(library)


async def test_no_failure_tells_the_token_or_what_somebody_wrote(
    overheard: tuple[Raw, Lines], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, lines = overheard
    fields = {"text": SECRET, "episode": "0"}
    own = "comment-save:goblin-stay-with-me"

    def failing(error: Exception) -> None:
        async def fail(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(raw.bot.store.comments, "write", fail)

    await raw.submit(raw.reader, own, fields)
    for error in (RuntimeError("out of luck"), StoreFull(Path("x")), ValueError("bad"), OverflowError()):
        failing(error)
        await raw.submit(raw.reader, own, fields)
    monkeypatch.undo()
    await raw.submit(raw.reader, "comment-save:no-such-song", fields)
    await raw.submit(raw.reader, "gone-verb:1", fields)
    expired = raw.feed(5, {"custom_id": own, "components": []}, raw.reader)
    raw.expired.add(expired.token)
    await raw.settle()
    await raw.command(raw.operator, "admin reload", of=HOME, what=SECRET)
    others = await raw.submit(raw.other, "comment-rewrite:1", {"text": "other words", "episode": ""})

    assert "Unexpected failure" in lines.text
    assert TOKEN not in lines.text
    assert SECRET not in lines.text
    assert SECRET not in others.seen
    assert all(TOKEN not in heard.seen for heard in raw.heard.values())


async def test_a_token_that_an_error_repeats_is_blotted_out(overheard: tuple[Raw, Lines]) -> None:
    _, lines = overheard
    try:
        raise RuntimeError(f"Authorization: Bot {TOKEN}")
    except RuntimeError:
        logging.getLogger("discord.http").exception("It failed for %s", TOKEN)

    assert "It failed for" in lines.text
    assert TOKEN not in lines.text


def calls(file: Path) -> list[tuple[str, ast.Call]]:
    """Return each call in a file with the name called."""
    found = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return [(getattr(call.func, "attr", getattr(call.func, "id", "")), call) for call in found]


def test_sql_is_never_put_together_from_pieces() -> None:
    built = (ast.JoinedStr, ast.BinOp, ast.Mod)
    for file in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("cogs/*.py")]:
        for name, call in calls(file):
            if name in RUNS_SQL | {"all", "one", "value", "each"} and call.args:
                assert not isinstance(call.args[0], built), f"{file}:{call.lineno}"
                assert not (isinstance(call.args[0], ast.Call) and name in RUNS_SQL), f"{file}:{call.lineno}"
            if name == "format" and isinstance(call.func, ast.Attribute):
                text = getattr(call.func.value, "value", "")
                assert not re.search(r"\b(SELECT|INSERT|UPDATE|DELETE)\b", str(text)), f"{file}:{call.lineno}"


def test_sql_takes_values_by_name_only() -> None:
    for file in STORE.glob("*.sql"):
        for line in file.read_text(encoding="utf-8").splitlines():
            statement = line.partition("--")[0]
            assert not re.search(r"[%{}?]|\bformat\(", statement), f"{file.name}: {line}"


def test_cogs_and_screens_open_no_files_by_name() -> None:
    for file in [*ROOT.glob("cogs/*.py"), *ROOT.glob("bot/ui/*.py")]:
        for name, call in calls(file):
            assert name not in OPENS_FILES or isinstance(call.func, ast.Attribute), f"{file}:{call.lineno}"
            assert name not in OPENS_FILES - {"open"}, f"{file}:{call.lineno}"
            assert name not in {"eval", "exec", "compile", "system", "Popen", "loads_pickle"} or (
                name == "compile" and getattr(getattr(call.func, "value", None), "id", "") == "re"
            ), f"{file}:{call.lineno}"


@pytest.mark.parametrize("id", ["../../.env", "..", "/etc/passwd", "goblin/../x", "con\\x00"])
def test_ids_that_would_leave_the_data_folder_are_refused(tmp_path: Path, id: str) -> None:
    for folder in ("dramas", "collections", "lists"):
        (tmp_path / folder).mkdir()
    (tmp_path / "vocabulary.toml").write_bytes((DATA / "vocabulary.toml").read_bytes())
    (tmp_path / "artists.toml").write_bytes(b"")
    (tmp_path / "dramas/goblin.toml").write_text(
        (DATA / "dramas/goblin.toml").read_text(encoding="utf-8").replace('id = "goblin"', f'id = "{id}"', 1),
        encoding="utf-8",
    )

    with pytest.raises(CatalogueError) as refused:
        load(tmp_path)

    assert all(mistake.file.startswith("dramas/goblin") for mistake in refused.value.mistakes)
