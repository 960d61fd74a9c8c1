"""Keeps the garbage collector from what is never garbage, and what is free from staying taken."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

THRESHOLDS: Final = (2_000, 250, 10)
"""New objects after which the youngest are looked through, and how often that is done until all younger ones are.

A burst of ten thousand reactions makes hundreds of thousands of objects that are needed until its last vote is on
the disk, and that are freed without being collected. By Python's own thresholds (700, 10, 10) a third of the burst's
time went into looking through them again and again; by these each is looked through once, 2 ms at a time.
"""


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Collect nothing meanwhile, and never look again through what there is at the end.

    A full collection walks over every object, 80 ms with the whole catalogue in memory. Songs and indexes hold no
    cycles, so a library that a reload replaced is still freed, by its reference counts. What building it took for a
    moment goes back to the system.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*THRESHOLDS)
        gc.enable()
        _give_back()


def _give_back() -> None:
    """Return freed memory, of which glibc keeps all that lies below what is in use; other C libraries do not."""
    trim = getattr(ctypes.pythonapi, "malloc_trim", None)
    if trim is not None:
        trim(0)
