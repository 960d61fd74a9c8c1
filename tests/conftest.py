"""Gathers, over all workers, who held the event loop longest in the flow tests, and reports it at the end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.flow.holds import Holds

_OUTPUT = "holds"
HOLDS = pytest.StashKey[Holds]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin with nothing watched."""
    config.stash[HOLDS] = Holds()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send what a worker watched to the one who reports."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        holds = session.config.stash[HOLDS]
        output[_OUTPUT] = [holds.longest, holds.over, holds.total, holds.collecting]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take in what a worker watched."""
    if told := getattr(node, "workeroutput", {}).get(_OUTPUT):
        node.config.stash[HOLDS].add(Holds(*told))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Report the longest holds of the loop, where any were watched."""
    holds = config.stash[HOLDS]
    if holds.total:
        terminalreporter.section("who held the event loop longest (CPU time)")
        for line in holds.report():
            terminalreporter.line(line)
