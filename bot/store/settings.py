"""What people and guilds chose, kept in memory since every answer asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypedDict, Unpack

from bot.catalogue.model import ArtistId
from bot.store.database import Database
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction, Value

USUAL_VOTE_EMOJI = "❤️"
USUAL_MINIMUM_VOTERS = 3
"""People who must love a song before a guild's chart ranks it."""

Commenters = int | Literal["everyone", "nobody"]
"""Who may write comments; a number is a role's id."""

_SQL = Statements("settings")


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """How one person wants to be answered."""

    private: bool = False
    """Always privately."""
    locale: str | None = None
    """None: as Discord says."""
    share_comments: bool = False
    """The writer's half of the consent to show their comments in other guilds."""


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """How the bot behaves in one guild."""

    locale: str | None = None
    """None: as Discord says."""
    vote_emoji: str = USUAL_VOTE_EMOJI
    seed: bool = True
    """Put the first heart on a card."""
    commenters: Commenters = "everyone"
    """Who may write comments, besides the rules for all (accounts of 7 days, three an hour)."""
    log_channel: int | None = None
    """Where reports and what managers must know go; None: nowhere."""
    blocked_words: tuple[str, ...] = ()
    """Words no comment here may hold."""
    hidden_artists: tuple[ArtistId, ...] = ()
    """Artists whose songs are not brought up here unasked."""
    minimum_voters: int = USUAL_MINIMUM_VOTERS
    """People who must love a song before this guild's chart ranks it."""
    share_comments: bool = False
    """The guild's half of the consent to show its comments elsewhere; the other half is the writer's."""
    additions_announced: bool = False
    """Songs added to the catalogue are announced where the daily song goes."""


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

    async def set_share_comments(self, user: int, share: bool) -> PersonSettings:
        """Let other guilds read a person's comments where the guild they wrote them in agrees, or no longer."""
        return await self._set(_SQL.set_share_comments, user=user, share=int(share))

    async def _set(self, statement: str, user: int, **chosen: Value) -> PersonSettings:
        await self._database.write(lambda tx: tx.all(statement, user=user, **chosen), self.fill)
        return self.get(user)

    def drop(self, user: int) -> None:
        """Follow the table where a person's row is gone."""
        self._settings.pop(user, None)

    def fill(self, rows: Iterable[Row]) -> None:
        """Take over rows of the table."""
        for user, private, locale, share in rows:
            self._settings[user] = PersonSettings(bool(private), locale, bool(share))


class GuildChoice(TypedDict, total=False):
    """What may be changed of a guild's settings; what is left out stays."""

    locale: str | None
    vote_emoji: str
    seed: bool
    commenters: Commenters
    log_channel: int | None
    blocked_words: tuple[str, ...]
    hidden_artists: tuple[ArtistId, ...]
    minimum_voters: int
    share_comments: bool
    additions_announced: bool


class Guilds:
    """The settings of every guild that changed any."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._settings: dict[int, GuildSettings] = {}

    def get(self, guild: int) -> GuildSettings:
        """A guild's settings, or the usual ones."""
        return self._settings.get(guild) or GuildSettings()

    async def change(self, guild: int, **chosen: Unpack[GuildChoice]) -> GuildSettings:
        """Change some of a guild's settings; others changed at the same moment are kept."""

        def unit(tx: Transaction) -> list[Row]:
            row = tx.one(_SQL.guild, guild=guild)
            return tx.all(_SQL.set_guild, guild=guild, **_values(replace(_settings(row), **chosen)))

        await self._database.write(unit, self.fill)
        return self.get(guild)

    async def reset(self, guild: int) -> GuildSettings:
        """Give a guild the usual settings again."""
        await self.forget(guild)
        return self.get(guild)

    async def forget(self, guild: int) -> bool:
        """Drop all that a guild chose; False where that was nothing."""

        def drop(_: bool) -> None:
            self._settings.pop(guild, None)

        return await self._database.write(lambda tx: tx.one(_SQL.forget_guild, guild=guild) is not None, drop)

    def fill(self, rows: Iterable[Row]) -> None:
        """Take over rows of the table."""
        for row in rows:
            self._settings[row[0]] = _settings(row)


def _settings(row: Row | None) -> GuildSettings:
    if row is None:
        return GuildSettings()
    _, locale, vote_emoji, seed, commenters, log_channel, blocked, hidden, voters, share, announced = row
    return GuildSettings(
        locale=locale,
        vote_emoji=vote_emoji or USUAL_VOTE_EMOJI,
        seed=bool(seed),
        commenters=commenters if commenters in {"everyone", "nobody"} else int(commenters),
        log_channel=log_channel,
        blocked_words=tuple(json.loads(blocked)),
        hidden_artists=tuple(json.loads(hidden)),
        minimum_voters=voters,
        share_comments=bool(share),
        additions_announced=bool(announced),
    )


def _values(settings: GuildSettings) -> dict[str, Value]:
    return {
        "locale": settings.locale,
        "vote_emoji": settings.vote_emoji,
        "seed": int(settings.seed),
        "commenters": str(settings.commenters),
        "log_channel": settings.log_channel,
        "blocked_words": json.dumps(settings.blocked_words, ensure_ascii=False),
        "hidden_artists": json.dumps(settings.hidden_artists, ensure_ascii=False),
        "minimum_voters": settings.minimum_voters,
        "share_comments": int(settings.share_comments),
        "additions_announced": int(settings.additions_announced),
    }


def people(tx: Transaction) -> list[Row]:
    """Everybody's rows, inside a transaction."""
    return tx.all(_SQL.people)


def guilds(tx: Transaction) -> list[Row]:
    """Every guild's rows, inside a transaction."""
    return tx.all(_SQL.guilds)
