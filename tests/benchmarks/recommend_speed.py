"""How fast, and how big: the whole catalogue, and a catalogue of 20,000 songs with a million marks."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from bot.catalogue.model import Catalogue, DramaId, SongId
from bot.recommend import Era, FromDrama, Listener, MarkEvent, Recommender, Request
from tests.benchmarks.standing import standing

SONGS, PEOPLE, MARKS, GUILDS = 20_000, 50_000, 1_000_000, 2_000
REQUESTS = 400


def grown(catalogue: Catalogue, size: int) -> Catalogue:
    """Repeat a catalogue under new ids, with artists kept, until it has so many songs."""
    songs, dramas = dict(catalogue.songs), dict(catalogue.dramas)
    copy = 0
    while len(songs) < size:
        copy += 1
        for drama in catalogue.dramas.values():
            name = DramaId(f"{drama.id}-{copy}")
            own = tuple(SongId(f"{song}-{copy}") for song in drama.songs)
            dramas[name] = replace(drama, id=name, songs=own, year=drama.year - copy % 3)
            for old, new in zip(drama.songs, own, strict=True):
                songs[new] = replace(catalogue.songs[old], id=new, drama=name)
    kept = dict(list(songs.items())[:size])
    dramas = {
        name: replace(drama, songs=tuple(song for song in drama.songs if song in kept))
        for name, drama in dramas.items()
    }
    return replace(catalogue, songs=kept, dramas=dramas)


def marks(catalogue: Catalogue, count: int, people: int) -> Iterator[MarkEvent]:
    """Yield marks as people make them: a few songs have most, a few people make most."""
    chance = np.random.default_rng(3)
    songs = list(catalogue.songs)
    chance.shuffle(songs)
    rows = (len(songs) * chance.random(count) ** 2.5).astype(int).tolist()
    users = (people * chance.random(count) ** 1.5).astype(int).tolist()
    for row, user in zip(rows, users, strict=True):
        yield MarkEvent(10**18 + user, songs[row], 10**18 + user % GUILDS)


def requests(catalogue: Catalogue, chance: np.random.Generator) -> Iterator[tuple[Request, Listener]]:
    """Yield questions of every kind, from strangers and from people with up to forty favourites."""
    songs, dramas, artists = list(catalogue.songs), list(catalogue.dramas), list(catalogue.artists)
    moods = list(catalogue.vocabulary.listener_moods)

    def one(names: list) -> object:
        return names[int(chance.integers(len(names)))]

    for n in range(REQUESTS):
        loved = tuple((one(songs), 0) for _ in range(int(chance.integers(0, 41))))
        shown = frozenset(one(songs) for _ in range(int(chance.integers(0, 200))))
        listener = Listener(10**18 + n, loved=loved, shown=shown, guild=10**18 + n % GUILDS)  # type: ignore[arg-type]
        kinds = (
            Request(count=5),
            Request(like=(one(songs),)),  # type: ignore[arg-type]
            Request(like_dramas=(one(dramas),)),  # type: ignore[arg-type]
            Request(like_artists=(one(artists),), surprise=True),  # type: ignore[arg-type]
            Request(moods=(one(moods),) if moods else (), era=Era(2010, 2020)),  # type: ignore[arg-type]
            Request(source=FromDrama(one(dramas)), voicing="female"),  # type: ignore[arg-type]
            Request(voicing="female-vocal-male-rap", era=Era(1990, 1991)),
        )
        yield kinds[n % len(kinds)], listener


def run(catalogue: Catalogue) -> None:
    """Print the figures beside their budgets."""
    print("\nSpeed")
    small = Recommender(catalogue)
    _latency("one request, whole catalogue (budget p99 5 ms)", small, catalogue)
    large = grown(catalogue, SONGS)
    began = time.perf_counter()
    recommender = Recommender(large)
    print(f"  building at {SONGS:,} songs: {time.perf_counter() - began:.2f} s")
    told = list(standing(marks(large, MARKS, PEOPLE)))
    began = time.perf_counter()
    recommender.load(told)
    print(f"  loading {MARKS:,} marks of {PEOPLE:,} people (budget 5 s): {time.perf_counter() - began:.2f} s")
    _latency(f"one request, {SONGS:,} songs and {MARKS:,} marks (budget p99 20 ms)", recommender, large)
    _absorbing(recommender, large)
    del recommender
    gc.collect()
    tracemalloc.start()
    recommender = Recommender(large)
    recommender.load(told)
    stays, most = (held / 1e6 for held in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    print(f"  memory for it (budget 300 MB): {stays:.0f} MB, {most:.0f} MB while loading", flush=True)
    _beside_implicit(large)


def _beside_implicit(catalogue: Catalogue) -> None:
    """Time item-item BM25 of the `implicit` package on the same marks, where it is installed."""
    if find_spec("implicit") is None:
        print("  (the implicit package is not installed: its item-item BM25 is left out)", flush=True)
        return
    sparse, implicit = import_module("scipy.sparse"), import_module("implicit.nearest_neighbours")
    row = {song: n for n, song in enumerate(catalogue.songs)}
    told = [(event.user - 10**18, row[event.song]) for event in marks(catalogue, MARKS, PEOPLE)]
    users, items = np.array(told).T
    loved = sparse.csr_matrix((np.ones(len(users)), (users, items)), shape=(PEOPLE, len(row)))
    model = implicit.BM25Recommender(K=20)
    began = time.perf_counter()
    model.fit(loved, show_progress=False)
    print(f"  implicit's item-item BM25: learning {time.perf_counter() - began:.2f} s, again for each change")
    asked = range(0, PEOPLE, PEOPLE // REQUESTS)
    _percentiles("one answer of it", [_seconds(lambda u=u: model.recommend(u, loved[u], N=5)) for u in asked])


def _latency(title: str, recommender: Recommender, catalogue: Catalogue) -> None:
    times: list[float] = []
    for request, listener in requests(catalogue, np.random.default_rng(5)):
        times.append(_seconds(lambda r=request, w=listener: recommender.recommend(r, w)))
    _percentiles(title, times)


def _absorbing(recommender: Recommender, catalogue: Catalogue) -> None:
    events = list(marks(catalogue, 5_000, PEOPLE))[::5]
    add = [_seconds(lambda e=event: recommender.absorb(e)) for event in events]
    take = [_seconds(lambda e=event: recommender.absorb(e._replace(present=False))) for event in events]
    _percentiles("absorbing one mark (budget 1 ms)", add + take)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _percentiles(title: str, seconds: list[float]) -> None:
    low, high, most = (1000 * float(np.percentile(seconds, q)) for q in (50, 99, 100))
    print(f"  {title}: median {low:.2f} ms, p99 {high:.2f} ms, most {most:.2f} ms", flush=True)
