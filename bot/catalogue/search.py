"""Find what people type: songs, dramas, artists, collections and moods, in any script and spelling.

One index serves autocomplete and free search. A query passes four rooms, each with its own page: `text`
folds it into words, `reading` finds the terms of the `lexicon` each word may stand for (spelling,
beginning, sound, initials, keys, mistakes), `ranking` weighs what was found. The index is made once from a
catalogue and never changes: any number of threads may read it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.entries import KINDS, Field, Kind, entries
from bot.catalogue.lexicon import Lexicon
from bot.catalogue.model import ArtistId, Catalogue, DramaId, SongId
from bot.catalogue.ranking import Floats, Found, Links, Match, Ranking
from bot.catalogue.reading import Reader, typed_on_hangul
from bot.catalogue.text import Query, fold, read_query, words

__all__ = ["KINDS", "Hit", "Kind", "SearchIndex"]

NEAR = 0.55
"""Below this share of the query answered, a hit is merely the nearest."""
ASIDE = 0.2
"""Below this share, a hit is left out where others matched."""
NOTHING = 0.02
"""Below this share, a thing has nothing in common with the query."""
FEW = 5
"""Things that are offered where none matches: the nearest, or else the best known."""
DOUBTFUL = 7
"""Words up to which Hangul nobody writes is read both as it stands and as keys."""
FAVOURITE, RECENT = 0.2, 0.14
"""What the asker's own songs gain in autocomplete."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: Kind
    id: str
    score: float
    """From 0 (nothing in common) to about 1.4 (all that was typed, all of the names, famous)."""
    why: str | None = None
    """What matched, where the shown name does not show it ("도깨비 → Goblin")."""
    near: bool = False
    """Nothing matched: this is merely the nearest."""


