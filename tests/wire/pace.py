"""Discord's rate limits, as one bucket a route and channel keeps them."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware


@dataclass(slots=True)
class Pace:
    """Lets so many reads of messages and reactions through in each window, tells how many are left, refuses more."""

    requests: int
    window_s: float
    refused: int = 0
    _windows: dict[str, tuple[float, int]] = field(default_factory=dict)

    def middleware(self) -> Middleware:
        """Return what stands before the routes."""

        @web.middleware
        async def limited(request: web.Request, handler: Handler) -> web.StreamResponse:
            route = re.match(r"/api/v10/channels/(\d+)/messages(/\d+(/reactions)?)?", request.path)
            if request.method != "GET" or route is None:
                return await handler(request)
            bucket = f"{route[1]}-{'reactions' if route[3] else 'message' if route[2] else 'history'}"
            begun, used = self._windows.get(bucket, (0.0, 0))
            now = time.monotonic()
            if now - begun >= self.window_s:
                begun, used = now, 0
            self._windows[bucket] = (begun, used + 1)
            left = max(0.0, begun + self.window_s - now)
            headers = {
                "X-RateLimit-Bucket": bucket,
                "X-RateLimit-Limit": str(self.requests),
                "X-RateLimit-Remaining": str(max(0, self.requests - used - 1)),
                "X-RateLimit-Reset-After": f"{left:.3f}",
                "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            }
            if used >= self.requests:
                self.refused += 1
                told = {"message": "You are being rate limited.", "retry_after": left, "global": False}
                headers |= {"Via": "1.1 stand-in", "Retry-After": f"{left:.3f}"}
                refusal = web.json_response(told, status=429, headers=headers)
                refusal.headers["Content-Type"] = "application/json"
                return refusal
            answer = await handler(request)
            answer.headers.update(headers)
            return answer

        return limited
