"""Loading a data folder: everything that is right, or every mistake at once."""

import random
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_data import FILES, GOBLIN, SCARLET, DataFolder

from bot.catalogue import CatalogueError, SongId, load

GOBLIN_FILE = "dramas/goblin.toml"


def test_a_right_folder_becomes_a_catalogue(data_folder: DataFolder):
    catalogue = data_folder.load()

    song = catalogue.songs[SongId("goblin-stay-with-me")]
    assert song.title == "Stay With Me"
    assert song.released == "2016-12-03"
    assert [credit.artist for credit in song.artists] == ["chanyeol", "punch"]
    assert catalogue.drama_of(song).title_ko == "도깨비"
    assert catalogue.drama_of(song).songs == ("goblin-stay-with-me", "goblin-first-snow")
    assert [collection.title for collection in catalogue.collections.values()] == ["Her Voice, His Verse"]
    assert [listed.song for listed in catalogue.lists[0].songs] == ["goblin-stay-with-me", None]
    assert catalogue.vocabulary.listener_moods["rainy-day"].tags["tempo:upbeat"] == -0.8


def test_an_artist_gathers_songs_and_spellings_from_all_files(data_folder: DataFolder):
    punch = data_folder.load().artist("punch")

    assert punch is not None
    assert punch.songs == ("goblin-stay-with-me", "scarlet-heart-say-yes")
    assert punch.aliases == ("Bae Jin-young",)
    assert punch.voice == "female"


def test_a_korean_name_is_told_once_and_stands_in_every_credit(data_folder: DataFolder):
    song = data_folder.load().song("scarlet-heart-say-yes")

    assert song is not None
    assert [credit.name_ko for credit in song.artists] == [None, "펀치"]


def test_past_ids_still_find_their_songs_and_dramas(data_folder: DataFolder):
    catalogue = data_folder.load()

    assert catalogue.song("goblin-snow") is catalogue.song("goblin-first-snow")
    assert catalogue.drama("guardian") is catalogue.drama("goblin")


def test_a_catalogue_cannot_be_changed(data_folder: DataFolder):
    catalogue = data_folder.load()

    with pytest.raises(TypeError):
        catalogue.songs[SongId("new")] = catalogue.songs[SongId("goblin-first-snow")]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        catalogue.songs[SongId("goblin-first-snow")].title = "Other"  # type: ignore[misc]


def test_the_same_files_make_equal_catalogues(data_folder: DataFolder):
    assert data_folder.load() == data_folder.load()


def test_files_that_are_not_toml_are_left_alone(data_folder: DataFolder):
    data_folder.write("dramas/README.md", "# not a drama")

    assert len(data_folder.load().dramas) == 2


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(data_folder: DataFolder):
    data_folder.write(GOBLIN_FILE, b"\xef\xbb\xbf" + GOBLIN.replace("\n", "\r\n").encode())

    assert data_folder.load().song("goblin-stay-with-me") is not None


def test_all_mistakes_of_all_files_are_told_at_once(data_folder: DataFolder):
    data_folder.edit(GOBLIN_FILE, '"yearning"', '"yerning"')
    data_folder.edit(GOBLIN_FILE, "part = 1", "part = -1")
    data_folder.edit("dramas/scarlet-heart.toml", "tempo", "temppo")
    data_folder.edit("collections/duets.toml", "🎤", "")
    data_folder.write("lists/a-fan-2017.toml", b"\xff")

    told = data_folder.mistakes()

    assert len([line for line in told if line.startswith(GOBLIN_FILE)]) == 2
    assert len([line for line in told if line.startswith("dramas/scarlet-heart.toml")]) == 2
    assert 'collections/duets.toml: emoji: "" is not one emoji' in told
    assert "lists/a-fan-2017.toml: the file is not UTF-8 text: byte 1 is 0xff" in told
    assert told == sorted(told, key=lambda line: line.partition(":")[0])


def test_a_refused_song_is_not_told_again_where_it_is_named(data_folder: DataFolder):
    data_folder.edit(GOBLIN_FILE, '"yearning"', '"yerning"')

    assert len(data_folder.mistakes()) == 1


def test_a_broken_file_is_not_told_again_where_its_songs_are_named(data_folder: DataFolder):
    data_folder.write(GOBLIN_FILE, "[drama")

    assert [line.partition(": ")[0] for line in data_folder.mistakes()] == [GOBLIN_FILE]


def test_a_broken_vocabulary_does_not_condemn_every_song(data_folder: DataFolder):
    data_folder.write("vocabulary.toml", "moods = 3")

    assert all(line.startswith("vocabulary.toml") for line in data_folder.mistakes())


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_or_folder_is_a_mistake(data_folder: DataFolder, file: str):
    (data_folder.root / file).unlink()
    if "/" in file and not list((data_folder.root / file).parent.iterdir()):
        (data_folder.root / file).parent.rmdir()

    assert data_folder.mistakes()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path / "nowhere")

    assert "vocabulary.toml: the file is not there" in str(caught.value)
    assert 'dramas: the folder is not there: "dramas" is looked for in the data folder' in str(caught.value)


def test_a_drama_without_songs_is_a_mistake(data_folder: DataFolder):
    data_folder.write("dramas/empty.toml", SCARLET.partition("[[songs]]")[0].replace("scarlet-heart", "empty"))

    assert data_folder.mistakes() == [
        "dramas/empty.toml: songs is missing; expected one or more tables, each under its [[…]]"
    ]


@given(junk=st.binary(max_size=400), file=st.sampled_from(sorted(FILES)))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_bytes_from_anywhere_raise_nothing_but_catalogue_errors(data_folder: DataFolder, junk: bytes, file: str):
    data_folder.write(file, junk)
    try:
        data_folder.load()
    except CatalogueError as error:
        assert file in str(error)
    finally:
        data_folder.write(file, FILES[file])


@given(seed=st.integers(0, 2**32), file=st.sampled_from(sorted(FILES)), count=st.integers(1, 6))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_text_that_is_scrambled_raises_nothing_but_catalogue_errors(
    data_folder: DataFolder, seed: int, file: str, count: int
):
    dice = random.Random(seed)
    text = FILES[file]
    for _ in range(count):
        start = dice.randrange(len(text))
        end = min(len(text), start + dice.randrange(12))
        text = text[:start] + dice.choice(["", '"', "[", "]", "=", "\n", "1979-05-27", "inf", "{}"]) + text[end:]
    data_folder.write(file, text)
    try:
        data_folder.load()
    except CatalogueError as error:
        assert error.mistakes
    finally:
        data_folder.write(file, FILES[file])


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000, "a.b = 1\na = 2", "d = 2016-02-30"])
def test_toml_that_no_parser_likes_is_a_mistake_too(data_folder: DataFolder, text: str):
    data_folder.write("artists.toml", text)

    assert data_folder.mistakes()[0].startswith("artists.toml: the file is not TOML: ")
