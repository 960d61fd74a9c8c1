"""Readers with hidden tastes: do the picks improve as they say more, and as others do?

A reader's taste is a mixture of two out of twelve archetypes. An archetype likes some tags and dislikes
others, the years of dramas among them, and some of what it hears stands in no tag at all; fame has its share.
What a reader loves is drawn without replacement with odds that grow with the sum (Gumbel top-k; Vieira
2014), half of it to be told, half hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.catalogue.model import Catalogue, SongId
from bot.recommend import Listener, MarkEvent, Recommender, Request
from tests.benchmarks import recommend_baselines as baselines
from tests.benchmarks.recommend_measures import interval

ARCHETYPES, UNTAGGED, LOVES, PICKS = 12, 3, 60, 5
TOLD = (1, 3, 10, 30)
ASKED = 150
YEARS = 5
"""Years that make one era in a reader's memory."""
COMMUNITY = ((0, 0), (100, 20), (2_000, 20))
"""People and marks each whose marks are known before."""


@dataclass(frozen=True, slots=True)
class World:
    """Who loves what, in truth."""

    songs: tuple[SongId, ...]
    traits: np.ndarray
    fame: np.ndarray

    @classmethod
    def of(cls, catalogue: Catalogue, chance: np.random.Generator) -> World:
        """Give each song its tags and as much again that no tag tells."""
        songs = list(catalogue.songs.values())
        said = [
            [word for word in baselines.tags(song) if not word.startswith("drama:")]
            + [f"years:{catalogue.drama_of(song).year // YEARS}"]
            for song in songs
        ]
        number = {word: n for n, word in enumerate(sorted({word for words in said for word in words}))}
        traits = np.zeros((len(songs), len(number) + UNTAGGED))
        for row, words in enumerate(said):
            traits[row, [number[word] for word in words]] = 1.0
        traits[:, len(number) :] = chance.normal(size=(len(songs), UNTAGGED))
        listed = np.zeros(len(songs))
        row_of = {song.id: row for row, song in enumerate(songs)}
        for entry in catalogue.lists:
            for line in entry.songs:
                if line.song is not None and line.song in row_of:
                    listed[row_of[line.song]] += 1
        return cls(tuple(row_of), traits, np.log1p(listed))

    def loves(self, people: int, count: int, chance: np.random.Generator) -> list[np.ndarray]:
        """Draw what some people love, in the order in which they say it."""
        tastes = np.random.default_rng(1).normal(size=(ARCHETYPES, self.traits.shape[1]))
        affinity = self.traits @ tastes.T
        affinity = (affinity - affinity.mean(axis=0)) / affinity.std(axis=0)
        drawn: list[np.ndarray] = []
        for _ in range(people):
            two = chance.choice(ARCHETYPES, size=2, replace=False)
            wish = 2.0 * (affinity[:, two] @ chance.dirichlet((2.0, 1.0))) + 0.5 * self.fame
            drawn.append(np.argsort(-(wish + chance.gumbel(size=len(wish))))[:count])
        return drawn


def run(catalogue: Catalogue) -> None:
    """Print the share of five picks that the reader loves, hidden from everybody, by marks told."""
    chance = np.random.default_rng(7)
    world = World.of(catalogue, chance)
    readers = [chance.permutation(loved) for loved in world.loves(ASKED, LOVES, chance)]
    likeness = baselines.content_likeness(catalogue)
    print(f"\nReaders with hidden tastes: share of {PICKS} picks loved, {ASKED} readers (95 % interval)")
    for people, marks in COMMUNITY:
        others = world.loves(people, marks, chance)
        print(f"  others' marks: {people * marks:,}")
        print("    " + " " * 10 + "".join(f"{told:>4} marks told      " for told in TOLD))
        x = np.zeros((max(1, people), len(world.songs)))
        for person, loved in enumerate(others):
            x[person, loved] = 1.0
        _line("ours", [_ours(catalogue, world, readers, others, told) for told in TOLD])
        for name in baselines.NAMES if people else ("content",):
            score = baselines.scorer(name, x, likeness)
            hits: list[list[float]] = []
            for told in TOLD:
                answers = [
                    baselines.best(score(loved[:told].tolist()), loved[:told].tolist(), world.songs, PICKS)
                    for loved in readers
                ]
                hits.append(_hits(answers, readers, world))
            _line(name, hits)


def _ours(
    catalogue: Catalogue, world: World, readers: Sequence[np.ndarray], others: Sequence[np.ndarray], told: int
) -> list[float]:
    recommender = Recommender(catalogue)
    recommender.load(
        MarkEvent(1_000 + person, world.songs[row], 1) for person, loved in enumerate(others) for row in loved
    )
    answers: list[list[SongId]] = []
    for person, loved in enumerate(readers):
        mine = tuple((world.songs[row], told - n) for n, row in enumerate(loved[:told]))
        answer = recommender.recommend(Request(count=PICKS), Listener(person, loved=mine))
        answers.append([pick.song for pick in answer.picks])
    return _hits(answers, readers, world)


def _hits(answers: Sequence[Sequence[SongId]], readers: Sequence[np.ndarray], world: World) -> list[float]:
    hidden = [{world.songs[row] for row in loved[max(TOLD) :]} for loved in readers]
    return [len(mine & set(answer)) / PICKS for answer, mine in zip(answers, hidden, strict=True)]


def _line(name: str, hits: Sequence[Sequence[float]]) -> None:
    cells = []
    for values in hits:
        low, high = interval(values)
        cells.append(f"{np.mean(values):.3f} ({low:.3f}-{high:.3f})  ")
    print(f"    {name:10}" + "".join(cells), flush=True)
