"""What songs exist: the catalogue's types, its loader, and what can be told from a song alone."""

from bot.catalogue.changes import Changes, Count, compare
from bot.catalogue.lists import parse_lists_jsonl
from bot.catalogue.loader import DATA, load
from bot.catalogue.mistakes import CatalogueError, Mistake
from bot.catalogue.model import (
    Artist,
    ArtistId,
    Catalogue,
    Collection,
    CollectionEntry,
    CollectionId,
    Credit,
    Drama,
    DramaId,
    ListedSong,
    ListenerMood,
    PublishedList,
    Role,
    Song,
    SongId,
    Tempo,
    Vocabulary,
    Voice,
    Word,
)
from bot.catalogue.voicing import VOICINGS, voicings

__all__ = [
    "DATA",
    "VOICINGS",
    "Artist",
    "ArtistId",
    "Catalogue",
    "CatalogueError",
    "Changes",
    "Collection",
    "CollectionEntry",
    "CollectionId",
    "Count",
    "Credit",
    "Drama",
    "DramaId",
    "ListedSong",
    "ListenerMood",
    "Mistake",
    "PublishedList",
    "Role",
    "Song",
    "SongId",
    "Tempo",
    "Vocabulary",
    "Voice",
    "Word",
    "compare",
    "load",
    "parse_lists_jsonl",
    "voicings",
]
