"""What a slow proof comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

Figures = dict[str, int | float | str]


@dataclass(frozen=True, slots=True)
class Proof:
    """The figures of one proof, and a sentence for each thing that did not hold."""

    name: str
    figures: Figures = field(default_factory=dict)
    failures: tuple[str, ...] = ()


class Proving(Protocol):
    """What a module of this package offers; `prove` may also be a coroutine function."""

    SHORT: int
    """Rounds for every run of .ci/run; seconds, not minutes."""
    ROUNDS: int
    """Rounds for a proof that means it."""

    def prove(self, rounds: int, seed: int) -> Proof:
        """Try it so many times, by chance from this seed, and say what came of it."""
        ...
