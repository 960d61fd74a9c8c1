"""All that speaks for or against each song in one question, as parts that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Final

import numpy as np

from bot.recommend.features import Features, Scores
from bot.recommend.model import MarkEvent, MarkKind
from bot.recommend.people import Marks
from bot.recommend.published import Shelves
from bot.recommend.taste import Seed, Taste

SHELVED: Final = 0.5
"""Nats for each unit of ln(1 + shared lists)."""

TOGETHER: Final = 2.0
"""Nats for each unit of ln(1 + kindred voices beyond those that any song of its popularity would have)."""

APPEAL: Final = 1.0
"""Nats for each unit of ln(1 + popularity)."""

HALF_EVERYWHERE: Final = 1_000.0
"""Marks of everybody that weigh as much as the published lists."""

HALF_HERE: Final = 500.0
"""Marks of one server that weigh as much as everybody's."""

FEW: Final = 3.0
"""People who are hardly more than chance, added where counts are compared."""

COMMENT: Final = 0.5
"""What a comment says for a song, beside a heart: who writes about it cares, and mostly loves it already."""

KNOWN: Final = 0.1
"""What it says for a song that somebody knows it: it is around, no more."""

UNWANTED: Final = 1.0
"""What "not for me" takes from a song, beside a heart."""

ELSEWHERE: Final = 20.0
"""Hearts of one server up to which half of what is said outside any server is not held against its songs."""

AGAINST: Final = 0.5
"""Share of the likeness to songs not wanted that counts against a song."""


class Crowd:
    """Everybody's marks of every kind."""

    def __init__(self, songs: int, marks: Mapping[MarkKind, Marks] | None = None) -> None:
        kinds: tuple[MarkKind, ...] = ("love", "comment", "know", "dismiss")
        self.marks = {kind: (marks or {}).get(kind) or Marks(songs) for kind in kinds}

    @property
    def love(self) -> Marks:
        """The hearts."""
        return self.marks["love"]

    def absorb(self, event: MarkEvent, row: int) -> None:
        """Count one event."""
        marks = self.marks[event.kind]
        (marks.add if event.present else marks.take)(event.user, row, event.guild)

    def everywhere(self) -> Scores:
        """Weigh what all people say of each song, never below nothing."""
        marks = self.marks
        said = marks["love"].count + COMMENT * marks["comment"].count + self._aside(1.0)
        return np.maximum(said, 0.0)

    def here(self, guild: int | None) -> Scores | None:
        """Weigh the same for one server; None where nobody loves anything yet.

        Knowing a song and not wanting it are said outside any server: each bears its part of them, by its
        part of all hearts, and the less the fewer hearts it has (shrinkage, n / (n + half)).
        """
        love = self.love.here(guild)
        if love is None:
            return None
        written = self.marks["comment"].here(guild)
        hearts = float(love.sum())
        part = hearts / max(1.0, float(self.love.count.sum()), hearts)
        said = love if written is None else love + COMMENT * written
        return np.maximum(said + self._aside(part * hearts / (hearts + ELSEWHERE)), 0.0)

    def _aside(self, part: float) -> Scores:
        """Weigh a part of what is said of songs by those who know them or do not want them."""
        return part * (KNOWN * self.marks["know"].count - UNWANTED * self.marks["dismiss"].count)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What kind of answer is wanted, where list makers and readers differ."""

    lists: float
    """How much being listed often counts: readers know the often listed already."""
    families: Mapping[str, float]
    """How much some families of tags count, 1 being as much as in a list."""


FINISH_A_LIST: Final = Leaning(lists=1.0, families={})
"""As the published lists have it, on which the strengths were fitted."""

READERS: Final[Mapping[str, float]] = {"year": 0.5, "drama": 0.4}
"""A list is often of one year or one drama, a taste seldom; and who loves a drama's song knows the others."""

STRANGER: Final = 0.8
"""How much being listed often counts for somebody of whom nothing is known."""

ACQUAINTED: Final = 3.0
"""Favourites after which it counts half: who loves much knows what everybody lists."""

ASKED: Final = 9.0
"""Favourites that it tells as much as to ask for something like it."""


def hear_next(favourites: int, *, asked: bool) -> Leaning:
    """Lean towards something new, the more so the more somebody loves, or where a likeness is asked for."""
    told = favourites + (ASKED if asked else 0.0)
    return Leaning(lists=STRANGER * ACQUAINTED / (ACQUAINTED + told), families=READERS)


