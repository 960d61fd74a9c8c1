"""Published lists kept as JSON lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import CatalogueError, parse_lists_jsonl

KNOWN = {"goblin-stay-with-me", "goblin-beautiful"}
LINE = {
    "list": "a-fan-2017",
    "url": "https://example.org/list",
    "year": 2017,
    "kind": "fan",
    "lang": "en",
    "theme": "all-time",
    "ranked": True,
    "songs": [
        {
            "title": "Stay With Me",
            "artist": "Chanyeol, Punch",
            "drama": "Goblin",
            "id": "goblin-stay-with-me",
        },
        {"title": "Nobody Knows", "artist": None, "drama": None, "id": None},
    ],
}


def test_a_line_becomes_a_list():
    (published,) = parse_lists_jsonl(json.dumps(LINE) + "\n", KNOWN)

    assert (published.id, published.year, published.kind, published.ranked) == (
        "a-fan-2017",
        2017,
        "fan",
        True,
    )
    assert [listed.song for listed in published.songs] == ["goblin-stay-with-me", None]
    assert published.songs[1].artist is None


def test_blank_lines_are_no_lists():
    assert parse_lists_jsonl("\n \n", KNOWN) == ()


def test_a_song_this_catalogue_lacks_counts_as_unmatched():
    (published,) = parse_lists_jsonl(json.dumps(LINE), {"other"})

    assert [listed.song for listed in published.songs] == [None, None]


def test_what_a_line_tells_beyond_the_songs_may_be_absent():
    (published,) = parse_lists_jsonl('{"list": "bare", "songs": [{"id": "goblin-beautiful", "note": 1}]}', KNOWN)

    assert published.songs[0].song == "goblin-beautiful"
    assert (published.year, published.ranked) == (None, False)


def test_line_separators_inside_a_title_do_not_end_the_line():
    line = json.dumps({"list": "odd", "songs": [{"title": "Stay\u2028With Me"}]}, ensure_ascii=False)

    assert parse_lists_jsonl(line, KNOWN)[0].songs[0].title == "Stay\u2028With Me"


def test_every_bad_line_is_told_with_its_number():
    text = "\n".join([json.dumps(LINE), "{", "[]", '{"songs": [{"id": 7}]}', '{"list": 1, "songs": "none"}'])

    with pytest.raises(CatalogueError) as caught:
        parse_lists_jsonl(text, KNOWN, file="mine.jsonl")

    assert [str(mistake) for mistake in caught.value.mistakes] == [
        "mine.jsonl: line 2: it is not JSON: Expecting property name enclosed in double quotes: "
        "line 1 column 2 (char 1)",
        "mine.jsonl: line 3: an empty list is not a table with the keys of a list",
        "mine.jsonl: line 4.songs[0].id: 7 is not text",
        "mine.jsonl: line 4.list is missing; expected text",
        'mine.jsonl: line 5.songs: "none" is not a list of songs',
        "mine.jsonl: line 5.list: 1 is not text",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["list", "songs", "id", "title", "year", "ranked"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON | st.text())
def test_lines_from_anywhere_raise_nothing_but_catalogue_errors(value: object):
    text = value if isinstance(value, str) else json.dumps(value)
    try:
        assert isinstance(parse_lists_jsonl(text, KNOWN), tuple)
    except CatalogueError as error:
        assert error.mistakes
