"""The reason under a recommended song, in words."""

from dataclasses import fields
from typing import get_args

from shell import SONG

from bot import recommend as because
from bot.catalogue import Catalogue, CollectionId, SongId
from bot.commandline.reasons import reason_line


def test_every_reason_there_is_has_a_line_that_names_what_it_counted(catalogue: Catalogue) -> None:
    told = {
        "seed": SONG,
        "near": SONG,
        "drama": "goblin",
        "artist": "punch",
        "collection": "ost-royalty",
        "group": "EXO",
        "published": "a-fan-2017",
        "people": 7,
        "lists": 7,
        "year": 2016,
        "mood": "rainy-day",
        "voicing": "mixed-duet",
        "tags": ("mood:yearning", "tempo:ballad"),
        "loved": True,
        "sings": False,
    }
    shown = {
        "seed": "Stay With Me",
        "near": "Stay With Me",
        "drama": "Goblin",
        "artist": "Punch",
        "tags": "Yearning",
        "mood": catalogue.vocabulary.listener_moods["rainy-day"].label,
        "voicing": catalogue.vocabulary.voicings["mixed-duet"].label,
        "collection": catalogue.collections[CollectionId("ost-royalty")].title,
    }

    for reason_class in get_args(because.Reason):
        names = [field.name for field in fields(reason_class)]
        line = reason_line(reason_class(**{name: told[name] for name in names}), catalogue)
        for name in names:
            if name not in ("loved", "sings"):
                assert str(shown.get(name, told[name])) in line
        assert ("because you love" in line) == ("loved" in names)


def test_a_song_that_left_the_catalogue_is_named_by_its_id(catalogue: Catalogue) -> None:
    gone = because.SharedGroup(SongId("gone-song"), "EXO", loved=False)

    assert reason_line(gone, catalogue) == "like gone-song: EXO again"
