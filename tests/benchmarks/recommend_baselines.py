"""The textbook, in NumPy: what a recommender has to beat."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.model import Catalogue, Song, SongId

Matrix = NDArray[np.float64]
Scorer = Callable[[Sequence[int]], Matrix]
"""From rows of given songs to a score a song."""

NAMES = ("popular", "content", "item-knn", "EASE", "iALS", "blend")


def tags(song: Song) -> list[str]:
    """Describe a song by everything the catalogue says of it."""
    words = [f"mood:{word}" for word in song.moods] + [f"theme:{word}" for word in song.themes]
    words += [f"genre:{word}" for word in song.genres] + [f"tempo:{song.tempo}", f"drama:{song.drama}"]
    for credit in song.artists:
        words += [f"artist:{credit.name}", f"voice:{credit.voice}:{credit.role}"]
    return words


def content_likeness(catalogue: Catalogue) -> Matrix:
    """Cosine of the songs' tags, each weighed by its rarity (tf-idf; Salton & Buckley 1988)."""
    songs = list(catalogue.songs.values())
    number = {tag: n for n, tag in enumerate(sorted({tag for song in songs for tag in tags(song)}))}
    table = np.zeros((len(songs), len(number)))
    for row, song in enumerate(songs):
        table[row, [number[tag] for tag in tags(song)]] = 1.0
    table *= np.log(len(songs) / np.maximum(1.0, table.sum(axis=0)))
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return table @ table.T


def ials(x: Matrix, factors: int = 16, rounds: int = 8, alpha: float = 10.0, ridge: float = 1.0) -> Scorer:
    """Factorise implicit feedback by alternating least squares (Hu, Koren & Volinsky 2008)."""
    chance = np.random.default_rng(0)
    active = np.flatnonzero(x.sum(axis=0))
    seen = x[:, active]
    items = chance.normal(scale=0.1, size=(len(active), factors))

    def solve(rows: Matrix, other: Matrix) -> Matrix:
        gram = other.T @ other + ridge * np.eye(factors)
        solved = np.zeros((len(rows), factors))
        for n, row in enumerate(rows):
            mine = other[row > 0]
            solved[n] = np.linalg.solve(gram + alpha * mine.T @ mine, (1 + alpha) * mine.sum(axis=0))
        return solved

    for _ in range(rounds):
        people = solve(seen, items)
        items = solve(seen.T, people)
    place = {int(row): n for n, row in enumerate(active)}

    def score(given: Sequence[int]) -> Matrix:
        row = np.zeros((1, len(active)))
        row[0, [place[g] for g in given if g in place]] = 1.0
        scores = np.zeros(x.shape[1])
        scores[active] = (solve(row, items) @ items.T)[0]
        return scores + 1e-6 * x.sum(axis=0)

    return score


def ease(x: Matrix, ridge: float = 20.0) -> Scorer:
    """Solve the closed-form linear autoencoder (Steck 2019)."""
    active = np.flatnonzero(x.sum(axis=0))
    inverse = np.linalg.inv(x[:, active].T @ x[:, active] + ridge * np.eye(len(active)))
    weights = np.zeros((x.shape[1], x.shape[1]))
    small = -inverse / np.diag(inverse)
    np.fill_diagonal(small, 0.0)
    weights[np.ix_(active, active)] = small
    return lambda given: weights[given].sum(axis=0) + 1e-6 * x.sum(axis=0)


def scorer(name: str, x: Matrix, likeness: Matrix) -> Scorer:
    """Build one baseline from who (a list, a person) put which songs together."""
    popular = x.sum(axis=0)
    if name == "popular":
        return lambda given: popular
    if name == "content":
        return lambda given: likeness[given].sum(axis=0)
    if name == "EASE":
        return ease(x)
    if name == "iALS":
        return ials(x)
    knn = x.T @ x / (np.sqrt(np.outer(popular, popular)) + 5)
    if name == "item-knn":
        return lambda given: knn[given].sum(axis=0) + 1e-6 * popular
    return lambda given: _rank(popular) + 0.7 * _rank(likeness[given].sum(axis=0)) + _rank(knn[given].sum(axis=0))


def _rank(scores: Matrix) -> Matrix:
    return np.argsort(np.argsort(scores)) / len(scores)


def best(scores: Matrix, given: Sequence[int], songs: Sequence[SongId], limit: int) -> list[SongId]:
    """List the songs of the highest scores, the given ones left out."""
    scores = scores.astype(np.float64).copy()
    scores[list(given)] = -np.inf
    return [songs[row] for row in np.argsort(-scores, kind="stable")[:limit]]