class SearchIndex:
    """All names of one catalogue, folded once and read from any thread."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        links = Links()
        fame: list[float] = []
        self._things: list[tuple[Kind, str]] = []
        for number, entry in enumerate(entries(catalogue)):
            self._things.append((entry.kind, entry.id))
            fame.append(entry.fame)
            for names in entry.names:
                links.add(number, names)
        self._number = {thing: number for number, thing in enumerate(self._things)}
        self._names = tuple(links.number)
        lexicon = Lexicon([words(name) for name in self._names])
        self._reader = Reader(lexicon)
        self._ranking = Ranking(links, fame, lexicon.postings)
        self._ranges: dict[Kind, slice] = {}
        start = 0
        for kind in KINDS:
            end = start + sum(of == kind for of, _ in self._things)
            self._ranges[kind] = slice(start, end)
            start = end

    def find(self, query: str, limit: int = 10) -> list[Hit]:
        """Rank songs for free text; when nothing matches, the nearest, or else the best known."""
        return self._search(query, self._ranges["song"], limit)

    def find_any(self, query: str, limit: int = 10, kinds: Iterable[Kind] = KINDS) -> list[Hit]:
        """Rank things of several kinds together for free text."""
        wanted = tuple(kinds)
        if wanted == KINDS:
            return self._search(query, slice(0, len(self._things)), limit)
        among = [np.arange(self._ranges[kind].start, self._ranges[kind].stop, dtype=np.int32) for kind in wanted]
        return self._search(query, np.concatenate(among) if among else np.zeros(0, np.int32), limit)

    def complete(
        self,
        kind: Kind,
        text: str,
        *,
        limit: int = 25,
        drama: DramaId | None = None,
        artist: ArtistId | None = None,
        favourites: Collection[SongId] = (),
        recent: Collection[SongId] = (),
    ) -> list[Hit]:
        """Rank what a half-typed field may mean; another field narrows it, the asker's own songs lead."""
        favour = self._favour(favourites, recent) if kind == "song" else None
        return self._search(text, self._narrowed(kind, drama, artist), limit, favour)

    def resolve(self, kind: Kind, text: str) -> Hit | None:
        """Tell what a field means: an id chosen from the list, or free text never chosen."""
        text = text.strip()
        ident = self._catalogue.formerly.get(text, text)
        if (kind, ident) in self._number:
            return Hit(kind, ident, 1.0)
        hits = self._search(text, self._ranges[kind], 1) if read_query(text).words else []
        return hits[0] if hits and hits[0].score > NOTHING else None

    def _search(
        self, query: str, among: slice | NDArray[np.int32], limit: int, favour: Floats | None = None
    ) -> list[Hit]:
        size = among.stop - among.start if isinstance(among, slice) else len(among)
        if not size or limit < 1:
            return []
        read = read_query(query)
        if not read.words:
            nearest = bool(query.strip())
            return self._best_known(among, min(limit, FEW) if nearest else limit, favour, near=nearest)
        typed = typed_on_hangul(read)
        found = self._rank(typed or read, among, limit, favour)
        if typed and found.covered[0] < NEAR and len(read.words) <= DOUBTFUL:
            found = max(found, self._rank(read, among, limit, favour), key=lambda one: one.covered[0])
        if found.covered[0] <= NOTHING:
            return self._best_known(among, min(limit, FEW), favour, near=True)
        near = found.covered[0] < NEAR
        hits = [
            Hit(*self._things[number], score, self._why(number, matched), near=near or covered < NEAR)
            for number, score, covered, matched in zip(
                found.things, found.scores, found.covered, found.matched, strict=True
            )
            if covered > (NOTHING if near else ASIDE)
        ]
        return hits[:FEW] if near else hits

    def _rank(self, query: Query, among: slice | NDArray[np.int32], limit: int, favour: Floats | None) -> Found:
        understood, readings = self._reader.read(query)
        return self._ranking.rank(understood, readings, among, limit, favour)

    def _best_known(
        self, among: slice | NDArray[np.int32], limit: int, favour: Floats | None, *, near: bool
    ) -> list[Hit]:
        scores = self._ranking.fame[among] if favour is None else self._ranking.fame[among] * 0.1 + favour[among]
        order = np.argsort(-scores, kind="stable")[:limit]
        numbers = order + among.start if isinstance(among, slice) else among[order]
        return [
            Hit(*self._things[number], score=0.0 if near else score, near=near)
            for number, score in zip(numbers.tolist(), scores[order].tolist(), strict=True)
        ]

    def _narrowed(self, kind: Kind, drama: DramaId | None, artist: ArtistId | None) -> slice | NDArray[np.int32]:
        if (drama is None and artist is None) or kind in ("collection", "mood"):
            return self._ranges[kind]
        within = self._catalogue.drama(drama) if drama is not None else None
        by = self._catalogue.artist(artist) if artist is not None else None
        songs = within.songs if within else by.songs if by else ()
        chosen = [ident for ident in songs if by is None or ident in by.songs]
        ids: Iterable[str]
        if kind == "song":
            ids = chosen
        elif kind == "drama":
            ids = dict.fromkeys(self._catalogue.songs[ident].drama for ident in chosen)
        else:
            ids = dict.fromkeys(credit.artist for ident in chosen for credit in self._catalogue.songs[ident].artists)
        return np.array(sorted(self._number[kind, ident] for ident in ids), np.int32)

    def _favour(self, favourites: Collection[SongId], recent: Collection[SongId]) -> Floats | None:
        if not favourites and not recent:
            return None
        favour = np.zeros(len(self._things), np.float32)
        for worth, ids in ((RECENT, recent), (FAVOURITE, favourites)):
            for ident in ids:
                number = self._number.get(("song", ident))
                if number is not None:
                    favour[number] = worth
        return favour

    def _why(self, number: int, matched: Sequence[Match]) -> str | None:
        """Say which name matched, where what is shown of the thing does not show it."""
        if not matched:
            return None
        best: dict[int, Match] = {}
        for match in matched:
            if match.field not in best or match.share > best[match.field].share:
                best[match.field] = match
        shown = self._shown(number)
        for match in sorted(best.values(), key=lambda match: -match.share):
            name = self._names[match.name]
            if name not in shown and fold(name) not in fold(" ".join(shown)):
                return f"{name} → {self._meant(number, Field(match.field), name)}"
        return None

    def _shown(self, number: int) -> tuple[str, ...]:
        kind, ident = self._things[number]
        if kind != "song":
            return (self._title(number),)
        song = self._catalogue.songs[SongId(ident)]
        return song.title, self._catalogue.drama_of(song).title, *(credit.name for credit in song.artists)

    def _meant(self, number: int, field: Field, name: str) -> str:
        kind, ident = self._things[number]
        if kind == "song" and field is not Field.TITLE:
            song = self._catalogue.songs[SongId(ident)]
            if field is Field.DRAMA:
                return self._catalogue.drama_of(song).title
            for credit in song.artists:
                artist = self._catalogue.artist(credit.artist)
                if name in (credit.name_ko, credit.of) or (artist and name in artist.aliases):
                    return credit.name
            return song.artists[0].name
        return self._title(number)

    def _title(self, number: int) -> str:
        return self._names[self._ranking.name_of[self._ranking.names_of(number)[0]]]
