"""Readers who vote, write and change their minds without a pause, and note what they were told."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bot.locale import texts_for
from tests.long.ledger import Fact, Ledger, State
from tests.wire import world
from tests.wire.records import Reply, text_of
from tests.wire.standin import StandIn
from tests.wire.world import CHANNEL_ID, EPHEMERAL, GUILD_ID, OWNER, Payload, Person

READERS: Final = 8
SONGS: Final = 60
"""Songs to be busy with: few enough that people meet on them."""
_V2: Final = 1 << 15
_TURNED: Final = (6, 7)
"""The callbacks by which the message pressed on is edited, late or at once: a like is seen on its page."""
_RULING_PAUSE: Final = 0.02
"""Seconds between two changes of one setting of the server."""
_HEART_PAUSE: Final = 0.02
"""Seconds between two hearts under cards."""
_TEXTS: Final = texts_for("en")
_HOLE: Final = "\x00"


def _says(key: str, *filled: str) -> str:
    """The longest run of a text's own words, whatever its places are filled with."""
    return max(_TEXTS(key, **dict.fromkeys(filled, _HOLE)).split(_HOLE), key=len).strip()


_NOT_NOW: Final = _says("error.store")
_LOVED: Final = (_says("vote.saved", "title", "ordinal", "count"), _says("vote.since", "title", "since"))
_REMOVED: Final = (_says("vote.removed", "title"), _says("vote.not-yours", "title"))
_DISMISSED: Final = (_says("vote.dismissed", "title"),)
_KNOWN: Final = (_says("vote.known", "title"),)
_SAVED: Final = (_says("comments.saved"),)
_REWRITTEN: Final = (_says("comments.rewritten"),)
_DELETED: Final = (_says("comments.deleted"),)
_COUNT: Final = re.compile(r"Loved by ([\d,]+) (?:person|people) here")


