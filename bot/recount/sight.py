"""What a recount can see of Discord: pages of history, single messages, and who reacted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, cast

import discord

from bot.limits import HISTORY_PAGE, REACTORS_PAGE
from bot.ui import hearts


@dataclass(frozen=True, slots=True)
class HeartShown:
    """One emoji under a message, as Discord counts it."""

    emoji: str
    """As Discord wants to be asked for it."""
    plain: str
    """Without variation selector and skin tone; of a custom emoji its id."""
    normal: int
    burst: int
    ours: bool
    """We are among the normal ones."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The reactions under one message."""

    message: int
    hearts: tuple[HeartShown, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who reacted."""

    id: int
    bot: bool


class Sight(Protocol):
    """Where a recount looks; each method is one request and raises what discord.py raises."""

    async def page(self, channel: int, before: int) -> list[Shown]:
        """Return up to a hundred messages older than `before`, newest first."""
        ...

    async def message(self, channel: int, message: int) -> Shown:
        """Return one message."""
        ...

    async def people(self, channel: int, message: int, emoji: str, *, burst: bool, after: int) -> list[Person]:
        """Return up to a hundred who reacted, by id, from behind `after`."""
        ...


class DiscordSight:
    """Discord itself, through discord.py's client for HTTP, which keeps to the rate limits.

    The plain payloads are taken: a hundred messages with all their components made into objects would hold the
    event loop for longer than the reactions need.
    """

    def __init__(self, bot: discord.Client) -> None:
        self._http = bot.http

    async def page(self, channel: int, before: int) -> list[Shown]:
        """Return up to a hundred messages older than `before`, newest first."""
        return [_shown(message) for message in await self._http.logs_from(channel, HISTORY_PAGE, before=before)]

    async def message(self, channel: int, message: int) -> Shown:
        """Return one message."""
        return _shown(await self._http.get_message(channel, message))

    async def people(self, channel: int, message: int, emoji: str, *, burst: bool, after: int) -> list[Person]:
        """Return up to a hundred who reacted, by id, from behind `after`."""
        kind = cast("Any", discord.ReactionType.burst if burst else discord.ReactionType.normal).value
        found = await self._http.get_reaction_users(
            channel, message, emoji, REACTORS_PAGE, after=after or None, type=kind
        )
        return sorted((Person(int(user["id"]), bool(user.get("bot"))) for user in found), key=lambda one: one.id)


def _shown(message: Any) -> Shown:
    return Shown(int(message["id"]), tuple(_heart(reaction) for reaction in message.get("reactions", ())))


def _heart(reaction: Any) -> HeartShown:
    emoji, details = reaction["emoji"], reaction.get("count_details") or {}
    name, id = emoji.get("name") or "_", emoji.get("id")
    burst = int(details.get("burst", 0))
    return HeartShown(
        emoji=f"{name}:{id}" if id else name,
        plain=str(id) if id else hearts.plain(name),
        normal=int(details.get("normal", reaction["count"] - burst)),
        burst=burst,
        ours=bool(reaction.get("me")),
    )
