"""Who lets the members of a guild compare their taste with theirs: asked once, taken back at any time."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.statements import Statements

_SQL = Statements("comparing")


class Comparing:
    """Consents, by person and guild."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def agree(self, user: int, guild: int, now: int) -> bool:
        """Let a guild's members compare; False when that was agreed before."""
        return bool(await self._database.write(lambda tx: tx.all(_SQL.agree, user=user, guild=guild, now=now)))

    async def withdraw(self, user: int, guild: int) -> bool:
        """End it; False when it was not agreed."""
        return bool(await self._database.write(lambda tx: tx.all(_SQL.withdraw, user=user, guild=guild)))

    async def agreed(self, user: int, guild: int) -> bool:
        """Tell whether members of a guild may compare their taste with this person's."""
        return await self._database.read(lambda tx: tx.value(_SQL.agreed_at, user=user, guild=guild)) is not None
