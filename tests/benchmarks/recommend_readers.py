"""Readers with hidden tastes: do the picks improve as they say more, and as others do?

A reader's taste is a mixture of two out of twelve archetypes. An archetype likes some tags and dislikes
others, the years of dramas among them, and some of what it hears stands in no tag at all; fame has its share.
What a reader loves is drawn without replacement with odds that grow with the sum (Gumbel top-k; Vieira
2014), half of it to be told, half hidden.

Ours hears of it as the bot does: every mark is a press or a reaction written to a SQLite file, told to the
recommender after its commit, and read back as the reader's state when picks are asked for. A reader who has
been asked takes everything back, so that all see the same marks of others, as the baselines do.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot import learning
from bot.catalogue.model import Catalogue, SongId
from bot.recommend import Listener, Recommender, Request
from bot.store import Reaction, Store
from tests.benchmarks import recommend_baselines as baselines
from tests.benchmarks.recommend_measures import interval

ARCHETYPES, UNTAGGED, LOVES, PICKS = 12, 3, 60, 5
TOLD = (1, 3, 10, 30)
ASKED = 150
YEARS = 5
"""Years that make one era in a reader's memory."""
GUILD, NOW = 1, 1_700_000_000
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
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "store.sqlite3"
            _line("ours", asyncio.run(_ours(catalogue, world, readers, others, path)))
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


async def _ours(
    catalogue: Catalogue, world: World, readers: Sequence[np.ndarray], others: Sequence[np.ndarray], path: Path
) -> list[list[float]]:
    recommender = Recommender(catalogue)
    answers: dict[int, list[list[SongId]]] = {told: [] for told in TOLD}
    async with await Store.open(path) as store:
        learning.follow(store, recommender.absorb)
        for person, loved in enumerate(others):
            await _vote(store, 10_000 + person, [world.songs[row] for row in loved])
        for person, loved in enumerate(readers):
            said = 0
            for told in TOLD:
                await _vote(store, person, [world.songs[row] for row in loved[said:told]])
                said = told
                state = await store.listeners.state(person, now=NOW)
                mine = tuple((favourite.song, favourite.since) for favourite in state.loved)
                answer = recommender.recommend(Request(count=PICKS), Listener(person, loved=mine))
                answers[told].append([pick.song for pick in answer.picks])
            await _take_back(store, person, world, loved[:said])
    return [_hits(answers[told], readers, world) for told in TOLD]


async def _vote(store: Store, person: int, songs: Sequence[SongId]) -> None:
    """Love songs, every other one by a reaction to a card."""
    await asyncio.gather(
        *(
            store.marks.react(person, song, GUILD, Reaction(NOW + n, "❤️"), NOW)
            if n % 2
            else store.marks.press(person, song, GUILD, "button", NOW)
            for n, song in enumerate(songs)
        )
    )


async def _take_back(store: Store, person: int, world: World, rows: np.ndarray) -> None:
    await asyncio.gather(*(store.marks.remove(person, world.songs[row]) for row in rows))


def _hits(answers: Sequence[Sequence[SongId]], readers: Sequence[np.ndarray], world: World) -> list[float]:
    hidden = [{world.songs[row] for row in loved[max(TOLD) :]} for loved in readers]
    return [len(mine & set(answer)) / PICKS for answer, mine in zip(answers, hidden, strict=True)]


def _line(name: str, hits: Sequence[Sequence[float]]) -> None:
    cells = []
    for values in hits:
        low, high = interval(values)
        cells.append(f"{np.mean(values):.3f} ({low:.3f}-{high:.3f})  ")
    print(f"    {name:10}" + "".join(cells), flush=True)
