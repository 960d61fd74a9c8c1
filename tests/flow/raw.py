"""The bot fed with raw gateway events, as a tampering client or a changed Discord may send them.

Nothing is simulated: payloads go into the library's own parsers, and what the bot sends is kept and judged by
Discord's limits. No message is delivered to anybody, so thousands of events fit into seconds.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter

from bot import limits, logs
from bot.app import Noraebot, create_bot
from bot.settings import Settings
from tests.contract import openapi
from tests.flow.payloads import (
    APPLICATION,
    BOT,
    BUTTON,
    CHANNEL,
    COMMAND,
    COMPONENT,
    ELSEWHERE,
    EPHEMERAL,
    EVERYTHING,
    HOME,
    MANAGE_GUILD,
    MODAL,
    NOWHERE,
    REGISTERED,
    SELECT,
    SPEAK,
    Person,
    aged,
    application_of,
    button,
    command_data,
    guild_of,
    menu,
    message_of,
    modal_data,
)
from tests.flow.world import Complaints, over_limits

_GONE: Any = SimpleNamespace(status=404, reason="Not Found")
PATIENCE = 10.0
"""Seconds after which an interaction counts as stuck."""


@dataclass(slots=True)
class Heard:
    """One interaction, and all the bot said to it."""

    id: int
    kind: int
    payload: Mapping[str, Any]
    callbacks: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    """Followups, and edits of the answer."""

    @property
    def token(self) -> str:
        """Return what its answers are addressed to."""
        return str(self.payload["token"])

    @property
    def answered(self) -> bool:
        """Tell whether Discord's spinner is gone: a message, a modal, choices, or a deferral that was followed."""
        if not self.callbacks:
            return False
        return self.callbacks[0]["type"] != 5 or bool(self.messages)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """Return every body sent, callbacks' data first."""
        return [callback.get("data") or {} for callback in self.callbacks] + self.messages

    @property
    def seen(self) -> str:
        """Return all the text that was sent."""
        return "\n".join(_words(component) for body in self.bodies for component in _components(body))

    @property
    def private(self) -> bool:
        """Tell whether only the asker sees every message of the answer."""
        told = [callback for callback in self.callbacks if callback["type"] == 4]
        return all(callback["data"].get("flags", 0) & EPHEMERAL for callback in told)

    @property
    def routes(self) -> list[str]:
        """Return the custom_ids that were sent, in order."""
        found = [str(c["custom_id"]) for body in self.bodies for c in _components(body) if "custom_id" in c]
        return [str(body["custom_id"]) for body in self.bodies if "custom_id" in body] + found

    def mistakes(self, *, described: bool = True) -> list[str]:
        """Name what Discord would refuse, and every ping; `described` by its OpenAPI file too, which is slow."""
        path = f"/interactions/{self.id}/x/callback"
        found = [mistake for callback in self.callbacks for mistake in over_limits(path, callback)]
        found += [mistake for message in self.messages for mistake in over_limits("/webhooks/1/x", message)]
        if len(self.callbacks) != 1:
            found.append(f"{len(self.callbacks)} callbacks")
        told = [callback["data"] for callback in self.callbacks if callback["type"] in {4, 7}]
        for body in told + self.messages:
            if (body.get("allowed_mentions") or {"parse": ["all"]}).get("parse") != []:
                found.append("a message that may ping")
        if described:
            for callback in self.callbacks:
                found += openapi.mistakes("POST", "/interactions/1/x/callback", callback)
        return found


