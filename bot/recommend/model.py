"""What is asked of the recommender and what it answers: the words of this floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.catalogue.model import ArtistId, CollectionId, DramaId, SongId
from bot.recommend.reasons import Reason

Condition = Literal["mood", "era", "voicing", "source", "like", "shown"]
"""What may stand in a request's way; "shown" is the 90 days' rest of songs shown to this person."""

MarkKind = Literal["love", "comment", "know", "dismiss"]
"""What a person said of a song."""

MAX_PICKS = 5
"""Songs in one answer, at most."""


@dataclass(frozen=True, slots=True)
class FromDrama:
    """Only this drama's songs."""

    drama: DramaId


@dataclass(frozen=True, slots=True)
class FromArtist:
    """Only songs this artist is credited with."""

    artist: ArtistId


@dataclass(frozen=True, slots=True)
class FromCollection:
    """Only songs of this collection."""

    collection: CollectionId


@dataclass(frozen=True, slots=True)
class FromFavourites:
    """Only what the asker loves: the one place where loved songs are picked."""


Source = FromDrama | FromArtist | FromCollection | FromFavourites


@dataclass(frozen=True, slots=True)
class Era:
    """Dramas first shown in these years, both included; None leaves an end open."""

    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One question: every part is optional, and what is given must all be met."""

    like: tuple[SongId, ...] = ()
    like_dramas: tuple[DramaId, ...] = ()
    like_artists: tuple[ArtistId, ...] = ()
    moods: tuple[str, ...] = ()
    """Ids of listener moods; a song must fit every one."""
    source: Source | None = None
    era: Era | None = None
    voicing: str | None = None
    count: int = 3
    """Songs wanted, 1 to 5; more or fewer is read as the nearest."""
    surprise: bool = False
    """Leave the beaten path: famous songs step back and chance has a larger say."""


@dataclass(frozen=True, slots=True)
class Listener:
    """What the store knows of the person who asks, read before asking."""

    user: int
    loved: tuple[tuple[SongId, int], ...] = ()
    """Favourites with the UTC second of the first heart, newest first."""
    known: frozenset[SongId] = frozenset()
    dismissed: frozenset[SongId] = frozenset()
    shown: frozenset[SongId] = frozenset()
    """What was shown to this person in the last 90 days."""
    picked: tuple[SongId, ...] = ()
    """What they picked in duels, newest first."""
    guild: int | None = None
    """Where the question is asked; None in direct messages."""
    hidden: frozenset[ArtistId] = frozenset()
    """Artists whose songs that guild does not want brought up."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One song worth hearing next, and why."""

    song: SongId
    reason: Reason
    score: float
    """In nats (natural logarithm of odds): comparable within one answer only."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """Fewer songs than wanted: what to leave out of the request, and what one would get."""

    drop: Condition | None
    """The one missed least of those whose loss gives enough, else the one whose loss gives most.

    None where nothing helps: every song is loved, known or dismissed.
    """
    gives: int
    """Songs that would fit without it, not cut to the count wanted."""
    also: tuple[Condition, ...] = ()
    """Further conditions to drop with it, where no single one is enough."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An answer: picks best first, and what stood in the way where there are fewer than wanted."""

    picks: tuple[Pick, ...]
    unmet: Unmet | None = None


class MarkEvent(NamedTuple):
    """A person's mark on a song came to be (present) or went; told again, it changes nothing."""

    user: int
    song: SongId
    guild: int | None
    present: bool = True
    kind: MarkKind = "love"
