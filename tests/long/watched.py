"""The bot with a watch on its event loop: `python -m tests.long.watched REPORT`, told to end, writes who held it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.commandline import serving
from tests.flow.holds import Holds, watching


def main() -> int:
    """Run the bot as `python -m bot run` does, on asyncio's loop, since uvloop's cannot be watched."""
    holds = Holds()
    serving._fastest_loop = lambda: None
    try:
        with watching(holds, everybody=True):
            return serving.run()
    finally:
        report = [holds.longest, holds.over, holds.total, holds.collecting]
        Path(sys.argv[1]).write_text(json.dumps(report), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
