"""A stand-in for Discord on loopback: enough of its HTTP routes and gateway for the bot as a real process."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from tests.wire import world
from tests.wire.pace import Pace
from tests.wire.records import Open, Reply
from tests.wire.routes import PATIENCE_S, TOKEN, Routes
from tests.wire.world import CHANNEL_ID, GUILD_ID, Payload, Person


class StandIn(Routes):
    """Discord, as far as one bot in one server can tell, and the people who use it there."""

    def __init__(self, token: str = TOKEN, pace: Pace | None = None) -> None:
        super().__init__(token)
        self._pace = pace
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        paced = [self._pace.middleware()] if self._pace else []
        app = web.Application(client_max_size=30 * 1024**2, middlewares=paced)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_route("*", "/api/v10/{path:.*}", self.serve)
        self._runner = runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}/api/v10"
        self.gateway.url, self.gateway.token = f"ws://127.0.0.1:{port}/gateway", self.token

    async def stop(self) -> None:
        """Close every connection and the port."""
        await self.gateway.close(1001)
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> StandIn:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def close_gateway(self, code: int = 4000) -> None:
        """Close the bot's websocket with a code."""
        await self.gateway.close(code)
        await self.notify()

    async def slash(self, user: Person, name: str, options: Payload | None = None, /, **more: Any) -> Reply:
        """Use a slash command ("favourites add" for a subcommand) and wait for the bot's first message."""
        return await self._interact(user, 2, self._command(name, {**(options or {}), **more}, None))

    async def complete(self, user: Person, name: str, focused: str, **options: Any) -> Reply:
        """Type into one option of a slash command and wait for its choices."""
        return await self._interact(user, 4, self._command(name, options, focused))

    async def begin_complete(self, user: Person, name: str, focused: str, **options: Any) -> Open:
        """Type into one option of a slash command and wait for nothing."""
        return await self._begin(user, 4, self._command(name, options, focused))

    async def press(self, user: Person, message: Payload, custom_id: str, *values: str) -> Reply:
        """Press a button, or choose values of a select menu, and wait for what the bot does."""
        return await self._answered(await self.begin_press(user, message, custom_id, *values))

    async def begin_press(self, user: Person, message: Payload, custom_id: str, *values: str) -> Open:
        """Press a button, or choose values of a select menu, and wait for nothing."""
        for component in world.walk(message["components"]):
            if component.get("custom_id") == custom_id:
                data = {"component_type": component["type"], "custom_id": custom_id, "id": component["id"]}
                if values:
                    data["values"] = list(values)
                return await self._begin(user, 3, data, message)
        raise LookupError(f"the message has no component {custom_id!r}")

    async def submit_modal(self, user: Person, asked: Reply, **values: str) -> Reply:
        """Fill in the modal that a reply opened, by the fields' custom_ids, and send it."""
        if asked.modal is None:
            raise LookupError("the bot opened no modal")
        fields = [_filled(component, values) for component in asked.modal["components"]]
        data = {"custom_id": asked.modal["custom_id"], "components": fields}
        return await self._interact(user, 5, data, asked.message)

    def command(self, name: str) -> Payload:
        """Return a command the bot has registered, global or of the guild. Raises LookupError."""
        for registered in self.commands.values():
            for command in registered:
                if command["name"] == name and command["type"] == 1:
                    return command
        raise LookupError(f"the bot has registered no command /{name}")

    def _command(self, words: str, values: Payload, focused: str | None) -> Payload:
        name, *path = words.split()
        command = self.command(name)
        data: Payload = {"id": command["id"], "name": name, "type": 1, "options": []}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        level, known = data, command
        for part in path:
            known = next(option for option in known.get("options", ()) if option["name"] == part)
            level["options"] = [{"name": part, "type": known["type"], "options": []}]
            level = level["options"][0]
        types = {option["name"]: option["type"] for option in known.get("options", ())}
        for key, value in values.items():
            if key not in types:
                raise LookupError(f"/{words} has no option {key!r}, only {', '.join(types) or 'none'}")
            given: Payload = {"name": key, "type": types[key], "value": value}
            if key == focused:
                given["focused"] = True
            level["options"].append(given)
        return data

    async def begin_slash(self, user: Person, name: str, **options: Any) -> Open:
        """Use a slash command and wait for nothing."""
        return await self._begin(user, 2, self._command(name, options, None))

    async def _interact(self, user: Person, kind: int, data: Payload, message: Payload | None = None) -> Reply:
        return await self._answered(await self._begin(user, kind, data, message))

    async def _begin(self, user: Person, kind: int, data: Payload, message: Payload | None = None) -> Open:
        token = f"interaction-{world.snowflake()}"
        payload: Payload = {
            "id": world.snowflake(),
            "application_id": world.BOT.id,
            "type": kind,
            "token": token,
            "version": 1,
            "data": data,
            "guild_id": GUILD_ID,
            "guild": {"id": GUILD_ID, "locale": "en-US", "features": []},
            "channel_id": CHANNEL_ID,
            "channel": world.CHANNEL,
            "member": user.member(),
            "locale": user.locale,
            "guild_locale": "en-US",
            "app_permissions": world.CHANNEL["permissions"],
            "entitlements": [],
            "authorizing_integration_owners": {"0": GUILD_ID},
            "context": 0,
            "attachment_size_limit": 10 * 1024**2,
        }
        if message is not None:
            payload["message"] = message
        opened = Open(payload, Reply(), asyncio.get_running_loop().create_future())
        self.opened[token] = opened
        await self.dispatch("INTERACTION_CREATE", payload)
        return opened

    async def _answered(self, opened: Open) -> Reply:
        try:
            await asyncio.wait_for(opened.answered, PATIENCE_S)
        except TimeoutError:
            raise TimeoutError(f"no answer within {PATIENCE_S:g} s to {json.dumps(opened.payload['data'])}") from None
        return opened.reply


def _filled(component: Payload, values: dict[str, str]) -> Payload:
    """Return a modal's component as it comes back: the fields with their values, the rest by its type."""
    back: Payload = {"type": component["type"], "id": component.get("id", 0)}
    if "component" in component:
        back["component"] = _filled(component["component"], values)
    if "components" in component:
        back["components"] = [_filled(inner, values) for inner in component["components"]]
    if "custom_id" in component:
        value = values.get(component["custom_id"], component.get("value") or "")
        back["custom_id"] = component["custom_id"]
        back |= {"value": value} if component["type"] == 4 else {"values": [value] if value else []}
    return back
