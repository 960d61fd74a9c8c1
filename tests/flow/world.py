"""A small server to talk to the bot in: its people, what they see, and what they can do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage, interactions

from bot import limits
from bot.app import Noraebot, create_bot
from bot.settings import Settings
from tests.contract import openapi

DAY = 86_400  # seconds
SETTLED_DAYS = 40
"""How long everybody has had their account: past every age that votes and comments ask for."""
GATHER_S = 9.0
"""How long votes on a card are gathered here: past the 5 s in which the simulator waits for timers in real time."""
ENGLISH, KOREAN = "en-US", "ko"

_BUTTON, _TEXT = 2, 10
_COMPONENTS_V2 = 1 << 15

Message = ResponseMessage | Any
"""A message of the bot: an answer, or one read back from the channel."""


def components(message: Message) -> list[dict[str, Any]]:
    """Return every component of a message as it went over the wire, nested ones too."""
    raw = message.components
    return [dict(c) for c in limits.walk([c if isinstance(c, Mapping) else c.to_dict() for c in raw])]


def seen(message: Message | InteractionResult | None) -> str:
    """Return all that a person reads in a message, an answer or a modal, joined by line breaks."""
    if isinstance(message, InteractionResult):
        parts = [seen(answer) for answer in answers(message)]
        if message.modal:
            parts.append("\n".join(_words(c) for c in limits.walk([message.modal])))
        return "\n".join(parts)
    if message is None:
        return ""
    return "\n".join([message.content or "", *(_words(c) for c in components(message))]).strip()


def _words(component: Mapping[str, Any]) -> str:
    said = [component.get(name) for name in ("title", "content", "label", "description", "placeholder", "value")]
    said += [
        f"{o['label']} {o.get('description') or ''}".strip() for o in component.get("options") or () if "label" in o
    ]
    return "\n".join(str(words) for words in said if words)


def answers(result: InteractionResult) -> list[ResponseMessage]:
    """Return the messages an interaction was answered with, in order."""
    return [message for message in [result.response, *result.followups] if message is not None]


def answer(result: InteractionResult) -> ResponseMessage:
    """Return the one message an interaction was answered with."""
    found = answers(result)
    assert len(found) == 1, f"{len(found)} answers: {[seen(message) for message in found]}"
    return found[0]


def routes(message: Message) -> list[str]:
    """Return the custom_ids of a message, in order."""
    return [c["custom_id"] for c in components(message) if "custom_id" in c]


def songs_in(message: Message) -> list[str]:
    """Return the songs whose Love button a message has, in order."""
    return [id.removeprefix("love:") for id in routes(message) if id.startswith("love:")]


def choices(message: Message, verb: str) -> list[str]:
    """Return the values a menu offers."""
    menu = next(c for c in components(message) if str(c.get("custom_id", "")).split(":")[0] == verb)
    return [option["value"] for option in menu["options"]]


class Complaints(logging.Handler):
    """Collects what the bot or the library logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record with its traceback."""
        self.lines.append(logging.Formatter("%(name)s: %(message)s").format(record))


@dataclass(slots=True)
class World:
    """The bot among people: `reader` and `other` are members, `manager` runs the server and the bot."""

    env: Env
    guild: GuildHandle
    channel: ChannelHandle
    reader: MemberActor
    other: MemberActor
    manager: MemberActor
    settings: Settings
    bot: Noraebot
    complaints: Complaints
    locale: str = ENGLISH

    @property
    def now(self) -> int:
        """The one clock, in UTC seconds."""
        return int(self.env.now().timestamp())

    async def say(self, who: MemberActor, command: str, /, **options: Any) -> InteractionResult:
        """Type a slash command in the channel."""
        return await who.slash(self.channel, command, **options)

    async def press(self, who: MemberActor, message: Message, button: str) -> InteractionResult:
        """Press the button with this custom_id, this verb or this label."""
        pressed = [c for c in components(message) if c["type"] == _BUTTON and "custom_id" in c]
        for fits in (
            lambda c: c["custom_id"] == button,
            lambda c: c["custom_id"].split(":")[0] == button,
            lambda c: c.get("label") == button,
        ):
            if found := [c["custom_id"] for c in pressed if fits(c)]:
                return await who.click(message, custom_id=found[0])
        raise AssertionError(f"no button {button}: {[(c['custom_id'], c.get('label')) for c in pressed]}")

    async def choose(self, who: MemberActor, message: Message, verb: str, values: Sequence[Any]) -> InteractionResult:
        """Choose in the menu whose custom_id is this or begins with this verb: texts or handles."""
        found = [id for id in routes(message) if id == verb] or [
            id for id in routes(message) if id.split(":")[0] == verb
        ]
        assert found, f"no menu {verb}: {routes(message)}"
        return await who.select(message, list(values), custom_id=found[0])

    async def react(self, who: MemberActor, message: Message, emoji: str) -> None:
        """Put a reaction under a message."""
        await who.react(_read_back(message), emoji)

    async def unreact(self, who: MemberActor, message: Message, emoji: str) -> None:
        """Take one's own reaction back."""
        await who.unreact(_read_back(message), emoji)

    def reload(self, message: Message) -> discord.Message:
        """Return a public message as it stands in the channel now."""
        return next(m for m in self.channel.history() if m.id == message.id)

    async def forge(self, who: MemberActor, custom_id: str, values: Sequence[str] | None = None) -> InteractionResult:
        """Send a press or choice that no message of ours offered, as a tampering client may, and wait."""
        result = self.submit(who, custom_id, values)
        await self.env.settle()
        return result

    def submit(self, who: MemberActor, custom_id: str, values: Sequence[str] | None = None) -> InteractionResult:
        """Send a press or choice, its message forged too, without waiting for the answer."""
        data: dict[str, Any] = {"custom_id": custom_id, "component_type": 2 if values is None else 3}
        control: dict[str, Any] = {"type": 2, "style": 2, "label": "x", "custom_id": custom_id, "id": 2}
        if values is not None:
            data["values"] = list(values)
            offered = [{"label": "x", "value": value} for value in dict.fromkeys(values)]
            control = {"type": 3, "custom_id": custom_id, "options": offered, "id": 2}
        return self._emit(who, 3, data, {"message": self._forged_message(control)})

    async def forge_modal(self, who: MemberActor, custom_id: str, fields: Mapping[str, str]) -> InteractionResult:
        """Submit a modal that this bot has never opened, as one opened before a restart looks, and wait."""
        result = self.modal(who, custom_id, fields)
        await self.env.settle()
        return result

    def modal(self, who: MemberActor, custom_id: str, fields: Mapping[str, str]) -> InteractionResult:
        """Submit such a modal without waiting for the answer."""
        written = [
            {"type": 18, "id": n, "component": {"type": 4, "id": n + 100, "custom_id": name, "value": value}}
            for n, (name, value) in enumerate(fields.items(), 1)
        ]
        return self._emit(who, 5, {"custom_id": custom_id, "components": written}, {})

    def _emit(self, who: MemberActor, kind: int, data: dict[str, Any], extra: Mapping[str, Any]) -> InteractionResult:
        record, payload = interactions.base_payload(
            self.env.backend,
            type=kind,
            channel_id=self.channel.id,
            guild_id=self.guild.id,
            user_id=who.id,
            data=data,
        )
        self.env.backend.emit("INTERACTION_CREATE", {**payload, **extra})
        return InteractionResult(self.env, record)

    def _forged_message(self, control: dict[str, Any]) -> dict[str, Any]:
        me = {"id": str(self.env.backend.bot_user.id), "username": "noraebot", "discriminator": "0000"}
        return {
            "id": str(self.env.backend.bot_user.id + 1),
            "channel_id": str(self.channel.id),
            "author": {**me, "avatar": None, "bot": True},
            "content": "",
            "timestamp": self.env.now().isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": _COMPONENTS_V2,
            "components": [{"type": 1, "id": 1, "components": [control]}],
        }

    async def restart(self) -> None:
        """Stop the bot and start another on the same database, as a new process would."""
        await self.bot.close()
        self.bot = create_bot(self.settings)
        await self.env.restart_bot(self.bot)

    def forgive(self, words: str) -> None:
        """Expect an error in the log that holds these words, and let it pass."""
        forgiven = [line for line in self.complaints.lines if words in line]
        assert forgiven, f"nothing was logged about {words}: {self.complaints.lines}"
        self.complaints.lines = [line for line in self.complaints.lines if words not in line]

    def refused(self) -> list[str]:
        """Name whatever Discord would refuse in what the bot has sent so far."""
        found: list[str] = []
        for request in self.env.http_requests:
            if isinstance(request.json, dict | list) and request.method in {"POST", "PATCH", "PUT"}:
                found += openapi.mistakes(request.method, request.path, request.json)
                found += over_limits(request.path, request.json)
        return found


