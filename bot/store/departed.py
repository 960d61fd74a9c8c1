"""What is kept for a guild goes some time after the bot has left it; people's own favourites stay theirs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.store import comments
from bot.store.cards import Cards
from bot.store.comments import Comments, Spoken
from bot.store.daily import Dailies
from bot.store.database import Database
from bot.store.guild_cups import GuildCups
from bot.store.settings import Guilds
from bot.store.statements import Statements
from bot.store.transaction import Transaction

GUILD_TABLES: Final = frozenset(
    {
        *("guilds", "dailies", "daily_posts", "greeted", "comments", "cards", "comparable", "writings", "departed"),
        *("reports", "hidden_comments", "blocks", "moderations", "withdrawals", "announcements", "cups"),
    }
)
"""Tables of which a guild's rows are removed."""
KEPT_TABLES: Final = frozenset({"marks"})
"""Tables that name a guild and keep it: a favourite is its person's, wherever it was given."""

_SQL = Statements("departed")


class Departed:
    """Guilds the bot has left, and the removal of what was kept for them."""

    def __init__(
        self, database: Database, guilds: Guilds, daily: Dailies, comments: Comments, cups: GuildCups, cards: Cards
    ) -> None:
        self._database = database
        self._guilds = guilds
        self._daily = daily
        self._comments = comments
        self._cups = cups
        self._cards = cards

    async def left(self, guild: int, now: int) -> bool:
        """Note that the bot left a guild; False when that was known."""
        return bool(await self._database.write(lambda tx: tx.all(_SQL.note, guild=guild, now=now)))

    async def back(self, guild: int) -> bool:
        """Note that the bot is in a guild again; False when it had not left."""
        return bool(await self._database.write(lambda tx: tx.all(_SQL.back, guild=guild)))

    async def compare(self, present: Collection[int], now: int) -> tuple[int, ...]:
        """Note which guilds the bot left, and came back to, while nobody listened; returns those it left."""

        def unit(tx: Transaction) -> tuple[int, ...]:
            kept = {guild for (guild,) in tx.all(_SQL.kept_for)}
            for guild in present:
                tx.all(_SQL.back, guild=guild)
            return tuple(guild for guild in sorted(kept - set(present)) if tx.all(_SQL.note, guild=guild, now=now))

        return await self._database.write(unit)

    async def due(self, before: int) -> tuple[int, ...]:
        """Guilds left before a time."""
        return tuple(guild for (guild,) in await self._database.read(lambda tx: tx.all(_SQL.due, before=before)))

    async def remove(self, guild: int) -> None:
        """Remove what is kept for a guild; interrupted, it is done again, since the guild is forgotten last."""
        await self._guilds.forget(guild)
        await self._daily.forget(guild)
        await self._cups.forget(guild)

        def unit(tx: Transaction) -> tuple[Spoken, ...]:
            places = tx.all(_SQL.commented, guild=guild)
            said = (_SQL.drop_reports, _SQL.drop_hidden, _SQL.drop_blocks, _SQL.drop_moderations, _SQL.drop_withdrawals)
            own = (
                _SQL.drop_comments,
                _SQL.drop_cards,
                _SQL.drop_comparable,
                _SQL.drop_writings,
                _SQL.drop_announcements,
            )
            for statement in (*said, *own, _SQL.back):
                tx.all(statement, guild=guild)
            return comments.spoken_at(tx, places)

        def follow(spoken: tuple[Spoken, ...]) -> None:
            self._comments.fill(spoken)
            self._cards.outdate()

        await self._database.write(unit, follow)
