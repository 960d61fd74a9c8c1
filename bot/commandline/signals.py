"""SIGTERM and Ctrl-C while the bot is not open yet: there is nothing to close, so it simply ends."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any


class Told(BaseException):
    """SIGTERM or Ctrl-C came while nothing was open yet, or any more."""


@contextmanager
def told_between() -> Iterator[None]:
    """Raise Told for a SIGTERM or Ctrl-C that comes outside the event loop, such as while modules load."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Told

    before: dict[signal.Signals, Any] = {}
    with suppress(ValueError):  # only the main thread may listen for signals
        for number in (signal.SIGTERM, signal.SIGINT):
            before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is stop:
                signal.signal(number, handler)
