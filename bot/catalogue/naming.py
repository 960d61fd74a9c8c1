"""Tell which song a list or a message names, and whether that is sure: nothing is guessed silently.

A song is sure where its title stands there whole and one of its singers too, or its drama with nothing left
unexplained; or where the title stands alone and only one song has it. Everything else is for a person to choose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalogue.listing import Wanted
from bot.catalogue.model import ArtistId, Catalogue, DramaId, Song, SongId
from bot.catalogue.search import SearchIndex
from bot.catalogue.text import FILLERS, words

CHOICES: Final = 20
"""Songs that are offered for a line which is not sure: all that bear its title."""
_NEAR: Final = 5
"""Songs that are offered in all where some merely come near."""
_LIKELY: Final = 0.8
"""A search's score from which a song is offered."""
_LONGEST_NAME: Final = 9
"""Words of the longest name that is looked for within other words."""
_READ: Final = 40
"""Words of a line's rest that are read."""
_OTHERS = """
cover covers remix karaoke instrumental inst acoustic piano live orgel nightcore sped slowed 8d mr version ver
버전 커버 연주곡
"""
_OTHER_RECORDINGS: Final = frozenset(_OTHERS.split())
"""Words that say it is not the recording in the drama."""
_AROUND = """
original television soundtrack soundtracks part pt vol album special single official audio video m v mv lyric lyrics
and with full title track 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
"""
_EXPLAINED: Final = FILLERS | frozenset(_AROUND.split())
"""Words around a name that add nothing to it."""

_made: list[Naming] = []
"""The naming of the catalogue that was asked about last."""


@dataclass(frozen=True, slots=True)
class Named:
    """Which song a line names: one for sure, or some to choose from, or none."""

    sure: SongId | None = None
    perhaps: tuple[SongId, ...] = ()


@dataclass(frozen=True, slots=True)
class _Names:
    artists: frozenset[str]
    groups: frozenset[str]


