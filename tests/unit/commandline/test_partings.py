"""What the operator reads when Discord and the bot part, and the exit code."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import aiohttp
import discord
import pytest

from bot.commandline.exits import FAILED, MISUSED
from bot.commandline.partings import parting

_DOTENV = Path("somewhere/.env")


def closed(code: int) -> discord.ConnectionClosed:
    return discord.ConnectionClosed(Mock(spec=aiohttp.ClientWebSocketResponse), shard_id=0, code=code)


@pytest.mark.parametrize(
    ("error", "words", "code"),
    [
        (discord.LoginFailure("Improper token has been passed."), "DISCORD_TOKEN", MISUSED),
        (closed(4004), "DISCORD_TOKEN", MISUSED),
        (closed(4013), "intents", MISUSED),
        (closed(4014), "intents", MISUSED),
        (discord.PrivilegedIntentsRequired(0), "intents", MISUSED),
        (closed(4010), "shard", FAILED),
        (closed(4011), "shards", FAILED),
        (closed(4012), "Update discord.py", FAILED),
        (aiohttp.ServerDisconnectedError(), "could not be reached", FAILED),
        (TimeoutError(), "could not be reached", FAILED),
        (discord.GatewayNotFound(), "could not be reached", FAILED),
    ],
)
def test_each_parting_has_a_sentence_and_a_code(error: Exception, words: str, code: int) -> None:
    told = parting(error, _DOTENV)

    assert told is not None
    sentence, exit_code = told
    assert words in sentence
    assert "Traceback" not in sentence
    assert exit_code == code


def test_a_token_is_to_be_put_where_it_is_read() -> None:
    told = parting(discord.LoginFailure(), _DOTENV)

    assert told is not None
    assert str(_DOTENV) in told[0]


def test_a_mistake_of_ours_is_no_parting() -> None:
    assert parting(KeyError("songs"), _DOTENV) is None
