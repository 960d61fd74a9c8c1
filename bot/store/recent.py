"""What was asked for lately, kept in memory until something is written that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.store.cards import Card
    from bot.store.listeners import Facts

MOST: Final = 2_000
"""Cards kept; the one that came first goes first."""

LISTENERS: Final = 500
"""Listeners kept, some kilobytes each; the one that came first goes first."""


class RecentCards:
    """Follows what is committed; what was read meanwhile is not kept, as it may be from before."""

    def __init__(self) -> None:
        self.moment = 0
        """How often something changed."""
        self._cards: dict[int, Card] = {}

    def get(self, message: int) -> Card | None:
        """The card of a message, where it is kept."""
        return self._cards.get(message)

    def keep(self, card: Card, read_at: int) -> None:
        """Keep a card whose reading began at a moment."""
        if read_at == self.moment:
            self._cards[card.message] = card
            if len(self._cards) > MOST:
                del self._cards[next(iter(self._cards))]

    def drop(self, message: int) -> None:
        """Keep a card no longer, since it changed."""
        self.moment += 1
        self._cards.pop(message, None)

    def clear(self) -> None:
        """Keep none of them any longer, since many may have changed."""
        self.moment += 1
        self._cards.clear()


class RecentListeners:
    """What is known of the people who asked lately: whoever asks again needs no read."""

    def __init__(self) -> None:
        self._facts: dict[int, Facts] = {}
        self._reading: dict[int, object] = {}
        """For each person read at this moment what tells the latest reading, as long as nothing changed meanwhile."""

    def get(self, user: int) -> Facts | None:
        """What is known of a person, where it is kept."""
        return self._facts.get(user)

    def begin(self, user: int) -> object:
        """Begin to read what is known of a person; what is returned is for `keep`."""
        self._reading[user] = reading = object()
        return reading

    def keep(self, user: int, facts: Facts, reading: object) -> None:
        """Keep what was read, unless something was written meanwhile."""
        if self._reading.get(user) is reading:
            del self._reading[user]
            self._facts[user] = facts
            if len(self._facts) > LISTENERS:
                del self._facts[next(iter(self._facts))]

    def drop(self, user: int | None) -> None:
        """Keep it no longer, since something of this person was written, or of anybody (None)."""
        if user is None:
            self._facts.clear()
            self._reading.clear()
        else:
            self._facts.pop(user, None)
            self._reading.pop(user, None)
