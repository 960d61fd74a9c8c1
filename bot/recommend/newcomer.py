"""The first answer to somebody of whom nothing is known: a famous song, then lesser-known kin of others."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from math import log
from random import Random
from typing import Final

import numpy as np

from bot.recommend import reasons
from bot.recommend.explain import Explainer
from bot.recommend.features import Features, Scores
from bot.recommend.mixing import Coming, Mixer, Ranking, best_first
from bot.recommend.model import Pick
from bot.recommend.published import Shelves
from bot.recommend.taste import Seed, Taste

FAMOUS: Final = 40
"""Songs taken to be famous, at most."""

HARDLY_LISTED: Final = 1
"""Published lists that name a lesser-known song, at most."""

KIN: Final = 8
"""Kin of a famous song among which chance decides."""

SHARED: Final = 10_000
"""Pairs of songs whose shared sound is kept, at most."""


@dataclass(frozen=True, slots=True)
class Fame:
    """How liked songs are in general, for one place at one moment: the same for all who are new there."""

    explainer: Explainer
    mixer: Mixer
    ranking: Ranking
    famous: tuple[int, ...]
    """Songs of which can be told how liked they are, best first and mixed."""

    @classmethod
    def of(cls, explainer: Explainer, mixer: Mixer) -> Fame:
        """Rank all songs by all that speaks for them."""
        scores = explainer.evidence.total
        ranking = Ranking(np.arange(len(scores), dtype=np.int32), scores)
        return cls(explainer, mixer, ranking, _famous(explainer, mixer, ranking.without(())))

    def without(self, barred: Container[int]) -> Sequence[int]:
        """List famous songs but those barred, further ones where these are most of them."""
        left = [row for row in self.famous if row not in barred]
        if 2 * len(left) >= len(self.famous):
            return left
        return _famous(self.explainer, self.mixer, self.ranking.without(barred))


def _famous(explainer: Explainer, mixer: Mixer, coming: Coming) -> tuple[int, ...]:
    mixed = mixer.mix(coming, FAMOUS, a_drama=2, an_artist=2)
    return tuple(row for row in mixed if any(explainer.popularity(row)))


@dataclass(frozen=True, slots=True)
class _Near:
    """What a famous song sounds like, and the lesser-known songs by their likeness to it."""

    taste: Taste
    closeness: Scores
    ranking: Ranking


class Company:
    """What is near famous songs: worked out once, as it is the same for every newcomer."""

    def __init__(self, features: Features, shelves: Shelves) -> None:
        self._features = features
        self._quiet = np.flatnonzero(shelves.fame <= HARDLY_LISTED).astype(np.int32)
        self._near: dict[int, _Near] = {}
        self._shared: dict[tuple[int, int], tuple[str, ...]] = {}

    def lesser_known(self, near: int, barred: Container[int], against: Scores | None) -> Coming:
        """Yield lesser-known songs by their likeness to one, less what speaks against them."""
        kept = self._kept(near)
        ranking = kept.ranking if against is None else Ranking(self._quiet, kept.closeness - against)
        return ranking.without(barred)

    def closeness(self, row: int, near: int) -> float:
        """Weigh a song by its likeness to another."""
        return float(self._kept(near).closeness[row])

    def shared_sound(self, row: int, near: int, explainer: Explainer) -> tuple[str, ...]:
        """Name the tags of sound that two songs share."""
        shared = self._shared.get((row, near))
        if shared is None:
            shared = explainer.shared_sound(row, self._kept(near).taste)
            if len(self._shared) < SHARED:
                self._shared[row, near] = shared
        return shared

    def _kept(self, near: int) -> _Near:
        kept = self._near.get(near)
        if kept is None:
            taste = Taste(self._features, [Seed(near)])
            closeness = taste.scores()
            kept = _Near(taste, closeness, Ranking(self._quiet, closeness))
            if len(self._near) < 2 * FAMOUS:
                self._near[near] = kept
        return kept


def first_picks(fame: Fame, company: Company, barred: Container[int], count: int, chance: Random) -> list[Pick]:
    """Pick one famous song and lesser-known ones, each of them close to another famous one."""
    explainer, mixer = fame.explainer, fame.mixer
    songs, evidence = explainer.features.songs, explainer.evidence
    scores, against = evidence.total, evidence.against if evidence.against.any() else None
    famous = _drawn(fame.without(barred), evidence.appeal.total(), chance)
    picks: list[Pick] = []
    taken: list[int] = []
    if famous:
        first = famous.pop(0)
        taken.append(first)
        told = max(explainer.popularity(first), key=lambda piece: piece.amount)
        picks.append(Pick(songs[first], told.reason, float(scores[first])))
    for near in famous:
        if len(picks) == count:
            return picks
        kin = mixer.apart(company.lesser_known(near, barred, against), KIN, [*taken, near])
        kin = [row for row in kin if company.shared_sound(row, near, explainer)]
        if kin:
            row = chance.choice(kin)
            taken.append(row)
            reason = reasons.LesserKnown(songs[near], company.shared_sound(row, near, explainer))
            picks.append(Pick(songs[row], reason, company.closeness(row, near) - float(evidence.against[row])))
    rest = [row for row in range(len(songs)) if row not in barred and row not in taken]
    noise = scores + np.random.default_rng(chance.getrandbits(64)).gumbel(size=len(scores))
    coming = best_first(np.array(rest, dtype=np.int32), noise)
    more = mixer.mix(coming, count - len(picks), a_drama=2, taken=taken)
    told = (reasons.Discovery(explainer.sound_of(row)) for row in more)
    picks += [Pick(songs[row], reason, float(scores[row])) for row, reason in zip(more, told, strict=True)]
    return picks


def _drawn(rows: Sequence[int], weights: Scores, chance: Random) -> list[int]:
    """Shuffle so that heavier rows tend to come first (Efraimidis & Spirakis 2006)."""
    keys = {
        row: -log(1 - chance.random()) / weight for row, weight in zip(rows, weights[list(rows)].tolist(), strict=True)
    }
    return sorted(rows, key=keys.__getitem__)
