"""A tiny data folder that is right in every point, for tests to break one point at a time."""

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest

from bot.catalogue import VOICINGS, Catalogue, CatalogueError, Role, Tempo, Voice, load

FAMILIES = {
    "moods": ("yearning", "romantic", "melancholic"),
    "themes": ("fate", "longing"),
    "genres": ("ballad", "r&b"),
    "tempos": get_args(Tempo),
    "voices": get_args(Voice),
    "roles": get_args(Role),
    "voicings": VOICINGS,
    "drama_genres": ("fantasy", "romance"),
}

VOCABULARY = (
    "".join(
        f'[{family}."{word}"]\nlabel = "{word.capitalize()}"\nlabel_ko = "말 {word}"\n'
        for family, words in FAMILIES.items()
        for word in words
    )
    + """
[listener_moods.rainy-day]
label = "Rainy day"
label_ko = "비 오는 날"
emoji = "🌧️"
aliases = ["rain"]
tags = { "mood:melancholic" = 1.0, "genre:ballad" = 0.4, "tempo:upbeat" = -0.8 }
"""
)

GOBLIN = """
[drama]
id = "goblin"
title = "Goblin"
title_ko = "도깨비"
year = 2016
network = "tvN"
genres = ["fantasy", "romance"]
sources = ["https://example.org/goblin"]
formerly = ["guardian"]

[[songs]]
id = "goblin-stay-with-me"
title = "Stay With Me"
artists = [
  { name = "Chanyeol", name_ko = "찬열", of = "EXO", role = "rap", voice = "male" },
  { name = "Punch", name_ko = "펀치", role = "vocal", voice = "female" },
]
part = 1
released = "2016-12-03"
genres = ["r&b"]
moods = ["yearning", "melancholic"]
themes = ["fate"]
tempo = "mid"
role = "main theme"
role_ko = "메인 테마"
sources = ["https://example.org/goblin/ost"]
checked = "two-sources"

[[songs]]
id = "goblin-first-snow"
title = "I Will Go to You Like the First Snow"
title_ko = "첫눈처럼 너에게 가겠다"
artists = [{ name = "Ailee", name_ko = "에일리", role = "vocal", voice = "female" }]
released = "2017"
genres = ["ballad"]
moods = ["romantic"]
tempo = "ballad"
sources = ["https://example.org/goblin/ost"]
checked = "source"
formerly = ["goblin-snow"]
"""

SCARLET = """
[drama]
id = "scarlet-heart"
title = "Scarlet Heart"
title_ko = "달의 연인"
year = 2016
sources = ["https://example.org/scarlet"]

[[songs]]
id = "scarlet-heart-say-yes"
title = "Say Yes"
artists = [
  { name = "Loco", role = "rap", voice = "male" },
  { name = "Punch", role = "vocal", voice = "female" },
]
genres = ["r&b"]
moods = ["romantic"]
tempo = "mid"
sources = ["https://example.org/scarlet/ost"]
checked = "source"
"""

ARTISTS = """
["Punch"]
aliases = ["Bae Jin-young"]
"""

COLLECTION = """
id = "duets"
title = "Her Voice, His Verse"
title_ko = "그녀의 노래, 그의 랩"
emoji = "🎤"
blurb = "A thin voice above fast words."
blurb_ko = "가는 목소리와 빠른 랩."

[[songs]]
id = "goblin-stay-with-me"
note = "The umbrella, the candles."
note_ko = "우산과 촛불."

[[songs]]
id = "scarlet-heart-say-yes"
"""

LIST = """
id = "a-fan-2017"
url = "https://example.org/list"
year = 2017
kind = "fan"
lang = "en"
theme = "year"
ranked = true

[[songs]]
title = "Stay With Me"
artist = "Chanyeol, Punch"
drama = "Goblin"
song = "goblin-stay-with-me"

[[songs]]
title = "Nobody Knows This One"
"""


@dataclass(frozen=True)
class DataFolder:
    """A data folder on disk, and what loading it says."""

    root: Path

    def write(self, file: str, text: str | bytes) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def edit(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text
        self.write(file, text.replace(old, new, 1))

    def load(self) -> Catalogue:
        return load(self.root)

    def mistakes(self) -> list[str]:
        """Load what must not load, and return the sentences."""
        with pytest.raises(CatalogueError) as caught:
            self.load()
        return [str(mistake) for mistake in caught.value.mistakes]


FILES = {
    "vocabulary.toml": VOCABULARY,
    "artists.toml": ARTISTS,
    "dramas/goblin.toml": GOBLIN,
    "dramas/scarlet-heart.toml": SCARLET,
    "collections/duets.toml": COLLECTION,
    "lists/a-fan-2017.toml": LIST,
}
