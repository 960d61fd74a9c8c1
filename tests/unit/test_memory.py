"""The garbage collector leaves the library alone, and a library that was replaced is gone all the same."""

from __future__ import annotations

import gc

from bot.catalogue.loader import DATA
from bot.library import Library
from bot.memory import kept_for_good


def test_a_library_that_a_reload_replaced_is_freed() -> None:
    frozen: list[int] = []
    library = None
    try:
        for _ in range(2):
            with kept_for_good():
                library = Library.open(DATA)
            frozen.append(gc.get_freeze_count())

        assert library is not None
        assert gc.isenabled()
        assert frozen[1] - frozen[0] < frozen[0] / 10
    finally:
        gc.unfreeze()


def test_collecting_goes_on_after_a_failure() -> None:
    try:
        with kept_for_good():
            assert not gc.isenabled()
            raise ValueError("the data has mistakes")
    except ValueError:
        assert gc.isenabled()
    finally:
        gc.unfreeze()
