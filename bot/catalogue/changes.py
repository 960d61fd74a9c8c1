"""What a reload changed: two catalogues side by side."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue.model import Catalogue, SongId


@dataclass(frozen=True, slots=True)
class Count:
    """How many there were and how many there are."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The songs that are new, told differently or gone, and how the rest grew or shrank."""

    added: tuple[SongId, ...]
    changed: tuple[SongId, ...]
    """By their present ids: a renamed song is a changed one."""
    removed: tuple[SongId, ...]
    dramas: Count
    collections: Count


def compare(old: Catalogue, new: Catalogue) -> Changes:
    """Return what differs in the new catalogue."""
    before = {new.formerly.get(name, name): song for name, song in old.songs.items()}
    return Changes(
        added=tuple(name for name in new.songs if name not in before),
        changed=tuple(name for name, song in new.songs.items() if before.get(name, song) != song),
        removed=tuple(song.id for name, song in before.items() if name not in new.songs),
        dramas=Count(len(old.dramas), len(new.dramas)),
        collections=Count(len(old.collections), len(new.collections)),
    )
