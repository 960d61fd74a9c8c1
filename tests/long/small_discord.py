"""A Discord of a few messages, whose answers are held back until the test lets them go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar

import discord

from bot.recount import HeartShown, Person, Shown
from bot.ui.hearts import plain
from tests.long.table import Key, Verdict

T = TypeVar("T")
PAGE = 2
"""Messages or people of one page, instead of Discord's 100."""
ME, ROBOT = 10, 19
SEED = "❤️"


class Ticks:
    """Counts what happens."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        """Return the next number."""
        self.last += 1
        return self.last


@dataclass(slots=True)
class SmallDiscord:
    """What is under which message, by emoji and kind."""

    channels: dict[int, list[int]]
    under: dict[int, dict[tuple[str, bool], set[int]]]
    gone: set[int] = field(default_factory=set)

    def shown(self, message: int) -> Shown:
        """Return a message as its counts tell of it. Raises NotFound where it is gone."""
        if message in self.gone:
            answer: Any = SimpleNamespace(status=404, reason="Not Found")
            raise discord.NotFound(answer, {"code": 10008, "message": "Unknown Message"})
        found = self.under[message]
        emojis = dict.fromkeys(emoji for (emoji, _), people in found.items() if people)
        return Shown(
            message,
            tuple(
                HeartShown(
                    emoji,
                    plain(emoji),
                    normal=len(found.get((emoji, False), ())),
                    burst=len(found.get((emoji, True), ())),
                    ours=ME in found.get((emoji, False), ()),
                )
                for emoji in emojis
            ),
        )

    def has(self, key: Key) -> bool:
        """Tell whether a mark's reaction is there, in whatever skin tone."""
        return any(
            key.user in people and (plain(emoji), burst) == (key.emoji, key.burst)
            for (emoji, burst), people in self.under[key.message].items()
        )


@dataclass(slots=True)
class _Look:
    """What one recount has been shown of one message."""

    hearts: set[tuple[str, bool]]
    begin: int
    end: int
    lists: list[tuple[tuple[str, bool], int, int | None, frozenset[int], int, int]] = field(default_factory=list)
    """Heart, ids above and up to, people, first and last tick."""


class View:
    """One recount's sight: each request waits to be served, and then waits to be answered."""

    def __init__(self, world: SmallDiscord, ticks: Ticks) -> None:
        self._world = world
        self._ticks = ticks
        self._free = ticks.next()
        self._gate: asyncio.Future[None] | None = None
        self.asked = asyncio.Event()
        """Set while a request is held back."""
        self._looks: dict[int, _Look] = {}

    def release(self) -> None:
        """Let what is held back go one step on: be served, or be answered."""
        if self._gate is not None:
            gate, self._gate = self._gate, None
            self.asked.clear()
            if not gate.done():
                gate.set_result(None)

    async def _held(self) -> None:
        self._gate = asyncio.get_running_loop().create_future()
        self.asked.set()
        await self._gate

    async def _request(self, serve: Callable[[], T]) -> tuple[T, int, int]:
        begin = self._free
        await self._held()
        try:
            answer = serve()
            served = self._ticks.next()
            await self._held()
        finally:
            self._free = self._ticks.next()
        return answer, begin, served

    async def page(self, channel: int, before: int) -> list[Shown]:
        """Return a page of history, newest first."""

        def serve() -> list[Shown]:
            there = [message for message in self._world.channels[channel] if message not in self._world.gone]
            older = sorted((message for message in there if message < before), reverse=True)
            return [self._world.shown(message) for message in older[:PAGE]]

        shown, begin, end = await self._request(serve)
        for one in shown:
            self._looked(one, begin, end)
        return shown

    async def message(self, channel: int, message: int) -> Shown:
        """Return one message."""
        shown, begin, end = await self._request(lambda: self._world.shown(message))
        self._looked(shown, begin, end)
        return shown

    async def people(self, channel: int, message: int, emoji: str, *, burst: bool, after: int) -> list[Person]:
        """Return a page of those who reacted."""

        def serve() -> list[int]:
            self._world.shown(message)
            people = self._world.under[message].get((emoji, burst), set())
            return sorted(one for one in people if one > after)[:PAGE]

        ids, begin, end = await self._request(serve)
        upto = None if len(ids) < PAGE else ids[-1]
        self._looks[message].lists.append(((plain(emoji), burst), after, upto, frozenset(ids), begin, end))
        return [Person(id, id in {ME, ROBOT}) for id in ids]

    def _looked(self, shown: Shown, begin: int, end: int) -> None:
        hearts = {(heart.plain, False) for heart in shown.hearts if heart.normal}
        hearts |= {(heart.plain, True) for heart in shown.hearts if heart.burst}
        self._looks[shown.message] = _Look(hearts, begin, end)

    def verdict(self, key: Key) -> Verdict | None:
        """Return what may be concluded of a mark from all that was shown here of its message."""
        look = self._looks[key.message]
        heart = (key.emoji, key.burst)
        if heart not in look.hearts:
            return Verdict(False, look.begin, look.end)
        lists = [one for one in look.lists if one[0] == heart]
        found = [one for one in lists if key.user in one[3]]
        covering = [one for one in lists if one[1] < key.user and (one[2] is None or key.user <= one[2])]
        if not (found or covering):
            return None
        chosen = found or covering
        vanished = any(not one[3] and not one[1] for one in lists)
        return Verdict(bool(found), min(one[4] for one in chosen), max(one[5] for one in chosen), not vanished)
