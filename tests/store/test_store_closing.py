"""However it ends, the process ends: each script below must exit by itself."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest
from processes import start

from bot.store import Store

BEGIN = """
import asyncio, signal, sys
from pathlib import Path
from bot.store import Store, StoreError
path = Path(sys.argv[1])
"""
CLOSED = """
async def main():
    store = await Store.open(path)
    await store.marks.press(1, "a", 1, "button", now=1)
    await store.close()
    await store.close()
"""
BODY_RAISES = """
async def main():
    async with await Store.open(path):
        raise SystemExit(0)
"""
OPEN_FAILS = """
async def main():
    path.write_bytes(b"no database" * 1000)
    try:
        await Store.open(path)
    except StoreError:
        return
    sys.exit("it opened")
"""
OPEN_IS_CANCELLED = """
async def main():
    for turns in range(12):
        opening = asyncio.create_task(Store.open(path))
        for _ in range(turns):
            await asyncio.sleep(0.0005)
        opening.cancel()
        try:
            await (await opening).close()
        except asyncio.CancelledError:
            pass
    async with await Store.open(path) as store:
        await store.marks.press(1, "a", 1, "button", now=1)
"""
SECOND_INSTANCE = """
async def main():
    async with await Store.open(path):
        try:
            await Store.open(path)
        except StoreError:
            return
    sys.exit("it opened")
"""
INTERRUPTED = """
async def main():
    async with await Store.open(path) as store:
        async def press():
            for at in range(10**9):
                await store.marks.press(at % 99 + 1, "a", 1, "button", now=at)
        asyncio.get_running_loop().call_later(0.2, signal.raise_signal, signal.SIGINT)
        await asyncio.gather(*(press() for _ in range(8)))
"""
END = """
try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
print("ended", flush=True)
"""


@pytest.mark.parametrize(
    "body",
    [CLOSED, BODY_RAISES, OPEN_FAILS, OPEN_IS_CANCELLED, SECOND_INSTANCE, INTERRUPTED],
    ids=["closed", "body raises", "open fails", "open is cancelled", "second instance", "interrupted"],
)
def test_the_process_exits_by_itself(path: Path, body: str) -> None:
    with start(BEGIN + body + END, path) as process:
        try:
            _, errors = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise

    assert process.returncode == 0, errors
    assert "never retrieved" not in errors


async def test_closing_again_or_at_once_is_harmless(path: Path) -> None:
    store = await Store.open(path)

    await asyncio.gather(store.close(), store.close())
    await store.close()

    async with await Store.open(path):
        pass


async def test_a_closing_that_is_given_up_goes_on(path: Path) -> None:
    store = await Store.open(path)
    writing = asyncio.create_task(store.marks.press(1, "a", 1, "button", now=1))
    await asyncio.sleep(0)
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0)
    closing.cancel()

    await store.close()

    assert (await writing).new
    async with await Store.open(path) as store:
        assert store.tally.everywhere("a") == 1


async def test_a_closed_store_leaves_one_whole_file(path: Path) -> None:
    async with await Store.open(path) as store:
        await store.marks.press(1, "a", 1, "button", now=1)

    assert sorted(file.name for file in path.parent.iterdir()) == ["store.sqlite3", "store.sqlite3-lock"]
