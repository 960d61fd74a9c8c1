"""How well and how fast search finds what people type, beside RapidFuzz over whole strings, in the same run.

    python -m tests.benchmarks.search [--queries FILE ...] [--scale 20000 100000] [--json FILE]

Every query of the checked-in files names the songs it means. hit@1 and hit@5 say how often one of them is
the first, or among the first five; times are of one query on one thread. The larger catalogues recombine
real titles, artists and dramas, seeded: they are for time and memory, not for hits.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import random
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from bot.catalogue.loader import DATA, load
from bot.catalogue.model import Catalogue, DramaId, Song, SongId
from bot.catalogue.search import SearchIndex
from tests.benchmarks.search_garbage import LENGTH, garbage

QUERIES = Path(__file__).parents[1] / "unit" / "catalogue" / "queries"
HARD = ("initials", "keyboard", "half-typed", "slips")
"""The kinds a plain fuzzy comparison cannot answer."""
SEED = 20200923
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Question:
    """A query, what it means (song ids, or "drama:" and an ident), and in which way it was typed."""

    query: str
    expect: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Figures:
    """How one searcher did on one kind of query; times in milliseconds."""

    searcher: str
    kind: str
    queries: int
    hit1: float
    hit5: float
    mean_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Scale:
    """What a catalogue of some size costs: seconds to build, megabytes kept, milliseconds a query."""

    songs: int
    build_s: float
    memory_mb: float
    find_mean_ms: float
    find_p99_ms: float
    complete_mean_ms: float
    complete_p99_ms: float


def read_questions(files: Iterable[Path]) -> list[Question]:
    """Read JSON lines of query, expect and kind."""
    lines = (line for file in files for line in file.read_text("utf-8").splitlines() if line.strip())
    return [
        Question(line["query"], tuple(line["expect"]), line["kind"]) for line in (json.loads(text) for text in lines)
    ]


def plain_search(catalogue: Catalogue) -> Callable[[str], list[str]]:
    """Return the comparison: token_set_ratio of the query and all a song's names in one string."""
    texts: dict[str, str] = {}
    for song in catalogue.songs.values():
        drama = catalogue.drama_of(song)
        names = [song.title, song.title_ko, song.romanized, song.gloss, *song.aliases]
        for credit in song.artists:
            artist = catalogue.artist(credit.artist)
            names += [credit.name, credit.name_ko, credit.of, *(artist.aliases if artist else ())]
        names += [drama.title, drama.title_ko, drama.romanized, *drama.alt_titles, *drama.aliases]
        texts[song.id] = utils.default_process(" ".join(name for name in names if name))

    def search(query: str) -> list[str]:
        text = utils.default_process(query)
        return [ident for _, _, ident in process.extract(text, texts, scorer=fuzz.token_set_ratio, limit=10)]

    return search


def measure(
    searcher: str, search: Callable[[str], Sequence[str]], questions: Sequence[Question], catalogue: Catalogue
) -> list[Figures]:
    """Ask every question and count hits and time by kind; "all" comes last."""
    rows: dict[str, list[tuple[bool, bool, float]]] = defaultdict(list)
    for question in questions:
        search(question.query)
        start = time.perf_counter()
        ids = search(question.query)
        spent = (time.perf_counter() - start) * 1000
        meant = [_is_meant(ident, question.expect, catalogue) for ident in ids[:5]]
        row = (bool(meant) and meant[0], any(meant), spent)
        for kind in (question.kind, "hard kinds" if question.kind in HARD else "ordinary kinds", "all"):
            rows[kind].append(row)
    ends = ("ordinary kinds", "hard kinds", "all")
    kinds = sorted(kind for kind in rows if kind not in ends) + [kind for kind in ends if kind in rows]
    return [_figures(searcher, kind, rows[kind]) for kind in kinds]


def recombine(catalogue: Catalogue, size: int, seed: int = SEED) -> Catalogue:
    """Make a larger catalogue: titles of two real ones, the artists of a third, the drama of a fourth."""
    chance = random.Random(seed)
    real = list(catalogue.songs.values())
    songs: dict[SongId, Song] = {}
    of_drama: dict[DramaId, list[SongId]] = defaultdict(list)
    for number in range(size):
        one, other, singer, set_in = chance.choices(real, k=4)
        ident = SongId(f"recombined-{number}")
        songs[ident] = replace(
            one,
            id=ident,
            title=_splice(one.title, other.title),
            title_ko=_splice(one.title_ko, other.title_ko) if one.title_ko and other.title_ko else one.title_ko,
            artists=singer.artists,
            drama=set_in.drama,
            formerly=(),
        )
        of_drama[set_in.drama].append(ident)
    of_artist: dict[str, dict[SongId, None]] = defaultdict(dict)
    for song in songs.values():
        for credit in song.artists:
            of_artist[credit.artist][song.id] = None
    return replace(
        catalogue,
        songs=songs,
        dramas={ident: replace(drama, songs=tuple(of_drama[ident])) for ident, drama in catalogue.dramas.items()},
        artists={ident: replace(artist, songs=tuple(of_artist[ident])) for ident, artist in catalogue.artists.items()},
        collections={},
        formerly={},
    )


