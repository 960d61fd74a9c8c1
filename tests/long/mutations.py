"""Mutations of the catalogue's files: of bytes, of values and keys, and of the folder itself."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import tomli

Files = dict[str, bytes]
"""Contents by path below the data folder."""

_KEPT_DRAMAS = ("goblin", "descendants-of-the-sun", "crash-landing-on-you")
# fmt: off
_TEXTS = (
    "", " ", "x" * 500, "\x01", "\u202e", "\u3164", "\x7f", "가", "ROMANTIC", "romantic ", "../../x", "A\nB",
    "goblin-stay-with-me", "https://", "javascript:alert(1)", "file:///etc/passwd", "2016-13-40", "0000", "true",
    "vocal", "female", "hearbreak", "goblin",
)
_SCRAPS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b'"""', b"'''", b"[[", b"]]", b"[songs]", b"[[songs]]",
    b"\r", b"\n\n", b"{", b"}", b"= ", b"[" * 2_000, b"a=" + b"[" * 3_000, b"a" * 5_000, b"nan", b"inf", b"1e400",
    b"9" * 4_500, b"1979-05-27T07:32:00Z", b"\\u0000", b"\\ud800", b'id = "goblin"\n', b"#", b"a.b.c.d = 1\n",
    b"drama = 1\n",
)
_NAMES = (" ", "Goblin", "도깨비", "a" * 120, "-", "goblin.toml", ".hidden", "a b", "goblin2", "%s")
# fmt: on


def real(data: Path) -> Files:
    """Take a few real files: whole dramas with what refers to them, so that they hold on their own."""
    dramas = {stem: (data / f"dramas/{stem}.toml").read_bytes() for stem in _KEPT_DRAMAS}
    songs = [song for text in dramas.values() for song in tomli.loads(text.decode())["songs"]]
    names = {credit["name"] for song in songs for credit in song["artists"]}
    ids = {song["id"] for song in songs}
    files = {f"dramas/{stem}.toml": text for stem, text in dramas.items()}
    files["vocabulary.toml"] = (data / "vocabulary.toml").read_bytes()
    artists = tomli.loads((data / "artists.toml").read_text(encoding="utf-8"))
    files["artists.toml"] = toml_of({name: told for name, told in artists.items() if name in names}).encode()
    for folder in ("collections", "lists"):
        for path in sorted((data / folder).glob("*.toml")):
            table = tomli.loads(path.read_text(encoding="utf-8"))
            kept = [entry for entry in table["songs"] if entry.get("id") in ids]
            if len(kept) > 1:
                files[f"{folder}/{path.name}"] = toml_of(table | {"songs": kept}).encode()
            if sum(name.startswith(folder) for name in files) == 3:
                break
    return files


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("dramas", "collections", "lists"):
        (folder / name).mkdir(parents=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def toml_of(table: Mapping[str, Any]) -> str:
    """Write a table as TOML, each key on a line."""
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False).replace("\x7f", "\\u007F")


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _key(value)
        case date() | time():
            return value.isoformat()
        case Mapping():
            return "{" + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case _:
            return str(value)


class Mutator:
    """Spoils files and folders by chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def spoil(self, files: Files) -> list[Callable[[Path], None]]:
        """Change some of the files in place; returns what is still to be done to the folder once it is written."""
        later: list[Callable[[Path], None]] = []
        for _ in range(self._chance.choice((1, 1, 2, 3))):
            name = self._chance.choice(sorted(files))
            match self._chance.randrange(10):
                case 0 | 1 | 2:
                    files[name] = self._spoil_bytes(files[name], files)
                case 3 | 4 | 5 | 6 | 7:
                    files[name] = self._spoil_values(files[name])
                case 8:
                    self._spoil_names(name, files)
                case _:
                    later.append(self._spoil_folder(name))
        return later

    def _spoil_bytes(self, content: bytes, files: Files) -> bytes:
        chance = self._chance
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((1, 1, 5, 50, 1_000)))
        match chance.randrange(6):
            case 0:
                return content[:start] + content[end:]
            case 1:
                return content[:start] + chance.choice(_SCRAPS) + content[start:]
            case 2:
                return content[:start] + chance.randbytes(end - start) + content[end:]
            case 3:
                return content[:end] + content[start:]
            case 4:
                other = files[chance.choice(sorted(files))]
                return content[:start] + other[: chance.randrange(len(other) + 1)]
            case _:
                return content[:start]

    def _spoil_values(self, content: bytes) -> bytes:
        try:
            table = tomli.loads(content.decode())
        except (ValueError, RecursionError):
            return content
        for _ in range(self._chance.choice((1, 1, 2, 3))):
            self._spoil_somewhere(table)
        return toml_of(table).encode()

    def _spoil_somewhere(self, table: Any) -> None:
        """Walk down by chance and change what is there."""
        chance = self._chance
        here = table
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            if not keys:
                return
            key: Any = chance.choice(keys)
            if isinstance(here[key], dict | list) and here[key] and chance.random() < 0.75:
                here = here[key]
                continue
            match chance.randrange(5):
                case 0:
                    del here[key]
                case 1 if isinstance(key, str):
                    here[chance.choice((key + "s", key.upper(), "", "title", "id", "formerly"))] = here.pop(key)
                case 2 if isinstance(here, list):
                    here.append(here[key])
                case 3 if isinstance(here, dict):
                    here[chance.choice(("formerly", "scene", "unknown", "of", "part", "weights"))] = self._any()
                case _:
                    here[key] = self._any()
            return

    def _any(self, depth: int = 0) -> Any:
        chance = self._chance
        match chance.randrange(10 if depth < 3 else 7):
            case 0 | 1 | 2:
                return chance.choice(_TEXTS)
            case 3:
                return chance.choice((0, -1, 1, 2016, 10**30, -(2**63), 99, 100))
            case 4:
                return chance.choice((0.0, 0.5, -1.0, 1.5, 1e300, float("nan"), float("inf")))
            case 5:
                return chance.random() < 0.5
            case 6:
                return chance.choice((date(2016, 12, 2), datetime(1, 1, 1, 3), time(7, 32)))  # noqa: DTZ001
            case 7 | 8:
                return [self._any(depth + 1) for _ in range(chance.randrange(4))]
            case _:
                return {chance.choice(("id", "name", "role", "x", "")): self._any(depth + 1) for _ in range(3)}

    def _spoil_names(self, name: str, files: Files) -> None:
        folder = name.rpartition("/")[0] or "dramas"
        odd = self._chance.choice(_NAMES)
        match self._chance.randrange(3):
            case 0:
                files[f"{folder}/{odd}.toml"] = files[name]
            case 1 if len(files) > 3:
                del files[name]
            case _:
                files[f"{folder}/{odd}.toml"] = b""

    def _spoil_folder(self, name: str) -> Callable[[Path], None]:
        def to_folder(root: Path) -> None:
            (root / name).unlink(missing_ok=True)
            (root / name).mkdir(parents=True, exist_ok=True)

        def to_nowhere(root: Path) -> None:
            (root / name).unlink(missing_ok=True)
            (root / name).symlink_to(root / "not-there")

        def to_itself(root: Path) -> None:
            (root / name).unlink(missing_ok=True)
            (root / name).symlink_to(root / name)

        def no_folder(root: Path) -> None:
            shutil.rmtree((root / name).parent if "/" in name else root / "lists")

        def file_for_folder(root: Path) -> None:
            no_folder(root)
            ((root / name).parent if "/" in name else root / "lists").write_bytes(b"")

        return self._chance.choice((to_folder, to_nowhere, to_itself, no_folder, file_for_folder))
