"""The curated data itself: that it loads, and that what it promises is there."""

import re

import pytest

from bot.catalogue import DATA, Catalogue, SongId, load, voicings


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(DATA)


def test_nothing_that_was_researched_is_lost(catalogue: Catalogue):
    assert len(catalogue.dramas) >= 620
    assert len(catalogue.songs) >= 2090
    assert len(catalogue.artists) >= 1100
    assert len(catalogue.collections) >= 14
    assert len(catalogue.lists) >= 130


@pytest.mark.parametrize(
    "song",
    [
        "descendants-of-the-sun-once-again",
        "goblin-stay-with-me",
        "w-two-worlds-in-the-illusion",
        "kill-me-heal-me-auditory-hallucination",
        "while-you-were-sleeping-lucid-dream",
    ],
)
def test_the_founding_duets_are_a_female_singer_and_a_male_rapper(catalogue: Catalogue, song: str):
    assert "female-vocal-male-rap" in voicings(catalogue.songs[SongId(song)])


def test_every_romanised_title_says_what_it_means(catalogue: Catalogue):
    romanised = [song for song in catalogue.songs.values() if song.title == song.romanized]

    assert [song.id for song in romanised if not song.gloss] == []
    assert len(romanised) > 100


def test_every_song_can_be_traced_and_told_apart_by_its_drama(catalogue: Catalogue):
    for song in catalogue.songs.values():
        assert song.sources
        assert song.id.startswith(f"{song.drama}-")
        assert song.id in catalogue.dramas[song.drama].songs


def test_what_a_song_is_in_its_drama_is_told_in_both_languages(catalogue: Catalogue):
    told = [(song.id, "role", song.role, song.role_ko) for song in catalogue.songs.values()]
    told += [(song.id, "scene", song.scene, song.scene_ko) for song in catalogue.songs.values()]

    assert [(song, key) for song, key, english, korean in told if (english is None) != (korean is None)] == []
    assert [song for song, _, _, korean in told if korean and not re.search("[가-힣]", korean)] == []


def test_every_word_of_the_vocabulary_that_songs_are_searched_by_is_in_use(catalogue: Catalogue):
    songs = catalogue.songs.values()

    assert set(catalogue.vocabulary.moods) == {mood for song in songs for mood in song.moods}
    assert set(catalogue.vocabulary.themes) == {theme for song in songs for theme in song.themes}
    assert set(catalogue.vocabulary.genres) == {genre for song in songs for genre in song.genres}


def test_songs_of_a_drama_stand_by_part_and_date(catalogue: Catalogue):
    for drama in catalogue.dramas.values():
        parts = [song.part for song in catalogue.songs_of(drama.songs) if song.part is not None]
        assert parts == sorted(parts), drama.id
