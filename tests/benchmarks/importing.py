"""Importing a list: how long 500 lines take, how long the event loop waits meanwhile, and how many are sure.

Half of the lines name songs of the catalogue as people write them, a quarter are misspelt, a quarter are songs
that it lacks. `python -m tests.benchmarks.importing`
"""

from __future__ import annotations

import asyncio
import random
import time
from typing import Final

from bot.catalogue.loader import DATA
from bot.library import Library
from bot.ui.importing import Import, read

LINES: Final = 500
ROUNDS: Final = 5
_TICK_S: Final = 0.001


def written(library: Library, chance: random.Random) -> str:
    """Write a list of so many lines."""
    lines: list[str] = []
    songs = chance.sample(sorted(library.catalogue.songs.values(), key=lambda song: song.id), LINES)
    for number, song in enumerate(songs):
        artist, title = song.artists[0].name, song.title
        place = chance.randrange(len(title))
        lines.append(
            (
                f"{artist} – {title}",
                f"{title} by {artist}",
                f"{artist} - {title[:place]}{title[place + 1 :]}",
                f"Nobody We Know {number} - Unheard Of {number}",
            )[number % 4]
        )
    return "\n".join(lines)


async def longest_wait(until: asyncio.Event) -> float:
    """Return the longest that the loop kept a timer waiting, in seconds."""
    longest = 0.0
    while not until.is_set():
        before = time.perf_counter()
        await asyncio.sleep(_TICK_S)
        longest = max(longest, time.perf_counter() - before - _TICK_S)
    return longest


async def timed(text: str, library: Library) -> tuple[Import, float, float]:
    """Read a list while a timer ticks: what came of it, the seconds it took, the seconds a tick came late."""
    done = asyncio.Event()
    waiting = asyncio.create_task(longest_wait(done))
    await asyncio.sleep(0)
    started = time.perf_counter()
    found = await read(text, library)
    took = time.perf_counter() - started
    done.set()
    return found, took, await waiting


async def main() -> None:
    """Print a line a round; the first also makes the names."""
    library = Library.open(DATA)
    chance = random.Random(7)
    for number in range(1, ROUNDS + 1):
        found, took, late = await timed(written(library, chance), library)
        print(
            f"round {number}: {LINES} lines in {took:.2f} s, the loop {late * 1000:.0f} ms late at most; "
            f"{len(found.sure)} sure, {len(found.unsure)} to choose, {len(found.missing)} not found"
        )


if __name__ == "__main__":
    asyncio.run(main())
