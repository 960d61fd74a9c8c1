"""Keeps what is made of the catalogue again and again: it is the same for everybody who reads one language."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Final, Generic, TypeVar

from bot.catalogue import Catalogue, Song
from bot.locale import Texts

T = TypeVar("T")

_SONGS: Final = 5_000
"""Songs and languages of which something is kept, a few hundred bytes each."""


class Prepared(Generic[T]):
    """So many things made of one catalogue, those used last; a reloaded catalogue begins anew."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, T] = {}
        self._made_of: Catalogue | None = None

    def get(self, catalogue: Catalogue, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under a key, or make it; nobody may change it then."""
        if catalogue is not self._made_of:
            self._made_of, self._kept = catalogue, {}
        made = self._kept.pop(key, None)
        if made is None:
            made = make()
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = made
        return made


def prepared(make: Callable[[Song, Catalogue, Texts], T]) -> Callable[[Song, Catalogue, Texts], T]:
    """Make something of a song once a language; a song that is not the catalogue's own is made something of anew."""
    kept: Prepared[T] = Prepared(_SONGS)

    @wraps(make)
    def look_or_make(song: Song, catalogue: Catalogue, texts: Texts) -> T:
        if catalogue.songs.get(song.id) is not song:
            return make(song, catalogue, texts)
        return kept.get(catalogue, (song.id, texts.locale), lambda: make(song, catalogue, texts))

    return look_or_make