def over_limits(path: str, body: Any) -> list[str]:
    """Name the limits a message, modal or autocomplete answer breaks that Discord's description omits."""
    if not isinstance(body, dict):
        return []
    told = body.get("data") if "callback" in path else body
    if not isinstance(told, dict):
        return []
    if "choices" in told:
        offered = told["choices"]
        found = [f"{len(offered)} choices"] if len(offered) > limits.CHOICES else []
        found += [
            f"a choice's {name} has {len(str(choice[name]))} characters: {choice[name]}"
            for choice in offered
            for name in ("name", "value")
            if not 1 <= len(str(choice[name])) <= limits.CHOICE
        ]
        values = [choice["value"] for choice in offered]
        return found + [f"choice twice: {v}" for v in sorted({v for v in values if values.count(v) > 1})]
    if "title" in told and "custom_id" in told:
        found = [f"modal title: {told['title']}"] if not 1 <= len(told["title"]) <= limits.MODAL_TITLE else []
        if not 1 <= len(told["components"]) <= limits.MODAL_COMPONENTS:
            found.append(f"{len(told['components'])} components in a modal")
        for component in limits.walk(told["components"]):
            for name, most in (("label", limits.LABEL), ("description", limits.LABEL_DESCRIPTION)):
                if len(component.get(name) or "") > most:
                    found.append(f"modal {name}: {component[name]}")
        return found
    found = limits.violations(told.get("components") or [])
    if told.get("components") and told.get("content"):
        found.append("content beside components")
    return found


def _read_back(message: Message) -> Any:
    return message.message if isinstance(message, ResponseMessage) else message


@contextmanager
def speaking(locale: Callable[[], str]) -> Iterator[None]:
    """Let every interaction say its client's and its server's language, and that the server installed the bot."""
    plain = interactions.base_payload

    def in_language(*args: Any, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        record, payload = plain(*args, **kwargs)
        payload["locale"] = locale()
        if payload.get("guild_id"):
            payload["guild_locale"] = locale()
            payload["authorizing_integration_owners"] = {"0": payload["guild_id"]}
        return record, payload

    interactions.base_payload = in_language
    try:
        yield
    finally:
        interactions.base_payload = plain