class Crowd:
    """Several readers at once, each with songs and facts of their own, all from one seed."""

    def __init__(self, standin: StandIn, songs: Sequence[str], seed: int) -> None:
        self.ledger = Ledger()
        self.surprises: list[str] = []
        """Answers that were neither a yes nor a plain no."""
        self._standin = standin
        self._random = random.Random(seed)
        self._hearted, rest = songs[:3], songs[3:]
        half = len(rest) // 2
        self._loved, self._judged = rest[:half], rest[half:]
        self._cards: dict[str, Payload] = {}
        self._names = 400_000_000_000_000_000
        self._readers = [self._person() for _ in range(READERS)]
        self._written: list[tuple[int, str]] = []
        """Comments that stand, to be liked."""
        self.answered = asyncio.Event()

    async def gather_cards(self) -> None:
        """Ask for the cards that hearts are put under."""
        for song in self._hearted:
            reply = await self._standin.slash(self._readers[0], "song", song=song)
            if reply.message is None:
                raise RuntimeError(f"no card of {song} came")
            self._cards[song] = reply.message

    async def go_on(self) -> None:
        """Keep all of them busy until cancelled."""
        async with asyncio.TaskGroup() as busy:
            for reader in self._readers:
                busy.create_task(self._live(reader))
            busy.create_task(self._give_hearts())
            for settle in (self._switch_seed, self._switch_sharing, self._set_voters):
                busy.create_task(self._rule(settle))

    def note_counts(self) -> None:
        """Take in the counts that the cards show by now."""
        for song, card in self._cards.items():
            found = _COUNT.search(text_of(self._standin.messages[card["id"]]))
            shown = int(found[1].replace(",", "")) if found else 0
            self.ledger.shown[song] = max(self.ledger.shown[song], shown)

    def _person(self) -> Person:
        self._names += 1
        return Person(str(self._names), f"reader{self._names % 10**6}")

    async def _live(self, reader: Person) -> None:
        chances: list[tuple[Callable[[Person], Awaitable[None]], int]] = [
            (self._love, 6),
            (self._unlove, 2),
            (self._dismiss, 2),
            (self._know, 2),
            (self._comment, 3),
            (self._like, 2),
        ]
        acts, weights = zip(*chances, strict=True)
        while True:
            (act,) = self._random.choices(acts, weights)
            await act(reader)
            await asyncio.sleep(0)

    async def _give_hearts(self) -> None:
        while True:
            song = self._random.choice(self._hearted)
            self.ledger.hearts[song] += 1
            await self._standin.react(self._person(), self._cards[song], self._random.choice("❤💜🫶😍"))
            await asyncio.sleep(_HEART_PAUSE)

    async def _rule(self, settle: Callable[[], Awaitable[None]]) -> None:
        """Let a manager change one setting of the server again and again."""
        while True:
            await settle()
            await asyncio.sleep(_RULING_PAUSE)

    async def _switch_seed(self) -> None:
        off = self._random.random() < 0.5
        await self._switch(("unseeded", int(GUILD_ID), "seed"), off, f"settings-switch:seed:{int(not off)}")

    async def _switch_sharing(self) -> None:
        on = self._random.random() < 0.5
        await self._switch(("sharing", int(GUILD_ID), "share"), on, f"settings-switch:share:{int(on)}")

    async def _switch(self, fact: Fact, state: State, id: str) -> None:
        await self._told(fact, state, self._standin.press(OWNER, _message(id), id), ())

    async def _set_voters(self) -> None:
        many = str(self._random.randint(4, 9))
        id = "settings-change:voters"
        asked = await self._form(OWNER, _message(id), id)
        if asked is not None:
            fact: Fact = ("voters", int(GUILD_ID), "voters")
            await self._told(fact, many, self._standin.submit_modal(OWNER, asked, text=many), ())

    async def _love(self, reader: Person) -> None:
        song = self._random.choice(self._loved)
        await self._press(reader, ("love", int(reader.id), song), True, f"love:{song}", _LOVED)

    async def _unlove(self, reader: Person) -> None:
        song = self._random.choice(self._loved)
        await self._press(reader, ("love", int(reader.id), song), False, f"unlove:{song}", _REMOVED)

    async def _dismiss(self, reader: Person) -> None:
        song = self._random.choice(self._judged)
        await self._press(reader, ("dismissed", int(reader.id), song), True, f"dismiss:{song}", _DISMISSED)

    async def _know(self, reader: Person) -> None:
        song = self._random.choice(self._judged)
        await self._press(reader, ("known", int(reader.id), song), True, f"known:{song}", _KNOWN)

    async def _comment(self, _: Person) -> None:
        """Somebody new writes; sometimes they rewrite it, sometimes it goes again."""
        writer, song = self._person(), self._random.choice(self._judged)
        fact: Fact = ("comment", int(writer.id), song)
        asked = await self._form(writer, _message(f"say-why:{song}"), f"say-why:{song}")
        if asked is None:
            return
        first = f"It rained when I first heard this, {writer.name}."
        saved = await self._told(
            fact, first, self._standin.submit_modal(writer, asked, text=first, episode="no"), _SAVED
        )
        edit = _button(saved, "comment-edit:")
        if edit is None or saved.message is None:
            return
        number = edit.partition(":")[2]
        self._written.append((int(number), song))
        if self._random.random() < 0.4:
            asked = await self._form(writer, saved.message, edit)
            if asked is None:
                return
            text = f"I think of it differently now, {writer.name}."
            rewritten = self._standin.submit_modal(writer, asked, text=text, episode="no")
            await self._told(fact, text, rewritten, _REWRITTEN)
        elif self._random.random() < 0.3:
            self._written.remove((int(number), song))
            sure = await self._standin.press(writer, saved.message, f"comment-delete:{number}")
            now = f"comment-delete-now:{number}"
            if sure.message is not None:
                await self._told(fact, False, self._standin.press(writer, sure.message, now), _DELETED)

    async def _form(self, writer: Person, message: Payload, id: str) -> Reply | None:
        """Open a form; None where the bot said no in plain words."""
        asked = await self._standin.press(writer, message, id)
        if asked.modal is None and _NOT_NOW not in asked.text:
            self.surprises.append(f"{id}: {asked.text[:200]!r}")
        return asked if asked.modal else None

    async def _like(self, _: Person) -> None:
        if not self._written:
            return
        reader, (number, song) = self._person(), self._random.choice(self._written)
        id = f"comment-like:{number}:{song}:0"
        fact: Fact = ("like", int(reader.id), number)
        await self._told(fact, True, self._standin.press(reader, _message(id), id), ())

    async def _press(self, reader: Person, fact: Fact, state: State, id: str, yes: tuple[str, ...]) -> None:
        await self._told(fact, state, self._standin.press(reader, _message(id), id), yes)

    async def _told(self, fact: Fact, state: State, asking: Awaitable[Reply], yes: tuple[str, ...]) -> Reply:
        before = set(self.ledger.may_be.get(fact, {False}))
        self.ledger.ask(fact, state)
        reply = await asking
        told = "\n".join([reply.text, *map(text_of, reply.followups)])
        if _NOT_NOW in told:
            self.ledger.refused(fact, before)
        elif any(word in told for word in yes) or (not yes and reply.kind in _TURNED and not reply.followups):
            self.ledger.answered(fact, state)
            self.answered.set()
        else:
            self.surprises.append(f"{fact}: {told[:200]!r}")
        return reply


def _message(id: str) -> Payload:
    """A private message of the bot with one button, such as lies around in everybody's scrollback."""
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Press", "custom_id": id}]}
    return world.message(CHANNEL_ID, {"components": [row], "flags": EPHEMERAL | _V2})


def _button(reply: Reply, prefix: str) -> str | None:
    components = world.walk(reply.message["components"]) if reply.message else []
    ids = [str(component.get("custom_id", "")) for component in components]
    return next((id for id in ids if id.startswith(prefix)), None)
