"""Reads the data folder into one immutable catalogue, or refuses all of it with every mistake listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

import tomli

from bot.catalogue import integrity
from bot.catalogue.artists import completed, gather
from bot.catalogue.checks import Check, RefusedError, Row, spot, tables
from bot.catalogue.integrity import Ids, Placed
from bot.catalogue.lists import read_list
from bot.catalogue.mistakes import CatalogueError, Mistake
from bot.catalogue.model import Catalogue, Drama, DramaId, Song, SongId
from bot.catalogue.tables import Words, read_artists, read_collection, read_drama, read_song
from bot.catalogue.vocabulary import read_vocabulary

T = TypeVar("T")
Table = Mapping[str, object]

DATA: Final = Path(__file__).resolve().parents[2] / "data"
"""The folder of the curated catalogue."""
VOCABULARY: Final = "vocabulary.toml"
ARTISTS: Final = "artists.toml"


def load(data: Path = DATA) -> Catalogue:
    """Read everything below the folder; raises CatalogueError with the mistakes of all files."""
    files = _Files(data)
    vocabulary = files.read(VOCABULARY, read_vocabulary)
    aliases = files.read(ARTISTS, read_artists)
    words = Words.of(vocabulary)
    read = [_read_drama_file(files, stem, words) for stem in files.list_folder("dramas")]
    songs = [song for file in read for song in file.songs]
    dramas = [file.drama for file in read if file.drama is not None]
    collections = files.read_folder("collections", read_collection)
    lists = files.read_folder("lists", read_list)

    named = (*songs, *dramas, *collections)
    past = integrity.formerly(named)
    ids = Ids(
        songs=tuple(song for file in read for song in file.song_ids or ()),
        dramas=frozenset(file.stem for file in read),
        collections=frozenset(files.stems("collections")),
        unread=frozenset(file.stem for file in read if file.song_ids is None),
    )
    files.mistakes += integrity.twice(ids.songs)
    files.mistakes += integrity.dangling(ids, past, collections, lists)
    files.mistakes += integrity.reused(ids, named)
    files.mistakes += integrity.misspelt(songs, aliases or {})
    if aliases and len(songs) == len(ids.songs) and not ids.unread:
        files.mistakes += integrity.uncredited(ARTISTS, songs, aliases)
    if files.mistakes or vocabulary is None or aliases is None:
        raise CatalogueError(sorted(files.mistakes, key=lambda mistake: mistake.file))

    artists = gather((song.it for song in songs), aliases)
    return Catalogue(
        songs=MappingProxyType({song.it.id: completed(song.it, artists) for song in songs}),
        dramas=MappingProxyType({drama.it.id: drama.it for drama in dramas}),
        artists=MappingProxyType(artists),
        collections=MappingProxyType({collection.it.id: collection.it for collection in collections}),
        lists=tuple(published.it for published in lists),
        vocabulary=vocabulary,
        formerly=MappingProxyType(past),
    )


class _Files:
    """The data folder while it is being read, and all that was found wrong in it so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mistakes: list[Mistake] = []

    def stems(self, folder: str) -> list[str]:
        """Return the names, without ending, of a folder's TOML files."""
        return sorted(path.stem for path in (self.root / folder).glob("*.toml"))

    def read_folder(self, folder: str, read: Callable[[object, str], T]) -> list[Placed[T]]:
        """Read every file of a folder that has one thing a file."""
        things: list[Placed[T]] = []
        for stem in self.list_folder(folder):
            file = f"{folder}/{stem}.toml"
            thing = self.read(file, lambda table, stem=stem: read(table, stem))
            if thing is not None:
                things.append(Placed(file, "", thing))
        return things

    def list_folder(self, folder: str) -> list[str]:
        """Return a folder's stems; that it is not there is a mistake."""
        if not (self.root / folder).is_dir():
            self.mistakes.append(
                Mistake(folder, "", "the folder", f'there: "{folder}" is looked for in the data folder')
            )
        return self.stems(folder)

    def read(self, file: str, read: Callable[[Table], T]) -> T | None:
        """Parse and read one file; None when it was refused."""
        table = self.parse(file)
        return None if table is None else self.attempt(file, "", lambda: read(table))

    def attempt(self, file: str, key: str, read: Callable[[], T]) -> T | None:
        """Return what was read; None, and the mistakes kept, when it was refused."""
        try:
            return read()
        except RefusedError as error:
            self.mistakes += (fault.under(key).told(file) for fault in error.faults)
            return None

    def parse(self, file: str) -> Table | None:
        """Return a file as TOML's tables; None when it is not there or is not TOML."""
        try:
            return tomli.loads((self.root / file).read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            wrong = "there"
        except OSError as error:
            wrong = f"readable: {error.strerror}"
        except UnicodeDecodeError as error:
            wrong = f"UTF-8 text: byte {error.start + 1} is 0x{error.object[error.start]:02x}"
        except RecursionError:
            wrong = "TOML: its lists and tables are nested too deep"
        except ValueError as error:
            wrong = f"TOML: {error}"
        self.mistakes.append(Mistake(file, "", "the file", wrong))
        return None


@dataclass(frozen=True, slots=True)
class _DramaFile:
    """What could be read of one drama's file, and every song id that stands in it."""

    stem: str
    drama: Placed[Drama] | None = None
    songs: tuple[Placed[Song], ...] = ()
    song_ids: tuple[Placed[str], ...] | None = None
    """None where it cannot be told which songs the file has."""


def _read_drama_file(files: _Files, stem: str, words: Words) -> _DramaFile:
    file = f"dramas/{stem}.toml"
    table = files.parse(file)
    if table is None:
        return _DramaFile(stem)
    raws = table.get("songs")
    listed = raws if isinstance(raws, list) else []
    placed = [Placed(file, f"songs{spot(index, raw, 'id')}", raw) for index, raw in enumerate(listed)]
    read = (
        (raw, files.attempt(file, raw.key, lambda raw=raw: read_song(raw.it, DramaId(stem), words))) for raw in placed
    )
    songs = tuple(Placed(file, raw.key, song) for raw, song in read if song is not None)
    ids = tuple(song.it.id for song in songs)
    drama = files.attempt(file, "", lambda: _read_drama(table, stem, ids, words))
    return _DramaFile(
        stem,
        Placed(file, "drama", drama) if drama is not None else None,
        songs,
        tuple(_claimed(placed)) if listed is raws else None,
    )


def _claimed(songs: Iterable[Placed[object]]) -> Iterator[Placed[str]]:
    """Yield the ids that raw songs claim, whatever else is wrong with them."""
    for song in songs:
        claimed = song.it.get("id") if isinstance(song.it, Mapping) else None
        if isinstance(claimed, str):
            yield Placed(song.file, song.key, claimed)


def _read_drama(table: Table, stem: str, songs: tuple[SongId, ...], words: Words) -> Drama:
    row = Row(table, "a drama's file")
    drama = row.need("drama", Check("a table", lambda value: read_drama(value, stem, songs, words)))
    row.need("songs", tables)
    row.close()
    return drama
