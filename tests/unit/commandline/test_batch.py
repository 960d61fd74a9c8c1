"""Answering JSON lines, and lists from a file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from shell import ROOT, SONG, ids, printed_lines, type_in

from bot.__main__ import main


def test_a_batch_of_searches_gets_one_line_each_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(
        monkeypatch,
        '{"query": "stay with me goblin", "limit": 1}',
        "",
        '{"query": "goblin"}',
        '{"query": "goblin", "limit": 99999999999999999999}',
    )

    assert main(["search", "--batch"]) == 0
    one, ten, many = (answer["songs"] for answer in printed_lines(capsys))
    assert [song["id"] for song in one] == [SONG]
    assert len(ten) == 10
    assert many[:10] == ten


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        "[]",
        "{}",
        '{"query": 5}',
        '{"query": "x", "limit": 0}',
        '{"query": "x", "limit": true}',
        '{"query": "x", "limit": "5"}',
        "[" * 100_000,
        b'{"query": "\xff"}',
    ],
)
def test_a_bad_line_gets_an_error_and_its_neighbours_their_answers(
    bad: str | bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = '{"query": "goblin", "limit": 1}'
    type_in(monkeypatch, good, bad, good)

    assert main(["search", "--batch"]) == 1
    before, error, after = printed_lines(capsys)
    assert before == after
    assert before["songs"]
    assert list(error) == ["error"]


def test_a_batch_of_likes_never_gives_back_what_is_liked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(
        monkeypatch,
        json.dumps({"like": [SONG, "no-such-song"], "limit": 5}),
        json.dumps({"like": []}),
        json.dumps({"like": SONG}),
        json.dumps({"like": [1]}),
    )

    assert main(["recommend", "--batch"]) == 1
    liked, bare, *bad = printed_lines(capsys)
    assert len(liked["songs"]) == 5
    assert SONG not in [song["id"] for song in liked["songs"]]
    assert all(song["why"] for song in liked["songs"])
    assert len(bare["songs"]) == 50
    assert [list(error) for error in bad] == [["error"], ["error"]]


def test_lists_from_a_file_replace_those_of_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    partner = "business-proposal-love-maybe"
    lists = tmp_path / "lists.jsonl"
    lists.write_text(
        "".join(
            json.dumps({"list": f"fan-{number}", "songs": [{"id": SONG}, {"id": partner}]}) + "\n"
            for number in range(6)
        ),
        "utf-8",
    )
    silence = tmp_path / "silence.jsonl"
    silence.write_text("", "utf-8")
    places: list[int] = []

    for file in (lists, silence):
        type_in(monkeypatch, json.dumps({"like": [SONG], "limit": 1000}))
        assert main(["recommend", "--batch", "--lists", str(file)]) == 0
        (answer,) = printed_lines(capsys)
        places.append(([*ids(answer), partner]).index(partner))

    assert places[0] < 50 < places[1]
    assert not [song for song in answer["songs"] if "list" in song["why"] or "collection" in song["why"]]


def test_lists_that_cannot_be_read_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "lists.jsonl"
    broken.write_text("{", "utf-8")

    assert main(["recommend", "--lists", str(broken)]) == 1
    assert "lists.jsonl: line 1" in capsys.readouterr().err
    assert main(["recommend", "--lists", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl cannot be read" in capsys.readouterr().err
    broken.write_bytes(b"\xff")
    assert main(["recommend", "--lists", str(broken)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_a_reader_who_leaves_early_is_no_trouble() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "search", "--batch"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout
        program.stdout.close()
        assert program.stdin
        program.stdin.write(b'{"query": "goblin"}\n')
        program.stdin.close()
        assert program.stderr
        complaint = program.stderr.read()

    assert program.returncode == 1
    assert complaint == b""
