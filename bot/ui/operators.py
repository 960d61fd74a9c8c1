"""Who looks after the bot: its operators, and the curators who may add songs."""

from __future__ import annotations

import discord

from bot.errors import Refusal
from bot.host import Host


class Operators:
    """Answers who may do what, asking Discord once who owns the application."""

    def __init__(self, bot: Host) -> None:
        self._bot = bot
        self._owners: frozenset[int] | None = None

    async def is_operator(self, user: int) -> bool:
        """Tell whether somebody operates the bot."""
        if user in self._bot.settings.owner_ids:
            return True
        if self._owners is None:
            self._owners = _owners(await self._bot.application_info())
        return user in self._owners

    async def may_add(self, user: int) -> bool:
        """Tell whether somebody may add songs."""
        return user in self._bot.settings.curator_ids or await self.is_operator(user)

    async def admit_operator(self, user: int) -> None:
        """Raise Refusal for anybody but an operator."""
        if not await self.is_operator(user):
            raise Refusal("error.not-allowed")

    async def admit_curator(self, user: int) -> None:
        """Raise Refusal for anybody who may not add songs."""
        if not await self.may_add(user):
            raise Refusal("error.not-allowed")


def _owners(application: discord.AppInfo) -> frozenset[int]:
    trusted = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)
    if application.team is None:
        return frozenset({application.owner.id})
    members = {member.id for member in application.team.members if member.role in trusted}
    return frozenset(members | {application.team.owner_id or application.owner.id})
