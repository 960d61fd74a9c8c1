"""Gets answers to Discord within the three seconds it waits for them, through a bad connection too."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Sequence
from typing import Any, Final

import aiohttp
import discord
from discord.http import Route, json_or_text
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot import limits
from bot.layout import laid_out
from bot.locale import texts_for
from bot.trouble import ALREADY_ACKNOWLEDGED, LOST, OUTAGE, is_too_large, named

log = logging.getLogger(__name__)

_PATIENCE_S: Final = 2.6
"""Seconds after which a first answer is no longer tried: Discord forgets the interaction after three."""
_ATTEMPT_S: Final = 1.2
"""Seconds one try of a first answer may take."""
_PAUSE_S: Final = 0.25
"""Seconds between tries of a first answer."""
_LATE_S: Final = 1.2
"""Seconds after which somebody who waits for slow work is told that it is under way."""
_DEFERRED: Final = "deferred"
"""Where an interaction notes that its reader already looks at a private "thinking"."""
_PROMISE: Final = "promise"
"""Where an interaction keeps the timer of its deferral."""
_TRIES: Final = 3
"""Tries of what may be asked twice, such as an edit, when the connection breaks."""
_JSON: Final = {"Content-Type": "application/json"}
_REFUSALS: Final = {403: discord.Forbidden, 404: discord.NotFound}


class _FirstAnswer:
    """A first answer on its way: sent again at once, for as long as it can arrive."""

    def __init__(self, route: Route, session: aiohttp.ClientSession, asked: dict[str, Any]) -> None:
        self._route, self._session = route, session
        self._proxy, self._proxy_auth, self._params = asked["proxy"], asked["proxy_auth"], asked["params"]
        self._body = json.dumps(asked["payload"], separators=(",", ":"))
        self._until = asyncio.get_running_loop().time() + _PATIENCE_S
        self.lost = False
        """Whether an answer may have arrived without our hearing of it."""

    async def send(self) -> Any:
        """Send it until Discord answers. Raises Discord's refusal, and its last failure when time is up."""
        while True:
            try:
                return await self._try()
            except (discord.DiscordServerError, *LOST):
                self.lost = True
                if not self._lasts(_PAUSE_S):
                    raise
                await asyncio.sleep(_PAUSE_S)
            except discord.RateLimited as limited:
                if not self._lasts(limited.retry_after):
                    raise
                await asyncio.sleep(limited.retry_after)

    def _lasts(self, seconds: float) -> bool:
        return asyncio.get_running_loop().time() + seconds < self._until

    async def _try(self) -> Any:
        left = max(0.1, min(_ATTEMPT_S, self._until - asyncio.get_running_loop().time()))
        async with self._session.request(
            self._route.method,
            self._route.url,
            data=self._body,
            headers=_JSON,
            params=self._params,
            proxy=self._proxy,
            proxy_auth=self._proxy_auth,
            timeout=aiohttp.ClientTimeout(total=left),
        ) as response:
            told = await json_or_text(response)
        if response.status < 300:
            return told
        if response.status == 429 and isinstance(told, dict):
            raise discord.RateLimited(float(told["retry_after"]))
        refusal = discord.DiscordServerError if response.status >= 500 else _REFUSALS.get(response.status)
        raise (refusal or discord.HTTPException)(response, told)


class Delivery(AsyncWebhookAdapter):
    """How answers are sent: the first one briskly, edits again when the connection breaks, never twice the same."""

    def __init__(self, bot: discord.Client) -> None:
        super().__init__()
        self._bot = bot
        self._under_way: set[int] = set()

    def is_answering(self, interaction: int) -> bool:
        """Tell whether a first answer to this interaction is on its way."""
        return interaction in self._under_way

    async def request(self, route: Route, session: aiohttp.ClientSession, **asked: Any) -> Any:
        """Send one request of an interaction. Raises what discord.py raises, and what the connection does."""
        if route.path.startswith("/interactions/"):
            return await self._first_answer(route, session, asked)
        tries = _TRIES if route.method in {"GET", "PATCH", "DELETE"} else 1
        for attempt in range(1, tries):
            try:
                return await super().request(route, session, **asked)
            except LOST as error:
                log.info("Discord was not reached (%s); asking again", named(error))
                await asyncio.sleep(attempt)
        return await super().request(route, session, **asked)

    async def _first_answer(self, route: Route, session: aiohttp.ClientSession, asked: dict[str, Any]) -> Any:
        """Send a first answer; of what Discord tells of it only the ids are kept, nobody reads the message again."""
        id = int(route.webhook_id or 0)
        if asked.get("multipart"):
            return await super().request(route, session, **asked)
        first = _FirstAnswer(route, session, asked)
        self._under_way.add(id)
        try:
            told = await first.send()
            return {"interaction": told["interaction"]} if told else told
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED or not first.lost:
                raise
            return await self._arrived(route, session, asked)
        finally:
            self._under_way.discard(id)

    async def _arrived(self, route: Route, session: aiohttp.ClientSession, asked: dict[str, Any]) -> Any:
        """Tell of an answer that arrived although nobody said so, as if somebody had."""
        kind = (asked.get("payload") or {}).get("type", 0)
        told: dict[str, Any] = {"interaction": {"id": str(route.webhook_id), "type": kind}}
        if kind == discord.InteractionResponseType.channel_message.value:
            message = await self.get_original_interaction_response(
                self._bot.application_id or 0, route.webhook_token or "", session=session
            )
            told["interaction"]["response_message_id"] = message["id"]
        return told


