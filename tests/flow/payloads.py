"""The payloads Discord sends: people, guilds, commands, controls and modals as they come over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

BOT, APPLICATION, OPERATOR_OF_DISCORD = 700, 701, 702
HOME, ELSEWHERE = 1_000, 2_000
"""The operator's guild, and somebody else's."""
NOWHERE = 3_000
"""In place of a guild, for direct messages."""
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
"""Kinds of interaction."""
BUTTON, SELECT = 2, 3
EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15
EVERYTHING = str((1 << 50) - 1)
MANAGE_GUILD = 1 << 5
SPEAK = 1 << 10 | 1 << 11 | 1 << 6 | 1 << 16


def aged(days: int, place: int) -> int:
    """Make the id of something created so many days ago."""
    created = discord.utils.utcnow().timestamp() - days * 86_400
    return (int(created * 1_000) - 1_420_070_400_000 << 22) + place


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who sends interactions."""

    id: int
    name: str
    permissions: int = SPEAK
    """In the guild they are in."""


def message_of(control: Mapping[str, Any], id: int, guild: int | None, *, private: bool) -> dict[str, Any]:
    """Write a message of ours with one control in it."""
    author = {"id": str(BOT), "username": "noraebot", "discriminator": "0", "avatar": None, "bot": True}
    return {
        "id": str(id),
        "channel_id": str((guild or NOWHERE) + 1),
        "author": author,
        "content": "",
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        "flags": COMPONENTS_V2 | (EPHEMERAL if private else 0),
        "components": [{"type": 1, "id": 1, "components": [control]}],
    }


CHANNEL = {"name": "soundtracks", "position": 0, "permission_overwrites": []}
"""What any channel has."""
REGISTERED = {"application_id": str(APPLICATION), "version": "1"}
"""What Discord adds to a command that was registered."""


def application_of() -> dict[str, Any]:
    """Write what Discord tells of the bot's own application."""
    owner = {"id": str(OPERATOR_OF_DISCORD), "username": "dev", "discriminator": "0", "avatar": None}
    return {
        "id": str(APPLICATION),
        "name": "Noraebot",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "flags": 0,
        "owner": owner,
        "team": None,
    }


def command_data(name: str, options: Mapping[str, Any], *, of: int | None = None) -> dict[str, Any]:
    """Write what a slash command's interaction carries; a name of several words is a group's."""
    root, *path = name.split(" ")
    given = [{"name": key, "type": _type_of(value), "value": value} for key, value in options.items()]
    for word in reversed(path):
        given = [{"name": word, "type": 1, "options": given}]
    data: dict[str, Any] = {"id": "1", "name": root, "type": 1, "options": given}
    return data if of is None else data | {"guild_id": str(of)}


def _type_of(value: object) -> int:
    return 5 if isinstance(value, bool) else 4 if isinstance(value, int) else 10 if isinstance(value, float) else 3


def modal_data(custom_id: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Write what a submitted modal carries."""
    written = [
        {"type": 18, "id": n, "component": {"type": 4, "id": n + 100, "custom_id": name, "value": value}}
        for n, (name, value) in enumerate(fields.items(), 1)
    ]
    return {"custom_id": custom_id, "components": written}


def button(custom_id: str) -> dict[str, Any]:
    """Write a button."""
    return {"type": BUTTON, "style": 2, "label": "x", "custom_id": custom_id, "id": 2}


def menu(custom_id: str) -> dict[str, Any]:
    """Write a menu that offers one thing."""
    return {"type": SELECT, "custom_id": custom_id, "options": [{"label": "x", "value": "x"}], "id": 2}


def guild_of(id: int, owner: Person) -> dict[str, Any]:
    """Write a guild with one channel, as GUILD_CREATE brings it."""
    everyone = {"id": str(id), "name": "@everyone", "permissions": str(SPEAK), "position": 0}
    channel = {**CHANNEL, "id": str(id + 1), "type": 0}
    return {
        "id": str(id),
        "name": "A club",
        "owner_id": str(owner.id),
        "roles": [
            {
                **everyone,
                "color": 0,
                "colors": {"primary_color": 0},
                "hoist": False,
                "managed": False,
                "mentionable": False,
                "flags": 0,
            }
        ],
        "channels": [channel],
        "members": [],
        "emojis": [],
        "features": [],
        "preferred_locale": "en-US",
        "member_count": 5,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "premium_tier": 0,
        "nsfw_level": 0,
        "system_channel_flags": 0,
        "premium_progress_bar_enabled": False,
        "unavailable": False,
    }
