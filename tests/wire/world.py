"""The small server that the stand-in shows: its people, its channel and what they look like on the wire."""

from __future__ import annotations

import copy
import itertools
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Payload = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7
_DISCORD_EPOCH_MS = 1_420_070_400_000
_CREATED = datetime(2020, 1, 1, tzinfo=UTC).isoformat()
_PERMISSIONS = str((1 << 53) - 1 - (1 << 3))
"""Every permission but Administrator."""
_count = itertools.count(1)


def snowflake() -> str:
    """Return a new id that carries the present time, as Discord's do."""
    milliseconds = time.time_ns() // 1_000_000 - _DISCORD_EPOCH_MS
    return str((milliseconds << 22) | (next(_count) & 0x3FFFFF))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the server."""

    id: str
    name: str
    locale: str = "en-US"
    bot: bool = False

    def user(self) -> Payload:
        """Return the user object."""
        return {
            "id": self.id,
            "username": self.name,
            "global_name": self.name.title(),
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "flags": 0,
            "public_flags": 0,
        }

    def member(self) -> Payload:
        """Return the guild member object, with the permissions an interaction carries."""
        return {
            "user": self.user(),
            "nick": None,
            "avatar": None,
            "roles": [],
            "joined_at": _CREATED,
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
            "permissions": _PERMISSIONS,
        }


BOT = Person("300000000000000001", "noraebot", bot=True)
READER = Person("300000000000000002", "mina")
KOREAN = Person("300000000000000003", "jun", locale="ko")
OWNER = Person("300000000000000004", "sora")
ROBOT = Person("300000000000000005", "robot", bot=True)
PEOPLE = {person.id: person for person in (BOT, READER, KOREAN, OWNER, ROBOT)}

GUILD_ID = "300000000000000010"
CHANNEL_ID = "300000000000000011"

CHANNEL: Payload = {
    "id": CHANNEL_ID,
    "guild_id": GUILD_ID,
    "type": 0,
    "name": "soundtracks",
    "position": 0,
    "permission_overwrites": [],
    "topic": None,
    "nsfw": False,
    "last_message_id": None,
    "rate_limit_per_user": 0,
    "parent_id": None,
    "permissions": _PERMISSIONS,
}


def dm_channel(person: Person) -> Payload:
    """Return the private channel between the bot and somebody."""
    return {
        "id": str(int(person.id) + 100),
        "type": 1,
        "last_message_id": None,
        "recipients": [person.user()],
        "flags": 0,
    }


def guild() -> Payload:
    """Return the server as GUILD_CREATE shows it."""
    everyone: Payload = {
        "id": GUILD_ID,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": _PERMISSIONS,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": GUILD_ID,
        "name": "K-drama Club",
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "owner_id": OWNER.id,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "preferred_locale": "en-US",
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [everyone],
        "channels": [CHANNEL],
        "threads": [],
        "members": [person.member() for person in PEOPLE.values()],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "joined_at": _CREATED,
        "large": False,
        "unavailable": False,
        "member_count": len(PEOPLE),
    }


def another_guild(number: int) -> Payload:
    """Return one more server, with ten channels and nobody we know."""
    id = int(GUILD_ID) + 1_000 * (number + 1)
    channels = [{**CHANNEL, "id": str(id + 1 + n), "guild_id": str(id), "name": f"channel-{n}"} for n in range(10)]
    roles = [{**guild()["roles"][0], "id": str(id)}]
    members = [BOT.member()]
    return {**guild(), "id": str(id), "channels": channels, "roles": roles, "members": members, "member_count": 80}


def application() -> Payload:
    """Return the application, whose owner is OWNER."""
    return {
        "id": BOT.id,
        "name": BOT.name,
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": OWNER.user(),
        "team": None,
    }


def message(channel_id: str, body: Payload, interaction: Payload | None = None) -> Payload:
    """Return the message that the bot's body becomes."""
    made: Payload = {
        "id": snowflake(),
        "type": 0,
        "channel_id": channel_id,
        "author": BOT.user(),
        "content": "",
        "timestamp": datetime.now(UTC).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "flags": 0,
        "components": [],
    }
    if interaction is not None:
        made["type"] = 20 if interaction["type"] == 2 else 19
        made["application_id"] = made["webhook_id"] = BOT.id
        made["interaction_metadata"] = {
            "id": interaction["id"],
            "type": interaction["type"],
            "user": interaction["member"]["user"],
            "authorizing_integration_owners": interaction["authorizing_integration_owners"],
        }
    return revise(made, body)


def counted(emoji: str, by_user: dict[str, int]) -> Payload:
    """Return one reaction of a message, by who reacted and with what type (1 is a burst)."""
    burst = sum(by_user.values())
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(by_user),
        "count_details": {"normal": len(by_user) - burst, "burst": burst},
        "me": by_user.get(BOT.id) == 0,
        "me_burst": by_user.get(BOT.id) == 1,
        "burst_colors": [],
    }


def revise(shown: Payload, body: Payload) -> Payload:
    """Put what the bot's body says into a message, in place, and return it."""
    for key in ("content", "embeds", "components", "flags"):
        if body.get(key) is not None:
            shown[key] = copy.deepcopy(body[key])
    for number, component in enumerate(walk(shown["components"]), start=1):
        component.setdefault("id", number)
    return shown


def walk(components: list[Payload]) -> list[Payload]:
    """Return every component, nested ones after their parents."""
    found: list[Payload] = []
    for component in components:
        inner = [*component.get("components", ())]
        inner += [component[key] for key in ("accessory", "component") if key in component]
        found += [component, *walk(inner)]
    return found
