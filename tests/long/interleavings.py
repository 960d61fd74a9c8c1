"""Votes by every way at once, recounts among them, against the table of marks; the orders are Hypothesis' choice.

Each round is a script: hearts given, taken back, cleared, buttons, commands, removals, deletions, events that come
late, twice or never, restarts, and up to two recounts whose requests are served and answered one step at a time.
The store, the recount and the cog that hears reactions are the real ones, on a real file.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar
from unittest import mock

from hypothesis import HealthCheck, Phase, given, seed, settings

from bot.recount import Recount
from bot.store import Reading, Recounted, Store
from bot.store.journal import Watch
from bot.ui.hearts import plain
from bot.ui.routes import Routes
from cogs.voting import Voting
from tests.long.proof import Proof
from tests.long.scripts import CARDS, GUILD, HOT, KEYS, SCRIPTS, SONGS, STRANGERS, USERS, Step
from tests.long.small_discord import ME, PAGE, ROBOT, SEED, SmallDiscord, Ticks, View
from tests.long.table import Asked, Key, Op, Table

T = TypeVar("T")
SHORT, ROUNDS = 150, 3_000


class Stage:
    """One round: the world, the bot on its file, and the table beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ticks = Ticks()
        self.table = Table({key: str(song) for key, song in KEYS.items()}, USERS)
        self.pressed: set[tuple[int, str, str]] = set()
        channels = {5: STRANGERS[5] + [901, 903, 904], 6: [906]}
        self.world = SmallDiscord(channels, {card.message: {} for card in CARDS} | {m: {} for m in STRANGERS[5]})
        self.listening, self.lagging = True, False
        self.late: list[Step] = []
        self.session: list[Step] = []
        self.walks: list[tuple[View, asyncio.Task[None]]] = []
        self.views: dict[asyncio.Task[Any], View] = {}
        self.recounts = 0
        self.cleared: set[int] = set()
        self.wrong: list[str] = []

    async def open(self) -> None:
        """Start the bot on its file."""
        self.store = await Store.open(self.folder / "votes.sqlite3")
        self._apply = self.store.recounts.apply
        self.store.recounts.apply = self._applied  # pyright: ignore[reportAttributeAccessIssue]
        me: Any = SimpleNamespace(id=ME)
        redraws = SimpleNamespace(soon=lambda message: None)
        bot: Any = SimpleNamespace(store=self.store, routes=Routes(), user=me, redraws=redraws)
        self.cog = Voting(bot)

    async def furnish(self) -> None:
        """Send the cards."""
        for card in CARDS:
            await self.store.cards.add(card)
            if card.seeded:
                self.world.under[card.message][SEED, False] = {ME}

    async def close(self) -> None:
        """End the bot, whatever it is doing."""
        for _, task in self.walks:
            task.cancel()
        for _, task in self.walks:
            with suppress(asyncio.CancelledError):
                await task
        self.walks = []
        await self.cog.cog_unload()
        await self.store.close()

    async def play(self, script: list[Step]) -> None:
        """Play a script, then let everything come to rest and recount once in peace."""
        for step in script:
            await self.step(*step)
        self.lagging = False
        await self.step("deliver")
        await self.finish()
        await self.check()
        await self.step("ready")
        await self.finish()
        await self.check()
        await self.compare()

    async def step(self, kind: str, *what: Any) -> None:
        """Do one thing."""
        match kind, what:
            case ("give" | "take", ((user, (message, emoji), burst),)):
                await self.heart(kind, user, message, emoji, burst)
            case "robot", ((message, emoji),):
                self.world.under[message].setdefault((emoji, False), set()).add(ROBOT)
            case "clear", (message,):
                self.world.under[message].clear()
                await self.event("clear", message)
            case "clear emoji", ((message, emoji),):
                for burst in (False, True):
                    self.world.under[message].pop((emoji, burst), None)
                await self.event("clear emoji", message, emoji)
            case ("button" | "command", (user, song)):
                self.did(user, "pressed")
                self.pressed.add((user, song, kind))
                await self.store.marks.press(user, song, GUILD, kind, self.ticks.last)  # pyright: ignore[reportArgumentType]
            case "remove", (user, song):
                self.did(user, "removed", song=song)
                self.pressed = {one for one in self.pressed if one[:2] != (user, song)}
                await self.store.marks.remove(user, song)
            case "remove all", (user,):
                # What is loved, withdrawn or not yet known is the table's affair, song by song.
                for song in SONGS:
                    await self.step("remove", user, song)
            case "delete", (user,):
                self.did(user, "deleted")
                self.pressed = {one for one in self.pressed if one[0] != user}
                await self.store.privacy.delete(user, self.ticks.last)
            case (("swap" | "regret" | "return" | "overtake"), (user, other)):
                await self.meet(kind, user, other)
            case "replay", (number,):
                for event in self.session[-number:] if self.listening else ():
                    await self.deliver(event)
            case "lag", _:
                self.lagging = True
            case "deliver", _:
                self.lagging = False
                late, self.late = self.late, []
                for event in late:
                    await self.deliver(event)
            case "away", _:
                self.listening, self.late, self.session = False, [], []
            case "ready", _:
                self.listening, self.late, self.session = True, [], []
                self.recount()
            case "recount", _:
                self.recount()
            case "restart", _:
                await self.close()
                await self.open()
                await self.step("ready")
            case "check", _ if not self.walks:
                await self.check()
            case "finish", _:
                await self.finish()
                await self.check()
            case "gone", (message,):
                self.world.gone.add(message)
            case "turn", (which, times, wait):
                await self.turn(which, times, wait)
            case _:
                pass

    async def meet(self, kind: str, user: int, other: int) -> None:
        """Do several things that matter only close together."""
        match kind:
            case "swap":
                steps = [("away",), ("take", (user, HOT, False)), ("give", (other, HOT, False)), ("ready",)]
            case "regret":
                steps = [
                    ("away",),
                    ("give", (user, HOT, False)),
                    ("ready",),
                    ("turn", 0, 4, True),
                    ("remove", user, "a"),
                ]
            case "return":
                steps = [("away",), ("give", (user, HOT, False)), ("delete", user), ("ready",)]
                steps += [("turn", 0, 3, True), ("button", user, "b")]
            case _:
                steps = [("away",), ("give", (other, HOT, False)), ("ready",), ("turn", 0, 3, True)]
                steps += [("away",), ("take", (other, HOT, False)), ("ready",), ("turn", 1, 8, True)]
        for step in steps:
            await self.step(*step)

    async def heart(self, kind: str, user: int, message: int, emoji: str, burst: bool) -> None:
        """Give or take back a heart in Discord, which may or may not be heard."""
        people = self.world.under[message].setdefault((emoji, burst), set())
        if message in self.world.gone or (user in people) == (kind == "give"):
            return
        (people.add if kind == "give" else people.discard)(user)
        await self.event(kind, message, emoji, user, burst)

    async def event(self, *event: Any) -> None:
        """Have Discord tell of something: now, late, or to nobody."""
        if not self.listening or event[1] in self.world.gone:
            return
        if self.lagging:
            self.late.append(event)
        else:
            await self.deliver(event)

    async def deliver(self, event: Step) -> None:
        """Let the bot hear an event, unless it comes late and its message is gone by now."""
        kind, message, *rest = event
        if message in self.world.gone:
            return
        self.session.append(event)
        told: Any = SimpleNamespace(message_id=message, channel_id=5, guild_id=GUILD, member=None)
        told.message_author_id = ME
        if kind == "clear":
            await self.cog.on_raw_reaction_clear(told)
            self.cleared.add(message)
            return
        told.emoji = SimpleNamespace(id=None, name=rest[0])
        if kind == "clear emoji":
            await self.cog.on_raw_reaction_clear_emoji(told)
            self.cleared.add(message)
            return
        told.user_id, told.burst = rest[1], rest[2]
        key = Key(told.user_id, message, plain(rest[0]), told.burst)
        if kind == "give":
            self.did(key.user, "added", key)
            await self.cog.on_raw_reaction_add(told)
        else:
            self.did(key.user, "taken", key)
            await self.cog.on_raw_reaction_remove(told)

    def did(self, user: int, kind: Asked, key: Key | None = None, song: str | None = None) -> None:
        """Put down in the table what somebody did."""
        self.table.ops[user].append(Op(self.ticks.next(), kind, key, song))

    def recount(self) -> None:
        """Begin a recount, unless two are under way."""
        if len(self.walks) >= 2:
            return
        view = View(self.world, self.ticks)
        walk = Recount(
            self.store,
            view,
            me=ME,
            clock=lambda: self.ticks.last + 100,
            changed=lambda message: None,
            days=30,
            pause=0,
        )
        task = asyncio.create_task(walk.run())
        self.views[task] = view
        self.walks.append((view, task))
        self.recounts += 1

    async def _applied(self, reading: Reading, watch: Watch, begun: int, now: int) -> Recounted:
        """Put down in the table what a recount concluded, once it is committed."""
        task = asyncio.current_task()
        assert task is not None
        message = reading.card.message
        keys = [key for key in KEYS if key.message == message]
        found = [(key, verdict) for key in keys if (verdict := self.views[task].verdict(key)) is not None]
        cleared = message in self.cleared
        try:
            result = await self._apply(reading, watch, begun, now)
        except asyncio.CancelledError:
            for key, verdict in found:
                doubtful = type(verdict)(verdict.seen, verdict.begin, verdict.end, certain=False)
                self.table.verdicts[key].append(doubtful)
            raise
        if result.counted:
            for key, verdict in found:
                self.table.verdicts[key].append(verdict)
            if cleared:
                self.wrong.append(f"card {message} was counted although others had cleared it")
        return result

    async def turn(self, which: int, times: int, wait: bool) -> None:
        """Let one of the recounts go some steps on, and wait for it or do not."""
        if wait:
            await self.idle()
        for _ in range(times):
            if self.walks:
                self.walks[which % len(self.walks)][0].release()
                if wait:
                    await self.idle()
        await asyncio.sleep(0)

    async def idle(self) -> None:
        """Wait until every recount waits for Discord or has ended."""
        for view, task in self.walks:
            ready = asyncio.create_task(view.asked.wait())
            await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
        for _, task in [walk for walk in self.walks if walk[1].done()]:
            task.result()
        self.walks = [walk for walk in self.walks if not walk[1].done()]

    async def finish(self) -> None:
        """Let all recounts come to their end."""
        await self.idle()
        while self.walks:
            await self.turn(0, 1, wait=True)

    async def check(self) -> None:
        """Compare marks, favourites, counts and forgetting with the table."""
        rows = await self.store._database.read(
            lambda tx: tx.all("SELECT user_id, song_id, origin, origin_id, emoji, burst, present FROM marks")
        )
        states: dict[Key, Any] = {}
        for user, song, origin, place, emoji, burst, present in rows:
            key = Key(user, place, emoji, bool(burst))
            if origin == "reaction":
                states[key] = "present" if present else "withdrawn"
                if KEYS.get(key) != song:
                    self.wrong.append(f"{key} is a mark on {song}")
        self.wrong += self.table.settle(states)
        pressed = {(user, song, origin) for user, song, origin, *_ in rows if origin != "reaction"}
        if pressed != self.pressed:
            self.wrong.append(f"pressed: {pressed}, not {self.pressed}")
        loved = {(user, song) for user, song, _ in pressed}
        loved |= {(key.user, str(KEYS[key])) for key, state in states.items() if state == "present" and key in KEYS}
        for song, people in ((song, sum(one[1] == song for one in loved)) for song in SONGS):
            if (self.store.tally.everywhere(song), self.store.tally.here(GUILD, song)) != (people, people):
                self.wrong.append(f"{song} is counted {self.store.tally.everywhere(song)} times, not {people}")
        for user in USERS:
            if (await self.store.privacy.deleted_at(user) is not None) != (user in self.table.forgotten):
                self.wrong.append(f"{user} is forgotten, or is not, against the table")

    async def compare(self) -> None:
        """After a recount in peace: what Discord shows is what counts, but for what was withdrawn or forgotten."""
        cards = {card.message: await self.store.cards.get(card.message) for card in CARDS}
        for key, state in self.table.states.items():
            card = cards[key.message]
            if key.message in self.world.gone:
                if card is not None and not card.cleared:
                    self.wrong.append(f"card {key.message} is gone and not forgotten")
            elif card is not None and not card.cleared:
                there = self.world.has(key)
                healed = state == "absent" if not there else state != "absent" or key.user in self.table.forgotten
                if not healed:
                    self.wrong.append(f"{key} is {state}, its reaction is {'there' if there else 'not there'}")


async def _play(script: list[Step], counts: Counter[str]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="votes-", dir=_memory()))
    stage = Stage(folder)
    await stage.open()
    try:
        await stage.furnish()
        await stage.play(script)
        counts["steps"] += len(script)
        counts["recounts"] += stage.recounts
        counts["restarts"] += sum(step[0] == "restart" for step in script)
    finally:
        await stage.close()
        shutil.rmtree(folder)
    assert stage.wrong == [], "\n".join(stage.wrong)


def _memory() -> str | None:
    """Return a folder in memory where there is one: nothing here is about the disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def prove(rounds: int, seed_: int) -> Proof:
    """Play so many scripts."""
    counts: Counter[str] = Counter()

    @seed(seed_)
    @settings(
        max_examples=rounds,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(SCRIPTS)
    def play(script: list[Step]) -> None:
        counts["interleavings"] += 1
        asyncio.run(_play(script, counts))

    try:
        with mock.patch.multiple("bot.recount.walk", HISTORY_PAGE=PAGE, REACTORS_PAGE=PAGE):
            play()
    except Exception as error:
        notes = "\n".join([str(error), *getattr(error, "__notes__", ())])
        return Proof("interleavings", dict(counts), (notes,))
    return Proof("interleavings", dict(counts))
