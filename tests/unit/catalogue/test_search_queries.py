"""Whole queries of every kind, checked in with the songs they mean: how often the first five hold one."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from bot.catalogue import load
from bot.catalogue.search import SearchIndex

QUERIES = {file.stem: file for file in sorted((Path(__file__).parent / "queries").glob("*.jsonl"))}
HARD = ("initials", "keyboard", "half-typed", "slips")
REACH: dict[str, tuple[float, float]] = dict.fromkeys(HARD, (0.85, 0.95))
"""The least share of queries with a meant song first, and among the first five; else 0.95 and 0.99."""


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(load())


@pytest.fixture(scope="module")
def drama_of() -> dict[str, str]:
    return {song.id: song.drama for song in load().songs.values()}


def test_there_are_queries_of_every_kind_spread_over_the_catalogue() -> None:
    lines = [json.loads(line) for file in QUERIES.values() for line in file.read_text("utf-8").splitlines()]
    kinds = defaultdict(int)
    for line in lines:
        kinds[line["kind"]] += 1

    assert len(lines) >= 300
    assert set(kinds) >= {"alias", "hangul", "romanized", "typo", "words", *REACH}
    assert len({answer for line in lines for answer in line["expect"]}) >= 150


def test_every_expected_song_exists(drama_of: dict[str, str]) -> None:
    known = drama_of.keys() | {f"drama:{drama}" for drama in drama_of.values()}
    for file in QUERIES.values():
        for line in map(json.loads, file.read_text("utf-8").splitlines()):
            assert set(line["expect"]) <= known, line


@pytest.mark.parametrize("kind", QUERIES)
def test_the_meant_song_stands_first(kind: str, index: SearchIndex, drama_of: dict[str, str]) -> None:
    lines = [json.loads(line) for line in QUERIES[kind].read_text("utf-8").splitlines()]
    first, five = [], []
    for line in lines:
        ids = [hit.id for hit in index.find(line["query"], limit=5)]
        meant = [song in line["expect"] or f"drama:{drama_of[song]}" in line["expect"] for song in ids]
        first.append(meant[0])
        five.append(any(meant))

    at_least_first, at_least_five = REACH.get(kind, (0.95, 0.99))
    assert sum(first) / len(lines) >= at_least_first
    assert sum(five) / len(lines) >= at_least_five
