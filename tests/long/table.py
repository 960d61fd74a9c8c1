"""The table of marks, as a model: what every mark may be after what was heard and what recounts saw."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

State = Literal["absent", "present", "withdrawn"]
Asked = Literal["added", "taken", "removed", "deleted", "pressed"]


class Key(NamedTuple):
    """One reaction's mark."""

    user: int
    message: int
    emoji: str
    burst: bool


@dataclass(frozen=True, slots=True)
class Op:
    """Something that one person did, and when."""

    tick: int
    kind: Asked
    key: Key | None = None
    song: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a recount concluded of one mark from an answer given between two ticks."""

    seen: bool
    begin: int
    end: int
    certain: bool = True
    """Whether it was surely committed, and surely concluded."""


class Table:
    """Says which states each mark may have.

    An answer of Discord shows some moment between question and answer, nobody knows which; so a verdict may stand
    anywhere in that window among the person's own doings. Everything else has one place only.
    """

    def __init__(self, songs: dict[Key, str], users: Iterable[int]) -> None:
        self.songs = songs
        self.users = tuple(users)
        self.states: dict[Key, State] = dict.fromkeys(songs, "absent")
        self.forgotten: set[int] = set()
        self.ops: dict[int, list[Op]] = defaultdict(list)
        self.verdicts: dict[Key, list[Verdict]] = defaultdict(list)

    def possible(self, key: Key) -> set[State]:
        """Return every state the table allows for a mark."""
        ops, verdicts = self.ops[key.user], self.verdicts[key]
        choices = [list(_places(verdict, ops)) for verdict in verdicts]
        return {self._state(key, ops, verdicts, places) for places in itertools.product(*choices)}

    def is_forgotten(self, user: int) -> bool:
        """Tell whether a person had everything deleted and has not spoken since."""
        forgotten = user in self.forgotten
        for op in self.ops[user]:
            forgotten = op.kind == "deleted" or (forgotten and op.kind not in {"added", "pressed"})
        return forgotten

    def settle(self, states: dict[Key, State]) -> list[str]:
        """Compare with what the store holds, and go on from there; returns what the table does not allow."""
        wrong = []
        for key in self.songs:
            allowed = self.possible(key)
            if states.get(key, "absent") not in allowed:
                doings = [(op.tick, op.kind) for op in self.ops[key.user]]
                was, verdicts = self.states[key], self.verdicts[key]
                wrong.append(f"{key} is {states.get(key, 'absent')}, not {allowed}: {was}, {doings}, {verdicts}")
        self.forgotten = {user for user in self.users if self.is_forgotten(user)}
        self.states = {key: states.get(key, "absent") for key in self.songs}
        self.ops.clear()
        self.verdicts.clear()
        return wrong

    def _state(self, key: Key, ops: list[Op], verdicts: list[Verdict], places: tuple[int | None, ...]) -> State:
        placed = [(place, 1, verdict) for place, verdict in zip(places, verdicts, strict=True) if place is not None]
        steps: list[tuple[int, int, Op | Verdict]] = [(op.tick, 0, op) for op in ops]
        steps += placed
        state, forgotten = self.states[key], key.user in self.forgotten
        for _, _, step in sorted(steps, key=lambda one: one[:2]):
            if isinstance(step, Verdict):
                if not step.seen:
                    state = "absent"
                elif state == "absent" and not forgotten:
                    state = "present"
                continue
            match step.kind:
                case "added" | "pressed":
                    forgotten = False
                    if step.key == key and state == "absent":
                        state = "present"
                case "taken":
                    state = "absent" if step.key == key else state
                case "removed":
                    if step.song in {None, self.songs[key]} and state == "present":
                        state = "withdrawn"
                case "deleted":
                    state, forgotten = "absent", True
        return state


def _places(verdict: Verdict, ops: list[Op]) -> Iterator[int | None]:
    """Return the ticks right behind which a verdict may stand; None: it may not stand at all."""
    yield verdict.begin
    yield from (op.tick for op in ops if verdict.begin < op.tick <= verdict.end)
    if not verdict.certain:
        yield None
