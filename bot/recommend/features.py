"""What a song is, as tags that can be weighed: "mood:yearning", "artist:gummy", "voicing:mixed-duet"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.model import Catalogue, Song, SongId
from bot.catalogue.voicing import voicings

Rows = NDArray[np.int32]
"""Row numbers of songs, in the catalogue's order."""

Scores = NDArray[np.float64]
"""One number a song, or one a tag."""

FAMILIES: Final = ("drama", "year", "show", "artist", "group", "mood", "theme", "genre", "tempo", "voicing")
"""All families; "show" is a genre of the drama, "group" the one a singer is known by."""

DESCRIPTIVE: Final = ("mood", "theme", "genre", "tempo", "voicing")
"""Families whose words tell how a song sounds; only these are named to readers as tags."""


def tags_of(song: Song, catalogue: Catalogue, group_names: Mapping[str, str]) -> Iterator[str]:
    """Yield what is said of a song, as "family:word", each once."""
    drama = catalogue.drama_of(song)
    yield f"drama:{drama.id}"
    yield f"year:{drama.year}"
    yield from (f"show:{genre}" for genre in drama.genres)
    yield from (f"mood:{mood}" for mood in song.moods)
    yield from (f"theme:{theme}" for theme in song.themes)
    yield from (f"genre:{genre}" for genre in song.genres)
    yield f"tempo:{song.tempo}"
    yield from (f"voicing:{voicing}" for voicing in sorted(voicings(song)))
    yield from dict.fromkeys(f"artist:{credit.artist}" for credit in song.artists)
    groups = (group_names.get((credit.of or credit.name).casefold()) for credit in song.artists)
    yield from dict.fromkeys(f"group:{group}" for group in groups if group is not None)


def groups_of(catalogue: Catalogue) -> dict[str, str]:
    """Return the groups some singer is known by: casefolded name to the name as written first."""
    names: dict[str, str] = {}
    for song in catalogue.songs.values():
        for credit in song.artists:
            if credit.of:
                names.setdefault(credit.of.casefold(), credit.of)
    return names


YEARS: Final = 1.5
"""Years over which the likeness of two dramas' dates falls to 1/e."""


@dataclass(frozen=True, slots=True)
class Features:
    """All songs' tags in one table, so that weights a tag become scores a song in one gather.

    Columns of `table` are filled up with the number of no tag; weighing all songs is then one gather and a sum
    along whole rows, linear in the catalogue and without a sparse-matrix library.
    """

    songs: tuple[SongId, ...]
    row: Mapping[SongId, int]
    tags: tuple[str, ...]
    number: Mapping[str, int]
    family: tuple[str, ...]
    """Family of each tag, by tag number."""
    family_number: NDArray[np.int64]
    """The same by its place in FAMILIES, and one more for no tag."""
    own: tuple[tuple[int, ...], ...]
    """Tag numbers of each song."""
    table: NDArray[np.intp]
    """The same as one array, a column a song: numpy gathers by its own kind of index fastest."""
    share: Scores
    """Share of all songs that have a tag, by tag number; for a year, of the years around it as well."""
    around: Mapping[int, Scores]
    """By year, how near every tag is to it: 1 for its own tag, 0 for what is no year."""
    drama: Rows
    """Drama of each song, as a number."""
    year: Rows
    """Year of each song's drama."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> Features:
        """Number the tags of a catalogue and lay them out."""
        groups = groups_of(catalogue)
        number: dict[str, int] = {}
        rows = [
            [number.setdefault(tag, len(number)) for tag in tags_of(song, catalogue, groups)]
            for song in catalogue.songs.values()
        ]
        table = np.full((max(map(len, rows), default=1), len(rows)), len(number), dtype=np.intp)
        for n, row in enumerate(rows):
            table[: len(row), n] = row
        share = np.bincount(table.ravel(), minlength=len(number) + 1)[: len(number)] / max(1, len(rows))
        around = _around(number)
        alone = share.copy()
        for year, near in around.items():
            share[number[f"year:{year}"]] = near @ alone
        family = tuple(tag.partition(":")[0] for tag in number)
        dramas = {drama: n for n, drama in enumerate(catalogue.dramas)}
        return cls(
            songs=tuple(catalogue.songs),
            row={song: n for n, song in enumerate(catalogue.songs)},
            tags=tuple(number),
            number=number,
            family=family,
            family_number=np.array([*map(FAMILIES.index, family), len(FAMILIES)], dtype=np.int64),
            own=tuple(map(tuple, rows)),
            table=table,
            share=share,
            around=around,
            drama=np.array([dramas[song.drama] for song in catalogue.songs.values()], dtype=np.int32),
            year=np.array([catalogue.drama_of(s).year for s in catalogue.songs.values()], dtype=np.int32),
        )

    def rows_of(self, ids: Iterable[str | None], catalogue: Catalogue) -> list[int]:
        """List the rows of songs by their present or past ids, each once; what is no song is passed over."""
        found: dict[int, None] = {}
        for id in ids:
            row = self.row.get(cast("SongId", id))
            if row is None and id is not None and (song := catalogue.song(id)):
                row = self.row[song.id]
            if row is not None:
                found[row] = None
        return list(found)

    def weigh(self, weights: Scores) -> Scores:
        """Sum each song's tag weights."""
        return np.append(weights, 0.0).take(self.table).sum(axis=0)

    def speaks(self, row: int, tag: int) -> float:
        """Tell how much a song speaks for one tag, as `touch` does for all."""
        return 1.0 if tag in self.own[row] else float(self.around[int(self.year[row])][tag])

    def touch(self, row: int) -> Scores:
        """Tell how much a song speaks for each tag: 1 for its own, less for the years around its year."""
        touched = self.around[int(self.year[row])].copy()
        touched[list(self.own[row])] = 1.0
        return touched


def _around(number: Mapping[str, int]) -> dict[int, Scores]:
    years = {int(tag.removeprefix("year:")): n for tag, n in number.items() if tag.startswith("year:")}
    around: dict[int, Scores] = {}
    for year in years:
        around[year] = np.zeros(len(number))
        for other, n in years.items():
            around[year][n] = np.exp(-abs(year - other) / YEARS)
    return around