class Naming:
    """A catalogue's titles, singers and dramas by their folded names; made once, read from any thread."""

    def __init__(self, catalogue: Catalogue, search: SearchIndex) -> None:
        self.catalogue = catalogue
        self._search = search
        self.titles: defaultdict[str, list[SongId]] = defaultdict(list)
        self.dramas: defaultdict[str, list[DramaId]] = defaultdict(list)
        self.artists: defaultdict[str, list[ArtistId]] = defaultdict(list)
        self._singers: dict[SongId, _Names] = {}
        self._of_drama: dict[DramaId, frozenset[str]] = {}
        for artist in catalogue.artists.values():
            for name in _keys(artist.name, artist.name_ko, *artist.aliases):
                self.artists[name].append(artist.id)
        for drama in catalogue.dramas.values():
            names = _keys(drama.title, drama.title_ko, drama.romanized, *drama.alt_titles, *drama.aliases)
            self._of_drama[drama.id] = names
            for name in names:
                self.dramas[name].append(drama.id)
        for song in catalogue.songs.values():
            for name in _keys(song.title, song.title_ko, song.romanized, *song.aliases):
                self.titles[name].append(song.id)
            self._singers[song.id] = self._who(song)

    def _who(self, song: Song) -> _Names:
        artists: set[str] = set()
        groups: set[str] = set()
        for credit in song.artists:
            known = self.catalogue.artist(credit.artist)
            artists |= _keys(credit.name, credit.name_ko, *(known.aliases if known else ()))
            groups |= _keys(credit.of)
        return _Names(frozenset(artists), frozenset(groups))

    def named(self, wanted: Wanted) -> Named:
        """Tell which song a line names."""
        song = self.catalogue.song(wanted.id) if wanted.id else None
        if song:
            return Named(song.id)
        by_singer: dict[SongId, bool] = {}
        by_drama: dict[SongId, None] = {}
        alone: dict[SongId, None] = {}
        others: dict[SongId, None] = {}
        for title, rest in wanted.readings:
            titled = self.titles.get(key(title), ())
            said = words(rest)[:_READ] if titled else ()
            runs = dict(runs_of(said))
            for id in titled:
                other = self._is_another_recording(id, (*said, *words(title)))
                if self.sung_by(id, runs) and not other:
                    by_singer[id] = by_singer.get(id, False) or self.from_drama(id, runs)
                elif self.from_drama(id, runs) and not other and self._explained(id, said, runs):
                    by_drama[id] = None
                elif not other and all(word in _EXPLAINED for word in said):
                    alone[id] = None
                else:
                    others[id] = None
        return self._decided(wanted, by_singer, list(by_drama), list(alone), list(others))

    def _decided(
        self,
        wanted: Wanted,
        by_singer: dict[SongId, bool],
        by_drama: list[SongId],
        alone: list[SongId],
        others: list[SongId],
    ) -> Named:
        if by_singer:
            both = [id for id, of_drama in by_singer.items() if of_drama]
            best = both or list(by_singer)
            return Named(best[0]) if len(best) == 1 else Named(perhaps=tuple(best[:CHOICES]))
        if by_drama:
            return Named(by_drama[0]) if len(by_drama) == 1 else Named(perhaps=tuple(by_drama[:CHOICES]))
        if len(alone) == 1 and not others and not wanted.artist and not self._is_a_name(wanted.text):
            return Named(alone[0])
        titled = list(dict.fromkeys((*alone, *others)))[:CHOICES]
        room = max(0, _NEAR - len(titled))
        hits = self._search.find(wanted.text, _NEAR) if room else []
        near = [SongId(hit.id) for hit in hits if not hit.near and hit.score >= _LIKELY and hit.id not in titled]
        return Named(perhaps=(*titled, *near[:room]))

    def _is_a_name(self, text: str) -> bool:
        name = key(text)
        return name in self.dramas or name in self.artists

    def sung_by(self, song: SongId, runs: Iterable[str]) -> bool:
        """Tell whether one of these runs of words is the name of who sings."""
        return not self._singers[song].artists.isdisjoint(runs)

    def names_of(self, drama: DramaId) -> frozenset[str]:
        """Return a drama's folded names."""
        return self._of_drama[drama]

    def from_drama(self, song: SongId, runs: Iterable[str]) -> bool:
        """Tell whether one of these runs of words is the name of the song's drama."""
        return not self._of_drama[self.catalogue.songs[song].drama].isdisjoint(runs)

    def _explained(self, song: SongId, said: Sequence[str], runs: dict[str, tuple[int, int]]) -> bool:
        """Tell whether all words of a rest belong to the song's drama or its singers' groups, or mean nothing."""
        left = set(range(len(said)))
        for name in self._of_drama[self.catalogue.songs[song].drama] | self._singers[song].groups:
            if name in runs:
                left -= set(range(*runs[name]))
        return all(said[place] in _EXPLAINED for place in left)

    def _is_another_recording(self, song: SongId, said: Iterable[str]) -> bool:
        own = self.catalogue.songs[song]
        title = words(" ".join(name for name in (own.title, own.title_ko, *own.aliases) if name))
        return any(word in _OTHER_RECORDINGS and word not in title for word in said)


def naming(catalogue: Catalogue, search: SearchIndex) -> Naming:
    """Return a catalogue's naming, made when it is first needed: some 70 ms, so use a thread."""
    if not _made or _made[0].catalogue is not catalogue:
        _made[:] = [Naming(catalogue, search)]
    return _made[0]


def key(text: str) -> str:
    """Fold a name to what is compared: its letters and digits, run together."""
    return "".join(words(text))


def runs_of(said: Sequence[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each run of words a name could be, run together, with where it stands."""
    for start in range(len(said)):
        for end in range(start + 1, min(len(said), start + _LONGEST_NAME) + 1):
            yield "".join(said[start:end]), (start, end)


def _keys(*names: str | None) -> frozenset[str]:
    return frozenset(folded for name in names if name and (folded := key(name)))
