"""The HTTP routes of the stand-in: what the bot asks of Discord, and the state its answers come from."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.wire import world
from tests.wire.faults import Fault
from tests.wire.gateway import Gateway
from tests.wire.records import Call, Open
from tests.wire.world import CHANNEL_ID, EPHEMERAL, GUILD_ID, LOADING, Payload, Person

TOKEN = "MzAwMDAwMDAwMDAwMDAwMDAx.GwireX.this-token-opens-nothing-but-the-stand-in"
PATIENCE_S = 15.0
_HOLDABLE = {
    "login": "GET /users/@me$",
    "commands": "PUT .*/commands$",
    "callback": "POST /interactions/",
    "history": r"GET /channels/\d+/messages$",
}
"""Requests that can be kept waiting, by method and path."""
_WIDE = {
    "X-RateLimit-Bucket": "reactions",
    "X-RateLimit-Limit": "1000",
    "X-RateLimit-Remaining": "999",
    "X-RateLimit-Reset-After": "1.000",
    "X-RateLimit-Reset": "0",
}
"""A bucket as wide as those of many channels together, for which the one here stands."""
_ROUTES: list[tuple[str, re.Pattern[str], str]] = []

Handler = Callable[..., Awaitable[web.Response]]


def _route(method: str, path: str) -> Callable[[Handler], Handler]:
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "$")

    def register(function: Handler) -> Handler:
        _ROUTES.append((method, pattern, function.__name__))
        return function

    return register


def _json(payload: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    plain = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(payload).encode(), status=status, headers=plain)


def _error(status: int, code: int, text: str) -> web.Response:
    return _json({"message": text, "code": code}, status)


class Routes:
    """Discord's side of the HTTP routes, beside the gateway that tells what they changed."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.messages: dict[str, Payload] = {}
        self.commands: dict[str | None, list[Payload]] = {}
        """By guild; those under None are global."""
        self.reactions: dict[str, dict[str, dict[str, int]]] = {}
        """By message and emoji: who reacted, and with what type (1 is a burst)."""
        self.holding: set[str] = set()
        """What keeps the bot waiting at this moment, by the names of `hold`."""
        self._held: dict[str, float | None] = {}
        self.gateway = Gateway(self.notify, self.pause)
        self.opened: dict[str, Open] = {}
        self._condition = asyncio.Condition()

    async def notify(self) -> None:
        """Let those who wait in `until` look again."""
        async with self._condition:
            self._condition.notify_all()

    async def until(self, holds: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until something holds; looked at after each request, gateway payload and dispatch."""
        try:
            async with asyncio.timeout(patience_s), self._condition:
                await self._condition.wait_for(holds)
        except TimeoutError:
            recent = "\n".join(f"  {call.method} {call.path}" for call in self.calls[-12:])
            raise TimeoutError(f"{what}: not within {patience_s:g} s; latest requests:\n{recent}") from None

    def hold(self, what: str, seconds: float | None = None) -> None:
        """Keep the bot waiting for a request of _HOLDABLE, for "hello" or "identify"; for ever, if unsaid."""
        self._held[what] = seconds

    async def pause(self, what: str) -> None:
        """Wait where `hold` said so."""
        if what in self._held:
            self.holding.add(what)
            try:
                await self.notify()
                await asyncio.wait_for(asyncio.Event().wait(), self._held[what])
            except TimeoutError:
                self._held.pop(what, None)
            finally:
                self.holding.discard(what)

    async def dispatch(self, event: str, data: Payload) -> None:
        """Send an event to the bot, or keep it for its resume."""
        if self.gateway.session is not None:
            await self.gateway.session.dispatch(event, data)
        await self.notify()

    async def react(self, user: Person, message: Payload, emoji: str, *, burst: bool = False) -> None:
        """Add somebody's reaction to a message."""
        by_user = self.reactions.setdefault(message["id"], {}).setdefault(emoji, {})
        by_user[user.id] = int(burst)
        await self.dispatch("MESSAGE_REACTION_ADD", self._reaction(user, message, emoji, int(burst)))

    async def unreact(self, user: Person, message: Payload, emoji: str) -> None:
        """Take somebody's reaction from a message."""
        kind = self.reactions.get(message["id"], {}).get(emoji, {}).pop(user.id, 0)
        await self.dispatch("MESSAGE_REACTION_REMOVE", self._reaction(user, message, emoji, kind))

    def _reaction(self, user: Person, message: Payload, emoji: str, kind: int) -> Payload:
        return {
            "user_id": user.id,
            "channel_id": message["channel_id"],
            "message_id": message["id"],
            "guild_id": GUILD_ID,
            "member": user.member(),
            "emoji": {"id": None, "name": emoji},
            "message_author_id": message["author"]["id"],
            "burst": bool(kind),
            "type": kind,
        }

    async def serve(self, request: web.Request) -> web.Response:
        """Record a request and answer it."""
        path = request.raw_path.partition("?")[0].removeprefix("/api/v10")
        authorization = request.headers.get("Authorization")
        call = Call(request.method, path, dict(request.query), await _body(request), authorization)
        self.calls.append(call)
        for what, pattern in _HOLDABLE.items():
            if re.match(pattern, f"{call.method} {path}"):
                await self.pause(what)
        fault = next((fault for fault in self.faults if fault.strikes(call.method, call.path)), None)
        response = await self._answer(call) if fault is None or fault.though_done else None
        if fault is not None:
            response = await fault.answer(request)
        await self.notify()
        return response or web.Response(status=500)

    async def _answer(self, call: Call) -> web.Response:
        if not re.match("/(interactions|webhooks)/", call.path) and call.token != f"Bot {self.token}":
            return _error(401, 0, "401: Unauthorized")
        for method, pattern, name in _ROUTES:
            if method == call.method and (match := pattern.match(call.path)):
                return await getattr(self, name)(call, **match.groupdict())
        return _error(404, 0, "404: Not Found")

    @_route("GET", "/users/@me")
    async def _me(self, _: Call) -> web.Response:
        return _json(world.BOT.user())

    @_route("GET", "(/oauth2)?/applications/@me")
    async def _application(self, _: Call) -> web.Response:
        return _json(world.application())

    @_route("GET", "/gateway(/bot)?")
    async def _gateway(self, _: Call) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 1000, "max_concurrency": 1}
        return _json({"url": self.gateway.url, "shards": 1, "session_start_limit": limit})

    @_route("GET", "/applications/{app}(/guilds/(?P<guild>[^/]+))?/commands")
    async def _list_commands(self, _: Call, app: str, guild: str | None = None) -> web.Response:
        return _json(self.commands.get(guild, []))

    @_route("PUT", "/applications/{app}(/guilds/(?P<guild>[^/]+))?/commands")
    async def _put_commands(self, call: Call, app: str, guild: str | None = None) -> web.Response:
        extra: Payload = {"application_id": app} | ({"guild_id": guild} if guild else {})
        self.commands[guild] = [
            {"type": 1, "description": "", "options": [], "default_member_permissions": None, "nsfw": False}
            | {"dm_permission": True, "version": world.snowflake(), "id": world.snowflake()}
            | {key: value for key, value in command.items() if value is not None}
            | extra
            for command in call.body
        ]
        return _json(self.commands[guild])

    @_route("POST", "/interactions/{id}/{token}/callback")
    async def _callback(self, call: Call, id: str, token: str) -> web.Response:
        opened = self.opened.get(token)
        if opened is None or opened.payload["id"] != id:
            return _error(404, 10062, "Unknown interaction")
        reply, body = opened.reply, call.body.get("data") or {}
        if reply.kind:
            return _error(400, 40060, "Interaction has already been acknowledged.")
        reply.kind = kind = call.body["type"]
        if kind in {4, 5}:
            if kind == 5:
                body = {**body, "flags": body.get("flags", 0) | LOADING}
            reply.message = await self._post(CHANNEL_ID, body, opened.payload)
        elif kind in {6, 7}:
            reply.message = await self._edit(opened.payload["message"], body)
        elif kind == 8:
            reply.choices = body["choices"]
        elif kind == 9:
            reply.modal, reply.message = body, opened.payload.get("message")
        if kind not in {5, 6}:
            opened.answer()
        interaction: Payload = {"id": id, "type": opened.payload["type"]}
        shown: Payload = {"interaction": interaction}
        if kind in {4, 5, 7} and reply.message is not None:
            interaction["response_message_id"] = reply.message["id"]
            interaction["response_message_loading"] = kind == 5
            interaction["response_message_ephemeral"] = reply.ephemeral
            shown["resource"] = {"type": kind, "message": reply.message}
        return _json(shown) if call.query.get("with_response") in {"1", "true"} else web.Response(status=204)

    @_route("POST", "/webhooks/{app}/{token}")
    async def _follow_up(self, call: Call, app: str, token: str) -> web.Response:
        opened = self.opened.get(token)
        if opened is None:
            return _error(404, 10015, "Unknown Webhook")
        original = opened.reply.message
        if opened.reply.kind == 5 and original is not None and original["flags"] & LOADING:
            return await self._edit_reply(call, app, token, "@original")
        sent = await self._post(CHANNEL_ID, call.body, opened.payload)
        opened.reply.followups.append(sent)
        opened.answer()
        return _json(sent)

    @_route("PATCH", "/webhooks/{app}/{token}/messages/{id}")
    async def _edit_reply(self, call: Call, app: str, token: str, id: str) -> web.Response:
        message = self._replied(token, id)
        if message is None:
            return _error(404, 10008, "Unknown Message")
        kept = message["flags"] & ~LOADING
        await self._edit(message, {**call.body, "flags": kept | (call.body.get("flags") or 0)})
        self.opened[token].answer()
        return _json(message)

    @_route("GET", "/webhooks/{app}/{token}/messages/{id}")
    async def _get_reply(self, _: Call, app: str, token: str, id: str) -> web.Response:
        message = self._replied(token, id)
        return _error(404, 10008, "Unknown Message") if message is None else _json(message)

    @_route("DELETE", "/webhooks/{app}/{token}/messages/{id}")
    async def _delete_reply(self, _: Call, app: str, token: str, id: str) -> web.Response:
        message = self._replied(token, id)
        return _error(404, 10008, "Unknown Message") if message is None else await self._delete(message)

    def _replied(self, token: str, id: str) -> Payload | None:
        opened = self.opened.get(token)
        if opened is None:
            return None
        if id != "@original":
            return self.messages.get(id)
        return opened.reply.message and self.messages.get(opened.reply.message["id"])

    @_route("POST", "/users/@me/channels")
    async def _dm(self, call: Call) -> web.Response:
        return _json(world.dm_channel(world.PEOPLE[str(call.body["recipient_id"])]))

    @_route("GET", "/channels/{channel}")
    async def _channel(self, _: Call, channel: str) -> web.Response:
        return _json(world.CHANNEL) if channel == CHANNEL_ID else _error(404, 10003, "Unknown Channel")

    @_route("POST", "/channels/{channel}/messages")
    async def _send(self, call: Call, channel: str) -> web.Response:
        return _json(await self._post(channel, call.body))

    @_route("GET", "/channels/{channel}/messages/{id}")
    async def _get(self, _: Call, channel: str, id: str) -> web.Response:
        message = self.messages.get(id)
        return _error(404, 10008, "Unknown Message") if message is None else _json(self._counted(message))

    @_route("GET", "/channels/{channel}/messages")
    async def _history(self, call: Call, channel: str) -> web.Response:
        limit, before = int(call.query.get("limit", 50)), int(call.query.get("before", 1 << 63))
        there = [one for one in self.messages.values() if one["channel_id"] == channel and int(one["id"]) < before]
        newest = sorted(there, key=lambda one: int(one["id"]), reverse=True)[:limit]
        return _json([self._counted(one) for one in newest if not one["flags"] & EPHEMERAL])

    def _counted(self, message: Payload) -> Payload:
        """Return a message with its reactions, as it is fetched."""
        under = self.reactions.get(message["id"], {})
        return {**message, "reactions": [world.counted(emoji, by_user) for emoji, by_user in under.items() if by_user]}

    @_route("PATCH", "/channels/{channel}/messages/{id}")
    async def _patch(self, call: Call, channel: str, id: str) -> web.Response:
        message = self.messages.get(id)
        if message is None:
            return _error(404, 10008, "Unknown Message")
        return _json(await self._edit(message, call.body))

    @_route("DELETE", "/channels/{channel}/messages/{id}")
    async def _remove(self, _: Call, channel: str, id: str) -> web.Response:
        message = self.messages.get(id)
        return _error(404, 10008, "Unknown Message") if message is None else await self._delete(message)

    @_route("PUT", "/channels/{channel}/messages/{id}/reactions/{emoji}/@me")
    async def _add_reaction(self, _: Call, channel: str, id: str, emoji: str) -> web.Response:
        return await self._seed(id, emoji, self.react)

    @_route("DELETE", "/channels/{channel}/messages/{id}/reactions/{emoji}/@me")
    async def _drop_reaction(self, _: Call, channel: str, id: str, emoji: str) -> web.Response:
        return await self._seed(id, emoji, self.unreact)

    @_route("GET", "/channels/{channel}/messages/{id}/reactions/{emoji}")
    async def _reactors(self, call: Call, channel: str, id: str, emoji: str) -> web.Response:
        limit, after = int(call.query.get("limit", 25)), int(call.query.get("after", 0))
        kind = int(call.query.get("type", 0))
        by_user = self.reactions.get(id, {}).get(unquote(emoji), {})
        ids = sorted((user for user, of in by_user.items() if of == kind and int(user) > after), key=int)
        people = (world.PEOPLE.get(user, Person(user, f"reader{user}")) for user in ids[:limit])
        return _json([person.user() for person in people])

    async def _seed(self, id: str, emoji: str, act: Callable[..., Awaitable[None]]) -> web.Response:
        message = self.messages.get(id)
        if message is None:
            return _error(404, 10008, "Unknown Message")
        await act(world.BOT, message, unquote(emoji))
        return web.Response(status=204, headers=_WIDE)

    async def _post(self, channel: str, body: Payload, interaction: Payload | None = None) -> Payload:
        message = world.message(channel, body, interaction)
        self.messages[message["id"]] = message
        await self._tell("MESSAGE_CREATE", message)
        return message

    async def _edit(self, message: Payload, body: Payload) -> Payload:
        world.revise(message, body)
        if body:
            message["edited_timestamp"] = datetime.now(UTC).isoformat()
            await self._tell("MESSAGE_UPDATE", message)
        return message

    async def _delete(self, message: Payload) -> web.Response:
        del self.messages[message["id"]]
        await self._tell("MESSAGE_DELETE", message)
        return web.Response(status=204)

    async def _tell(self, event: str, message: Payload) -> None:
        if message["channel_id"] == CHANNEL_ID and not message["flags"] & EPHEMERAL:
            if event == "MESSAGE_DELETE":
                message = {"id": message["id"], "channel_id": CHANNEL_ID}
            await self.dispatch(event, {**message, "guild_id": GUILD_ID})


async def _body(request: web.Request) -> Any:
    if request.content_type == "application/json":
        text = await request.text()
        return json.loads(text) if text else None
    if request.content_type == "multipart/form-data":
        form = await request.post()
        told = form.get("payload_json")
        return json.loads(told) if isinstance(told, str) else {}
    return None
