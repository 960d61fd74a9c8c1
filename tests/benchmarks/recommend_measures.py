"""How well a ranking finishes other people's lists: cuts, measures, and how sure the figures are."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.catalogue.model import Catalogue, PublishedList, SongId

CUTS, GIVEN, LIMIT, FIRST = 3, 3, 50, 10
RESAMPLES = 2_000

Answer = Sequence[SongId]
Rank = Callable[[Sequence[SongId]], Answer]
Learn = Callable[[Sequence[PublishedList]], Rank]


@dataclass(frozen=True, slots=True)
class Question:
    """Some songs of a list, and those to be found."""

    published: str
    given: tuple[SongId, ...]
    hidden: frozenset[SongId]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer to a question was worth."""

    published: str
    recall: float
    ndcg: float
    mrr: float
    same_drama: float
    first: tuple[SongId, ...]


def cuts(published: PublishedList, catalogue: Catalogue) -> list[Question]:
    """Cut a list of four or more known songs three times into at most three given ones and the rest."""
    songs = list(dict.fromkeys(line.song for line in published.songs if line.song in catalogue.songs))
    known = [song for song in songs if song is not None]
    questions: list[Question] = []
    for n in range(CUTS if len(known) >= 4 else 0):
        shuffled = known[:]
        random.Random(f"{published.id}/{n}").shuffle(shuffled)
        given = min(GIVEN, len(known) // 2)
        hidden = frozenset(shuffled[given:])
        questions.append(Question(published.id, tuple(shuffled[:given]), hidden))
    return questions


def judge(question: Question, answer: Answer, catalogue: Catalogue) -> Outcome:
    """Measure one answer: recall and NDCG at 20, reciprocal rank, and the largest drama in the first ten."""
    ranked = [song for song in dict.fromkeys(answer) if song not in question.given][:LIMIT]
    hidden, best = question.hidden, min(20, len(question.hidden))
    gain = sum(1 / math.log2(place + 2) for place, song in enumerate(ranked[:20]) if song in hidden)
    first = tuple(ranked[:FIRST])
    dramas = Counter(catalogue.songs[song].drama for song in first)
    return Outcome(
        question.published,
        recall=len(hidden & set(ranked[:20])) / best,
        ndcg=gain / sum(1 / math.log2(place + 2) for place in range(best)),
        mrr=next((1 / (place + 1) for place, song in enumerate(ranked) if song in hidden), 0.0),
        same_drama=max(dramas.values(), default=0) / max(1, len(first)),
        first=first,
    )


def folded(
    learn: Learn, lists: Sequence[PublishedList], catalogue: Catalogue, folds: int, seed: int | None
) -> list[Outcome]:
    """Ask about each fold of the lists after learning from the others; seed None keeps their order."""
    order = list(lists)
    if seed is not None:
        random.Random(seed).shuffle(order)
    outcomes: list[Outcome] = []
    for fold in range(folds):
        rank = learn([entry for n, entry in enumerate(order) if n % folds != fold])
        held = [entry for n, entry in enumerate(order) if n % folds == fold]
        questions = [question for entry in held for question in cuts(entry, catalogue)]
        outcomes += [judge(question, rank(question.given), catalogue) for question in questions]
    return outcomes


def coverage(outcomes: Sequence[Outcome], catalogue: Catalogue) -> float:
    """Return the share of the catalogue that stands in some first ten."""
    return len({song for outcome in outcomes for song in outcome.first}) / len(catalogue.songs)


def by_list(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Average the NDCG of each list's questions."""
    found: dict[str, list[float]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.published, []).append(outcome.ndcg)
    return {name: float(np.mean(values)) for name, values in found.items()}


def interval(values: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """Bound a mean by the percentile bootstrap, 95 in 100 (Efron & Tibshirani 1993)."""
    chance = np.random.default_rng(seed)
    sample = np.asarray(values)
    means = sample[chance.integers(len(sample), size=(RESAMPLES, len(sample)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
