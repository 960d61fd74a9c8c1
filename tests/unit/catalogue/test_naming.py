"""Lists kept elsewhere: what is sure is right, what is not sure is never guessed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Song, load
from bot.catalogue.listing import UnreadableError, Wanted, decoded, line_wanted, songs_wanted
from bot.catalogue.loader import DATA
from bot.catalogue.naming import CHOICES, Named, Naming
from bot.catalogue.search import SearchIndex

STAY, BEAUTIFUL, SNOW = "goblin-stay-with-me", "goblin-beautiful", "goblin-i-will-go-to-you-like-the-first-snow"


@cache
def curated() -> Naming:
    """The whole catalogue's naming."""
    catalogue = load(DATA)
    return Naming(catalogue, SearchIndex(catalogue))


def named(line: str) -> Named:
    """Tell what one line names."""
    wanted = line_wanted(line)
    assert wanted is not None
    return curated().named(wanted)


def singers(song: Song) -> str:
    return ", ".join(dict.fromkeys(credit.name for credit in song.artists))


def korean(song: Song, _: Catalogue) -> str:
    return f"{', '.join(credit.name_ko or credit.name for credit in song.artists)} - {song.title_ko or song.title}"


FORMS: dict[str, Callable[[Song, Catalogue], str]] = {
    "artist – title": lambda song, _: f"{singers(song)} – {song.title}",
    "title by artist": lambda song, _: f"{song.title} by {singers(song)}",
    "title - artist": lambda song, _: f"{song.title} - {singers(song)}",
    "in Hangul": korean,
    "as videos are named": lambda song, of: (
        f"[MV] {singers(song)} _ {song.title} ({of.drama_of(song).title} OST Part.1)"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_song_of_the_catalogue_is_named_surely_or_offered_and_none_is_taken_for_another(form: str) -> None:
    catalogue = curated().catalogue
    sure = 0
    for song in catalogue.songs.values():
        found = named(FORMS[form](song, catalogue))
        assert found.sure in {song.id, None}, FORMS[form](song, catalogue)
        assert found.sure or song.id in found.perhaps
        sure += bool(found.sure)
    assert sure >= 0.98 * len(catalogue.songs)


@pytest.mark.parametrize(
    ("line", "song"),
    [
        ("1. CHANYEOL, PUNCH - Stay With Me", STAY),
        ('"Stay With Me" - Punch https://youtu.be/xyz', STAY),
        ("[MV] CHANYEOL(찬열), PUNCH(펀치) _ Stay With Me (Goblin(도깨비) OST Part.1)", STAY),
        ("찬열, 펀치 - Stay With Me", STAY),
        ("에일리 - 첫눈처럼 너에게 가겠다 (도깨비 OST)", SNOW),
        ("I Will Go to You Like the First Snow", SNOW),
        ("Goblin OST - Beautiful", BEAUTIFUL),
        ("3) Crush | Beautiful", BEAUTIFUL),
        ("• Crush – BEAUTIFUL", BEAUTIFUL),
    ],
)
def test_a_line_that_says_enough_is_sure(line: str, song: str) -> None:
    assert named(line).sure == song


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("Beautiful", BEAUTIFUL),
        ("Stay With Me - Sam Smith", STAY),
        ("Stay With Me (piano cover) - Punch", STAY),
        ("Stay wiht me Punhc", STAY),
        ("Goblin", STAY),
    ],
)
def test_a_line_that_could_mean_others_is_offered_and_not_guessed(line: str, offered: str) -> None:
    found = named(line)

    assert found.sure is None
    assert offered in found.perhaps
    assert len(found.perhaps) <= CHOICES


def test_all_songs_of_a_title_are_offered() -> None:
    catalogue = curated().catalogue
    same = {song.id for song in catalogue.songs.values() if song.title.lower() == "my love"}
    assert len(same) > 5

    assert same <= set(named("My Love - Nobody We Know").perhaps)


@pytest.mark.parametrize("line", ["Ed Sheeran - Perfect", "Queen - Bohemian Rhapsody", "xyzzy plugh", "aespa – Spicy"])
def test_what_the_catalogue_lacks_is_not_found(line: str) -> None:
    assert named(line) == Named()


@pytest.mark.parametrize("nothing", ["", "   ", "https://open.spotify.com/track/1", "---", "🎵🎵", "12."])
def test_a_line_without_a_name_is_no_line(nothing: str) -> None:
    assert line_wanted(nothing) is None


def test_tables_of_playlist_tools_are_read_by_their_headings() -> None:
    exported = (
        'Track URI,Track Name,Artist Name(s),Album Name\r\nspotify:track:1,"Stay With Me","CHANYEOL,Punch","Goblin"\r\n'
    )
    korean_table = "순위;제목;가수\n1;첫눈처럼 너에게 가겠다;에일리\n"

    found = [curated().named(songs_wanted(table)[0]).sure for table in (exported, korean_table)]

    assert found == [STAY, SNOW]


def test_a_table_of_ours_is_read_by_its_ids_also_where_the_title_says_otherwise() -> None:
    ours = f"song id,title,Hangul title,artist,drama,year,since\n{STAY},'=Wrong,,,,,\n"

    assert curated().named(songs_wanted(ours)[0]).sure == STAY


def test_the_same_line_twice_is_one() -> None:
    assert len(songs_wanted("Punch - Stay With Me\n\nPunch - Stay With Me\n")) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp949"])
def test_a_list_is_read_in_the_encodings_people_have(encoding: str) -> None:
    text = decoded("에일리 - 첫눈처럼 너에게 가겠다\n".encode(encoding))

    assert curated().named(songs_wanted(text)[0]).sure == SNOW


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfe\x00", b"PK\x03\x04\x00\x00\xff", b"\x81"])
def test_what_is_no_text_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        decoded(raw)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_written_is_read_without_harm(text: str) -> None:
    try:
        wanted = songs_wanted(text)
    except UnreadableError:
        return
    for one in wanted[:3]:
        assert isinstance(one, Wanted)
        assert one.text
        assert len(curated().named(one).perhaps) <= CHOICES
