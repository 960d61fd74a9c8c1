"""How far a recount has come, for the log and for the operator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Progress:
    """The figures of one recount; they grow while it runs."""

    begun: int
    """UTC second of its begin."""
    cards: int = 0
    """Cards to look at."""
    done: int = 0
    """Cards dealt with, whichever way."""
    read: int = 0
    """Cards whose reactors were read."""
    added: int = 0
    """Votes that were given while nobody listened."""
    taken: int = 0
    """Votes that were taken back while nobody listened."""
    cleared: int = 0
    """Cards found cleared by others."""
    forgotten: int = 0
    """Cards that Discord no longer has."""
    aside: int = 0
    """Cards out of reach, until the next recount."""
    ended: int | None = None
    """UTC second of its end; None while it runs or when it was stopped."""

    def __str__(self) -> str:
        told = f"{self.done} of {self.cards} cards looked at, {self.read} read"
        told += f", {self.added} votes added, {self.taken} taken back"
        for number, what in ((self.cleared, "cleared"), (self.forgotten, "gone"), (self.aside, "out of reach")):
            if number:
                told += f", {number} {what}"
        return told
