"""From songs somebody likes to weights a tag: what do these have in common that is rare elsewhere?

Bayesian Sets (Ghahramani & Heller 2005, NIPS 18) scores an item by how much likelier its features are under
the seeds than under all items. For a tag that n_t of n seeds have and a share p of all songs, two estimates
of that are blended by how many seeds there are, few = min(1, 3 / n):

    touched  = ln(1 + n_t / p)                        some seed has it, and it is rare
    returns  = ln((n_t + 1) / (n p + 1)), at least 0  it comes back more often than chance would have it
    weight   = strength of its family x (few x touched + 2 (1 - few) x returns)

With up to three seeds every trait may matter; of forty favourites, what returns is the taste and the rest are
accidents: Laplace's one pseudo-count keeps a single sighting from counting as a trait. No weight is negative:
what the seeds lack is not held against a song.

The strengths are a conditional logit (McFadden 1974) of the hidden songs of published lists on these sums,
with a ridge, rounded; artists and voices, which an editor avoids repeating, were given a little more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from bot.recommend.features import FAMILIES, Features, Scores

STRENGTHS: Final[Mapping[str, float]] = {
    "drama": 0.25,
    "year": 1.4,
    "show": 0.12,
    "artist": 0.15,
    "group": 0.1,
    "mood": 0.12,
    "theme": 0.06,
    "genre": 0.14,
    "tempo": 0.14,
    "voicing": 0.1,
}
"""Nats for each unit of ln(1 + evidence), by family of tags."""

FEW: Final = 3.0
"""Seeds up to which each of their tags counts in full."""

RETURNS: Final = 2.0
"""What a tag that returns counts, beside one that was touched."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A song that the picks should be like, and why it is one."""

    row: int
    weight: float = 1.0
    origin: tuple[Literal["drama", "artist"], str] | None = None
    """The drama or artist asked for that it stands for; None for a song itself."""
    loved: bool = False
    """True for a favourite of the asker, False for what was asked."""


class Taste:
    """What seeds have in common, as a weight a tag."""

    def __init__(self, features: Features, seeds: Sequence[Seed], families: Mapping[str, float] | None = None) -> None:
        """Weigh the tags; `families` scales what some of their families count."""
        self.features = features
        self.seeds = seeds
        scale = families or {}
        by_family = np.array([scale.get(family, 1.0) * STRENGTHS[family] for family in FAMILIES])
        self._strength = by_family[features.family_number[:-1]]
        self._evidence = np.zeros(len(features.tags))
        for seed in seeds:
            self._evidence += seed.weight * self._touched(seed)
        self._heard = sum(seed.weight for seed in seeds)
        self.weights: Scores = self._strength * _tells(self._evidence, self._heard, features.share)

    def _touched(self, seed: Seed) -> Scores:
        touched = self.features.touch(seed.row)
        for tag in self.features.own[seed.row]:
            if not self._may_speak(seed, tag):
                touched[tag] = 0.0
        return touched

    def _speaks(self, seed: Seed, tag: int) -> float:
        return seed.weight * self.features.speaks(seed.row, tag) if self._may_speak(seed, tag) else 0.0

    def _may_speak(self, seed: Seed, tag: int) -> bool:
        """An artist's songs do not speak for the dramas they happen to be from."""
        return seed.origin is None or seed.origin[0] != "artist" or self.features.family[tag] != "drama"

    def scores(self) -> Scores:
        """Weigh every song of the catalogue."""
        return self.features.weigh(self.weights)

    def speaker(self, tag: int) -> Seed:
        """Find the seed that speaks most for a tag; of equals, the first."""
        return max(self.seeds, key=lambda seed: self._speaks(seed, tag))

    def gains(self, row: int, gone: Sequence[Seed]) -> float:
        """Tell what a song's score would lose without some of the seeds, in nats."""
        tags = list(self.features.own[row])
        left = self._evidence[tags] - [sum(self._speaks(seed, tag) for seed in gone) for tag in tags]
        heard = max(0.0, self._heard - sum(seed.weight for seed in gone))
        without = _tells(np.maximum(left, 0.0), heard, self.features.share[tags])
        return float(self.weights[tags].sum() - (self._strength[tags] * without).sum())


def _tells(evidence: Scores, heard: float, share: Scores) -> Scores:
    """Tell how much tags speak for a song, given the seeds that have them and their share of all songs."""
    few = min(1.0, FEW / heard) if heard > 0 else 1.0
    touched = np.log1p(evidence / share)
    returns = np.maximum(0.0, np.log((evidence + 1) / (heard * share + 1)))
    return few * touched + RETURNS * (1 - few) * returns
