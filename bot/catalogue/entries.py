"""Everything in a catalogue that can be found, and the names it can be found by."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple, TypeVar

from bot.catalogue.model import Artist, Catalogue, Credit, Drama, Song
from bot.catalogue.text import words

Kind = Literal["song", "drama", "artist", "collection", "mood"]
_Id = TypeVar("_Id", bound=str)
KINDS: tuple[Kind, ...] = ("song", "drama", "artist", "collection", "mood")


class Field(IntEnum):
    """What a name is to the thing found by it."""

    TITLE = 0
    ARTIST = 1
    DRAMA = 2
    ABOUT = 3


WEIGHTS = {
    "title": 1.0,
    "other title": 0.98,
    "gloss": 0.85,
    "artist": 1.0,
    "group": 0.85,
    "drama": 1.0,
    "other drama": 0.98,
    "about": 0.4,
}
"""How much a word found under a kind of name counts."""


class Names(NamedTuple):
    """Names that are the same to a thing and count the same."""

    field: Field
    weight: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    kind: Kind
    id: str
    fame: float
    """From 0 to 1 within its kind: the logarithm of how often published lists and collections name it."""
    names: tuple[Names, ...]


def entries(catalogue: Catalogue) -> Iterator[Entry]:
    """Yield songs, then dramas, artists, collections and listener moods, each kind in one run."""
    named = Counter(line.song for page in catalogue.lists for line in page.songs if line.song)
    named.update(entry.song for collection in catalogue.collections.values() for entry in collection.entries)
    songs = {ident: named[ident] for ident in catalogue.songs}
    dramas = {drama.id: sum(songs[ident] for ident in drama.songs) for drama in catalogue.dramas.values()}
    artists = {artist.id: sum(songs[ident] for ident in artist.songs) for artist in catalogue.artists.values()}
    song_fame, drama_fame, artist_fame = _scale(songs), _scale(dramas), _scale(artists)

    of_dramas = {drama.id: _drama_names(drama) for drama in catalogue.dramas.values()}
    groups = {artist.name: artist for artist in catalogue.artists.values()}
    of_credits: dict[Credit, tuple[Names, ...]] = {}
    tags = _Tags()
    for song in catalogue.songs.values():
        found = list(_titles(song))
        for credit in song.artists:
            if credit not in of_credits:
                of_credits[credit] = tuple(_credit_names(credit, catalogue.artist(credit.artist), groups))
            found += of_credits[credit]
        found += of_dramas[song.drama]
        found.append(Names(Field.ABOUT, WEIGHTS["about"], _about(song, catalogue.dramas[song.drama], tags)))
        yield Entry("song", song.id, song_fame[song.id], tuple(found))
    for drama in catalogue.dramas.values():
        own = tuple(names._replace(field=Field.TITLE) for names in of_dramas[drama.id])
        about = Names(Field.ABOUT, WEIGHTS["about"], (str(drama.year), *drama.genres))
        yield Entry("drama", drama.id, drama_fame[drama.id], (*own, about))
    for artist in catalogue.artists.values():
        called = Names(Field.TITLE, WEIGHTS["title"], _present(artist.name, artist.name_ko, *artist.aliases))
        group = _group_names(artist.of, groups) if artist.of else ()
        yield Entry("artist", artist.id, artist_fame[artist.id], (called, Names(Field.ARTIST, 0.6, group)))
    for collection in catalogue.collections.values():
        titles = _present(collection.title, collection.title_ko, collection.id.replace("-", " "))
        yield Entry("collection", collection.id, 0.0, (Names(Field.TITLE, 1.0, titles),))
    for mood in catalogue.vocabulary.listener_moods.values():
        labels = _present(mood.label, mood.label_ko, *mood.aliases, mood.id.replace("-", " "))
        yield Entry("mood", mood.id, 0.0, (Names(Field.TITLE, 1.0, labels),))


def _scale(counts: Mapping[_Id, int]) -> dict[_Id, float]:
    most = math.log1p(max(counts.values(), default=0)) or 1.0
    return {ident: math.log1p(count) / most for ident, count in counts.items()}


def _present(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _titles(song: Song) -> Iterator[Names]:
    shown = _present(song.title, song.title_ko)
    yield Names(Field.TITLE, WEIGHTS["title"], shown)
    if song.romanized or song.aliases:
        others = tuple(name for name in _present(song.romanized, *song.aliases) if name not in shown)
        yield Names(Field.TITLE, WEIGHTS["other title"], others)
    if song.gloss:
        yield Names(Field.TITLE, WEIGHTS["gloss"], (song.gloss,))


def _drama_names(drama: Drama) -> tuple[Names, Names]:
    shown = _present(drama.title, drama.title_ko)
    others = _present(drama.romanized, *drama.alt_titles, *drama.aliases)
    return (
        Names(Field.DRAMA, WEIGHTS["drama"], shown),
        Names(Field.DRAMA, WEIGHTS["other drama"], tuple(name for name in others if name not in shown)),
    )


def _credit_names(credit: Credit, artist: Artist | None, groups: dict[str, Artist]) -> Iterator[Names]:
    aliases = artist.aliases if artist else ()
    yield Names(Field.ARTIST, WEIGHTS["artist"], _present(credit.name, credit.name_ko, *aliases))
    if credit.of:
        yield Names(Field.ARTIST, WEIGHTS["group"], _group_names(credit.of, groups))


def _group_names(of: str, groups: dict[str, Artist]) -> tuple[str, ...]:
    group = groups.get(of)
    return _present(of, group.name_ko, *group.aliases) if group else (of,)


class _Tags(dict[str, tuple[str, ...]]):
    """The words of each tag, which many songs share."""

    def __missing__(self, tag: str) -> tuple[str, ...]:
        self[tag] = found = words(tag)
        return found


def _about(song: Song, drama: Drama, tags: _Tags) -> tuple[str, ...]:
    """List the single words that tell what a song is; its scene too, which is only searched, never shown."""
    found = {str(drama.year)}
    for text in (song.role, song.role_ko, song.scene, song.scene_ko):
        if text:
            found.update(words(text))
    for tag in (*song.genres, *song.moods, *song.themes, song.tempo):
        found.update(tags[tag])
    if song.part:
        found.add(f"part{song.part}")
    singers = [credit for credit in song.artists if credit.role != "instrumental"]
    if len(singers) == 2:
        found |= {"duet", "듀엣"}
    if any(credit.role == "rap" for credit in singers):
        found |= {"rap", "랩"}
    return tuple(sorted(found))
