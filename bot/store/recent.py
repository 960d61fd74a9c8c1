"""Cards asked for lately, kept in memory while nothing is written that changes what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.store.cards import Card

MOST: Final = 2_000
"""Cards kept; the one that came first goes first."""


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
