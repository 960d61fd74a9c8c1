"""What people and guilds chose, kept in memory since every answer asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.store.database import Database
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction, Value

USUAL_VOTE_EMOJI = "❤️"

_SQL = Statements("settings")


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """How one person wants to be answered."""

    private: bool = False
    """Always privately."""
    locale: str | None = None
    """None: as Discord says."""


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """How the bot behaves in one guild."""

    locale: str | None = None
    """None: as Discord says."""
    vote_emoji: str = USUAL_VOTE_EMOJI
    seed: bool = True
    """Put the first heart on a card."""


class People:
    """The settings of everybody who changed any."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._settings: dict[int, PersonSettings] = {}

    def get(self, user: int) -> PersonSettings:
        """A person's settings, or the usual ones."""
        return self._settings.get(user) or PersonSettings()

    async def set_private(self, user: int, private: bool) -> PersonSettings:
        """Answer a person always privately, or as the command has it."""
        return await self._set(_SQL.set_private, user=user, private=int(private))

    async def set_locale(self, user: int, locale: str | None) -> PersonSettings:
        """Answer a person in a language, or in Discord's (None)."""
        return await self._set(_SQL.set_person_locale, user=user, locale=locale)

    async def _set(self, statement: str, user: int, **chosen: Value) -> PersonSettings:
        await self._database.write(lambda tx: tx.all(statement, user=user, **chosen), self.fill)
        return self.get(user)

    def fill(self, rows: Iterable[Row]) -> None:
        """Take over rows of the table."""
        for user, private, locale in rows:
            self._settings[user] = PersonSettings(bool(private), locale)


class Guilds:
    """The settings of every guild that changed any."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._settings: dict[int, GuildSettings] = {}

    def get(self, guild: int) -> GuildSettings:
        """A guild's settings, or the usual ones."""
        return self._settings.get(guild) or GuildSettings()

    async def set_locale(self, guild: int, locale: str | None) -> GuildSettings:
        """Speak a language in a guild, or Discord's (None)."""
        return await self._set(_SQL.set_guild_locale, guild=guild, locale=locale)

    async def set_vote_emoji(self, guild: int, emoji: str) -> GuildSettings:
        """Vote by this emoji in a guild."""
        return await self._set(_SQL.set_vote_emoji, guild=guild, emoji=emoji)

    async def set_seed(self, guild: int, seed: bool) -> GuildSettings:
        """Put the first heart on cards in a guild, or do not."""
        return await self._set(_SQL.set_seed, guild=guild, seed=int(seed))

    async def _set(self, statement: str, guild: int, **chosen: Value) -> GuildSettings:
        await self._database.write(lambda tx: tx.all(statement, guild=guild, **chosen), self.fill)
        return self.get(guild)

    def fill(self, rows: Iterable[Row]) -> None:
        """Take over rows of the table."""
        for guild, locale, vote_emoji, seed in rows:
            self._settings[guild] = GuildSettings(locale, vote_emoji or USUAL_VOTE_EMOJI, bool(seed))


def people(tx: Transaction) -> list[Row]:
    """Everybody's rows, inside a transaction."""
    return tx.all(_SQL.people)


def guilds(tx: Transaction) -> list[Row]:
    """Every guild's rows, inside a transaction."""
    return tx.all(_SQL.guilds)
