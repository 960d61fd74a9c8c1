"""The gateway websocket of the stand-in: sessions that outlive their connections, replayed on RESUME."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.wire import world
from tests.wire.world import Payload


class Connection:
    """One open websocket, speaking as its query asked: zlib-stream, or plain text for anything else."""

    def __init__(self, socket: web.WebSocketResponse, compress: str | None) -> None:
        self.socket = socket
        self.mute = False
        """Whether nothing that is sent arrives, and nobody is told so."""
        self._zlib = zlib.compressobj() if compress == "zlib-stream" else None

    async def send(self, payload: Payload) -> None:
        """Send one payload; on a connection that has gone, nothing."""
        text = json.dumps(payload)
        if self.socket.closed or self.mute:
            return
        try:
            if self._zlib is None:
                await self.socket.send_str(text)
            else:
                packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(packed)
        except ConnectionError:
            return


_INTENTS = {"MESSAGE_CREATE": 1 << 9, "MESSAGE_UPDATE": 1 << 9, "MESSAGE_DELETE": 1 << 9}
"""The intent without which a server's event is not sent (GUILD_MESSAGES)."""


@dataclass(slots=True)
class Session:
    """One identified session: what was dispatched to it, and the connection it has at present."""

    id: str
    connection: Connection | None
    shard: list[int]
    intents: int
    log: list[Payload] = field(default_factory=list)

    async def dispatch(self, event: str, data: Payload) -> None:
        """Number an event it asked to hear, keep it for a resume, and send it when somebody is connected."""
        if not self.intents & _INTENTS.get(event, self.intents):
            return
        payload: Payload = {"op": 0, "t": event, "s": len(self.log) + 1, "d": data}
        self.log.append(payload)
        if self.connection is not None:
            await self.connection.send(payload)


class Gateway:
    """What speaks the gateway's side: HELLO, IDENTIFY, RESUME, heartbeats and member requests."""

    def __init__(self, changed: Callable[[], Awaitable[None]], pause: Callable[[str], Awaitable[None]]) -> None:
        self.url = ""
        self.token = ""
        self.identified = 0
        """How often a session was begun anew."""
        self.resumed = 0
        """How often a session was resumed."""
        self.heartbeats = 0
        self.repeat = 0
        """How many events, already received, a resume sends once more."""
        self.deaf = False
        """Whether a connection that is closed by the other side is left hanging, without a goodbye."""
        self.heartbeat_ms = 10_000
        """How often a new connection is asked to show that it lives."""
        self.refusal: int | None = None
        """The code with which who identifies is turned away."""
        self.more_guilds = 0
        """How many servers the bot is in besides the one where something happens."""
        self.session: Session | None = None
        self._pause = pause
        self._sockets: set[web.WebSocketResponse] = set()
        self._changed = changed

    @property
    def connected(self) -> bool:
        """Whether a session has somebody listening."""
        return self.session is not None and self.session.connection is not None

    async def close(self, code: int) -> None:
        """Close every connection with a code; sessions stay and can be resumed."""
        if self.session is not None:
            self.session.connection = None
        for socket in tuple(self._sockets):
            await socket.close(code=code)

    def fall_silent(self) -> None:
        """Let the connection there is look open while neither events nor heartbeats' answers come through it."""
        if self.session is not None and self.session.connection is not None:
            self.session.connection.mute = True

    async def ask_to_reconnect(self) -> None:
        """Ask the bot to come again and resume (op 7)."""
        await self._tell({"op": 7, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Call the session invalid (op 9); one that is not resumable is forgotten."""
        await self._tell({"op": 9, "d": resumable})
        if not resumable:
            self.session = None

    async def _tell(self, payload: Payload) -> None:
        if self.session is not None and self.session.connection is not None:
            await self.session.connection.send(payload)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket until it closes."""
        socket = web.WebSocketResponse(autoclose=False)
        await socket.prepare(request)
        self._sockets.add(socket)
        connection = Connection(socket, request.query.get("compress"))
        try:
            await self._pause("hello")
            await connection.send({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}})
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(connection, json.loads(frame.data))
                    await self._changed()
            if self.deaf:
                await asyncio.Event().wait()
            await socket.close()
        finally:
            self._sockets.discard(socket)
            if self.session is not None and self.session.connection is connection:
                self.session.connection = None
            await self._changed()
        return socket

    async def _receive(self, connection: Connection, payload: Payload) -> None:
        match payload["op"]:
            case 1:
                self.heartbeats += 1
                await connection.send({"op": 11})
            case 2:
                await self._identify(connection, payload["d"])
            case 6:
                await self._resume(connection, payload["d"])
            case 8:
                await self._members(payload["d"])

    async def _identify(self, connection: Connection, identity: Payload) -> None:
        refusal = 4004 if identity["token"] != self.token else self.refusal
        if refusal is not None:
            await connection.socket.close(code=refusal)
            return
        await self._pause("identify")
        shard, intents = identity.get("shard", [0, 1]), identity["intents"]
        session = self.session = Session(world.snowflake(), connection, shard, intents)
        await self.greet(session)
        self.identified += 1

    async def greet(self, session: Session) -> None:
        """Tell a session who it is and which server it is in; told twice, it is no other session."""
        guilds = [world.guild(), *(world.another_guild(number) for number in range(self.more_guilds))]
        ready: Payload = {
            "v": 10,
            "user": world.BOT.user(),
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": session.shard,
            "application": {"id": world.BOT.id, "flags": 0},
        }
        await session.dispatch("READY", ready)
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", guild)

    async def _resume(self, connection: Connection, wanted: Payload) -> None:
        session = self.session
        if session is None or session.id != wanted["session_id"] or wanted["token"] != self.token:
            await connection.send({"op": 9, "d": False})
            return
        for payload in session.log[max(0, wanted["seq"] - self.repeat) :]:
            await connection.send(payload)
        session.connection = connection
        await session.dispatch("RESUMED", {})
        self.resumed += 1

    async def _members(self, wanted: Payload) -> None:
        if self.session is not None:
            ids = wanted.get("user_ids") or list(world.PEOPLE)
            ids = [ids] if isinstance(ids, str) else ids
            chunk: Payload = {
                "guild_id": world.GUILD_ID,
                "members": [world.PEOPLE[id].member() for id in ids if id in world.PEOPLE],
                "not_found": [id for id in ids if id not in world.PEOPLE],
                "chunk_index": 0,
                "chunk_count": 1,
                "nonce": wanted.get("nonce"),
            }
            await self.session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
