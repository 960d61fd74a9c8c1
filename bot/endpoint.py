"""Points discord.py at a Discord-compatible server: its REST base, and the gateway that server names."""

from __future__ import annotations

from typing import Any

from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from yarl import URL


def point_rest(address: str) -> None:
    """Send every REST call to this address."""
    Route.BASE = address


async def point_gateway(http: HTTPClient) -> None:
    """Dial only the gateway the server names: also after a failed resume, and whatever READY says of resuming."""
    _, address, _ = await http.get_bot_gateway()
    gateway = URL(address)

    def ignore(socket: DiscordWebSocket, value: Any) -> None:
        """Keep the gateway where it is."""

    DiscordWebSocket.DEFAULT_GATEWAY = gateway
    DiscordWebSocket.gateway = property(lambda socket: gateway, ignore)  # pyright: ignore[reportAttributeAccessIssue]
