"""Power cuts, between what was written and what was synced: copies of the files, torn where a disk may tear them.

After each commit, before anybody is told of it, the files are copied as a power cut would leave them. What was
synced before is whole; what the commit has written since may be there in part, as garbage, or not at all. So the
end of the write-ahead log is torn in one kind of cut. In the other, pages of the database itself that the log still
holds are torn, as in the middle of a checkpoint (sqlite.org/fileformat2.html, "The Write-Ahead Log").
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.store import Store, database
from bot.store.transaction import Outcome, Unit
from tests.long.ledger import whole
from tests.long.proof import Figures, Proof

SHORT = 60
ROUNDS = 400
_WRITERS = 12
_LOG_HEADER = 32
_FRAME_HEADER = 24
_SECTOR = 512
"""Bytes a disk writes whole or not at all."""
_CHECKPOINT_PAGES = 60
"""Pages in the log after which it is taken into the file: far fewer than usual, so that cuts meet it often."""


@dataclass(frozen=True, slots=True)
class Log:
    """The part of a write-ahead log that counts: frames of its present generation, in order."""

    salt: bytes
    end: int
    """The byte behind the last frame of a commit."""
    pages: frozenset[int]
    page_size: int


def read_log(content: bytes) -> Log:
    """Find where the present generation of a log ends: older frames behind it carry another salt."""
    if len(content) < _LOG_HEADER:
        return Log(b"", 0, frozenset(), 4096)
    page_size, salt = int.from_bytes(content[8:12], "big"), content[16:24]
    at, pages = _LOG_HEADER, set[int]()
    while at + _FRAME_HEADER + page_size <= len(content) and content[at + 8 : at + 16] == salt:
        pages.add(int.from_bytes(content[at : at + 4], "big"))
        at += _FRAME_HEADER + page_size
    return Log(salt, at, frozenset(pages), page_size)


class Cutter:
    """Stands where commits are made, on the writer's thread, and takes a torn copy now and then."""

    def __init__(self, path: Path, folder: Path, chance: random.Random) -> None:
        self.path = path
        self.acknowledged: dict[int, str] = {}
        """Comments whose writer was told, by writer."""
        self.cuts: list[tuple[Path, dict[int, str], str]] = []
        self.wanted = 0
        self.checkpoints = 0
        self._folder = folder
        self._chance = chance
        self._commit = database.commit_together
        self._salt = b""

    def commit(self, connection: sqlite3.Connection, units: Sequence[Unit[Any]]) -> list[Outcome]:
        """Commit as the store does; what is acknowledged before is all that a cut here must leave."""
        if len(self.cuts) >= self.wanted or self._chance.random() > 0.3:
            return self._commit(connection, units)
        acknowledged = dict(self.acknowledged)
        file, synced = self.path.read_bytes(), read_log(self._log())
        outcomes = self._commit(connection, units)
        log = self._log()
        written = read_log(log)
        self.checkpoints += synced.salt != written.salt
        if self._chance.random() < 0.5:
            begin = synced.end if synced.salt == written.salt else _LOG_HEADER
            self._keep(file, _torn(log, begin, written.end, self._chance), acknowledged, "in the log")
        else:
            torn = _torn_pages(self.path.read_bytes(), written, self._chance)
            self._keep(torn, log, acknowledged, "in the file, at a checkpoint")
        return outcomes

    def _log(self) -> bytes:
        return self.path.with_name(f"{self.path.name}-wal").read_bytes()

    def _keep(self, file: bytes, log: bytes, acknowledged: dict[int, str], where: str) -> None:
        copy = self._folder / f"cut-{len(self.cuts)}.sqlite3"
        copy.write_bytes(file)
        copy.with_name(f"{copy.name}-wal").write_bytes(log)
        self.cuts.append((copy, acknowledged, where))


def _torn(content: bytes, begin: int, end: int, chance: random.Random) -> bytes:
    """Leave what lies before `begin`; of what follows lose the end, or sectors here and there."""
    if begin >= end:
        return content
    if chance.random() < 0.4:
        return content[: chance.randint(begin, end)]
    torn = bytearray(content)
    for sector in range(begin // _SECTOR, end // _SECTOR + 1):
        if chance.random() < 0.5:
            first, last = max(begin, sector * _SECTOR), min(end, (sector + 1) * _SECTOR)
            torn[first:last] = chance.choice((bytes(last - first), chance.randbytes(last - first)))
    return bytes(torn)


def _torn_pages(content: bytes, log: Log, chance: random.Random) -> bytes:
    """Tear pages that were being copied from the log into the file, each of which the log still has."""
    torn = bytearray(content)
    for page in log.pages:
        begin = (page - 1) * log.page_size
        if begin < len(torn) and chance.random() < 0.6:
            cut = begin + chance.randrange(0, log.page_size, _SECTOR)
            torn[cut : begin + log.page_size] = chance.randbytes(begin + log.page_size - cut)
    return bytes(torn)


async def prove(rounds: int, seed: int) -> Proof:
    """Cut the power so many times under a crowd of writers, and open each copy as the bot would."""
    chance = random.Random(seed)
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="power-") as scratch:
        folder = Path(scratch)
        path = folder / "noraebot.sqlite3"
        cutter = Cutter(path, folder, chance)
        checked = 0
        async with await Store.open(path) as store:
            await store._database.write(lambda tx: tx.all(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}"))
            database.commit_together = cutter.commit
            try:
                writer = 0
                while checked < rounds:
                    cutter.wanted = min(rounds, checked + 20)
                    while len(cutter.cuts) < cutter.wanted:
                        await asyncio.gather(*(_write(store, cutter, writer + i, chance) for i in range(_WRITERS)))
                        writer += _WRITERS
                    for copy, acknowledged, where in cutter.cuts[checked:]:
                        failures += [f"cut {checked} {where}: {wrong}" for wrong in await _look(copy, acknowledged)]
                        copy.unlink()
                        checked += 1
            finally:
                database.commit_together = cutter._commit
    figures: Figures = {
        "power cuts": checked,
        "writes acknowledged": len(cutter.acknowledged),
        "checkpoints met": cutter.checkpoints,
    }
    return Proof("power", figures, tuple(failures))


async def _write(store: Store, cutter: Cutter, writer: int, chance: random.Random) -> None:
    user, text = writer + 1, f"{writer} " * chance.randint(1, 300)
    for _ in range(chance.randint(0, 3)):
        await asyncio.sleep(0)
    await store.comments.write(1, "a", user, text.strip(), spoiler=False, episode=None, now=writer)
    cutter.acknowledged[user] = text.strip()


async def _look(copy: Path, acknowledged: dict[int, str]) -> list[str]:
    """Open a copy, as the bot does at its next start, and say what is missing or doubled in it."""
    async with await Store.open(copy):
        pass
    connection = sqlite3.connect(copy)
    try:
        wrong = whole(connection)
        rows = connection.execute("SELECT user_id, body FROM comments").fetchall()
    finally:
        connection.close()
    found = dict(rows)
    if len(found) < len(rows):
        wrong.append(f"{len(rows) - len(found)} comments are doubled")
    missing = [user for user, text in acknowledged.items() if found.get(user) != text]
    return wrong + ([f"{len(missing)} of {len(acknowledged)} comments are missing or changed"] if missing else [])
