"""Writes songs and dramas as the data folder's TOML, in the style its files have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import tomli

_SONG_HEADING: Final = re.compile(r"(?m)^(?=\[\[songs\]\][ \t]*(?:#.*)?$)")
_LINE: Final = 110
"""Characters up to which a list stays in one line."""
_KEYS: Final = (
    *("id", "title", "alt_titles", "title_ko", "romanized", "gloss", "aliases", "artists", "part", "released", "year"),
    *("network", "genres", "moods", "themes", "tempo", "role", "role_ko", "scene", "scene_ko", "sources", "checked"),
    "formerly",
)
"""The order in which a table's keys stand."""
_LATE: Final = 1_000
"""A part beyond all: songs of no known part come last."""


def song_text(song: Mapping[str, object]) -> str:
    """Write a song's table under its heading."""
    return "\n".join(["[[songs]]", *_lines(song), ""])


def drama_text(drama: Mapping[str, object]) -> str:
    """Write a drama's table under its heading."""
    return "\n".join(["[drama]", *_lines(drama), ""])


def with_song(text: str, song: Mapping[str, object]) -> str:
    """Put a song into a drama's file where it belongs: by part, then date, then title; all else stays as it is."""
    head, *blocks = _SONG_HEADING.split(text.replace("\r\n", "\n"))
    place = next((n for n, block in enumerate(blocks) if _order(block) > _order_of(song)), len(blocks))
    blocks.insert(place, song_text(song))
    return "\n".join(part.rstrip("\n") + "\n" for part in (head, *blocks))


def new_file(drama: Mapping[str, object], songs: Iterable[Mapping[str, object]]) -> str:
    """Write a drama's whole file."""
    text = drama_text(drama)
    for song in songs:
        text = with_song(text, song)
    return text


def _order(block: str) -> tuple[int, str, str]:
    (song,) = tomli.loads(block)["songs"]
    return _order_of(song)


def _order_of(song: Mapping[str, object]) -> tuple[int, str, str]:
    part = song.get("part")
    return (part if isinstance(part, int) else _LATE, str(song.get("released", "9999")), str(song.get("title", "")))


def _lines(table: Mapping[str, object]) -> Iterable[str]:
    keys = sorted(table, key=lambda key: _KEYS.index(key) if key in _KEYS else len(_KEYS))
    return (f"{key} = {_value(table[key], is_tables=key == 'artists')}" for key in keys)


def _value(value: object, *, is_tables: bool = False) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        items = [_value(item) for item in value]
        line = f"[{', '.join(items)}]"
        if not is_tables and len(line) <= _LINE:
            return line
        return "\n".join(["[", *(f"  {item}," for item in items), "]"])
    raise TypeError(f"{value!r} has no place in a data file")


def _text(value: str) -> str:
    """Write a basic string (toml.io/en/v1.0.0, "String")."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() or c > "\x9f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
