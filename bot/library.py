"""The catalogue with the index and the recommender made from it: three things that change together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue import Catalogue, PublishedList, load
from bot.catalogue.overlay import Addition, Overlaid, overlay
from bot.catalogue.search import SearchIndex
from bot.recommend import Recommender


@dataclass(frozen=True, slots=True)
class Library:
    """What the bot knows of songs at one moment; a reload makes another and swaps it whole."""

    catalogue: Catalogue
    search: SearchIndex
    recommender: Recommender
    files: Catalogue
    """The catalogue of the data folder alone, without what was added while running."""
    overlaid: Overlaid
    """What became of each addition."""

    @classmethod
    def open(
        cls, data: Path, lists: Sequence[PublishedList] | None = None, additions: Iterable[Addition] = ()
    ) -> Library:
        """Read the data folder and build all three. Raises CatalogueError; takes about a second, so use a thread."""
        return cls.over(load(data), additions, lists)

    @classmethod
    def over(
        cls, files: Catalogue, additions: Iterable[Addition], lists: Sequence[PublishedList] | None = None
    ) -> Library:
        """Build all three anew over files read before; takes half a second, so use a thread."""
        overlaid = overlay(files, additions)
        catalogue = overlaid.catalogue
        return cls(catalogue, SearchIndex(catalogue), Recommender(catalogue, lists), files, overlaid)
