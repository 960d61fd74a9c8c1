"""Reading one table by itself: as a file's reader does, and as one would for a song added while running."""

from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from tiny_data import GOBLIN, VOCABULARY

from bot.catalogue import DramaId, Song
from bot.catalogue.checks import RefusedError
from bot.catalogue.tables import Words, read_song
from bot.catalogue.vocabulary import read_vocabulary

WORDS = Words.of(read_vocabulary(tomli.loads(VOCABULARY)))
SONG: dict[str, Any] = tomli.loads(GOBLIN)["songs"][0]


def read(table: object) -> Song:
    return read_song(table, DramaId("goblin"), WORDS)


def test_a_song_reads_without_any_file():
    song = read(SONG)

    assert (song.id, song.drama, song.part) == ("goblin-stay-with-me", "goblin", 1)
    assert [credit.role for credit in song.artists] == ["rap", "vocal"]


def test_what_a_table_leaves_out_is_none_or_empty():
    song = read({key: SONG[key] for key in SONG if key not in ("part", "released", "themes", "role", "role_ko")})

    assert (song.part, song.released, song.role, song.scene, song.gloss) == (None,) * 5
    assert (song.themes, song.aliases, song.formerly) == ((), (), ())


def test_all_faults_of_a_table_are_told_together():
    with pytest.raises(RefusedError) as caught:
        read({**SONG, "moods": ["sad", "yerning"], "tempo": 3, "extra": 1})

    assert [fault.path for fault in caught.value.faults] == [".moods[0]", ".moods[1]", ".tempo", ".extra"]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://www.example.org:8080/a?b=c#d",
        "https://ko.wikipedia.org/wiki/도깨비_(드라마)",
        "HTTPS://EXAMPLE.ORG/A",
    ],
)
def test_addresses_of_pages_are_sources(address: str):
    assert read({**SONG, "sources": [address]}).sources == (address,)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "https://localhost",
        "https://a.b/c d",
        "mailto:a@b.c",
    ],
)
def test_anything_else_is_not_a_source(address: str):
    with pytest.raises(RefusedError):
        read({**SONG, "sources": [address]})


@pytest.mark.parametrize("released", ["2016", "1999-12-31", "2016-02-29"])
def test_days_and_years_are_release_dates(released: str):
    assert read({**SONG, "released": released}).released == released


@pytest.mark.parametrize("released", ["", "16", "2016-2-3", "2016-02-30", "2015-02-29", "2016-13", "20161203", 2016])
def test_anything_else_is_not_a_release_date(released: object):
    with pytest.raises(RefusedError):
        read({**SONG, "released": released})


def test_bounds_are_kept_to_the_letter():
    long = {**SONG, "title": "x" * 100, "scene": "x" * 120, "id": "x" * 70}

    assert read(long).title == "x" * 100
    for key in ("title", "scene", "id"):
        with pytest.raises(RefusedError, match=key):
            read({**long, key: long[key] + "x"})


@pytest.mark.parametrize("unseen", ["\u202e", "\u200b", "\x00", "\n", "\t", "\u2028"])
def test_characters_nobody_sees_are_refused(unseen: str):
    with pytest.raises(RefusedError):
        read({**SONG, "title": f"Stay{unseen}With Me"})


@pytest.mark.parametrize("title", ["Can't I Love You?", "너였다면", "Café\u00a0Noir", "Love 💜"])
def test_letters_of_every_script_are_fine(title: str):
    assert read({**SONG, "title": title}).title == title


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.dates()
    | st.datetimes()
    | st.sampled_from(["yearning", "female", "2016-02-30", "https://example.org", "goblin"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*SONG, "name", "voice"]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*SONG, "gloss", "scene", "formerly", "junk"]), ANYTHING, max_size=5))
def test_a_table_with_anything_in_it_is_read_or_refused_in_words(changes: dict[str, object]):
    try:
        song = read({**SONG, **changes})
    except RefusedError as error:
        for fault in error.faults:
            assert str(fault.told("here")).startswith("here: ")
            assert str(fault.told("here")).isprintable()
    else:
        assert song.title
        assert song.sources
        assert all(mood in ("yearning", "romantic", "melancholic") for mood in song.moods)


def test_what_many_songs_say_is_one_object():
    one, other = read({**SONG}), read({**SONG, "id": "goblin-other", "artists": [dict(by) for by in SONG["artists"]]})

    for field in ("artists", "sources", "moods", "genres", "released"):
        assert getattr(one, field) is getattr(other, field)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("artists", [[list(pair) for pair in by.items()] for by in SONG["artists"]]),
        ("artists", [{**SONG["artists"][0], "of": ["EXO"]}]),
        ("moods", "".join(SONG["moods"])),
        ("sources", [SONG["sources"]]),
        ("released", [SONG["released"]]),
    ],
)
def test_what_only_resembles_what_was_read_is_refused(field: str, told: object):
    read(SONG)

    with pytest.raises(RefusedError):
        read({**SONG, field: told})
