"""How near the bot comes to what discord.py can do, on real sockets, beside a bare bot in the same run.

    python -m tests.benchmarks.serving [usual] [large] [--rounds N] [--json FILE]

`usual` is the whole catalogue and an empty store, `large` 20,000 songs and a million votes. Each row alternates
ours and the bare bot; a ratio is of their medians.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import json
import shutil
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.catalogue.loader import DATA, load
from tests.benchmarks import serving_size, serving_votes
from tests.benchmarks.serving_measures import (
    Served,
    a_second,
    at,
    cpu_each,
    import_seconds,
    latencies,
    serving,
    spread,
)
from tests.wire import world
from tests.wire.world import Payload, Person

OURS, BARE = ["-m", "bot", "run"], ["-m", "tests.benchmarks.serving_bare"]
TYPED = ("s", "st", "sta", "stay", "gob", "도ㄲ", "ㄷㄲㅂ", "my ahjussi", "evrytime", "ehRoql", "i will go", "punch")
_TURNS, _EACH, _FLIGHT, _VOTES, _BURST, _GUILDS = 3, 100, 16, 4_000, 10_000, 1_000
_SUSTAINED = 1_500
"""Commands that show what is kept up."""
_PATIENCE_S = 120.0
_ASKS = 3
"""Times that somebody asks for a recommendation in a row: once, and twice for three more."""
_FANS, _FAVOURITES = 1_000, 10
"""How many have favourites from before, and each how many."""
_PEOPLE = [Person(str(400_000_000_000_000_000 + n), f"fan{n}") for n in range(_BURST)]
"""Fans first, then newcomers."""

Registered = dict[str | None, list[Payload]]
"""A bot's commands, by guild."""
Ask = Callable[[int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    size: str
    what: str
    measured: str
    value: float
    reach: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Ours and the bare bot, running at the same time, measured in turns."""

    ours: Served
    bare: Served


def asks(served: Served, songs: list[str]) -> dict[str, Ask]:
    """Return what is asked of a bot, by name."""

    newcomers, fans = itertools.count(), itertools.count()

    async def song(number: int) -> object:
        return await served.standin.slash(_PEOPLE[number % 50], "song", song=songs[number * 7 % len(songs)])

    async def recommend(_: int) -> object:
        return await served.standin.slash(_PEOPLE[_FANS + next(newcomers) // _ASKS], "recommend")

    async def favoured(_: int) -> object:
        return await served.standin.slash(_PEOPLE[next(fans) // _ASKS % _FANS], "recommend")

    async def complete(number: int) -> object:
        return await served.standin.complete(_PEOPLE[number % 50], "song", "song", song=TYPED[number % len(TYPED)])

    return {"song": song, "recommend": recommend, "favoured": favoured, "complete": complete}


class Bench:
    """Measures one size and collects its rows."""

    def __init__(self, size: str, songs: list[str], rounds: int, factor: float) -> None:
        self.size, self.songs, self.rounds, self.factor = size, songs, rounds, factor
        self.rows: list[Row] = []

    def _row(self, what: str, measured: str, value: float, most: float | None, least: float | None = None) -> None:
        if most is not None:
            reach, reached = f"≤ {most * self.factor:g}", value <= most * self.factor
        else:
            wanted = (least or 0) / self.factor
            reach, reached = f"≥ {wanted:g}", value >= wanted
        row = Row(self.size, what, measured, round(value, 4), reach, reached)
        self.rows.append(row)
        print(f"{row.size:6} {row.what:46} {row.measured:58} {row.reach:>9}  {'yes' if reached else 'NO'}", flush=True)

    async def cpu(self, pair: Pair) -> None:
        """CPU of a card and of an autocomplete."""
        for what, name, most in (
            ("song", "song", 1.6),
            ("recommend", "recommend, new here", 2.0),
            ("favoured", f"recommend, {_FAVOURITES} favourites", 2.0),
            ("complete", "autocomplete", 2.0),
        ):
            taken: dict[str, list[float]] = {"ours": [], "bare": []}
            ask = {"ours": asks(pair.ours, self.songs)[what], "bare": asks(pair.bare, self.songs)[what]}
            for number in range(_TURNS * self.rounds + 1):
                for whose, served in (("ours", pair.ours), ("bare", pair.bare)):
                    each = await cpu_each(served, ask[whose], _EACH)
                    if number:
                        taken[whose].append(1000 * each)
            ratio = statistics.median(taken["ours"]) / statistics.median(taken["bare"])
            told = f"{ratio:.2f} x: {spread(taken['ours'])} ms, bare {spread(taken['bare'])} ms"
            self._row(f"CPU each, {name}", told, ratio, most)

    async def load(self, pair: Pair) -> None:
        """Answers a second with 16 in flight, and waits under half of that."""
        rates: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(self.rounds):
            for name, served in (("ours", pair.ours), ("bare", pair.bare)):
                rates[name].append(await a_second(served, asks(served, self.songs)["song"], _SUSTAINED, _FLIGHT))
        ratio = statistics.median(rates["ours"]) / statistics.median(rates["bare"])
        told = f"{ratio:.2f} x: {spread(rates['ours'])}, bare {spread(rates['bare'])}"
        self._row("commands a second, 16 in flight", told, ratio, None, 0.6)
        half = statistics.median(rates["ours"]) / 2
        waits = await latencies(asks(pair.ours, self.songs)["song"], _SUSTAINED, half)
        told = f"p50 {1000 * at(0.5, waits):.1f} ms, p99 {1000 * at(0.99, waits):.1f} ms at {half:.0f}/s"
        self._row("wait under half of that load, p99 in ms", told, 1000 * at(0.99, waits), 50)

    async def votes(self, ours: Served, database: Path) -> None:
        """Votes by reaction through the gateway, until they are on the disk."""
        before = serving_votes.kept(database)
        cards = [await ours.standin.slash(world.READER, "song", song=song) for song in self.songs[:20]]
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for number in range(_VOTES):
            message = cards[number % 20].message or {}
            await ours.standin.react(_PEOPLE[number], message, "❤️")
        await _kept(database, before + _VOTES)
        rate = _VOTES / (loop.time() - begun)
        self._row("votes by reaction a second, durable", f"{rate:.0f}/s, {_VOTES} of {_VOTES} kept", rate, None, 1500)

    async def burst(self, ours: Served, database: Path) -> None:
        """A burst of reactions while commands are answered."""
        before = serving_votes.kept(database)
        cards = [await ours.standin.slash(world.READER, "song", song=song) for song in self.songs[20:40]]
        waits: list[float] = []
        over = asyncio.Event()
        loop = asyncio.get_running_loop()

        async def ask() -> None:
            number = 0
            while not over.is_set():
                begun = loop.time()
                await asks(ours, self.songs)["song"](number)
                waits.append(loop.time() - begun)
                number += 1
                await asyncio.sleep(0.05)

        asking = asyncio.create_task(ask())
        for number in range(_BURST):
            message = cards[number % 20].message or {}
            await ours.standin.react(_PEOPLE[number], message, "💜")
        await _kept(database, before + _BURST)
        over.set()
        await asking
        told = f"longest {max(waits):.3f} s of {len(waits)} commands, {_BURST} of {_BURST} votes kept"
        self._row("longest wait in a burst of 10,000, s", told, max(waits), 1.0)

    def starts(self, ours: list[Served], bare: list[Served], memory: tuple[float, float], database: Path) -> None:
        """Start until ready, and memory with 1,000 servers; told beside it what the store takes on the disk."""
        more = statistics.median(one.started_s for one in ours) - statistics.median(one.started_s for one in bare)
        told = f"{spread([one.started_s for one in ours])} s, bare {spread([one.started_s for one in bare])} s"
        self._row("start to ready, s more", f"{more:.2f} more: {told}", more, 1.2)
        kept = database.stat().st_size / 1e6
        told = f"{memory[0]:.0f} MiB, bare {memory[1]:.0f} MiB, {_GUILDS} servers; disk {kept:.0f} MB"
        self._row("memory, MiB more", f"{memory[0] - memory[1]:.0f} more: {told}", memory[0] - memory[1], 60)

    async def alone(self, folder: Path, grown: Path | None) -> None:
        """The store without Discord, new or grown, and how long an import takes."""
        ratios: list[float] = []
        for number in range(self.rounds):
            (inner := folder / f"votes{number}").mkdir()
            if grown is not None:
                shutil.copy(grown, inner / serving_votes.OURS)
                shutil.copy(grown, inner / serving_votes.EACH)
            each = await serving_votes.autocommitted(inner, 3_200)
            ratios.append(await serving_votes.ours(inner, 32_000) / each)
            shutil.rmtree(inner)
        told = f"{spread(ratios)} x an autocommitted INSERT, {serving_votes.CALLERS} callers"
        self._row("votes a second, store alone", told, statistics.median(ratios), None, 5)
        ours, bare = import_seconds("bot.app", self.rounds), import_seconds("discord.ext.commands", self.rounds)
        told = f"{ours - bare:.2f} more: {ours:.2f} s, discord {bare:.2f} s"
        self._row("import of the bot, s more", told, ours - bare, 0.5)


async def _kept(database: Path, votes: int) -> None:
    """Wait until so many votes are on the disk; raises TimeoutError."""
    async with asyncio.timeout(_PATIENCE_S):
        while serving_votes.kept(database) < votes:  # noqa: ASYNC110 - the file tells nobody that it grew
            await asyncio.sleep(0.02)


@asynccontextmanager
async def _ours(
    folder: Path, database: Path, data: Path, commands: Registered, guilds: int = 0
) -> AsyncIterator[Served]:
    settings = {"DATABASE": str(database), "DATA_DIR": str(data), "LOG_LEVEL": "WARNING"}
    async with serving(OURS, folder, commands, guilds, **settings) as served:
        yield served


async def measure(size: str, folder: Path, rounds: int) -> list[Row]:
    """Measure one size."""
    large = size == "large"
    data = serving_size.grown_data(folder) if large else DATA
    songs: list[str] = list(load(data).songs)
    database = folder / "bench.sqlite3"
    if large:
        await serving_size.grown_store(database, songs)
    await serving_size.give_favourites(database, songs, [int(fan.id) for fan in _PEOPLE[:_FANS]], _FAVOURITES)
    bench = Bench(size, songs, rounds, 2.0 if large else 1.0)
    begun: dict[str, list[Served]] = {"ours": [], "bare": []}
    memory = 0.0, 0.0
    registered: Registered = {}
    for _ in range(rounds):
        async with (
            _ours(folder, database, data, registered, _GUILDS) as ours,
            serving(BARE, folder, {}, _GUILDS) as bare,
        ):
            begun["ours"].append(ours)
            begun["bare"].append(bare)
            await asyncio.sleep(1)
            memory = ours.memory(), bare.memory()
    bench.starts(begun["ours"], begun["bare"], memory, database)
    async with _ours(folder, database, data, registered) as ours, serving(BARE, folder, {}) as bare:
        pair = Pair(ours, bare)
        await bench.cpu(pair)
        await bench.load(pair)
        await bench.votes(ours, database)
        await bench.burst(ours, database)
    await bench.alone(folder, database if large else None)
    return bench.rows


def main() -> int:
    """Measure, print the table, and write it as JSON where asked to."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sizes", nargs="*", default=["usual", "large"], choices=["usual", "large"])
    arguments.add_argument("--rounds", type=int, default=5, help="how often ours and the bare bot alternate")
    arguments.add_argument("--json", type=Path, help="where to write the rows")
    asked = arguments.parse_args()
    gc.disable()  # what measures must not stop for a tenth of a second while a bot waits for its Discord
    rows: list[Row] = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows += asyncio.run(measure(size, Path(folder), asked.rounds))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1), "utf-8")
    return 0 if all(row.reached for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
