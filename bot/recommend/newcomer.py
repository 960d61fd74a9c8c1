"""The first answer to somebody of whom nothing is known: a famous song, then lesser-known kin of others."""

from __future__ import annotations

from typing import Final

import numpy as np

from bot.recommend import reasons
from bot.recommend.explain import Explainer
from bot.recommend.features import Features, Rows, Scores
from bot.recommend.mixing import Mixer
from bot.recommend.model import Pick
from bot.recommend.taste import Seed, Taste

FAMOUS: Final = 40
"""Songs taken to be famous, at most."""

HARDLY_LISTED: Final = 1
"""Published lists that name a lesser-known song, at most."""

KIN: Final = 8
"""Kin of a famous song among which chance decides."""

SHARED: Final = 10_000
"""Pairs of songs whose shared sound is kept, at most."""


class Company:
    """What famous songs sound like, and what is near them: worked out once, as it is the same for every newcomer."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._near: dict[int, tuple[Taste, Scores]] = {}
        self._shared: dict[tuple[int, int], tuple[str, ...]] = {}

    def closeness(self, near: int) -> Scores:
        """Weigh every song by its likeness to one."""
        return self._kept(near)[1]

    def shared_sound(self, row: int, near: int, explainer: Explainer) -> tuple[str, ...]:
        """Name the tags of sound that two songs share."""
        shared = self._shared.get((row, near))
        if shared is None:
            shared = explainer.shared_sound(row, self._kept(near)[0])
            if len(self._shared) < SHARED:
                self._shared[row, near] = shared
        return shared

    def _kept(self, near: int) -> tuple[Taste, Scores]:
        kept = self._near.get(near)
        if kept is None:
            taste = Taste(self._features, [Seed(near)])
            kept = taste, taste.scores()
            if len(self._near) < 2 * FAMOUS:
                self._near[near] = kept
        return kept


def first_picks(
    explainer: Explainer, mixer: Mixer, company: Company, rows: Rows, count: int, chance: np.random.Generator
) -> list[Pick]:
    """Pick one famous song and lesser-known ones, each of them close to another famous one."""
    features, evidence = explainer.features, explainer.evidence
    scores = evidence.total
    famous = mixer.order(rows, scores, FAMOUS, a_drama=2, an_artist=2)
    famous = [row for row in famous if any(explainer.popularity(row))]
    famous = _drawn(famous, evidence.appeal.total(), chance)
    picks: list[Pick] = []
    taken: list[int] = []
    if famous:
        first = famous.pop(0)
        taken.append(first)
        told = max(explainer.popularity(first), key=lambda piece: piece.amount)
        picks.append(Pick(features.songs[first], told.reason, float(scores[first])))
    quiet = rows[explainer.shelves.fame[rows] <= HARDLY_LISTED]
    for near in famous:
        if len(picks) == count:
            return picks
        closeness = company.closeness(near) - evidence.against
        kin = mixer.order(quiet, closeness, KIN, a_drama=1, an_artist=1, taken=[*taken, near])
        kin = [row for row in kin if company.shared_sound(row, near, explainer)]
        if kin:
            row = kin[int(chance.integers(len(kin)))]
            taken.append(row)
            reason = reasons.LesserKnown(features.songs[near], company.shared_sound(row, near, explainer))
            picks.append(Pick(features.songs[row], reason, float(closeness[row])))
    rest = rows[~np.isin(rows, taken)]
    noise = scores + chance.gumbel(size=len(scores))
    more = mixer.order(rest, noise, count - len(picks), a_drama=2, taken=taken)
    told = (reasons.Discovery(explainer.sound_of(row)) for row in more)
    picks += [Pick(features.songs[row], reason, float(scores[row])) for row, reason in zip(more, told, strict=True)]
    return picks


def _drawn(rows: list[int], weights: Scores, chance: np.random.Generator) -> list[int]:
    """Shuffle so that heavier rows tend to come first (Efraimidis & Spirakis 2006)."""
    keys = {row: float(chance.exponential() / weights[row]) for row in rows}
    return sorted(rows, key=keys.__getitem__)
