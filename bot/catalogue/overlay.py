"""Songs added while the bot runs, laid over the files: checked like them, and yielding to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.catalogue import integrity
from bot.catalogue.artists import completed, gather
from bot.catalogue.checks import Fault, RefusedError
from bot.catalogue.integrity import Placed
from bot.catalogue.mistakes import Mistake, nearest
from bot.catalogue.model import ArtistId, Catalogue, Drama, DramaId, Song, SongId
from bot.catalogue.tables import Words, read_drama, read_song
from bot.catalogue.text import fold

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Addition:
    """One song as its drama's file would have it; of a drama that no file has, that table too."""

    id: SongId
    drama: DramaId
    song: Table
    new_drama: Table | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """An addition that the checks refuse, and why."""

    addition: Addition
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Overlaid:
    """What the files and the additions are together, and what became of each addition."""

    catalogue: Catalogue
    standing: tuple[SongId, ...] = ()
    """Additions that are songs of the catalogue."""
    yielded: Mapping[SongId, SongId] = field(default_factory=dict)
    """Additions that a file has too, each with the id the song has there."""
    unread: tuple[Unread, ...] = ()


def place_of(addition: Addition) -> str:
    """Name an addition where a mistake names a file."""
    return f'added song "{addition.id}"'


def overlay(files: Catalogue, additions: Iterable[Addition]) -> Overlaid:
    """Lay additions over the files' catalogue in their order; without any, it is the files' catalogue itself.

    An addition yields to a song of the same id, and to one of the same title in the same drama. One that is
    refused takes nothing else with it.
    """
    laying = _Laying(files)
    for addition in additions:
        laying.lay(addition)
    return laying.done()


class _Laying:
    """The catalogue as it grows by one addition after the other."""

    def __init__(self, files: Catalogue) -> None:
        self._files = files
        self._words = Words.of(files.vocabulary)
        self._songs: dict[SongId, Song] = dict(files.songs)
        self._dramas: dict[DramaId, Drama] = dict(files.dramas)
        self._past: dict[str, str] = dict(files.formerly)
        self._aliases = {artist.name: artist.aliases for artist in files.artists.values() if artist.aliases}
        self._of_artist: defaultdict[ArtistId, list[SongId]] = defaultdict(list)
        for artist in files.artists.values():
            self._of_artist[artist.id] += artist.songs
        self._standing: list[SongId] = []
        self._yielded: dict[SongId, SongId] = {}
        self._unread: list[Unread] = []

    def done(self) -> Overlaid:
        """Return what has become of everything."""
        if not (self._standing or self._yielded or self._unread):
            return Overlaid(self._files)
        artists = gather(self._songs.values(), self._aliases)
        songs = {id: completed(song, artists) for id, song in self._songs.items()}
        catalogue = replace(
            self._files,
            songs=MappingProxyType(songs),
            dramas=MappingProxyType(self._dramas),
            artists=MappingProxyType(artists),
            formerly=MappingProxyType(self._past),
        )
        return Overlaid(catalogue, tuple(self._standing), MappingProxyType(self._yielded), tuple(self._unread))

    def lay(self, addition: Addition) -> None:
        """Take one addition in, let it yield, or set it aside with its mistakes."""
        present = SongId(self._past.get(addition.id, addition.id))
        if present in self._songs:
            self._yield(addition, present)
            return
        try:
            drama, song = self._read(addition)
        except RefusedError as error:
            self._refuse(addition, (fault.told(place_of(addition)) for fault in error.faults))
            return
        same = next((id for id in drama.songs if _same_title(self._songs[id], song)), None)
        if same is not None:
            self._yield(addition, same)
            return
        mistakes = [*self._misplaced(song), *self._misspelt(song)]
        if mistakes:
            self._refuse(addition, mistakes)
            return
        self._stand(song, drama)
        if drama.id != addition.drama:
            self._past.setdefault(addition.drama, drama.id)

    def _read(self, addition: Addition) -> tuple[Drama, Song]:
        drama = self._drama(addition)
        song = read_song(addition.song, drama.id, self._words)
        if song.id != addition.id:
            raise RefusedError(*_not_its_own(addition, song))
        return drama, song

    def _drama(self, addition: Addition) -> Drama:
        known = self._dramas.get(DramaId(self._past.get(addition.drama, addition.drama)))
        if known is not None:
            return known
        if addition.new_drama is None:
            raise RefusedError(
                Fault(".drama", addition.drama, "the id of a drama", nearest(addition.drama, list(self._dramas)))
            )
        drama = read_drama(addition.new_drama, addition.drama, (), self._words)
        title = fold(drama.title)
        return next((d for d in self._dramas.values() if d.year == drama.year and fold(d.title) == title), drama)

    def _yield(self, addition: Addition, to: SongId) -> None:
        self._yielded[addition.id] = to
        if to != addition.id:
            self._past.setdefault(addition.id, to)

    def _refuse(self, addition: Addition, mistakes: Iterable[Mistake]) -> None:
        self._unread.append(Unread(addition, tuple(mistakes)))

    def _stand(self, song: Song, drama: Drama) -> None:
        self._songs[song.id] = song
        self._dramas[drama.id] = replace(drama, songs=(*drama.songs, song.id))
        self._standing.append(song.id)
        for credit in song.artists:
            self._of_artist[credit.artist].append(song.id)

    def _misplaced(self, song: Song) -> Iterator[Mistake]:
        """Yield the ids of an addition that something else goes by."""
        placed = Placed(f'added song "{song.id}"', "", song)
        if song.id in self._dramas or song.id in self._files.collections:
            yield placed.wrong("id", song.id, "an id of its own")
        for index, past in enumerate(song.formerly):
            if past in self._past or past in self._songs:
                yield placed.wrong(f"formerly[{index}]", past, "a past id of this song only")

    def _misspelt(self, song: Song) -> list[Mistake]:
        """List the credits that spell an artist otherwise than the songs there are."""
        placed = Placed(f'added song "{song.id}"', "", song)
        kin = dict.fromkeys(id for credit in song.artists for id in self._of_artist[credit.artist])
        others = [Placed("", "", self._songs[id]) for id in kin]
        return [wrong for wrong in integrity.misspelt([*others, placed], self._aliases) if wrong.file == placed.file]


def _not_its_own(addition: Addition, song: Song) -> tuple[Fault, ...]:
    return (Fault(".id", song.id, f'the id "{addition.id}" it was added under'),)


def _same_title(one: Song, other: Song) -> bool:
    """Tell whether two songs of a drama share a title in either script."""
    return bool(_titles(one) & _titles(other))


def _titles(song: Song) -> set[str]:
    return {folded for title in (song.title, song.title_ko) if title and (folded := fold(title))}
