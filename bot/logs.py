"""Log lines that a person can read, or JSON for a machine; never a token or a message's text."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from bot.trouble import is_everyday, named


class _Json(logging.Formatter):
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
        return json.dumps(line, ensure_ascii=False)


def calm(record: logging.LogRecord) -> bool:
    """Make one line of warning of what the library tells with a stack trace though it is everyday; keeps all else."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and is_everyday(error):
        record.msg, record.args = f"{record.getMessage()} ({named(error)})", None
        record.exc_info = record.exc_text = None
        if record.levelno > logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def configure(level: str, *, as_json: bool) -> None:
    """Send the log to standard error; the library speaks up from warnings on, unless debugging."""
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
    handler.setFormatter(_Json() if as_json else plain)
    handler.addFilter(calm)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel("DEBUG" if level == "DEBUG" else "WARNING")
