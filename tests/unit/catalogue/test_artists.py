"""Artists, gathered from what songs credit."""

import pytest
from tiny_data import DataFolder

from bot.catalogue import Voice
from bot.catalogue.artists import artist_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IU", "iu"),
        ("10cm", "10cm"),
        ("(G)I-DLE", "g-i-dle"),
        ("Car, the Garden", "car-the-garden"),
        ("Sung Hoon (actor)", "sung-hoon-actor"),
        ("거미", ""),
    ],
)
def test_an_id_is_the_slug_of_the_name(name: str, expected: str):
    assert artist_id(name) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("female", "female", "female"),
        ("male-group", "male-group", "male-group"),
        ("female", "male", "mixed-group"),
    ],
)
def test_an_artists_voice_is_the_usual_one_of_the_credits(
    data_folder: DataFolder, first: Voice, second: Voice, expected: Voice
):
    voice = 'role = "vocal", voice = "female"'
    data_folder.edit("dramas/goblin.toml", voice, voice.replace("female", first))
    data_folder.edit("dramas/scarlet-heart.toml", voice, voice.replace("female", second))

    punch = data_folder.load().artist("punch")

    assert punch is not None
    assert punch.voice == expected


def test_an_artist_may_sing_and_rap_in_one_song_and_counts_once(data_folder: DataFolder):
    data_folder.edit("dramas/scarlet-heart.toml", 'name = "Loco"', 'name = "Punch"')

    punch = data_folder.load().artist("punch")

    assert punch is not None
    assert punch.songs == ("goblin-stay-with-me", "scarlet-heart-say-yes")


def test_a_spelling_most_songs_use_is_the_right_one(data_folder: DataFolder):
    for copy in ("one", "two"):
        text = (data_folder.root / "dramas/scarlet-heart.toml").read_text(encoding="utf-8")
        data_folder.write(f"dramas/{copy}.toml", text.replace("scarlet-heart", copy))
    data_folder.edit("dramas/goblin.toml", 'name = "Punch"', 'name = "PUNCH"')

    assert data_folder.mistakes() == [
        'dramas/goblin.toml: songs[0] "goblin-stay-with-me".artists[1] "PUNCH".name: "PUNCH" is not an '
        'artist with an id of their own; did you mean "Punch"?'
    ]
