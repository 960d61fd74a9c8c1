"""What songs exist: the immutable catalogue every other floor reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType

SongId = NewType("SongId", str)
DramaId = NewType("DramaId", str)
ArtistId = NewType("ArtistId", str)
CollectionId = NewType("CollectionId", str)

Role = Literal["vocal", "rap", "feature", "instrumental"]
Voice = Literal["female", "male", "female-group", "male-group", "mixed-group", "none"]
Tempo = Literal["ballad", "mid", "upbeat"]


@dataclass(frozen=True, slots=True)
class Credit:
    """One artist's part in one song."""

    artist: ArtistId
    name: str
    name_ko: str | None
    of: str | None
    """The singer's group, where the singer is known by it."""
    role: Role
    voice: Voice | None
    """None where no source tells."""


@dataclass(frozen=True, slots=True)
class Song:
    """One song of one drama's soundtrack."""

    id: SongId
    drama: DramaId
    title: str
    artists: tuple[Credit, ...]
    sources: tuple[str, ...]
    checked: Literal["source", "two-sources"]
    tempo: Tempo
    genres: tuple[str, ...]
    moods: tuple[str, ...]
    themes: tuple[str, ...] = ()
    title_ko: str | None = None
    romanized: str | None = None
    gloss: str | None = None
    """What a Korean title means, where no English title exists."""
    aliases: tuple[str, ...] = ()
    part: int | None = None
    """The part of the soundtrack's release, from 1."""
    released: str | None = None
    """ISO date, or the year alone."""
    role: str | None = None
    """What it is in the drama, told without the story."""
    role_ko: str | None = None
    scene: str | None = None
    """What it is in the drama, told with the story: always shown folded."""
    scene_ko: str | None = None
    formerly: tuple[SongId, ...] = ()


@dataclass(frozen=True, slots=True)
class Drama:
    """One drama and the songs of its soundtrack, in the file's order."""

    id: DramaId
    title: str
    title_ko: str
    year: int
    songs: tuple[SongId, ...]
    sources: tuple[str, ...]
    genres: tuple[str, ...] = ()
    network: str | None = None
    alt_titles: tuple[str, ...] = ()
    romanized: str | None = None
    aliases: tuple[str, ...] = ()
    formerly: tuple[DramaId, ...] = ()


@dataclass(frozen=True, slots=True)
class Artist:
    """One singer, rapper, group or composer; the name is what tells them apart."""

    id: ArtistId
    name: str
    songs: tuple[SongId, ...]
    name_ko: str | None = None
    of: str | None = None
    voice: Voice | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectionEntry:
    """A song in a collection, and why it is there."""

    song: SongId
    note: str | None = None
    note_ko: str | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """An editor's choice of songs under one idea."""

    id: CollectionId
    title: str
    title_ko: str
    blurb: str
    blurb_ko: str
    emoji: str
    entries: tuple[CollectionEntry, ...]
    sources: tuple[str, ...] = ()
    formerly: tuple[CollectionId, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedSong:
    """A line of a published list: the publisher's spelling, and our song where it is known."""

    title: str
    artist: str | None
    drama: str | None
    song: SongId | None


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A favourites list somebody published: what the recommender knows before anybody votes."""

    id: str
    url: str
    year: int | None
    kind: str
    lang: str
    theme: str
    ranked: bool
    songs: tuple[ListedSong, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the vocabulary, with what readers see for it."""

    id: str
    label: str
    label_ko: str
    emoji: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListenerMood(Word):
    """What people ask for ("a good cry"), as weighted tags such as "mood:heartbreak" or "tempo:ballad"."""

    tags: Mapping[str, float] = field(default_factory=dict)
    """Tag to weight in -1..1; a tag is "mood:", "theme:", "genre:", "tempo:" or "voicing:" and a word."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that data files may use, by family."""

    moods: Mapping[str, Word]
    themes: Mapping[str, Word]
    genres: Mapping[str, Word]
    tempos: Mapping[str, Word]
    voices: Mapping[str, Word]
    roles: Mapping[str, Word]
    voicings: Mapping[str, Word]
    """Who sings with whom ("female-vocal-male-rap"); derived from credits by `voicing.py`."""
    drama_genres: Mapping[str, Word]
    listener_moods: Mapping[str, ListenerMood]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it, read at once and never changed: a reload makes another."""

    songs: Mapping[SongId, Song]
    dramas: Mapping[DramaId, Drama]
    artists: Mapping[ArtistId, Artist]
    collections: Mapping[CollectionId, Collection]
    lists: tuple[PublishedList, ...]
    vocabulary: Vocabulary
    formerly: Mapping[str, str] = field(default_factory=dict)
    """Past ids of songs, dramas and collections, and what they are called now."""

    def song(self, id: str) -> Song | None:
        """Find a song by its present or past id; ids from outside are only text."""
        return self.songs.get(SongId(self.formerly.get(id, id)))

    def drama(self, id: str) -> Drama | None:
        """Find a drama by its present or past id."""
        return self.dramas.get(DramaId(self.formerly.get(id, id)))

    def artist(self, id: str) -> Artist | None:
        """Find an artist by id."""
        return self.artists.get(ArtistId(id))

    def collection(self, id: str) -> Collection | None:
        """Find a collection by its present or past id."""
        return self.collections.get(CollectionId(self.formerly.get(id, id)))

    def drama_of(self, song: Song) -> Drama:
        """Return the drama a song belongs to."""
        return self.dramas[song.drama]

    def songs_of(self, ids: tuple[SongId, ...]) -> Iterator[Song]:
        """Yield the songs of these ids, in this order."""
        return (self.songs[id] for id in ids)
