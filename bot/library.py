"""The catalogue with the index and the recommender made from it: three things that change together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue import Catalogue, PublishedList, load
from bot.catalogue.search import SearchIndex
from bot.recommend import Recommender


@dataclass(frozen=True, slots=True)
class Library:
    """What the bot knows of songs at one moment; a reload makes another and swaps it whole."""

    catalogue: Catalogue
    search: SearchIndex
    recommender: Recommender

    @classmethod
    def open(cls, data: Path, lists: Sequence[PublishedList] | None = None) -> Library:
        """Read the data folder and build all three. Raises CatalogueError; takes about a second, so use a thread."""
        catalogue = load(data)
        return cls(catalogue, SearchIndex(catalogue), Recommender(catalogue, lists))
