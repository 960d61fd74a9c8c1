"""What can be wrong with Discord's answers: limits, failures, refusals, broken connections, silence."""

from __future__ import annotations

import asyncio
import json
import math
import re
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

_SILENCE_S = 30.0
"""How long a request stays unanswered before the stand-in gives up, too."""


@dataclass(slots=True)
class Fault:
    """An answer that some requests get instead of theirs."""

    method: str
    path: str
    """A regular expression, searched for in the path."""
    status: int = 500
    code: int = 0
    """Discord's own code, in the answer's body."""
    times: float = 1
    """How many requests it strikes; `ALWAYS` for a while that the test ends."""
    retry_after_s: float = 0.1
    whole_bot: bool = False
    """A rate limit of the whole bot rather than of one route."""
    kind: Literal["answer", "reset", "silence"] = "answer"
    though_done: bool = False
    """What was asked is done all the same, and only its answer is lost."""
    struck: int = 0
    """How many requests it has struck."""

    def strikes(self, method: str, path: str) -> bool:
        """Tell whether it strikes this request, and count it."""
        if self.struck >= self.times or self.method != method or not re.search(self.path, path):
            return False
        self.struck += 1
        return True

    async def answer(self, request: web.Request) -> web.Response:
        """Give the answer, or break the connection, or keep silent."""
        if self.kind == "reset" and request.transport is not None:
            request.transport.abort()
        if self.kind == "silence":
            await asyncio.sleep(_SILENCE_S)
        body: dict[str, object] = {"message": f"{self.status}: as the test wishes", "code": self.code}
        headers = {"Content-Type": "application/json"}
        if self.status == 429:
            wait = f"{self.retry_after_s:g}"
            scope = "global" if self.whole_bot else "user"
            headers |= {"Via": "1.1 stand-in", "Retry-After": wait, "X-RateLimit-Scope": scope}
            headers |= {"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": wait}
            if self.whole_bot:
                headers["X-RateLimit-Global"] = "true"
            body |= {"message": "You are being rate limited.", "retry_after": self.retry_after_s}
            body["global"] = self.whole_bot
        return web.Response(body=json.dumps(body).encode(), status=self.status, headers=headers)


ALWAYS = math.inf
CALLBACK = "/interactions/.+/callback$"
FOLLOW_UP = "^/webhooks/[^/]+/[^/]+$"
REACTION = "/reactions/.+/@me$"
EDIT = "^/channels/[^/]+/messages/[^/]+$"
