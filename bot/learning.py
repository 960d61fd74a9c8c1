"""What people say, passed on from the store to the recommender: all that stands at start, then every change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Final

from bot.catalogue.model import SongId
from bot.recommend import MarkEvent, Recommender
from bot.store import MarkChange, Opinion, Standing, StandingKind, Store
from bot.store.opinions import BEFORE_ALL, PAGE_ROWS

Hear = Callable[[MarkEvent], None]

KINDS: Final[tuple[StandingKind, ...]] = ("love", "comment", "know", "dismiss")


def follow(store: Store, hear: Hear) -> Callable[[], None]:
    """Pass on every committed change from now on; returns what ends that."""

    def loved(change: MarkChange) -> None:
        hear(MarkEvent(change.user, change.song, change.guild or None, present=change.loved))

    def said(opinion: Opinion) -> None:
        hear(MarkEvent(opinion.user, opinion.song, opinion.guild or None, opinion.held, opinion.kind))

    ends = store.marks.on_change(loved), store.opinions.on_change(said)

    def stop() -> None:
        for end in ends:
            end()

    return stop


async def learn(store: Store, recommender: Recommender) -> None:
    """Teach a recommender all that stands, on a thread; the loop only hands pages over.

    A page is read where the store reads and turned into events where the recommender lays them out, so that
    a million marks are never held as a million objects.
    """
    loop = asyncio.get_running_loop()

    def page(kind: StandingKind, after: Standing) -> list[Standing]:
        return asyncio.run_coroutine_threadsafe(store.opinions.standing(kind, after), loop).result()

    def events() -> Iterator[MarkEvent]:
        for kind in KINDS:
            rows = page(kind, BEFORE_ALL)
            while rows:
                for user, song, guild in rows:
                    yield MarkEvent(user, SongId(song), guild or None, True, kind)
                rows = page(kind, rows[-1]) if len(rows) == PAGE_ROWS else []

    await asyncio.to_thread(recommender.load, events())
