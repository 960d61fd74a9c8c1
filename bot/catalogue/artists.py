"""Who sings: artists are gathered from the songs' credits, one name each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from bot.catalogue.model import Artist, ArtistId, Credit, Song, SongId, Voice

T = TypeVar("T")


@lru_cache(maxsize=16_384)
def artist_id(name: str) -> ArtistId:
    """Return the id of the artist of this name; empty when the name has no letter or digit of ASCII."""
    return ArtistId(re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"))


def gather(songs: Iterable[Song], aliases: Mapping[str, tuple[str, ...]]) -> dict[ArtistId, Artist]:
    """Return the artists of these songs, in the order they are first credited."""
    credited: defaultdict[ArtistId, list[tuple[SongId, Credit]]] = defaultdict(list)
    for song in songs:
        for credit in song.artists:
            credited[credit.artist].append((song.id, credit))
    return {artist: _artist(artist, credits_, aliases) for artist, credits_ in credited.items()}


def _artist(artist: ArtistId, credited: list[tuple[SongId, Credit]], aliases: Mapping[str, tuple[str, ...]]) -> Artist:
    name = credited[0][1].name
    return Artist(
        id=artist,
        name=name,
        songs=tuple(dict.fromkeys(song for song, _ in credited)),
        name_ko=_first(c.name_ko for _, c in credited),
        of=_first(c.of for _, c in credited),
        voice=_usual_voice(credit for _, credit in credited),
        aliases=aliases.get(name, ()),
    )


def _usual_voice(credits_: Iterable[Credit]) -> Voice | None:
    counts: Counter[Voice] = Counter(credit.voice for credit in credits_ if credit.voice is not None)
    if {"female", "male"} <= counts.keys():
        return "mixed-group"
    return max(counts, key=lambda voice: counts[voice], default=None)


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def completed(song: Song, artists: Mapping[ArtistId, Artist]) -> Song:
    """Return the song with the Korean names and groups that other songs tell of its artists."""
    credits_ = tuple(_completed(credit, artists[credit.artist]) for credit in song.artists)
    return song if credits_ == song.artists else replace(song, artists=credits_)


def _completed(credit: Credit, artist: Artist) -> Credit:
    if credit.name_ko == artist.name_ko and credit.of == artist.of:
        return credit
    return replace(credit, name_ko=artist.name_ko, of=artist.of)
