"""Published favourites lists: from the data folder's files, and from JSON lines kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from bot.catalogue.checks import Check, RefusedError, Row, each, flag, identifier, refused, text, url
from bot.catalogue.mistakes import CatalogueError, Mistake
from bot.catalogue.model import ListedSong, PublishedList, SongId
from bot.catalogue.tables import YEAR, own_id

SPELLING: Final = text(200)
"""Titles and names as the publisher wrote them."""
JSON_LINES: Final = "lists"
"""What a mistake in JSON lines calls its file, unless told."""


def _listed(value: object) -> ListedSong:
    row = Row(value, "a listed song")
    song = row.take("song", identifier)
    listed = ListedSong(
        title=row.need("title", SPELLING),
        artist=row.take("artist", SPELLING),
        drama=row.take("drama", SPELLING),
        song=SongId(song) if song is not None else None,
    )
    row.close()
    return listed


LISTED_SONGS: Final = Check(
    "one or more listed songs", lambda value: each(value, _listed, LISTED_SONGS.expected, least=1)
)


def read_list(value: object, stem: str) -> PublishedList:
    """Read a list's file; whether its songs exist is checked when all files are read."""
    row = Row(value, "a list")
    published = PublishedList(
        id=row.need("id", own_id(stem)),
        url=row.take("url", url, ""),
        year=row.take("year", YEAR),
        kind=row.need("kind", identifier),
        lang=row.need("lang", identifier),
        theme=row.need("theme", identifier),
        ranked=row.need("ranked", flag),
        songs=row.need("songs", LISTED_SONGS),
    )
    row.close()
    return published


def _any_text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise refused(value, ANY_TEXT.expected)


ANY_TEXT: Final = Check("text", _any_text)
JSON_SONGS: Final = Check("a list of songs", lambda value: each(value, _json_song, JSON_SONGS.expected))


def _json_list(value: object, known: frozenset[str]) -> PublishedList:
    row = Row(_told(value), "a list")
    songs = row.need("songs", JSON_SONGS)
    published = PublishedList(
        id=row.need("list", ANY_TEXT),
        url=row.take("url", ANY_TEXT, ""),
        year=row.take("year", YEAR),
        kind=row.take("kind", ANY_TEXT, ""),
        lang=row.take("lang", ANY_TEXT, ""),
        theme=row.take("theme", ANY_TEXT, ""),
        ranked=row.take("ranked", flag, False),
        songs=tuple(song if song.song in known else replace(song, song=None) for song in songs or ()),
    )
    row.close(strict=False)
    return published


def _json_song(value: object) -> ListedSong:
    row = Row(_told(value), "a listed song")
    song = row.take("id", ANY_TEXT)
    listed = ListedSong(
        title=row.take("title", ANY_TEXT, ""),
        artist=row.take("artist", ANY_TEXT),
        drama=row.take("drama", ANY_TEXT),
        song=SongId(song) if song is not None else None,
    )
    row.close(strict=False)
    return listed


def _told(value: object) -> object:
    """Leave out what JSON calls null: in the catalogue it is absent."""
    return {key: told for key, told in value.items() if told is not None} if isinstance(value, dict) else value


def parse_lists_jsonl(
    text: str, catalogue_song_ids: Collection[str], file: str = JSON_LINES
) -> tuple[PublishedList, ...]:
    """Read lists kept as JSON lines; raises CatalogueError with the bad lines.

    Such lists may be made for another state of the catalogue: a song it does not have counts as unmatched,
    and what else a line tells is left alone.
    """
    known = frozenset(catalogue_song_ids)
    mistakes: list[Mistake] = []
    lists: list[PublishedList] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            lists.append(_json_list(json.loads(line), known))
        except RefusedError as error:
            mistakes += (fault.under(f"line {number}").told(file) for fault in error.faults)
        except (ValueError, RecursionError) as error:
            mistakes.append(Mistake(file, f"line {number}", "it", f"JSON: {error}"))
    if mistakes:
        raise CatalogueError(mistakes)
    return tuple(lists)