def _components(body: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return limits.walk(body.get("components") or ())


def _words(component: Mapping[str, Any]) -> str:
    names = ("content", "label", "description", "placeholder", "value")
    return "\n".join(str(component[name]) for name in names if component.get(name))


class Raw:
    """The bot, the events it is fed, and what it sends."""

    def __init__(self, bot: Noraebot, operator: Person) -> None:
        self.bot = bot
        self.operator = operator
        self.reader = Person(aged(400, 1), "mina")
        self.other = Person(aged(400, 2), "joon")
        self.young = Person(aged(1, 3), "new")
        self.boss = Person(aged(400, 4), "boss", (1 << 50) - 1)
        """Owns the server they are in, but does not run the bot."""
        self.manager = Person(aged(400, 5), "manager", SPEAK | MANAGE_GUILD)
        self.heard: dict[str, Heard] = {}
        self.expired: set[str] = set()
        """Tokens of interactions that Discord no longer takes an answer to."""
        self.requests: list[tuple[str, str, Any]] = []
        self.complaints = Complaints()
        self.crashes: list[str] = []
        self._next = aged(0, 0)
        self._idle: frozenset[asyncio.Task[Any]] = frozenset()

    def fresh(self) -> int:
        """Return an id nothing has yet."""
        self._next += 1
        return self._next

    def feed(
        self,
        kind: int,
        data: Mapping[str, Any],
        who: Person,
        *,
        guild: int | None = HOME,
        message: Mapping[str, Any] | None = None,
        locale: str = "en-US",
        **more: Any,
    ) -> Heard:
        """Let the gateway say that somebody asked for something; does not wait for the answer."""
        id = self.fresh()
        token = f"t{id}"
        user = {"id": str(who.id), "username": who.name, "discriminator": "0", "avatar": None, "global_name": who.name}
        payload: dict[str, Any] = {
            "id": str(id),
            "application_id": str(APPLICATION),
            "type": kind,
            "token": token,
            "version": 1,
            "data": data,
            "channel_id": str((guild or NOWHERE) + 1),
            "channel": {**CHANNEL, "id": str((guild or NOWHERE) + 1), "type": 0 if guild else 1, "recipients": []},
            "locale": locale,
            "entitlements": [],
            "attachment_size_limit": 0,
            "authorizing_integration_owners": {"0": str(guild or 0)},
            "context": 0 if guild else 1,
            "app_permissions": EVERYTHING,
        }
        if guild is None:
            payload["user"] = user
        else:
            member = {"user": user, "roles": [], "joined_at": None, "deaf": False, "mute": False, "flags": 0}
            payload["member"] = {**member, "permissions": str(who.permissions)}
            payload |= {"guild_id": str(guild), "guild_locale": locale}
        if message is not None:
            payload["message"] = message
        heard = Heard(id, kind, payload | more)
        self.heard[token] = heard
        self.emit("INTERACTION_CREATE", heard.payload)
        return heard

    def emit(self, event: str, payload: Mapping[str, Any]) -> None:
        """Hand one gateway event to the library's parser."""
        self.bot._connection.parsers[event](dict(payload))

    async def command(
        self, who: Person, name: str, /, *, guild: int | None = HOME, of: int | None = None, **options: Any
    ) -> Heard:
        """Use a slash command, a group's as "admin reload", registered in the guild `of`, and wait for the answer."""
        heard = self.feed(COMMAND, command_data(name, options, of=of), who, guild=guild)
        await self.settle()
        return heard

    async def press(
        self, who: Person, custom_id: str, *, guild: int | None = HOME, private: bool = False, message: int = 0
    ) -> Heard:
        """Press a button of a message of ours, whether it was ever there or not, and wait for the answer."""
        heard = self.feed_press(who, custom_id, guild=guild, private=private, message=message)
        await self.settle()
        return heard

    def feed_press(
        self,
        who: Person,
        custom_id: str,
        *,
        guild: int | None = HOME,
        private: bool = False,
        message: int = 0,
        **more: Any,
    ) -> Heard:
        """Press such a button without waiting."""
        return self.feed(
            COMPONENT,
            {"custom_id": custom_id, "component_type": BUTTON},
            who,
            guild=guild,
            message=self.message(button(custom_id), guild=guild, private=private, id=message),
            **more,
        )

    async def choose(
        self, who: Person, custom_id: str, values: Sequence[str], *, guild: int | None = HOME, private: bool = False
    ) -> Heard:
        """Choose in a menu, offered or not, and wait for the answer."""
        heard = self.feed_choice(who, custom_id, values, guild=guild, private=private)
        await self.settle()
        return heard

    def feed_choice(
        self,
        who: Person,
        custom_id: str,
        values: Sequence[str],
        *,
        guild: int | None = HOME,
        private: bool = False,
        **more: Any,
    ) -> Heard:
        """Choose in such a menu without waiting."""
        return self.feed(
            COMPONENT,
            {"custom_id": custom_id, "component_type": SELECT, "values": list(values)},
            who,
            guild=guild,
            message=self.message(menu(custom_id), guild=guild, private=private),
            **more,
        )

    async def submit(
        self, who: Person, custom_id: str, fields: Mapping[str, str], *, guild: int | None = HOME
    ) -> Heard:
        """Submit a modal, opened or not, and wait for the answer."""
        heard = self.feed(MODAL, modal_data(custom_id, fields), who, guild=guild)
        await self.settle()
        return heard

    def message(
        self, control: Mapping[str, Any], *, guild: int | None = HOME, private: bool = False, id: int = 0
    ) -> dict[str, Any]:
        """Make a message of ours with one control in it."""
        return message_of(control, id or self.fresh(), guild, private=private)

    async def settle(self) -> None:
        """Wait until the bot has nothing left to do; what takes too long is given up and told as a crash."""
        while busy := {task for task in asyncio.all_tasks() if self._is_busy(task)}:
            _, late = await asyncio.wait(busy, timeout=PATIENCE)
            for task in late:
                self.crashes.append(f"stuck: {task.get_name()} in {task.get_coro()}")
                task.cancel()

    def _is_busy(self, task: asyncio.Task[Any]) -> bool:
        waiting = getattr(task.get_coro(), "__name__", "") == "__timeout_task_impl"
        return task is not asyncio.current_task() and task not in self._idle and not waiting

    def forget(self) -> None:
        """Forget what was heard and sent so far."""
        self.heard.clear()
        self.expired.clear()
        self.requests.clear()
        self.complaints.lines.clear()
        self.crashes.clear()

    def rest(self) -> None:
        """Count the tasks there are now as always there."""
        self._idle = frozenset(asyncio.all_tasks())

    async def webhook(self, route: Route, session: object, **kwargs: Any) -> Any:
        """Answer what the bot sends about an interaction, in the place of AsyncWebhookAdapter.request."""
        body = _body(kwargs.get("payload"), kwargs.get("multipart"))
        heard = self.heard.get(str(route.webhook_token))
        if heard is None:
            raise AssertionError(f"an answer to no interaction: {route.url}")
        self.requests.append((route.method, route.path, body))
        if heard.token in self.expired:
            raise discord.NotFound(_GONE, {"code": 10062, "message": "Unknown interaction"})
        if route.method == "DELETE":
            return None
        if not route.path.endswith("/callback"):
            heard.messages.append(body or {})
            return self._sent(body or {})
        heard.callbacks.append(body or {})
        kind = (body or {}).get("type")
        data = (body or {}).get("data") or {}
        interaction = {
            "id": str(heard.id),
            "type": heard.kind,
            "response_message_id": str(self.fresh()),
            "response_message_ephemeral": bool(data.get("flags", 0) & EPHEMERAL),
        }
        resource = {"type": kind, "message": self._sent(data)} if kind in {4, 7} else None
        return {"interaction": interaction, "resource": resource}

    async def request(self, route: Route, **kwargs: Any) -> Any:
        """Answer what else the bot asks Discord, in the place of HTTPClient.request."""
        body = kwargs.get("json")
        self.requests.append((route.method, route.path, body))
        match route.method, route.path.rpartition("/")[2]:
            case "PUT", "commands":
                return [
                    {"description": "", **command, **REGISTERED, "id": str(n)}
                    for n, command in enumerate(cast(Any, body), 100)
                ]
            case "GET", "commands":
                return []
            case "GET", "@me":
                return application_of()
            case "GET", "{message_id}":
                return self.message(button("love:goblin-stay-with-me"))
            case ("POST", "messages") | (_, "{message_id}"):
                return self._sent(cast(Any, body) or {})
            case _:
                return None

    def _sent(self, body: Mapping[str, Any]) -> dict[str, Any]:
        message = self.message(button("x"), private=bool(body.get("flags", 0) & EPHEMERAL))
        return {**message, "components": []}


def _body(payload: Any, multipart: Any) -> dict[str, Any] | None:
    if payload is not None:
        return payload
    for part in multipart or ():
        if part.get("name") == "payload_json":
            return json.loads(part["value"])
    return None


@asynccontextmanager
async def listening(settings: Settings, operator: Person) -> AsyncIterator[Raw]:
    """Run the bot between a gateway and a Discord that are both made here."""
    bot = create_bot(settings)
    raw = Raw(bot, operator)
    usual = AsyncWebhookAdapter.request
    loop = asyncio.get_running_loop()
    names = ("discord", "bot", "cogs")
    raw.complaints.addFilter(lambda record: logs.calm(record) and record.levelno >= logging.ERROR)
    loop.set_exception_handler(lambda _, told: raw.crashes.append(f"{told.get('message')}: {told.get('exception')!r}"))
    for name in names:
        logging.getLogger(name).addHandler(raw.complaints)
    try:
        AsyncWebhookAdapter.request = raw.webhook  # type: ignore[method-assign, assignment]
        bot.http.request = raw.request  # type: ignore[method-assign, assignment]
        await bot._async_setup_hook()
        me = {"id": str(BOT), "username": "noraebot", "discriminator": "0", "avatar": None, "bot": True}
        bot._connection.user = discord.ClientUser(state=bot._connection, data=cast(Any, me))
        bot._connection.application_id = APPLICATION
        await bot.setup_hook()
        for guild in (HOME, ELSEWHERE):
            raw.emit("GUILD_CREATE", guild_of(guild, raw.boss))
        raw.rest()
        await asyncio.sleep(0)
        yield raw
        await raw.settle()
    finally:
        AsyncWebhookAdapter.request = usual
        await bot.close()
        for name in names:
            logging.getLogger(name).removeHandler(raw.complaints)
        loop.set_exception_handler(None)