def scale(catalogue: Catalogue, questions: Sequence[Question]) -> Scale:
    """Build an index, then ask it every question, and every question half-typed as autocomplete gets it."""
    gc.collect()
    start = time.perf_counter()
    index = SearchIndex(catalogue)
    build = time.perf_counter() - start
    finds = _times(index.find, [question.query for question in questions])
    halves = [question.query[: max(1, len(question.query) * part // 4)] for part in (1, 2, 3) for question in questions]
    completes = _times(partial(index.complete, "song"), halves)
    return Scale(
        len(catalogue.songs),
        build,
        kept(catalogue) / MEGABYTE,
        _mean(finds),
        _p99(finds),
        _mean(completes),
        _p99(completes),
    )


def nonsense(index: SearchIndex) -> list[tuple[str, float, float]]:
    """Ask what means nothing, each query once: kind, mean and p99 in milliseconds; "all" comes last."""
    spent: dict[str, list[float]] = defaultdict(list)
    for kind, query in garbage(SEED):
        start = time.perf_counter()
        index.find(query)
        spent[kind].append((time.perf_counter() - start) * 1000)
    spent["all of them"] = [one for times in spent.values() for one in times]
    return [(kind, _mean(times), _p99(times)) for kind, times in spent.items()]


def kept(catalogue: Catalogue) -> int:
    """Build an index and count the bytes it keeps."""
    gc.collect()
    tracemalloc.start()
    index = SearchIndex(catalogue)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del index
    return size


def find_ids(index: SearchIndex, query: str) -> list[str]:
    """Ask our index as the comparison is asked."""
    return [hit.id for hit in index.find(query)]


def main() -> None:
    """Print the tables; write them as JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the catalogue's folder")
    parser.add_argument("--queries", type=Path, nargs="+", default=sorted(QUERIES.glob("*.jsonl")))
    parser.add_argument("--scale", type=int, nargs="*", default=[20_000, 100_000], help="sizes in songs")
    parser.add_argument("--misses", action="store_true", help="print the queries whose first hit is not meant")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    asked = parser.parse_args()

    catalogue = load(asked.data)
    questions = read_questions(asked.queries)
    index = SearchIndex(catalogue)
    ours = partial(find_ids, index)
    figures = measure("ours", ours, questions, catalogue)
    figures += measure("token_set_ratio", plain_search(catalogue), questions, catalogue)
    print(f"Python {platform.python_version()}, {len(catalogue.songs)} songs, {len(questions)} queries")
    print(f"{'searcher':16} {'kind':15} {'n':>4} {'hit@1':>6} {'hit@5':>6} {'mean ms':>8} {'p99 ms':>7}")
    for row in figures:
        print(
            f"{row.searcher:16} {row.kind:15} {row.queries:4} {row.hit1:6.3f} {row.hit5:6.3f} "
            f"{row.mean_ms:8.2f} {row.p99_ms:7.2f}"
        )
    if asked.misses:
        for question in questions:
            ids = ours(question.query)
            if not ids or not _is_meant(ids[0], question.expect, catalogue):
                print(f"  {question.kind}: {question.query!r} means {question.expect[0]}, found {ids[:2]}")
    garbled = nonsense(index)
    print(f"{LENGTH:,} characters of".ljust(22) + "mean ms  p99 ms (budget 2)")
    for kind, mean, high in garbled:
        print(f"  {kind:19} {mean:7.2f} {high:7.2f}")
    sizes = [scale(catalogue, questions)]
    print("  songs  build s  kept MB  find ms: mean    p99  complete: mean    p99")
    for size in (None, *asked.scale):
        if size:
            sizes.append(scale(recombine(catalogue, size), questions))
        row = sizes[-1]
        print(
            f"{row.songs:7} {row.build_s:8.2f} {row.memory_mb:8.1f} {row.find_mean_ms:14.2f} "
            f"{row.find_p99_ms:6.2f} {row.complete_mean_ms:15.2f} {row.complete_p99_ms:6.2f}"
        )
    if asked.json:
        report = {
            "python": platform.python_version(),
            "found": [asdict(row) for row in figures],
            "nonsense": [{"kind": kind, "mean_ms": mean, "p99_ms": high} for kind, mean, high in garbled],
            "scale": [asdict(row) for row in sizes],
        }
        asked.json.write_text(json.dumps(report, indent=1), "utf-8")


def _is_meant(ident: str, expect: Sequence[str], catalogue: Catalogue) -> bool:
    return ident in expect or f"drama:{catalogue.songs[SongId(ident)].drama}" in expect


def _figures(searcher: str, kind: str, rows: Sequence[tuple[bool, bool, float]]) -> Figures:
    first, five, times = zip(*rows, strict=True)
    return Figures(searcher, kind, len(rows), sum(first) / len(rows), sum(five) / len(rows), _mean(times), _p99(times))


def _splice(one: str, other: str) -> str:
    head, tail = one.split(), other.split()
    return " ".join(head[: (len(head) + 1) // 2] + tail[len(tail) // 2 :])


def _times(ask: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    for text in texts[:20]:
        ask(text)
    spent = []
    for text in texts:
        start = time.perf_counter()
        ask(text)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def _mean(times: Sequence[float]) -> float:
    return sum(times) / len(times)


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


if __name__ == "__main__":
    main()
