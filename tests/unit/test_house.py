"""The house itself: imports never climb, everything public says why it exists, and no file grows too long."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 400
"""Lines of one file."""

FLOORS = (
    {"bot", "bot.catalogue"},
    {"bot.recommend", "bot.store"},
    set[str](),  # every other room of bot: settings, errors, words, the library, ...
    {"bot.host", "bot.ui"},
    {"bot.recount"},
    {"cogs"},
    {"bot.tree"},
    {"bot.app"},
    {"bot.__main__", "bot.commandline", "bot.demo"},
)
"""The rooms of each floor, lowest first; `bot` alone is its version."""
MIDDLE = 2
"""The floor of what has no other."""
PURE = {
    "bot.catalogue": {"discord", "sqlite3", "aiosqlite", "aiosql", "bot.recommend", "bot.store"},
    "bot.recommend": {"discord", "sqlite3", "aiosqlite", "aiosql", "bot.store"},
    "bot.store": {"discord", "bot.recommend"},
    "bot.daily": {"discord", "sqlite3", "aiosqlite", "aiosql", "bot.recommend"},
    "bot.worldcup": {"discord", "sqlite3", "aiosqlite", "aiosql"},
}
"""What the pure floors must not know."""


def name_of(file: Path) -> str:
    """Return a file's module name."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(file: Path) -> Iterator[str]:
    """Return the modules a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)}: a relative import"
            assert node.module
            for alias in node.names:
                nested = ROOT.joinpath(*node.module.split("."), alias.name)
                is_module = nested.is_dir() or nested.with_suffix(".py").is_file()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def within(module: str, room: str) -> bool:
    """Tell whether a module lies in a room."""
    return module == room or (room != "bot" and module.startswith(f"{room}."))


def floor_of(module: str) -> int:
    """Return the floor a module of ours lies on."""
    found = [number for number, rooms in enumerate(FLOORS) if any(within(module, room) for room in rooms)]
    return found[0] if found else MIDDLE


def undocumented(node: ast.AST, name: str) -> Iterator[str]:
    """Return what is public in a module or class and does not say why it exists."""
    documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    if documented and not ast.get_docstring(node):
        yield name
    if isinstance(node, ast.Module | ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                overload = any(isinstance(by, ast.Name) and by.id == "overload" for by in inner.decorator_list)
                if not inner.name.startswith("_") and not overload:
                    yield from undocumented(inner, f"{name}.{inner.name}")


@pytest.mark.parametrize("file", HOUSE, ids=name_of)
def test_imports_never_climb(file: Path) -> None:
    own = floor_of(name_of(file))

    ours = [module for module in imported(file) if module.split(".")[0] in {"bot", "cogs"}]

    assert [module for module in ours if floor_of(module) > own] == []


@pytest.mark.parametrize("file", HOUSE, ids=name_of)
def test_the_pure_floors_know_neither_discord_nor_each_other(file: Path) -> None:
    strange = next((names for room, names in PURE.items() if within(name_of(file), room)), set[str]())

    assert [module for module in imported(file) if any(within(module, name) for name in strange)] == []


@pytest.mark.parametrize("file", HOUSE, ids=name_of)
def test_everything_public_says_why_it_exists(file: Path) -> None:
    assert list(undocumented(ast.parse(file.read_text("utf-8")), name_of(file))) == []


def test_no_file_is_too_long_to_read() -> None:
    lengths = {name_of(file): len(file.read_text("utf-8").splitlines()) for file in [*HOUSE, *TESTS]}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_file_is_named_after_what_it_is_about() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "processor"}

    assert [name_of(file) for file in HOUSE if vague & set(file.stem.split("_"))] == []


def test_the_readme_shows_every_room() -> None:
    shown = (ROOT / "README.md").read_text("utf-8").partition("## The house")[2].partition("## ")[0]
    rooms = [*(ROOT / "bot").iterdir(), ROOT / "cogs", ROOT / "data", *(ROOT / "tests").iterdir()]
    folders = [room.name for room in rooms if room.is_dir() and not room.name.startswith("__")]
    modules = [room.name for room in rooms if room.suffix == ".py" and not room.stem.startswith("__")]

    missing = [name for name in folders if not re.search(rf"\b{name}\b", shown)]
    missing += [name for name in modules if name != "conftest.py" and name not in shown]

    assert missing == []


def test_every_statement_of_the_store_is_asked_for() -> None:
    store = ROOT / "bot" / "store"
    code = "\n".join(file.read_text("utf-8") for file in store.glob("*.py"))
    asked = set(re.findall(r"""(?:\.|")(\w+)""", code))
    completed = tuple(re.findall(r'f"(\w+_)\{', code))

    names = [name for file in store.glob("*.sql") for name in re.findall(r"-- name: (\w+)", file.read_text("utf-8"))]

    assert [name for name in names if name not in asked and not name.startswith(completed)] == []
