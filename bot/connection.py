"""What arrives from Discord, less what nobody here needs to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord.state import AutoShardedConnectionState

if TYPE_CHECKING:
    from discord.types import gateway


class Connection(AutoShardedConnectionState[Any]):
    """discord.py's state of the connection, without the echo of our own hearts: one comes back for each card."""

    def parse_message_reaction_add(self, data: gateway.MessageReactionAddEvent) -> None:
        """Hear a reaction, unless it is ours."""
        if data["user_id"] != str(self.self_id):
            super().parse_message_reaction_add(data)
