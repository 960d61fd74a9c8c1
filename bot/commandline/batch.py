"""Questions as JSON lines on standard input, one JSON line of answer each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.catalogue import SongId


class QuestionError(Exception):
    """A line that is not a question; the message says what it should be."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One song of an answer, and why it is there."""

    id: str
    why: str | None


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What to search for, and how many songs are wanted."""

    query: str
    limit: int


@dataclass(frozen=True, slots=True)
class LikeQuestion:
    """Songs that somebody likes, and how many more are wanted."""

    like: tuple[SongId, ...]
    limit: int


def search_question(line: str) -> SearchQuestion:
    """Read {"query": "...", "limit": 10}; raises QuestionError."""
    table = _table(line)
    query = table.get("query")
    if not isinstance(query, str):
        raise QuestionError('"query" must be text')
    return SearchQuestion(query, _limit(table, 10))


def like_question(line: str) -> LikeQuestion:
    """Read {"like": ["id", ...], "limit": 50}; raises QuestionError."""
    table = _table(line)
    like = table.get("like")
    if not isinstance(like, list) or not all(isinstance(id, str) for id in like):
        raise QuestionError('"like" must be a list of song ids')
    return LikeQuestion(tuple(SongId(id) for id in like), _limit(table, 50))


def answer_lines(answer: Callable[[str], Iterable[Answered]]) -> bool:
    """Answer standard input line by line, each as soon as it is read; True when every line was understood."""
    understood = True
    for line in _lines():
        try:
            text = songs_json(answer(line.decode("utf-8-sig")))
        except QuestionError as error:
            understood = False
            text = json.dumps({"error": str(error)}, ensure_ascii=False)
        except UnicodeDecodeError:
            understood = False
            text = json.dumps({"error": "the line is not UTF-8 text"})
        print(text, flush=True)
    return understood


def songs_json(songs: Iterable[Answered]) -> str:
    """Write an answer as one line of JSON."""
    return json.dumps({"songs": [{"id": song.id, "why": song.why} for song in songs]}, ensure_ascii=False)


def _lines() -> Iterator[bytes]:
    return (line for line in sys.stdin.buffer if line.strip())


def _table(line: str) -> dict[str, object]:
    try:
        table = json.loads(line)
    except (ValueError, RecursionError):
        raise QuestionError("the line is not JSON") from None
    if not isinstance(table, dict):
        raise QuestionError("the line must be a JSON object")
    return table


def _limit(table: dict[str, object], default: int) -> int:
    limit = table.get("limit", default)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise QuestionError('"limit" must be a whole number from 1')
    return limit
