"""Keeps for a while, in memory, what somebody has yet to decide on; a restart forgets it, and is said to."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from typing import Final, Generic, TypeVar

from bot.errors import Refusal

T = TypeVar("T")

SECONDS: Final = 1_800
"""How long a thing waits: half an hour."""


class Waiting(Generic[T]):
    """Things that wait for their owner's press, each under a token that no other process made."""

    def __init__(self, *, each: int, people: int) -> None:
        self._each = each
        self._people = people
        self._things: OrderedDict[int, OrderedDict[str, tuple[int, T]]] = OrderedDict()

    def put(self, user: int, thing: T, now: int) -> str:
        """Keep a thing for a person, who may have so many; returns its token. Who waited longest gives way."""
        self._forget_before(now - SECONDS)
        token = secrets.token_hex(4)
        own = self._things.setdefault(user, OrderedDict())
        own[token] = now, thing
        self._things.move_to_end(user)
        while len(own) > self._each:
            own.popitem(last=False)
        while len(self._things) > self._people:
            self._things.popitem(last=False)
        return token

    def get(self, user: int, token: str, now: int) -> T:
        """Return a person's thing. Raises Refusal where it is not theirs, too old, or was forgotten."""
        kept = self._things.get(user, {}).get(token)
        if kept is None or now - kept[0] > SECONDS:
            self.drop(user, token)
            raise Refusal("error.waited-too-long")
        return kept[1]

    def _forget_before(self, when: int) -> None:
        for user, own in list(self._things.items()):
            for token in [token for token, (at, _) in own.items() if at < when]:
                self.drop(user, token)

    def forget(self, user: int) -> None:
        """Forget all that waits for a person."""
        self._things.pop(user, None)

    def drop(self, user: int, token: str) -> None:
        """Forget a thing that was decided on."""
        own = self._things.get(user)
        if own is not None:
            own.pop(token, None)
            if not own:
                del self._things[user]
