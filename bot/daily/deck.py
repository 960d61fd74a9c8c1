"""Which song comes next: a deck shuffled for each guild and gone through to its end before any song comes again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from bot.catalogue.model import SongId


def next_song(
    guild: int, fitting: Iterable[SongId], played: Mapping[SongId, int], last: SongId | None
) -> SongId | None:
    """Return the song to post: of those that fit and were posted least often, the first in this guild's shuffle.

    Counting how often, rather than keeping a deck, lets songs join and leave at any time. The last song
    is passed over while another fits, so that the end of one round does not meet the beginning of the next.
    """
    songs = list(fitting)
    rested = [song for song in songs if song != last] or songs
    least = min((played.get(song, 0) for song in rested), default=0)
    return min(
        (song for song in rested if played.get(song, 0) == least),
        key=lambda song: _place(guild, least, song),
        default=None,
    )


def _place(guild: int, turn: int, song: SongId) -> bytes:
    return hashlib.blake2b(f"{guild}/{turn}/{song}".encode(), digest_size=8).digest()
