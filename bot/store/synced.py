"""Which commands Discord already has, so that they are sent again only when they changed."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.statements import Statements

_SQL = Statements("synced")


class Synced:
    """The hash of the payload last synced, by application and scope (a guild; 0: everywhere)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, application: int, scope: int) -> str | None:
        """The hash last synced, or None where nothing was."""
        return await self._database.read(lambda tx: tx.value(_SQL.payload_hash, application=application, scope=scope))

    async def set(self, application: int, scope: int, payload_hash: str) -> None:
        """Keep the hash of what was just synced."""
        await self._database.write(
            lambda tx: tx.one(_SQL.keep, application=application, scope=scope, payload_hash=payload_hash)
        )
