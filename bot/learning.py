"""What people say, passed on from the store to the recommender: all that stands at start, then every change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.recommend import MarkEvent, Recommender, Told
from bot.store import MarkChange, Opinion, Store

Hear = Callable[[MarkEvent], None]


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
    """Teach a recommender all that stands, on a thread."""
    standing = await store.opinions.standing()
    await asyncio.to_thread(recommender.load, [(kind, Told(*columns)) for kind, columns in standing.items()])
