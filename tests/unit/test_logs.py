"""Log lines: everyday trouble is one line without a story, a mistake of ours keeps its own."""

from __future__ import annotations

import logging

import aiohttp
import pytest

from bot.logs import calm


def record_of(error: Exception) -> logging.LogRecord:
    """Return what a library logs with a stack trace."""
    try:
        raise error
    except type(error) as raised:
        told = (type(raised), raised, raised.__traceback__)
    return logging.LogRecord("discord.shard", logging.ERROR, __file__, 1, "Reconnecting %s", ("now",), told)


@pytest.mark.parametrize(
    "error", [aiohttp.ServerDisconnectedError(), TimeoutError("slow"), ConnectionResetError("reset")]
)
def test_everyday_trouble_is_one_line_of_warning(error: Exception) -> None:
    record = record_of(error)

    assert calm(record)

    written = logging.Formatter("%(levelname)s %(message)s").format(record)
    assert written.startswith("WARNING Reconnecting now (")
    assert type(error).__name__ in written
    assert "\n" not in written


def test_a_mistake_of_ours_keeps_its_level_and_its_story() -> None:
    record = record_of(KeyError("songs"))

    assert calm(record)

    written = logging.Formatter("%(levelname)s %(message)s").format(record)
    assert written.startswith("ERROR Reconnecting now")
    assert "Traceback" in written
