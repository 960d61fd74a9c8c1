"""Checking, searching and recommending for somebody who reads the answer."""

import json
from pathlib import Path

import pytest
from shell import SONG, ids, printed_lines, terminal

from bot.__main__ import main
from bot.catalogue import Catalogue


def test_check_counts_the_catalogue(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == {
        "dramas": len(catalogue.dramas),
        "songs": len(catalogue.songs),
        "artists": len(catalogue.artists),
        "collections": len(catalogue.collections),
        "lists": len(catalogue.lists),
        "mistakes": [],
    }


def test_check_in_words_says_that_all_is_well(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert f"No mistakes: {len(catalogue.dramas):,} dramas" in capsys.readouterr().out


def test_check_lists_every_mistake_of_a_folder_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(tmp_path)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert main(["check", "--data", str(tmp_path), "--json"]) == 1
    mistakes = json.loads(capsys.readouterr().out)["mistakes"]

    assert [mistake["sentence"] for mistake in mistakes] == told[:-1]
    assert told[-1] == f"{len(mistakes)} mistakes."
    assert {"file", "key", "value", "expected", "nearest"} < mistakes[0].keys()


@pytest.mark.parametrize("words", [["search", "goblin"], ["recommend"]])
def test_a_broken_catalogue_answers_nothing_but_its_mistakes(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--data", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "vocabulary.toml" in told.err


def test_search_shows_title_singers_drama_and_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "stay", "with", "me", "goblin", "--limit", "1"]) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("Stay With Me — Chanyeol, Punch · Goblin (2016)\n")
    assert SONG in shown


def test_search_as_json_says_why_where_the_shown_names_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "도깨비", "--limit", "2", "--json"]) == 0

    (answer,) = printed_lines(capsys)
    assert [song["why"] for song in answer["songs"]] == ["도깨비 → Goblin"] * 2


def test_search_that_finds_only_the_nearest_admits_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "qqqqzzzzxxxx", "--json"]) == 0

    (answer,) = printed_lines(capsys)
    assert {song["why"] for song in answer["songs"]} <= {"merely the nearest"}


def test_every_wish_of_a_recommendation_is_met(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    wishes = ["--mood", "rainy-day", "--voices", "female", "--era", "2010-2015", "--count", "5"]

    assert main(["recommend", "--like", SONG, "--like", "goblin", "--like", "punch", *wishes, "--json"]) == 0

    (answer,) = printed_lines(capsys)
    years = [catalogue.drama_of(song).year for song in map(catalogue.song, ids(answer)) if song]
    assert len(years) == 5
    assert all(2010 <= year <= 2015 for year in years)


@pytest.mark.parametrize(("era", "first", "last"), [("2016", 2016, 2016), ("2020-", 2020, 9999), ("-2009", 0, 2009)])
def test_an_era_may_be_one_year_or_open(
    era: str, first: int, last: int, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", "--json", "--era", era]) == 0

    (answer,) = printed_lines(capsys)
    songs = [song for song in map(catalogue.song, ids(answer)) if song]
    assert len(songs) == 3
    assert all(first <= catalogue.drama_of(song).year <= last for song in songs)


@pytest.mark.parametrize("source", ["goblin", "punch", "ost-royalty"])
def test_a_source_may_be_a_drama_an_artist_or_a_collection(
    source: str, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", "--from", source, "--json"]) == 0

    drama, artist, collection = catalogue.drama(source), catalogue.artist(source), catalogue.collection(source)
    theirs = drama.songs if drama else artist.songs if artist else ()
    within = set(theirs) or {entry.song for entry in (collection.entries if collection else ())}
    (answer,) = printed_lines(capsys)
    assert len(answer["songs"]) == 3
    assert within >= set(ids(answer))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("--like", "goblin-stay-wiht-me"), SONG),
        (("--mood", "rainy-dya"), "rainy-day"),
        (("--voices", "mixd-duet"), "mixed-duet"),
        (("--from", "ost-royalti"), "ost-royalty"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_the_nearest(
    words: tuple[str, str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", *words]) == 2
    assert f'did you mean "{meant}"?' in capsys.readouterr().err


def test_wishes_that_nothing_meets_say_which_to_drop(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", "--from", "goblin", "--era", "1999", "--json"]) == 0

    told = capsys.readouterr()
    assert json.loads(told.out) == {"songs": []}
    assert told.err.startswith("0 of 3 songs fit; without the wish for ")


def test_a_recommendation_in_words_gives_a_reason_under_each_song(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["recommend", "--like", SONG]) == 0

    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 6
    assert all(" — " in title for title in shown[::2])
    assert all(" · " in reason for reason in shown[1::2])


def test_korean_is_printed_as_utf8_wherever_it_goes() -> None:
    found = terminal("search", "도깨비", "--limit", "1", "--json", PYTHONIOENCODING="ascii")

    assert json.loads(found.stdout)["songs"][0]["why"] == "도깨비 → Goblin"
