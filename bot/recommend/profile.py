"""What somebody's favourites have in common, how alike two people's are, and what one could give the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal, get_args

from bot.catalogue import Catalogue, Song, voicings
from bot.catalogue.model import SongId

Family = Literal["mood", "artist", "drama", "voicing", "era"]
FAMILIES: Final[tuple[Family, ...]] = get_args(Family)
ERA_YEARS: Final = 5
"""Years that one era spans."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How many of somebody's favourites have each trait, by family."""

    songs: tuple[Song, ...]
    counts: Mapping[Family, Counter[str]]


def profile(songs: Iterable[Song], catalogue: Catalogue) -> Profile:
    """Count the traits of songs."""
    kept = tuple(songs)
    counts: dict[Family, Counter[str]] = {family: Counter() for family in FAMILIES}
    for song in kept:
        for family, traits in traits_of(song, catalogue).items():
            counts[family].update(traits)
    return Profile(kept, counts)


def traits_of(song: Song, catalogue: Catalogue) -> dict[Family, frozenset[str]]:
    """Return a song's traits by family; an era is named by its first year."""
    year = catalogue.drama_of(song).year
    return {
        "mood": frozenset(song.moods),
        "artist": frozenset(credit.artist for credit in song.artists),
        "drama": frozenset({song.drama}),
        "voicing": voicings(song),
        "era": frozenset({str(year - year % ERA_YEARS)}),
    }


def alike(one: Profile, other: Profile) -> float:
    """Return how alike two profiles are, 0 to 1: the mean, over the five families, of the cosine of their counts.

    The cosine (Salton & McGill 1983) compares mixtures, so that ten favourites can be like a hundred; the mean lets
    no family with many traits drown the others.
    """
    return sum(_cosine(one.counts[family], other.counts[family]) for family in FAMILIES) / len(FAMILIES)


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    lengths = sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return sum(count * other[trait] for trait, count in one.items()) / lengths if lengths else 0.0


def gifts(giver: Profile, receiver: Profile, has: Collection[SongId], catalogue: Catalogue, most: int) -> list[Song]:
    """Choose the giver's favourites that would suit the receiver best, of different dramas, without what they have."""

    def suits(song: Song) -> float:
        own = traits_of(song, catalogue)
        shares = 0.0
        for family in FAMILIES:
            counts = receiver.counts[family]
            shares += max((counts[trait] for trait in own[family]), default=0) / (max(counts.values(), default=0) or 1)
        return shares

    chosen: list[Song] = []
    for song in sorted(giver.songs, key=lambda song: (-suits(song), song.id)):
        if song.id not in has and song.drama not in {other.drama for other in chosen}:
            chosen.append(song)
    return chosen[:most]
