"""What a week was like in a guild: the songs most people began to love, and the one that climbed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalogue.model import SongId
from bot.store import Loved

MOST_LOVED: Final = 3
"""Songs of the week in a recap, at most."""
CLIMBED: Final = 2
"""People who must have begun to love a song for it to be called a climber: one alone moves many places."""


@dataclass(frozen=True, slots=True)
class Week:
    """Songs with the people they won in a week, and a song that rose past others with the places it rose."""

    loved: tuple[tuple[SongId, int], ...]
    climber: tuple[SongId, int] | None


def week_of(loves: Sequence[Loved]) -> Week:
    """Read a week out of how many people love each song, and how many of them are new."""
    news = sorted((love for love in loves if love.lately), key=lambda love: (-love.lately, -love.people, love.song))
    loved = tuple((love.song, love.lately) for love in news[:MOST_LOVED])
    now = _places((love.song, love.people) for love in loves)
    then = _places((love.song, love.people - love.lately) for love in loves)
    named = {song for song, _ in loved}
    rises = [
        (then[love.song] - now[love.song], love.song)
        for love in news
        if love.song not in named and love.lately >= CLIMBED and love.people > love.lately
    ]
    rise, song = max(rises, key=lambda one: (one[0], one[1]), default=(0, None))
    return Week(loved, (song, rise) if song and rise > 0 else None)


def _places(people: Iterable[tuple[SongId, int]]) -> Mapping[SongId, int]:
    """Number songs by people, most first; ties share the first of their places."""
    ranked = sorted(people, key=lambda one: -one[1])
    places: dict[SongId, int] = {}
    place, before = 0, -1
    for number, (song, count) in enumerate(ranked, 1):
        if count != before:
            place, before = number, count
        places[song] = place
    return places