def deliver_through(bot: discord.Client) -> None:
    """Send this bot's answers by Delivery, in this task and those it starts."""
    async_context.set(Delivery(bot))


async def answer(
    interaction: discord.Interaction,
    view: discord.ui.LayoutView,
    *,
    private: bool,
    files: Sequence[discord.File] = (),
) -> int:
    """Send a new message as the answer, deferred or not, and return its id; one too large goes as a file."""
    try:
        return await _send(interaction, view, private, files)
    except discord.HTTPException as error:
        if not is_too_large(error):
            raise
        log.warning("An answer went as a file, since Discord refused it: %s", named(error))
        return await _send(interaction, *_as_file(interaction, view, private))
    finally:
        keep(interaction)


async def _send(
    interaction: discord.Interaction, view: discord.ui.LayoutView, private: bool, files: Sequence[discord.File]
) -> int:
    view.stop()  # its controls find their way without it, so the library need not keep it
    if not interaction.response.is_done():
        try:
            sent = await interaction.response.send_message(view=view, ephemeral=private, files=list(files))
        except discord.InteractionResponded:
            log.debug("Interaction %s was deferred meanwhile", interaction.id)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
        else:
            return sent.message_id or 0
    if interaction.extras.pop(_DEFERRED, False) and not private:
        await interaction.edit_original_response(
            view=laid_out(discord.ui.TextDisplay(texts_for(interaction.locale)("reply.late")))
        )
    message = await interaction.followup.send(view=view, ephemeral=private, files=list(files), wait=True)
    return message.id


def _as_file(
    interaction: discord.Interaction, view: discord.ui.LayoutView, private: bool
) -> tuple[discord.ui.LayoutView, bool, list[discord.File]]:
    words = [str(component["content"]) for component in limits.walk(view.to_components()) if "content" in component]
    file = discord.File(io.BytesIO("\n\n".join(words).encode()), "answer.md")
    note = laid_out(discord.ui.TextDisplay(texts_for(interaction.locale)("reply.as-file")))
    note.add_item(discord.ui.File(file))
    return note, private, [file]


def promise(interaction: discord.Interaction) -> None:
    """Tell Discord in time that an answer will come, should the work take long."""
    loop = asyncio.get_running_loop()
    interaction.extras[_PROMISE] = loop.call_later(_LATE_S, lambda: _keep_waiting(interaction))


def keep(interaction: discord.Interaction) -> None:
    """Have no more promised, since there is an answer or nothing to wait for."""
    promised = interaction.extras.pop(_PROMISE, None)
    if promised is not None:
        promised.cancel()


_promising: set[asyncio.Task[None]] = set()


def _keep_waiting(interaction: discord.Interaction) -> None:
    adapter = async_context.get()
    under_way = isinstance(adapter, Delivery) and adapter.is_answering(interaction.id)
    if not interaction.response.is_done() and not under_way:
        task = asyncio.create_task(_defer(interaction), name=f"defer {interaction.id}")
        _promising.add(task)
        task.add_done_callback(_promising.discard)


async def _defer(interaction: discord.Interaction) -> None:
    """Defer privately: what comes late may be for the reader alone, and a deferral cannot change its mind."""
    thinking = interaction.message is None
    try:
        await interaction.response.defer(ephemeral=thinking, thinking=thinking)
        interaction.extras[_DEFERRED] = thinking
    except (*OUTAGE, discord.InteractionResponded) as error:
        log.info("Interaction %s could not be deferred: %s", interaction.id, named(error))
