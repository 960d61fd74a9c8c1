"""What the stand-in remembers: requests, interactions and their replies."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from tests.wire import world
from tests.wire.world import EPHEMERAL, Payload


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request as it arrived."""

    method: str
    path: str
    """Below /api/v10, still in percent-encoding."""
    query: dict[str, str]
    body: Any
    token: str | None


@dataclass(slots=True)
class Reply:
    """What the bot made of one interaction."""

    kind: int = 0
    """The type of its first callback: 4 a message, 5 and 6 deferred, 7 an edit, 8 choices, 9 a modal."""
    message: Payload | None = None
    """The message it sent or edited first."""
    followups: list[Payload] = field(default_factory=list)
    modal: Payload | None = None
    choices: list[Payload] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Every word that the message shows, line by line."""
        return "" if self.message is None else text_of(self.message)

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees the message."""
        return self.message is not None and bool(self.message["flags"] & EPHEMERAL)


@dataclass(slots=True)
class Open:
    """An interaction that was sent to the bot, and what has become of it."""

    payload: Payload
    reply: Reply
    answered: asyncio.Future[None]

    def answer(self) -> None:
        """Let the person who waits have the reply."""
        if not self.answered.done():
            self.answered.set_result(None)


def text_of(message: Payload) -> str:
    """Return every word a message shows: its content, text components and labels."""
    lines = [message["content"]]
    for component in world.walk(message["components"]):
        lines += [component[key] for key in ("content", "label") if component.get(key)]
    return "\n".join(line for line in lines if line)
