"""Which songs enter a knockout, and how they are seeded."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalogue.model import ArtistId, CollectionId, DramaId, SongId
from bot.library import Library
from bot.recommend import FromArtist, FromCollection, FromDrama, Request

ANY: Final = "any"
FAVOURITES: Final = "favourites"
_WIDER: Final = 3
"""Times as many songs as have a place are drawn from, so that playing again is another knockout."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the songs are from: a drama, an artist, a collection, a mood, one's favourites, or anywhere."""

    kind: str = ANY
    id: str = "-"


def fitting(
    library: Library, origin: Origin, size: int, loved: Sequence[SongId], hidden: Collection[ArtistId]
) -> tuple[SongId, ...]:
    """List the songs an origin offers, the most loved first, without those of hidden artists."""
    catalogue, recommender = library.catalogue, library.recommender
    match origin.kind:
        case "drama":
            found = recommender.fitting(Request(source=FromDrama(DramaId(origin.id))), hidden)
        case "artist":
            found = recommender.fitting(Request(source=FromArtist(ArtistId(origin.id))), hidden)
        case "collection":
            found = recommender.fitting(Request(source=FromCollection(CollectionId(origin.id))), hidden)
        case "mood":
            found = recommender.fitting(Request(moods=(origin.id,)), hidden)
        case _:
            named = loved if origin.kind == FAVOURITES else recommender.well_known(2 * _WIDER * size)
            songs = (catalogue.song(id) for id in named)
            out = frozenset(hidden)
            found = [song.id for song in songs if song and out.isdisjoint(credit.artist for credit in song.artists)]
    return recommender.most_liked_first(found)


def drawn(songs: Sequence[SongId], size: int, owner: int, cup: int) -> tuple[SongId, ...]:
    """Draw as many songs as have a place from the most loved, another draw for each person and knockout."""
    chance = {song: _chance(owner, cup, song) for song in songs[: _WIDER * size]}
    chosen = set(sorted(chance, key=chance.__getitem__)[:size])
    return tuple(_kept(songs, chosen))


def _kept(songs: Iterable[SongId], chosen: Collection[SongId]) -> Iterable[SongId]:
    return (song for song in songs if song in chosen)


def _chance(owner: int, cup: int, song: SongId) -> bytes:
    return hashlib.blake2b(f"{owner}/{cup}/{song}".encode(), digest_size=8).digest()
