"""Is the recommending any good, fast and honest? `python -m tests.benchmarks.recommend [PART ...]`.

The parts are quality, readers, speed, start and reasons; without one, all of them. Quality needs nothing but the
catalogue's own published lists; `--lists FILE` takes others (JSON lines).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.catalogue.lists import parse_lists_jsonl
from bot.catalogue.loader import DATA, load
from bot.catalogue.model import Catalogue, PublishedList, SongId
from bot.recommend import Recommender
from tests.benchmarks import recommend_baselines as baselines
from tests.benchmarks import recommend_readers, recommend_reasons, recommend_speed, recommend_start
from tests.benchmarks.recommend_measures import (
    LIMIT,
    Learn,
    Outcome,
    Rank,
    by_list,
    coverage,
    folded,
    interval,
)

PARTS = ("quality", "readers", "speed", "start", "reasons")
FOLDS = 5
SEEDS: tuple[int | None, ...] = (None, 1, 2, 3, 4)
"""Orders in which the lists are dealt to the folds; None is their own."""


def ours(catalogue: Catalogue) -> Learn:
    """Learn as the bot does, from nothing but the lists given."""

    def learn(lists: Sequence[PublishedList]) -> Rank:
        recommender = Recommender(catalogue, lists)
        return lambda given: [pick.song for pick in recommender.rank(given, LIMIT)]

    return learn


def textbook(name: str, catalogue: Catalogue, likeness: np.ndarray) -> Learn:
    """Learn as one of the baselines does."""
    songs = tuple(catalogue.songs)
    row = {song: n for n, song in enumerate(songs)}

    def learn(lists: Sequence[PublishedList]) -> Rank:
        x = np.zeros((max(1, len(lists)), len(songs)))
        for n, entry in enumerate(lists):
            x[n, [row[line.song] for line in entry.songs if line.song is not None and line.song in row]] = 1.0
        score = baselines.scorer(name, x, likeness)

        def rank(given: Sequence[SongId]) -> list[SongId]:
            rows = [row[song] for song in given]
            return baselines.best(score(rows), rows, songs, LIMIT)

        return rank

    return learn


def quality(catalogue: Catalogue, lists: Sequence[PublishedList]) -> None:
    """Print ours beside the textbook, over several dealings of the lists to folds."""
    likeness = baselines.content_likeness(catalogue)
    learners = {"ours": ours(catalogue)}
    learners |= {name: textbook(name, catalogue, likeness) for name in baselines.NAMES}
    outcomes: dict[str, list[list[Outcome]]] = {
        name: [folded(learn, lists, catalogue, FOLDS, seed) for seed in SEEDS] for name, learn in learners.items()
    }
    print(f"Finishing lists: {FOLDS} folds, dealt {len(SEEDS)} times, {len(outcomes['ours'][0])} questions each")
    print(f"  {'':10}{'recall@20':>10}{'ndcg@20 (95 % by list)':>28}{'mrr':>8}{'coverage':>10}{'same-drama':>12}")
    for name, dealt in outcomes.items():
        every = [outcome for outcomes in dealt for outcome in outcomes]
        low, high = interval(list(by_list(every).values()))
        ndcg = f"{_mean(every, 'ndcg'):.3f} ({low:.3f}-{high:.3f})"
        covered = float(np.mean([coverage(outcomes, catalogue) for outcomes in dealt]))
        print(
            f"  {name:10}{_mean(every, 'recall'):>10.3f}{ndcg:>28}{_mean(every, 'mrr'):>8.3f}"
            f"{covered:>10.2f}{_mean(every, 'same_drama'):>12.2f}"
        )
    per_seed = ", ".join(f"{_mean(outcomes, 'ndcg'):.3f}" for outcomes in outcomes["ours"])
    print(f"  ours by dealing: {per_seed}")
    rivals = {name: dealt for name, dealt in outcomes.items() if name != "ours"}
    best = max(rivals, key=lambda name: _mean([o for dealt in rivals[name] for o in dealt], "ndcg"))
    _paired(outcomes["ours"], rivals[best], best)


def _paired(mine: Sequence[Sequence[Outcome]], other: Sequence[Sequence[Outcome]], name: str) -> None:
    first, second = (by_list([o for dealt in side for o in dealt]) for side in (mine, other))
    differences = [first[published] - second[published] for published in first]
    low, high = interval(differences)
    ratio = np.mean(list(first.values())) / np.mean(list(second.values()))
    print(
        f"  ours less {name}, paired by list: {np.mean(differences):+.3f} ({low:+.3f} to {high:+.3f}), "
        f"{ratio:.2f} times its ndcg@20"
    )


def _mean(outcomes: Sequence[Outcome], measure: str) -> float:
    return float(np.mean([getattr(outcome, measure) for outcome in outcomes]))


def main() -> None:
    """Run what is asked for, or all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), default=[])
    parser.add_argument("--data", type=Path, default=DATA, help="another data folder")
    parser.add_argument("--lists", type=Path, help="other lists to ask about, as JSON lines")
    options = parser.parse_args()
    parts = options.parts or list(PARTS)
    catalogue = load(options.data)
    if "quality" in parts:
        told = options.lists.read_text(encoding="utf-8") if options.lists else None
        quality(catalogue, parse_lists_jsonl(told, catalogue.songs) if told else catalogue.lists)
    if "readers" in parts:
        recommend_readers.run(catalogue)
    if "speed" in parts:
        recommend_speed.run(catalogue)
    if "start" in parts:
        recommend_start.run(catalogue)
    if "reasons" in parts:
        recommend_reasons.run(catalogue)


if __name__ == "__main__":
    main()
