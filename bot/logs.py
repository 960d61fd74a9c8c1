"""Log lines that a person can read, or JSON for a machine; never a token or a message's text."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from bot.trouble import is_everyday, named

TALKATIVE = ("discord.gateway", "discord.http", "discord.webhook", "aiosqlite")
"""Loggers that, when debugging, repeat whole payloads: tokens, and what people wrote."""


class _Plain(logging.Formatter):
    """Writes a record for a person to read, with a secret blotted out wherever it came from."""

    def __init__(self, secret: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        return self._blotted(super().format(record))

    def _blotted(self, text: str) -> str:
        return text.replace(self._secret, "(secret)") if self._secret else text


class _Json(_Plain):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return self._blotted(json.dumps(line, ensure_ascii=False))


def calm(record: logging.LogRecord) -> bool:
    """Make one line of warning of what the library tells with a stack trace though it is everyday; keeps all else."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and is_everyday(error):
        record.msg, record.args = f"{record.getMessage()} ({named(error)})", None
        record.exc_info = record.exc_text = None
        if record.levelno > logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def configure(level: str, *, as_json: bool, secret: str | None = None) -> None:
    """Send the log to standard error without the secret; the library speaks up from warnings on, unless debugging."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json(secret) if as_json else _Plain(secret))
    handler.addFilter(calm)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel("DEBUG" if level == "DEBUG" else "WARNING")
    for name in TALKATIVE:
        logging.getLogger(name).setLevel("INFO" if level == "DEBUG" else "WARNING")
