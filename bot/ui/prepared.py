"""Keeps what is made of songs again and again: it is the same for everybody who reads one language."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from bot.catalogue import Catalogue, Song
from bot.locale import Texts

T = TypeVar("T")

_MOST: Final = 5_000
"""Songs and languages of which something is kept; the oldest go first. A few hundred bytes each."""


def prepared(make: Callable[[Song, Catalogue, Texts], T]) -> Callable[[Song, Catalogue, Texts], T]:
    """Make something of a song once a language, anew for a reloaded catalogue; nobody may change what was made."""
    kept: dict[tuple[str, str], tuple[Song, T]] = {}
    made_from: Catalogue | None = None

    @wraps(make)
    def look_or_make(song: Song, catalogue: Catalogue, texts: Texts) -> T:
        nonlocal made_from
        if catalogue is not made_from:
            made_from = catalogue
            kept.clear()
        key = song.id, texts.locale
        of, made = kept.get(key, (None, None))
        if of is not song or made is None:
            made = make(song, catalogue, texts)
            if len(kept) >= _MOST:
                del kept[next(iter(kept))]
            kept[key] = song, made
        return made

    return look_or_make
