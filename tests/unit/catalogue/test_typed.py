"""What a curator types into a form, as the table a drama's file would have."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_data import DataFolder

from bot.catalogue import Catalogue, DramaId
from bot.catalogue.overlay import overlay
from bot.catalogue.typed import Guessed, Typed, addition_of, typed_of

SOURCE = "https://example.org/tonight"


@pytest.fixture
def files(data_folder: DataFolder) -> Catalogue:
    return data_folder.load()


def read(files: Catalogue, of: str | None = "goblin", **fields: str) -> Guessed:
    typed = Typed(**{"drama": "Goblin", "title": "Hush", "singers": "Punch", "source": SOURCE, **fields})
    return addition_of(typed, files.dramas[DramaId(of)] if of else None, files)


def song(files: Catalogue, **fields: str) -> Any:
    return read(files, **fields).addition.song


def test_credits_are_read_as_people_write_them(files: Catalogue) -> None:
    told = song(files, singers="punch; Chanyeol (rap, EXO); New Name (새 이름, female, Red Velvet)")

    assert told["artists"] == [
        {"name": "Punch", "role": "vocal", "voice": "female"},
        {"name": "Chanyeol", "of": "EXO", "role": "rap", "voice": "male"},
        {"name": "New Name", "name_ko": "새 이름", "of": "Red Velvet", "role": "vocal", "voice": "female"},
    ]


@pytest.mark.parametrize("typed", ["펀치", "Bae Jin-young", "PUNCH"])
def test_an_artist_is_known_in_either_script_and_by_other_spellings(files: Catalogue, typed: str) -> None:
    assert song(files, singers=typed)["artists"][0]["name"] == "Punch"


@pytest.mark.parametrize("typed", ["Hush / 쉿", "쉿 / Hush", "Hush\n쉿"])
def test_a_title_comes_in_both_scripts_in_either_order(files: Catalogue, typed: str) -> None:
    told = song(files, title=typed)

    assert (told["id"], told["title"], told["title_ko"]) == ("goblin-hush", "Hush", "쉿")


def test_further_words_find_their_keys(files: Catalogue) -> None:
    told = song(files, more="yearning, Romantic · ballad; 2026-11-24, part 3, longing, r&b")

    assert told["moods"] == ["yearning", "romantic"]
    assert told["tempo"] == "ballad"
    assert told["released"] == "2026-11-24"
    assert told["part"] == 3
    assert told["themes"] == ["longing"]
    assert told["genres"] == ["r&b"]


def test_what_is_left_out_is_taken_from_the_dramas_other_songs_and_told(files: Catalogue) -> None:
    guessed = read(files, more="romantic")

    assert guessed.keys == ("genres", "tempo")
    assert guessed.addition.song["tempo"] in {"mid", "ballad"}
    assert read(files, more="").keys == ("genres", "moods", "tempo")


def test_a_new_drama_is_title_hangul_and_year(files: Catalogue) -> None:
    addition = read(files, None, drama="Tonight / 오늘 밤 / 2026").addition

    assert addition.new_drama == {
        "id": "tonight",
        "title": "Tonight",
        "title_ko": "오늘 밤",
        "year": 2026,
        "sources": [SOURCE],
    }
    assert addition.id == "tonight-hush"
    assert overlay(files, [addition]).standing == ("tonight-hush",)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"more": "yerning"}, 'did you mean "yearning"?'),
        ({"source": "somewhere"}, "the address of a page"),
        ({"title": "쉿"}, "an id"),
        ({"singers": "이름"}, "Latin letters"),
        ({"singers": " ; "}, "artists"),
        ({"more": "part 100"}, "part"),
    ],
)
def test_what_is_not_understood_is_for_the_checks_to_refuse(
    files: Catalogue, fields: dict[str, str], said: str
) -> None:
    (unread,) = overlay(files, [read(files, **fields).addition]).unread

    assert said in "\n".join(map(str, unread.mistakes))


def test_an_addition_can_be_typed_again(files: Catalogue) -> None:
    first = read(
        files, title="Hush / 쉿", singers="Punch; Chanyeol (rap, EXO)", more="yearning, ballad, 2026, part 2, longing"
    ).addition

    again = addition_of(typed_of(first, "Goblin"), files.dramas[DramaId("goblin")], files, keep=first.id).addition

    read_first = overlay(files, [first]).catalogue.songs[first.id]
    assert overlay(files, [again]).catalogue.songs[first.id] == read_first


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.fixed_dictionaries({key: st.text(max_size=60) for key in ("drama", "title", "singers", "more")}))
def test_whatever_is_typed_is_a_song_or_a_list_of_mistakes(files: Catalogue, fields: dict[str, str]) -> None:
    for drama in ("goblin", None):
        laid = overlay(files, [read(files, drama, **fields).addition])

        assert len(laid.standing) + len(laid.yielded) + len(laid.unread) == 1
        assert all(unread.mistakes for unread in laid.unread)
