"""Hearts given and taken back while the bot was away, on the wire: every one of them is found, and nothing else.

The bot is a real process, killed once in the middle; the stand-in keeps rate limits and fails now and then.
"""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.catalogue.loader import load
from bot.store import Card, Reaction, Store
from bot.ui.hearts import plain
from bot.ui.showing import ONE_SONG
from tests.long.gateway import HEARTBEAT_MS
from tests.long.proof import Proof
from tests.wire import world
from tests.wire.faults import Fault
from tests.wire.pace import Pace
from tests.wire.process import BotProcess
from tests.wire.standin import StandIn

SHORT, ROUNDS = 20, 500
"""Cards."""
CHANGES = 40
"""Hearts changed under each card while the bot is away, on average: 20,000 under 500."""

_SEED = "❤️"
_HEARTS = (_SEED, _SEED, "💜", "🫶", "👍")
"""What is given; the last is no vote."""
_CROWD = 300
_PATIENCE_S = 3_000.0
_SWAPS = 0.1
"""Part of the cards whose changes leave every count as it was."""

Mark = tuple[int, int, str, int]
"""Message, person, plain emoji, burst."""


@dataclass(slots=True)
class _Field:
    """The cards and what is under them."""

    standin: StandIn
    chance: random.Random
    cards: list[Card] = field(default_factory=list)
    heard: set[Mark] = field(default_factory=set)
    """Marks the bot had before it went away."""
    withdrawn: set[Mark] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    unheard: set[int] = field(default_factory=set)
    """Cards cleared or deleted by others: their votes stay as they were."""

    def person(self) -> str:
        """Return somebody."""
        return str(500000000000000000 + self.chance.randrange(_CROWD))

    def under(self, card: Card) -> dict[str, dict[str, int]]:
        """Return the reactions under a card."""
        return self.standin.reactions.setdefault(str(card.message), {})

    def marks(self, card: Card) -> set[Mark]:
        """Return what counts as votes under a card, as Discord has it."""
        robots = {world.ROBOT.id, world.BOT.id}
        return {
            (card.message, int(user), plain(emoji), burst)
            for emoji, by_user in self.under(card).items()
            for user, burst in by_user.items()
            if user not in robots and emoji != "👍"
        }

    def change(self, card: Card) -> None:
        """Give or take back one heart."""
        by_user = self.under(card).setdefault(self.chance.choice(_HEARTS), {})
        people = [user for user in by_user if user != world.BOT.id]
        if people and self.chance.random() < 0.45:
            del by_user[self.chance.choice(people)]
        else:
            by_user[self.person()] = int(self.chance.random() < 0.15)
        self.counts["reactions changed"] += 1

    def swap(self, card: Card) -> None:
        """Let one person leave and another come, under the same heart and of the same kind."""
        for by_user in list(self.under(card).values()):
            for user, burst in [one for one in by_user.items() if one[0] not in {world.BOT.id, world.ROBOT.id}]:
                if (other := self.person()) not in by_user:
                    del by_user[user]
                    by_user[other] = burst
                    self.counts["reactions changed"] += 2
        self.counts["cards with equal counts"] += 1


async def prove(rounds: int, seed: int) -> Proof:
    """Change hearts under so many cards behind the bot's back, and compare what it finds with the truth."""
    chance = random.Random(seed)
    pace = Pace(requests=30, window_s=1.0)
    with tempfile.TemporaryDirectory(prefix="healing-") as scratch:
        async with StandIn(pace=pace) as standin, BotProcess(standin, Path(scratch)) as bot:
            ground = _Field(standin, chance)
            await _furnish(ground, bot.database, rounds)
            _live_on(ground)
            begun = time.monotonic()
            for status, path in ((429, "/reactions/"), (500, "/reactions/"), (502, "/messages$"), (503, "/messages$")):
                standin.faults.append(Fault("GET", path, status=status))
            if rounds == SHORT:
                bot.program, standin.gateway.heartbeat_ms = ("-m", "tests.wire.hasty"), HEARTBEAT_MS
            await bot.start()
            await standin.until(lambda: _reads(standin) > rounds, "a part of the cards is read", _PATIENCE_S)
            await bot.kill()
            before = _reads(standin)
            await bot.start()
            await _ended(bot)
            seconds = time.monotonic() - begun
            reads = _reads(standin)
            bot.terminate()
            code = await bot.ended(within_s=10.0)
            failures = _compare(ground, bot.database)
            if code:
                failures.append(f"the bot ended with {code}")
            if "Traceback" in bot.output:
                failures.append(f"a stack trace in the log:\n{bot.output[bot.output.index('Traceback') :][:2000]}")
            told = re.findall(r"Recount finished: (.*)", bot.output)[-1]
    figures = {
        "cards": rounds,
        **ground.counts,
        "votes before": len(ground.heard),
        "requests for reactors before the kill": before,
        "after it": reads - before,
        "pages of history": sum(_is_history(call.method, call.path) for call in standin.calls),
        "refused for pace": pace.refused,
        "seconds": round(seconds),
        "told": told,
    }
    return Proof("healing", figures, tuple(failures))


