"""Stopping: what is told to end does end."""

from __future__ import annotations

import asyncio

import pytest

from bot.stopping import ended_when_cancelled


async def test_work_that_misses_being_cancelled_ends_all_the_same() -> None:
    begun = asyncio.Event()

    async def misses_it() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(60)

    task = asyncio.create_task(ended_when_cancelled(misses_it()))
    await begun.wait()

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)


async def test_what_work_raises_is_raised() -> None:
    async def fails() -> None:
        raise LookupError("nowhere")

    with pytest.raises(LookupError, match="nowhere"):
        await ended_when_cancelled(fails())
