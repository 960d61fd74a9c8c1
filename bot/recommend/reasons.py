"""Why a song was picked: the evidence that moved it most, with names, for `ui` to turn into one line.

Tags are "family:word" with the families mood, theme, genre, tempo and voicing, whose words stand in the
vocabulary. A reason never tells more than was counted, and counts of people or lists start at three.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue.model import ArtistId, CollectionId, DramaId, SongId

MIN_COUNT = 3
"""People or lists; a smaller number is never told."""


@dataclass(frozen=True, slots=True)
class SharedArtist:
    """Somebody on the seed sings here too."""

    seed: SongId
    artist: ArtistId
    loved: bool
    """True: the asker loves the seed; False: they asked for something like it."""


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """The seed's singer and this one's come from one group, or one is the other's group."""

    seed: SongId
    group: str
    loved: bool


@dataclass(frozen=True, slots=True)
class SharedDrama:
    """The seed is from the same drama."""

    seed: SongId
    drama: DramaId
    loved: bool


@dataclass(frozen=True, slots=True)
class SharedList:
    """A published list names both this song and the seed."""

    seed: SongId
    published: str
    """The list's id in `catalogue.lists`."""
    loved: bool


@dataclass(frozen=True, slots=True)
class SharedCollection:
    """The editor put this song and the seed into one collection."""

    seed: SongId
    collection: CollectionId
    loved: bool


@dataclass(frozen=True, slots=True)
class LovedTogether:
    """People who love the seed love this one as well."""

    seed: SongId
    people: int
    """At least three."""
    loved: bool


@dataclass(frozen=True, slots=True)
class SoundsLike:
    """The seed and this song share these tags (two or three, strongest first)."""

    seed: SongId
    tags: tuple[str, ...]
    loved: bool


@dataclass(frozen=True, slots=True)
class SameYears:
    """The seed's drama was shown in the same year or the year next to it."""

    seed: SongId
    year: int
    """The year of this song's drama."""
    loved: bool
    tags: tuple[str, ...] = ()
    """What else they share of sound (none to three)."""


@dataclass(frozen=True, slots=True)
class LikeDrama:
    """The songs of the drama asked for and this one share these tags (two or three)."""

    drama: DramaId
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LikeArtist:
    """The artist asked for sings here (`sings`), or this one shares these tags with their songs."""

    artist: ArtistId
    tags: tuple[str, ...]
    sings: bool


@dataclass(frozen=True, slots=True)
class FitsMood:
    """It fits the listener mood asked for, by these tags (one to three, strongest first)."""

    mood: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LovedHere:
    """People of this server love it."""

    people: int
    """At least three."""


@dataclass(frozen=True, slots=True)
class LovedEverywhere:
    """People of all servers love it."""

    people: int
    """At least three."""


@dataclass(frozen=True, slots=True)
class Famous:
    """Published favourites lists name it."""

    lists: int
    """At least three."""


@dataclass(frozen=True, slots=True)
class LesserKnown:
    """Hardly listed, and close to a well-known song by these tags (one to three)."""

    near: SongId
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InDrama:
    """It comes from the drama asked for, and nothing more is known to its favour."""

    drama: DramaId


@dataclass(frozen=True, slots=True)
class ByArtist:
    """It is by the artist asked for, and nothing more is known to its favour."""

    artist: ArtistId


@dataclass(frozen=True, slots=True)
class InCollection:
    """It stands in the collection asked for, and nothing more is known to its favour."""

    collection: CollectionId


@dataclass(frozen=True, slots=True)
class YourFavourite:
    """The asker loves it, and asked for a favourite."""


@dataclass(frozen=True, slots=True)
class FitsVoicing:
    """It has the voices asked for."""

    voicing: str


@dataclass(frozen=True, slots=True)
class FitsEra:
    """Its drama is of the years asked for."""

    year: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """Nothing speaks for it but itself: these tags describe it (none to three)."""

    tags: tuple[str, ...]


Reason = (
    SharedArtist
    | SharedGroup
    | SharedDrama
    | SharedList
    | SharedCollection
    | LovedTogether
    | SoundsLike
    | SameYears
    | LikeDrama
    | LikeArtist
    | FitsMood
    | LovedHere
    | LovedEverywhere
    | Famous
    | LesserKnown
    | InDrama
    | ByArtist
    | InCollection
    | YourFavourite
    | FitsVoicing
    | FitsEra
    | Discovery
)
"""Every reason there is: `ui` matches on all of them."""
