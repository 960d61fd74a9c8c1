"""The garbage collector leaves the library alone, and a library that was replaced is gone all the same."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.catalogue.loader import DATA
from bot.library import Library
from bot.memory import kept_for_good


@pytest.fixture(autouse=True)
def collector_as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_a_burst_needs_until_its_end_is_looked_through_once() -> None:
    with kept_for_good():
        pass
    gc.collect()
    runs = [generation["collections"] for generation in gc.get_stats()]

    waiting = [[number] for number in range(300_000)]

    young, *older = (after["collections"] - before for after, before in zip(gc.get_stats(), runs, strict=True))
    assert len(waiting) // 10_000 < young < len(waiting) // 1_000
    assert older == [0, 0]


def test_a_library_that_a_reload_replaced_is_freed() -> None:
    frozen: list[int] = []
    library = None
    for _ in range(2):
        with kept_for_good():
            library = Library.open(DATA)
        frozen.append(gc.get_freeze_count())

    assert library is not None
    assert gc.isenabled()
    assert frozen[1] - frozen[0] < frozen[0] / 10


def test_collecting_goes_on_after_a_failure() -> None:
    try:
        with kept_for_good():
            assert not gc.isenabled()
            raise ValueError("the data has mistakes")
    except ValueError:
        assert gc.isenabled()
