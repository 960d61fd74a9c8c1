"""Songs added while running: laid over the files, checked like them, and yielding to them."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from tiny_data import DataFolder

from bot.catalogue import Catalogue, DramaId, SongId
from bot.catalogue.overlay import Addition, overlay

HUSH = {
    "id": "goblin-hush",
    "title": "Hush",
    "artists": [{"name": "Lasse Lindh", "role": "vocal"}],
    "genres": ["ballad"],
    "moods": ["romantic"],
    "tempo": "ballad",
    "sources": ["https://example.org/hush"],
    "checked": "source",
}
NEW_DRAMA = {
    "id": "tonight",
    "title": "Tonight",
    "title_ko": "오늘 밤",
    "year": 2026,
    "sources": ["https://example.org/tonight"],
}


@pytest.fixture
def files(data_folder: DataFolder) -> Catalogue:
    return data_folder.load()


def added(drama: str = "goblin", new_drama: dict | None = None, **changed: Any) -> Addition:
    song = {**copy.deepcopy(HUSH), **changed}
    return Addition(SongId(str(song["id"])), DramaId(drama), song, new_drama)


def test_without_additions_it_is_the_files_catalogue_itself(files: Catalogue) -> None:
    assert overlay(files, ()).catalogue is files


def test_an_addition_is_a_song_like_any_other(files: Catalogue) -> None:
    laid = overlay(files, [added()])

    song = laid.catalogue.songs[SongId("goblin-hush")]
    assert laid.standing == ("goblin-hush",)
    assert laid.catalogue.dramas[DramaId("goblin")].songs[-1] == song.id
    assert laid.catalogue.artist("lasse-lindh").songs == (song.id,)  # pyright: ignore[reportOptionalMemberAccess]
    assert SongId("goblin-hush") not in files.songs


def test_a_drama_that_no_file_has_comes_with_its_first_song(files: Catalogue) -> None:
    first = added("tonight", NEW_DRAMA, id="tonight-hush")
    second = added("tonight", NEW_DRAMA, id="tonight-again", title="Again")

    laid = overlay(files, [first, second])

    assert laid.catalogue.dramas[DramaId("tonight")].songs == ("tonight-hush", "tonight-again")


def test_an_artist_told_of_only_here_completes_the_files_own_credits(files: Catalogue) -> None:
    told = added(artists=[{"name": "Ailee", "of": "Soloists", "role": "vocal"}])

    laid = overlay(files, [told])

    assert laid.catalogue.songs[SongId("goblin-first-snow")].artists[0].of == "Soloists"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"moods": ["yerning"]}, 'moods[0]: "yerning" is not a mood; did you mean "yearning"?'),
        ({"sources": ["not an address"]}, "sources[0]"),
        ({"artists": [{"name": "AILEE", "role": "vocal"}]}, 'did you mean "Ailee"?'),
        ({"artists": [{"name": "Ailee", "name_ko": "애일리", "role": "vocal"}]}, 'did you mean "에일리"?'),
        ({"title": ""}, "title"),
        ({"surprise": 1}, "surprise"),
        ({"formerly": ["goblin-first-snow"]}, "formerly[0]"),
    ],
)
def test_a_bad_addition_is_named_with_its_mistakes_and_takes_nothing_with_it(
    files: Catalogue, changed: dict[str, Any], said: str
) -> None:
    laid = overlay(files, [added(**changed), added(id="goblin-good", title="Good")])

    (unread,) = laid.unread
    assert said in "\n".join(map(str, unread.mistakes))
    assert 'added song "goblin-hush"' in str(unread.mistakes[0])
    assert laid.standing == ("goblin-good",)


def test_a_drama_nobody_knows_is_a_mistake(files: Catalogue) -> None:
    (unread,) = overlay(files, [added("gobblin")]).unread

    assert 'did you mean "goblin"?' in str(unread.mistakes[0])


def test_an_addition_yields_to_a_file_that_has_it(files: Catalogue) -> None:
    same_id = added(id="goblin-stay-with-me", title="Whatever")
    same_title = added(id="goblin-i-will-go", title="I will go to you like the first snow")
    same_hangul = added(id="goblin-cheotnun", title="Cheotnun", title_ko="첫눈처럼 너에게 가겠다")
    past_id = added(id="goblin-snow", title="Snow")

    laid = overlay(files, [same_id, same_title, same_hangul, past_id])

    first_snow = "goblin-first-snow"
    assert laid.standing == ()
    assert laid.yielded == {
        "goblin-stay-with-me": "goblin-stay-with-me",
        "goblin-i-will-go": first_snow,
        "goblin-cheotnun": first_snow,
        "goblin-snow": first_snow,
    }
    assert laid.catalogue.formerly["goblin-i-will-go"] == first_snow
    assert laid.catalogue.song("goblin-cheotnun") == files.songs[SongId(first_snow)]


def test_a_drama_that_a_file_calls_otherwise_is_the_files(files: Catalogue) -> None:
    drama = {**NEW_DRAMA, "id": "the-goblin", "title": "GOBLIN", "year": 2016}

    laid = overlay(files, [added("the-goblin", drama, id="the-goblin-hush")])

    assert laid.catalogue.songs[SongId("the-goblin-hush")].drama == "goblin"
    assert laid.catalogue.drama("the-goblin") is laid.catalogue.dramas[DramaId("goblin")]


def test_the_same_title_in_another_drama_is_another_song(files: Catalogue) -> None:
    laid = overlay(files, [added(), added("tonight", NEW_DRAMA, id="tonight-hush")])

    assert len(laid.standing) == 2


def test_a_row_spoilt_by_hand_is_named(files: Catalogue) -> None:
    (unread,) = overlay(files, [replace(added(), song={})]).unread

    assert "title is missing" in "\n".join(map(str, unread.mistakes))
