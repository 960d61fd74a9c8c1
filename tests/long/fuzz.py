"""Random raw payloads over everything that answers one: no exception, no spinner left, no reply out of limits."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from bot.settings import Settings
from tests.flow.payloads import HOME, Person, aged
from tests.flow.raw import Heard, Raw, listening
from tests.long.payloads import Chance
from tests.long.proof import Figures, Proof

SHORT: Final = 1_500
ROUNDS: Final = 10_000
"""Payloads, spread evenly over the handlers."""
EACH: Final = 100
"""Payloads that each handler gets at least, in a run that means it."""
_TOGETHER = 20
"""Payloads under way at once."""
_DESCRIBED = 10
"""One answer in so many is also held against Discord's OpenAPI file, which takes milliseconds each."""
_EXPIRED = 0.02
"""Part of the interactions that Discord has given up by the time the bot answers."""
_TOLD = 12
"""Failures told; the others are counted."""


async def prove(rounds: int, seed: int) -> Proof:
    """Feed so many payloads, by chance from this seed, and hold every answer against Discord's limits."""
    chance = random.Random(seed)
    failures: dict[str, str] = {}
    counted: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    operator = Person(aged(400, 9), "hana")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database=Path(folder) / "fuzz.sqlite3", owner_ids=frozenset({operator.id}), admin_guild_id=HOME
        )
        async with listening(settings, operator) as raw:
            handlers = Chance(raw, seed).handlers()
            wanted = max(rounds, EACH * len(handlers)) if rounds >= ROUNDS else rounds
            queue = [handlers[number % len(handlers)] for number in range(wanted)]
            chance.shuffle(queue)
            for begin in range(0, wanted, _TOGETHER):
                fed: list[tuple[str, Heard | None]] = []
                for handler in queue[begin : begin + _TOGETHER]:
                    counted[handler.name] += 1
                    heard = handler.feed()
                    fed.append((handler.name, heard))
                    if heard and chance.random() < _EXPIRED:
                        raw.expired.add(heard.token)
                await raw.settle()
                for number, (name, heard) in enumerate(fed):
                    if heard is None:
                        continue
                    answers[_kind_of(heard, raw)] += 1
                    for wrong in _wrong(heard, raw, described=number % _DESCRIBED == 0):
                        failures.setdefault(f"{name}: {wrong[:60]}", f"{name}: {wrong}\n{heard.payload}"[:1_500])
                for line in raw.complaints.lines + raw.crashes:
                    first, last = line.splitlines()[0], line.splitlines()[-1]
                    failures.setdefault(last[:80], f"{[name for name, _ in fed]}: {first}\n{line[-1_500:]}")
                raw.forget()
    told = list(failures.values())
    if len(told) > _TOLD:
        told = [*told[:_TOLD], f"and {len(told) - _TOLD} more"]
    figures: Figures = {
        "payloads": counted.total(),
        "handlers": len(counted),
        "fewest for one": min(counted.values()),
        **dict(answers),
    }
    return Proof("fuzz", figures, tuple(told))


def _kind_of(heard: Heard, raw: Raw) -> str:
    if heard.token in raw.expired:
        return "expired"
    kinds = {4: "messages", 5: "deferred", 6: "deferred", 7: "turned", 8: "choices", 9: "modals"}
    return kinds.get(heard.callbacks[0]["type"], "other") if heard.callbacks else "unanswered"


def _wrong(heard: Heard, raw: Raw, *, described: bool) -> list[str]:
    if heard.token in raw.expired:
        return []
    if not heard.answered:
        return ["no answer"]
    return heard.mistakes(described=described)
