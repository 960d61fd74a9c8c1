"""Random data folders for the loader: a catalogue, or plain mistakes, and never anything else."""

from __future__ import annotations

import random
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.catalogue import CatalogueError, load
from bot.catalogue.loader import DATA
from bot.catalogue.search import SearchIndex
from bot.limits import MESSAGE_TEXT
from bot.locale import texts_for
from bot.ui import admin
from tests.long import mutations
from tests.long.mutations import Mutator
from tests.long.proof import Figures, Proof

SHORT: Final = 1_000
ROUNDS: Final = 10_000
"""Folders."""
QUICK: Final = 2.0
"""Seconds of processor time a folder of a few files may take, however it is spoilt."""
_LONGEST: Final = 600
"""Characters of one mistake."""
_INDEXED: Final = 10
"""One catalogue in so many is also indexed for search."""


def prove(rounds: int, seed: int) -> Proof:
    """Spoil so many folders by chance from this seed, and have each read."""
    chance = random.Random(seed)
    mutator = Mutator(chance)
    real = mutations.real(DATA)
    failures: dict[str, str] = {}
    taken = refused = mistakes = 0
    slowest = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        mutations.write(real, folder)
        load(folder)
        for number in range(rounds):
            files = dict(real)
            later = mutator.spoil(files)
            mutations.write(files, folder)
            for change in later:
                with suppress(OSError):
                    change(folder)
            begun = time.process_time()
            try:
                catalogue = load(folder)
                if taken % _INDEXED == 0:
                    SearchIndex(catalogue)
                taken += 1
            except CatalogueError as error:
                refused += 1
                mistakes += len(error.mistakes)
                for wrong in _wrong(error):
                    failures.setdefault(wrong[:60], f"folder {number}: {wrong}")
            except Exception:
                told = traceback.format_exc()
                failures.setdefault(told.splitlines()[-1], f"folder {number}: {told}")
            slowest = max(slowest, time.process_time() - begun)
            if slowest > QUICK:
                failures.setdefault("slow", f"folder {number}: {slowest:.1f} s of processor time")
    figures: Figures = {
        "folders": rounds,
        "taken": taken,
        "refused": refused,
        "mistakes": mistakes,
        "slowest (s)": slowest,
    }
    return Proof("fuzz_data", figures, tuple(failures.values()))


def _wrong(error: CatalogueError) -> list[str]:
    found = [] if error.mistakes else ["refused without a mistake"]
    for mistake in error.mistakes:
        told = str(mistake)
        if len(told.splitlines()) != 1 or len(told) > _LONGEST or not told.isprintable():
            found.append(f"a mistake nobody can read: {told[:200]!r}")
    report = admin.mistakes_report(error, texts_for("ko"))
    if len(report.text) > MESSAGE_TEXT:
        found.append(f"a report of {len(report.text)} characters")
    return found