async def _furnish(ground: _Field, database: Path, rounds: int) -> None:
    """Send cards, and have the bot hear hearts under them, before anything goes wrong."""
    songs = sorted(load().songs)
    async with await Store.open(database) as store:
        now = int(time.time()) - 86_400
        for number in range(rounds):
            message = world.message(world.CHANNEL_ID, {"content": "a card", "flags": 0})
            ground.standin.messages[message["id"]] = message
            for _ in range(ground.chance.randrange(3)):
                other = {**world.message(world.CHANNEL_ID, {"content": "hello"}), "author": world.READER.user()}
                ground.standin.messages[other["id"]] = other
            song = ground.chance.choice(songs)
            id, channel, guild = int(message["id"]), int(world.CHANNEL_ID), int(world.GUILD_ID)
            ground.cards.append(Card(id, channel, guild, ONE_SONG, (song,), "en", now + number, "{}", seeded=True))
            ground.under(ground.cards[-1])[_SEED] = {world.BOT.id: 0, world.ROBOT.id: 0}
        await asyncio.gather(*(store.cards.add(card) for card in ground.cards))
        for card in ground.cards:
            many = 150 if ground.chance.random() < 0.05 else 25
            for _ in range(ground.chance.randrange(many)):
                by_user = ground.under(card).setdefault(ground.chance.choice(_HEARTS[:-1]), {})
                by_user.setdefault(ground.person(), int(ground.chance.random() < 0.15))
            ground.heard |= ground.marks(card)
        songs_of = {card.message: card.songs[0] for card in ground.cards}
        await asyncio.gather(
            *(
                store.marks.react(
                    user, songs_of[message], int(world.GUILD_ID), Reaction(message, emoji, bool(burst)), now
                )
                for message, user, emoji, burst in ground.heard
            )
        )
        for message, user, _, _ in ground.chance.sample(sorted(ground.heard), len(ground.heard) // 50):
            await store.marks.remove(user, songs_of[message])
            removed = {mark for mark in ground.heard if mark[1] == user and songs_of[mark[0]] == songs_of[message]}
            ground.withdrawn |= removed


def _live_on(ground: _Field) -> None:
    """What happens while nobody listens."""
    for card in ground.cards:
        fate = ground.chance.random()
        if fate < 0.02:
            ground.standin.reactions[str(card.message)] = {}
            ground.unheard.add(card.message)
            ground.counts["cards cleared"] += 1
        elif fate < 0.04:
            del ground.standin.messages[str(card.message)]
            ground.unheard.add(card.message)
            ground.counts["cards deleted"] += 1
        elif fate < 0.04 + _SWAPS:
            ground.swap(card)
    changing = [card for card in ground.cards if card.message not in ground.unheard]
    swapped = ground.counts["reactions changed"]
    for _ in range(max(0, len(ground.cards) * CHANGES - swapped)):
        ground.change(changing[int(len(changing) * ground.chance.random() * 0.9)])


def _compare(ground: _Field, database: Path) -> list[str]:
    """Name each mark that is not what Discord and the table make it."""
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT origin_id, user_id, emoji, burst, present FROM marks WHERE origin = 'reaction'"
        kept = {tuple(row[:4]): bool(row[4]) for row in connection.execute(query)}
        cards = {row[0] for row in connection.execute("SELECT message_id FROM cards")}
        ground.counts["votes after"] = sum(kept.values())
    expected: dict[Mark, bool] = {}
    for card in ground.cards:
        left = {mark for mark in ground.heard if mark[0] == card.message}
        there = left if card.message in ground.unheard else ground.marks(card)
        expected |= {mark: mark not in ground.withdrawn for mark in there}
    wrong = [
        f"{mark} is {kept.get(mark)}, not {present}" for mark, present in expected.items() if kept.get(mark) != present
    ]
    wrong += [f"{mark} is a mark on nothing" for mark in kept.keys() - expected.keys()]
    gone = {card.message for card in ground.cards if str(card.message) not in ground.standin.messages}
    wrong += [f"card {message} is gone and still known" for message in gone & cards]
    return [f"{len(wrong)} marks are wrong, such as {'; '.join(wrong[:5])}"] if wrong else []


def _reads(standin: StandIn) -> int:
    return sum(call.method == "GET" and "/reactions/" in call.path for call in standin.calls)


def _is_history(method: str, path: str) -> bool:
    return method == "GET" and path.endswith("/messages")


async def _ended(bot: BotProcess) -> None:
    """Wait until the log says that the recount is through."""
    async with asyncio.timeout(_PATIENCE_S):
        while "Recount finished" not in bot.output:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.2)
