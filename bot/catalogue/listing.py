"""Read lists of songs that people keep elsewhere: tables of any playlist tool, and lines written by hand.

A line is taken apart in every way it could be meant ("artist – title", "title by artist", a title alone), since
only the catalogue can tell which of its parts is a title; `naming` does.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.catalogue.text import fold

LONGEST_LINE: Final = 300
"""Characters of a line that are read."""
_MOST_SPLITS: Final = 5
"""Places at which one line is taken apart."""
_UNICODE: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Encodings that say so by a byte order mark (Unicode Standard, chapter 23.8)."""

_COLUMNS: Final = {
    "id": ("song id",),
    "title": ("title", "song", "track", "track name", "song title", "song name", "name", "제목", "곡명", "노래", "곡"),
    "hangul": ("hangul title", "korean title", "title ko", "한글 제목"),
    "artist": ("artist", "artists", "artist name", "artist names", "singer", "singers", "가수", "아티스트"),
    "drama": ("drama", "album", "album name", "show", "ost", "드라마", "앨범", "앨범명"),
}
"""How playlist tools head their columns; folded, without brackets."""
_URL = re.compile(r"<?\b(?:https?://|www\.|spotify:)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:[#(\[]?\d{1,4}(?:[.)\]:위]|\s*[-–—](?=\s))|[-*•·▪▶►♪♫✓]+(?=\s)|\d{1,4}\t)\s*")
_SPLIT = re.compile(
    r"\s+[-–—―~|/·•_]+\s+|\s*[–—―|\t]\s*|\s*\t\s*|\s*;\s*|\s*:\s+|,\s+|(?<=[^\s\d])\s+by\s+|\s+-|-\s+", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[{（【「『<〈《]([^()\[\]{}（）【】「」『』<>〈〉《》]*)[)\]}）】」』>〉》]")
_QUOTED = re.compile('["“”„‟«»‘「『《〈]([^"“”„‟«»「」『』《》〈〉]{1,120}?)["“”»’」』》〉]')


class UnreadableError(ValueError):
    """A file is no text in any encoding that we know, or a table that does not end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One song that a list names, in the list's own words."""

    text: str
    """The line, as it can be told back."""
    readings: tuple[tuple[str, str], ...]
    """Each way to read it: what would be the title, and the rest."""
    id: str | None = None
    """Our song, where the list is an export of ours."""
    artist: bool = False
    """The list has a column for the artist, and it is filled."""


def decoded(raw: bytes) -> str:
    """Read a file in the encoding it says, or else as UTF-8, or else as Korean Windows writes. UnreadableError."""
    for mark, encoding in _UNICODE:
        if raw.startswith(mark):
            return _text(raw, encoding)
    for encoding in ("utf-8", "cp949"):
        try:
            return _text(raw, encoding)
        except UnreadableError:
            continue
    raise UnreadableError


def _text(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError from error
    if "\x00" in text:
        raise UnreadableError
    return text


def songs_wanted(text: str) -> tuple[Wanted, ...]:
    """Read every song a list names, a table's rows or plain lines; the same line twice is read once.

    Raises UnreadableError.
    """
    rows = list(_table(text))
    found = rows or [wanted for line in text.splitlines() if (wanted := line_wanted(line))]
    return tuple(dict.fromkeys(found))


def line_wanted(line: str) -> Wanted | None:
    """Read one line written by hand; None where it names nothing."""
    plain = _URL.sub(" ", line[:LONGEST_LINE]).strip()
    plain = _NUMBER.sub("", plain).strip()
    if not any(character.isalnum() for character in plain):
        return None
    return Wanted(plain, tuple(dict.fromkeys(_readings(plain))))


def _readings(line: str) -> Iterator[tuple[str, str]]:
    yield line, ""
    for bare, aside in dict.fromkeys(((line, ""), _without_brackets(line, 1), _without_brackets(line))):
        if bare != line:
            yield bare, aside
        splits = list(_SPLIT.finditer(bare))[:_MOST_SPLITS]
        for place, split in enumerate(splits):
            left, right = bare[: split.start()], bare[split.end() :]
            yield left, f"{right} {aside}"
            yield right, f"{left} {aside}"
            if place + 1 < len(splits):
                after = splits[place + 1]
                yield right[: after.start() - split.end()], f"{left} {bare[after.end() :]} {aside}"
    for quoted in list(_QUOTED.finditer(line))[:_MOST_SPLITS]:
        yield quoted[1], f"{line[: quoted.start()]} {line[quoted.end() :]}"


def _without_brackets(text: str, most: int = _MOST_SPLITS) -> tuple[str, str]:
    """Part what stands in brackets from what does not, from the last bracket on, the inner before the outer."""
    aside: list[str] = []
    while len(aside) < most and (found := list(_BRACKETS.finditer(text))):
        last = found[-1]
        aside.append(last[1])
        text = f"{text[: last.start()]} {text[last.end() :]}"
    return " ".join(text.split()), " ".join(aside)


def _table(text: str) -> Iterator[Wanted]:
    """Read the rows of a table; nothing where the first line heads no column of titles."""
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    if not first.count(delimiter) and _column(first) is None:
        return
    reader = csv.reader(text.lstrip("\ufeff\r\n").splitlines(keepends=True), delimiter=delimiter)
    try:
        columns = {kind: place for place, name in enumerate(next(reader)) if (kind := _column(name))}
        if "title" not in columns:
            return
        for row in reader:
            cells = {kind: _cell(row, place) for kind, place in columns.items()}
            if any(cells.values()):
                yield _row(cells)
    except csv.Error as error:
        raise UnreadableError from error


def _column(name: str) -> str | None:
    folded = " ".join(fold(_BRACKETS.sub("", re.sub(r"\(s\)", "s", name))).replace("_", " ").strip(' "').split())
    return next((kind for kind, names in _COLUMNS.items() if folded in names), None)


def _cell(row: list[str], place: int) -> str:
    """Read a cell; the apostrophe that keeps a spreadsheet from reading a formula is no part of it."""
    return row[place].strip().removeprefix("'")[:LONGEST_LINE] if place < len(row) else ""


def _row(cells: dict[str, str]) -> Wanted:
    artist, drama = cells.get("artist", ""), cells.get("drama", "")
    readings: list[tuple[str, str]] = []
    for title in dict.fromkeys((cells.get("title", ""), cells.get("hangul", ""))):
        if title:
            bare, aside = _without_brackets(title)
            readings += [(title, f"{artist} {drama}".strip()), (bare, f"{artist} {drama} {aside}".strip())]
    told = " – ".join(part for part in (artist, cells.get("title", "") or cells.get("id", "")) if part)
    return Wanted(told or drama, tuple(dict.fromkeys(readings)), cells.get("id") or None, artist=bool(artist))
