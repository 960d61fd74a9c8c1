"""Songs written as the data folder's TOML: read back the same, in their place, leaving the rest as it is."""

from __future__ import annotations

import tomli
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import DATA
from bot.catalogue.written import drama_text, new_file, song_text, with_song

SONG = {
    "id": "goblin-tonight",
    "checked": "source",
    "title": 'A "quoted" \\ title',
    "artists": [{"name": "Punch", "role": "vocal"}],
    "released": "2016-12-04",
    "part": 2,
    "moods": ["yearning"],
    "sources": ["https://example.org/" + "a" * 120],
}


def test_a_song_is_written_in_the_style_of_the_files() -> None:
    assert song_text(SONG).splitlines() == [
        "[[songs]]",
        'id = "goblin-tonight"',
        'title = "A \\"quoted\\" \\\\ title"',
        "artists = [",
        '  { name = "Punch", role = "vocal" },',
        "]",
        "part = 2",
        'released = "2016-12-04"',
        'moods = ["yearning"]',
        "sources = [",
        f'  "https://example.org/{"a" * 120}",',
        "]",
        'checked = "source"',
    ]


def test_a_song_goes_where_its_part_belongs_and_nothing_else_changes() -> None:
    before = (DATA / "dramas" / "goblin.toml").read_text("utf-8")

    after = with_song(before, SONG)

    ids = [song["id"] for song in tomli.loads(after)["songs"]]
    parts = [song.get("part", 99) for song in tomli.loads(after)["songs"]]
    assert ids.index("goblin-tonight") == 1
    assert parts == sorted(parts)
    assert after.replace(song_text(SONG) + "\n", "") == before


def test_every_file_of_the_data_keeps_its_text_around_a_new_song() -> None:
    for path in sorted((DATA / "dramas").glob("*.toml"))[::12]:
        before = path.read_text("utf-8")

        after = with_song(before, SONG)

        left = after.replace("\n" + song_text(SONG), "", 1)
        assert left == before, path.name


def test_a_new_drama_is_a_file_of_its_own() -> None:
    drama = {"id": "tonight", "title": "Tonight", "year": 2026, "sources": ["https://example.org"]}

    text = new_file(drama, [SONG, {**SONG, "id": "first", "part": 1}])

    assert text.startswith(drama_text(drama) + "\n[[songs]]")
    assert [song["id"] for song in tomli.loads(text)["songs"]] == ["first", "goblin-tonight"]


@given(text=st.text(max_size=40).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert tomli.loads(song_text({"title": text, "artists": [{"name": text}]}))["songs"] == [
        {"title": text, "artists": [{"name": text}]}
    ]
