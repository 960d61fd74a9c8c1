"""`backup` and `restore` as an operator types them, beside the bot as a process."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.wire.process import BotProcess
from tests.wire.standin import StandIn
from tests.wire.world import KOREAN, READER

SONG = "goblin-stay-with-me"


async def typed(bot: BotProcess, *words: str) -> tuple[int | None, str]:
    """Run a command in the bot's folder, with the bot's settings; return its exit code and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=bot.database.parent,
        env=bot.environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    return process.returncode, told.decode()


async def test_a_copy_made_beside_the_running_bot_is_restored_when_it_has_stopped(tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.sqlite3")
    async with StandIn() as standin, BotProcess(standin, tmp_path) as bot:
        await bot.start()
        saved = await standin.slash(READER, "favourites add", song=SONG)
        made = await typed(bot, "backup", copy)
        again = await typed(bot, "backup", copy)
        await standin.slash(KOREAN, "favourites add", song=SONG)
        too_early = await typed(bot, "restore", copy)
        bot.terminate()
        assert await bot.ended(within_s=5.0) == 0

        restored = await typed(bot, "restore", copy)
        await bot.start()
        card = await standin.slash(READER, "song", song=SONG)

    assert saved.text.startswith("Saved")
    assert made[0] == 0
    assert made[1].startswith(f"{copy}: 1 favourites and 0 comments in ")
    assert made[1].endswith("checked and whole.\n")
    assert again[0] == 2
    assert "--overwrite" in again[1]
    assert too_early[0] == 1
    assert "in use by another Noraebot" in too_early[1]
    assert restored[0] == 0
    assert "What was there before is kept as" in restored[1]
    assert "Loved by 1 person here" in card.text
