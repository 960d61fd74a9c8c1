"""What can be wrong in the data files, told so that a curator can put it right at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

LIKENESS = 60.0
"""How alike two words must be, of 100, for one to be offered instead of the other."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in one place of one file."""

    file: str
    """The file, seen from the data folder."""
    key: str
    """Where in the file ('songs[2] "goblin-hush".moods[0]'); empty for the file as a whole."""
    value: str | None
    """What stands there, as it would be written; None where something is missing."""
    expected: str
    """What should stand there, put so that "is not" can go before it: "a mood"."""
    nearest: str | None = None
    """The right word or id that looks most like it, if any does."""

    def __str__(self) -> str:
        """Say it in one plain sentence."""
        place = f"{self.file}: {self.key}".removesuffix(": ")
        if self.value is None:
            return f"{place} is missing; expected {self.expected}"
        meant = f'; did you mean "{self.nearest}"?' if self.nearest is not None else ""
        return f"{place}: {self.value} is not {self.expected}{meant}"


class CatalogueError(Exception):
    """The data cannot be used; carries every mistake that was found, not only the first."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        """List the mistakes, one a line."""
        return "\n".join(str(mistake) for mistake in self.mistakes)


def nearest(word: str, options: Mapping[str, str] | Iterable[str]) -> str | None:
    """Return the option most like the word; a mapping's keys are spellings, its values the right words."""
    spellings = options if isinstance(options, Mapping) else {option: option for option in options}
    found = process.extractOne(
        word, spellings.keys(), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=LIKENESS
    )
    return spellings[found[0]] if found else None