@dataclass(frozen=True, slots=True)
class Appeal:
    """How liked songs are in general: by lists first, then everybody, then this server, as each has a say."""

    lists: Scores
    everywhere: Scores
    here: Scores

    @classmethod
    def of(cls, shelves: Shelves, crowd: Crowd, guild: int | None, leaning: Leaning) -> Appeal:
        """Blend the three by how much evidence each has: shrinkage, n / (n + half)."""
        everywhere, here = crowd.everywhere(), crowd.here(guild)
        trust = _trust(everywhere, HALF_EVERYWHERE)
        near = 0.0 if here is None else _trust(here, HALF_HERE)
        none = np.zeros(len(everywhere))
        return cls(
            lists=APPEAL * leaning.lists * (1 - near) * (1 - trust) * np.log1p(shelves.fame),
            everywhere=APPEAL * (1 - near) * trust * _popularity(everywhere) if trust else none,
            here=none if here is None else APPEAL * near * _popularity(here),
        )

    def total(self) -> Scores:
        """Add them up."""
        return self.lists + self.everywhere + self.here


def _trust(counts: Scores, half: float) -> float:
    marks = float(counts.sum())
    return marks / (marks + half)


def _popularity(counts: Scores) -> Scores:
    return np.log1p(counts / (FEW + counts.mean()))


def shelved(shelves: Shelves, seeds: Sequence[Seed], songs: int) -> Scores:
    """Weigh songs by the lists they share with seeds; a long list says less of each of its songs."""
    evidence = np.zeros(songs)
    on: dict[int, float] = {}
    for seed in seeds:
        for number in shelves.of[seed.row]:
            on[number] = on.get(number, 0.0) + seed.weight
    for number, heard in on.items():
        rows = shelves.all[number].rows
        evidence[rows] += heard / np.sqrt(len(rows))
    return SHELVED * np.log1p(evidence)


def shelved_at(shelves: Shelves, seeds: Sequence[Seed], row: int) -> float:
    """Weigh one song as `shelved` does all."""
    on = set(shelves.of[row])
    shared = [(number, seed.weight) for seed in seeds for number in shelves.of[seed.row] if number in on]
    evidence = sum(weight / np.sqrt(len(shelves.all[number].rows)) for number, weight in shared)
    return SHELVED * float(np.log1p(evidence))


def together(love: Marks, seeds: Sequence[Seed], user: int) -> Scores:
    """Weigh songs by how much more kindred people love them than people at large do."""
    found = love.neighbours(_weights(seeds), besides=user)
    if found is None:
        return np.zeros(love.songs)
    return TOGETHER * np.log1p(np.maximum(0.0, found.heard - found.expected) / found.one)


def together_at(love: Marks, seeds: Sequence[Seed], user: int, row: int) -> float:
    """Weigh one song as `together` does all."""
    found = love.neighbours_of(row, _weights(seeds), besides=user)
    if found is None:
        return 0.0
    heard, expected, one = found
    return TOGETHER * log1p(max(0.0, heard - expected) / one)


def _weights(seeds: Sequence[Seed]) -> dict[int, float]:
    weights: dict[int, float] = {}
    for seed in seeds:
        weights[seed.row] = weights.get(seed.row, 0.0) + seed.weight
    return weights


def mood_fit(features: Features, tags: Mapping[str, float]) -> Scores:
    """Tell how well songs fit a listener mood: 1 for the one that fits best, below 0 for the contrary."""
    weights = np.zeros(len(features.tags))
    for tag, weight in tags.items():
        if tag in features.number:
            weights[features.number[tag]] = weight
    fit = features.weigh(weights)
    return fit / max(float(fit.max(initial=0.0)), 1e-9)


@dataclass(frozen=True, slots=True)
class Kinship:
    """What speaks for songs because of some seeds: those asked for, or the asker's favourites."""

    taste: Taste
    factor: float
    """How much of it counts, 0 to 1."""
    shelved: Scores
    together: Scores
    total: Scores

    @classmethod
    def of(
        cls,
        features: Features,
        shelves: Shelves,
        love: Marks,
        seeds: Sequence[Seed],
        *,
        user: int,
        factor: float,
        leaning: Leaning,
    ) -> Kinship:
        """Gather what is known of songs like these seeds."""
        taste, songs = Taste(features, seeds, families=leaning.families), len(features.songs)
        on_shelves, with_people = shelved(shelves, seeds, songs), together(love, seeds, user)
        total = factor * (taste.scores() + on_shelves + with_people)
        return cls(taste, factor, on_shelves, with_people, total)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of every song's score for one question."""

    kin: tuple[Kinship, ...]
    appeal: Appeal
    moods: tuple[tuple[str, Scores], ...]
    against: Scores
    total: Scores

    @classmethod
    def of(
        cls, kin: tuple[Kinship, ...], appeal: Appeal, moods: tuple[tuple[str, Scores], ...], against: Scores
    ) -> Evidence:
        """Add the parts up."""
        total = appeal.total() - against
        for part in kin:
            total = total + part.total
        for _, fit in moods:
            total = total + fit
        return cls(kin, appeal, moods, against, total)


def dislike(features: Features, rows: Sequence[int]) -> Scores:
    """Weigh likeness to songs not wanted, on average of them."""
    if not rows:
        return np.zeros(len(features.songs))
    taste = Taste(features, [Seed(row, 1.0 / len(rows)) for row in rows])
    return AGAINST * taste.scores()
