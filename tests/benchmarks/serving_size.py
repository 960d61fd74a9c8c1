"""A catalogue and a store far larger than ours, made from ours, seeded."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import numpy as np

from bot.catalogue.loader import DATA, load
from bot.store import Store

SONGS, MARKS, PEOPLE, GUILDS = 20_000, 1_000_000, 50_000, 2_000
_ID = re.compile(r'^id = "(.+)"$', re.MULTILINE)
_FORMER = re.compile(r"^formerly = .*\n", re.MULTILINE)


def grown_data(folder: Path) -> Path:
    """Write the catalogue's files so often, under new ids, that they hold SONGS songs."""
    data = folder / "data"
    shutil.copytree(DATA, data)
    files = sorted((DATA / "dramas").glob("*.toml"))
    songs, copy = len(load(DATA).songs), 0
    while songs < SONGS:
        copy += 1
        for file in files:
            text = file.read_text("utf-8")
            (data / "dramas" / f"{file.stem}-x{copy}.toml").write_text(
                _FORMER.sub("", _ID.sub(rf'id = "\1-x{copy}"', text)), "utf-8"
            )
            songs += text.count("[[songs]]")
            if songs >= SONGS:
                break
    return data


async def grown_store(path: Path, songs: list[str]) -> None:
    """Write MARKS votes of PEOPLE people, most for a few songs, into a new store's file."""
    await (await Store.open(path)).close()
    chance = np.random.default_rng(3)
    named = [songs[at] for at in chance.permutation(len(songs)).tolist()]
    rows = (len(named) * chance.random(MARKS) ** 2.5).astype(int).tolist()
    users = (PEOPLE * chance.random(MARKS) ** 1.5).astype(int).tolist()
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO marks (user_id, song_id, origin, origin_id, guild_id, marked_at) "
            "VALUES (?, ?, 'button', ?, ?, 1700000000) ON CONFLICT DO NOTHING",
            (
                (10**17 + user, named[row], 10**17 + user % GUILDS, 10**17 + user % GUILDS)
                for row, user in zip(rows, users, strict=True)
            ),
        )


async def give_favourites(path: Path, songs: list[str], people: list[int], each: int) -> None:
    """Write so many votes of each of these people, for any songs, into a store's file."""
    await (await Store.open(path)).close()
    chance = np.random.default_rng(4)
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO marks (user_id, song_id, origin, origin_id, guild_id, marked_at) "
            "VALUES (?, ?, 'command', 0, 0, ?) ON CONFLICT DO NOTHING",
            (
                (person, songs[row], 1_700_000_000 + at)
                for person in people
                for at, row in enumerate(chance.choice(len(songs), each, replace=False).tolist())
            ),
        )
