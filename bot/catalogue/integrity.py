"""What no file can tell alone: ids used twice, references to nothing, one artist spelt in two ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.catalogue.checks import shown, step
from bot.catalogue.mistakes import Mistake, nearest
from bot.catalogue.model import Collection, Credit, Drama, PublishedList, Song

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A thing and where it stands, so that a mistake found later can point there."""

    file: str
    key: str
    it: T

    def wrong(self, key: str, value: str, expected: str, meant: str | None = None) -> Mistake:
        """Return a mistake in something of this thing."""
        return Mistake(self.file, f"{self.key}.{key}".removeprefix("."), shown(value), expected, meant)


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids that stand in the files, those of refused songs included, so that one mistake is told once."""

    songs: tuple[Placed[str], ...]
    dramas: frozenset[str]
    collections: frozenset[str]
    unread: frozenset[str]
    """Dramas whose songs could not be read at all: any id that begins like theirs may exist."""


def twice(songs: Iterable[Placed[str]]) -> Iterator[Mistake]:
    """Yield every song id that another song has already."""
    first: dict[str, Placed[str]] = {}
    for song in songs:
        other = first.setdefault(song.it, song)
        if other is not song:
            yield song.wrong("id", song.it, f"an id of its own: {other.file}: {other.key} has it already")


def dangling(
    ids: Ids,
    past: Mapping[str, str],
    collections: Iterable[Placed[Collection]],
    lists: Iterable[Placed[PublishedList]],
) -> Iterator[Mistake]:
    """Yield every reference to a song that no file has."""
    known = {song.it for song in ids.songs}
    unread = tuple(f"{drama}-" for drama in ids.unread)

    def missing(place: Placed[T], key: str, song: str) -> Iterator[Mistake]:
        if song not in known and not song.startswith(unread):
            yield place.wrong(key, song, "the id of a song", past.get(song) or nearest(song, known))

    for collection in collections:
        for index, entry in enumerate(collection.it.entries):
            yield from missing(collection, f"songs[{index}].id", entry.song)
    for published in lists:
        for index, listed in enumerate(published.it.songs):
            if listed.song is not None:
                yield from missing(published, f"songs[{index}].song", listed.song)


def formerly(things: Iterable[Placed[Song] | Placed[Drama] | Placed[Collection]]) -> dict[str, str]:
    """Return what each past id is called now."""
    return {past: thing.it.id for thing in things for past in thing.it.formerly}


def reused(ids: Ids, things: Iterable[Placed[Song] | Placed[Drama] | Placed[Collection]]) -> Iterator[Mistake]:
    """Yield every past id that something else goes by, or went by."""
    present = {song.it: "a song" for song in ids.songs}
    present |= dict.fromkeys(ids.dramas, "a drama") | dict.fromkeys(ids.collections, "a collection")
    owners: dict[str, str] = {}
    for thing in things:
        for index, past in enumerate(thing.it.formerly):
            key = f"formerly[{index}]"
            if past in present:
                yield thing.wrong(key, past, f"a past id: {present[past]} is called that now")
            elif past in owners:
                yield thing.wrong(key, past, f'a past id of one thing only: "{owners[past]}" had it too')
            owners.setdefault(past, thing.it.id)


def misspelt(songs: Iterable[Placed[Song]], aliases: Mapping[str, tuple[str, ...]]) -> Iterator[Mistake]:
    """Yield every credit that spells its artist otherwise than most songs do, or by an alias."""
    credited = [
        Placed(song.file, f'{song.key}.artists[{index}] "{credit.name}"', credit)
        for song in songs
        for index, credit in enumerate(song.it.artists)
    ]
    owners = {alias: name for name, others in aliases.items() for alias in others}
    for place in credited:
        owner = owners.get(place.it.name)
        if owner is not None and owner != place.it.name:
            yield place.wrong("name", place.it.name, "how this catalogue spells the artist", owner)
    yield from _outvoted(credited, "name", lambda c: c.name, "an artist with an id of their own")
    yield from _outvoted(credited, "name_ko", lambda c: c.name_ko, "this artist's Korean name in other songs")
    yield from _outvoted(credited, "of", lambda c: c.of, "this artist's group in other songs")


def _outvoted(
    credited: Iterable[Placed[Credit]], key: str, said_by: Callable[[Credit], str | None], expected: str
) -> Iterator[Mistake]:
    """Yield the credits that say otherwise than most credits of the same artist."""
    said: defaultdict[str, list[tuple[Placed[Credit], str]]] = defaultdict(list)
    for place in credited:
        value = said_by(place.it)
        if value is not None:
            said[place.it.artist].append((place, value))
    for credits_ in said.values():
        votes = Counter(value for _, value in credits_)
        if len(votes) > 1:
            most = votes.most_common(1)[0][0]
            yield from (place.wrong(key, value, expected, most) for place, value in credits_ if value != most)


def uncredited(file: str, songs: Iterable[Placed[Song]], names: Iterable[str]) -> Iterator[Mistake]:
    """Yield every name of the artists' file that no song credits."""
    credited = {credit.name for song in songs for credit in song.it.artists}
    for name in names:
        if name not in credited:
            yield Mistake(
                file,
                step(name).removeprefix("."),
                shown(name),
                "an artist of any song",
                nearest(name, credited),
            )
