"""What a request forbids, condition by condition, and which to drop where too little is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.model import Catalogue
from bot.recommend.evidence import mood_fit
from bot.recommend.features import Features
from bot.recommend.model import (
    Condition,
    FromArtist,
    FromCollection,
    FromDrama,
    FromFavourites,
    Listener,
    Request,
    Unmet,
)

Mask = NDArray[np.bool_]
"""True for the songs allowed."""

FITS: Final = 0.45
"""How well a song has to fit a listener mood, the one that fits best being 1."""

ORDER: Final[tuple[Condition, ...]] = ("shown", "era", "mood", "voicing", "source", "like")
"""What to drop first where several would do: the rest nobody asked for, then what a reader misses least."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The songs a request leaves, and what each of its conditions leaves on its own."""

    always: Mask
    """Songs neither loved, known, picked in a duel, dismissed nor hidden (asked for favourites: loved ones)."""
    by: Mapping[Condition, Mask]

    def without(self, *dropped: Condition) -> Mask:
        """Songs left when some conditions are dropped."""
        left = self.always.copy()
        for condition, mask in self.by.items():
            if condition not in dropped:
                left &= mask
        return left

    def unmet(self, wanted: int) -> Unmet:
        """Say what to drop: the least missed that gives enough, else what gives most.

        Where nothing is left but was shown already, that is what stands in the way, however little it is.
        """
        now = int(self.without().sum())
        if now == 0 and "shown" in self.by and (again := int(self.without("shown").sum())):
            return Unmet("shown", again)
        present: list[Condition] = [condition for condition in ORDER if condition in self.by]
        for size in range(1, len(present) + 1):
            drops: list[tuple[Condition, ...]] = list(combinations(present, size))
            gains = [(drop, int(self.without(*drop).sum())) for drop in drops]
            gains = [(drop, gives) for drop, gives in gains if gives > now]
            if gains:
                enough = [gain for gain in gains if gain[1] >= wanted]
                drop, gives = enough[0] if enough else max(gains, key=lambda gain: gain[1])
                return Unmet(drop[0], gives, drop[1:])
        return Unmet(None, now)


@dataclass(frozen=True, slots=True)
class Masks:
    """Turns names into the songs they stand for."""

    catalogue: Catalogue
    features: Features

    def only(self, songs: Iterable[str]) -> Mask:
        """Allow these songs."""
        mask = np.zeros(len(self.features.songs), dtype=bool)
        mask[self.features.rows_of(songs, self.catalogue)] = True
        return mask

    def dramas(self, dramas: Iterable[str]) -> Mask:
        """Allow the songs of these dramas."""
        found = (self.catalogue.drama(drama) for drama in dramas)
        return self.only(song for drama in found if drama is not None for song in drama.songs)

    def artists(self, artists: Iterable[str]) -> Mask:
        """Allow the songs that any of these artists is credited with."""
        found = (self.catalogue.artist(artist) for artist in artists)
        return self.only(song for artist in found if artist is not None for song in artist.songs)

    def source(self, source: FromDrama | FromArtist | FromCollection) -> Mask:
        """Allow what comes from there; nothing, where the place is unknown."""
        match source:
            case FromDrama(drama):
                return self.dramas((drama,))
            case FromArtist(artist):
                return self.artists((artist,))
            case FromCollection(collection):
                shelf = self.catalogue.collection(collection)
                return self.only(entry.song for entry in shelf.entries) if shelf else self.only(())

    def tagged(self, tag: str) -> Mask:
        """Allow songs that have a tag."""
        number = self.features.number.get(tag)
        if number is None:
            return self.only(())
        return (self.features.table == number).any(axis=0)

    def moods(self, moods: Iterable[str]) -> Mask:
        """Allow songs that fit every one of these listener moods."""
        mask = np.ones(len(self.features.songs), dtype=bool)
        for mood in moods:
            known = self.catalogue.vocabulary.listener_moods.get(mood)
            mask &= mood_fit(self.features, known.tags) >= FITS if known else False
        return mask


def allowed(request: Request, listener: Listener, catalogue: Catalogue, features: Features) -> Allowed:
    """Work out what is allowed, a mask a condition."""
    mask = Masks(catalogue, features)
    loved = mask.only(song for song, _ in listener.loved)
    forbidden = mask.only(listener.dismissed) & ~loved
    again = isinstance(request.source, FromFavourites)
    always = loved & ~forbidden if again else ~(loved | forbidden | mask.only((*listener.known, *listener.picked)))
    if listener.hidden:
        always &= ~mask.artists(listener.hidden)
    by: dict[Condition, Mask] = {}
    if request.moods:
        by["mood"] = mask.moods(request.moods)
    if request.era is not None:
        first, last = request.era.first_year or 0, request.era.last_year or 9999
        by["era"] = (features.year >= first) & (features.year <= last)
    if request.voicing is not None:
        by["voicing"] = mask.tagged(f"voicing:{request.voicing}")
    if request.source is not None:
        by["source"] = loved if isinstance(request.source, FromFavourites) else mask.source(request.source)
    if request.like or request.like_dramas:
        by["like"] = ~(mask.only(request.like) | mask.dramas(request.like_dramas))
    if listener.shown:
        by["shown"] = ~mask.only(listener.shown)
    return Allowed(always, by)
