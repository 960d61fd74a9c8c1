"""What readers were told is kept, and what the database holds: the two are laid side by side after each death."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Fact = tuple[str, int, Hashable]
"""A kind of thing kept, whose it is, and on what: ("love", person, song)."""
State = str | bool
"""Whether it is there; of a comment its text, of a server's number the number, or False."""
Kept = dict[Fact, list[State]]
"""Every row under the fact it states; more than one row is one too many."""

_ROWS = {
    "love": "SELECT user_id, song_id, 1 FROM marks WHERE present = 1",
    "dismissed": "SELECT user_id, song_id, 1 FROM dismissed",
    "known": "SELECT user_id, song_id, 1 FROM known",
    "comment": "SELECT user_id, song_id, body FROM comments",
    "like": "SELECT user_id, comment_id, 1 FROM comment_likes",
    "unseeded": "SELECT guild_id, 'seed', 1 FROM guilds WHERE seed = 0",
    "sharing": "SELECT guild_id, 'share', 1 FROM guilds WHERE share_comments = 1",
    "voters": "SELECT guild_id, 'voters', CAST(minimum_voters AS TEXT) FROM guilds WHERE minimum_voters <> 3",
}


@contextmanager
def copied(database: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy of the files as they lie there, so that looking leaves what the next start will find."""
    copy = folder / "looked-at.sqlite3"
    for suffix in ("", "-wal"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
        if (file := database.with_name(database.name + suffix)).exists():
            shutil.copy(file, copy.with_name(copy.name + suffix))
    connection = sqlite3.connect(copy)
    try:
        yield connection
    finally:
        connection.close()


def whole(connection: sqlite3.Connection) -> list[str]:
    """Say what SQLite finds wrong with the file; nothing when it is whole."""
    return [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]


def kept(connection: sqlite3.Connection) -> Kept:
    """Read everything a reader can have been told of."""
    found: Kept = {}
    for kind, query in _ROWS.items():
        for user, subject, state in connection.execute(query):
            found.setdefault((kind, user, subject), []).append(True if state == 1 else state)
    return found


@dataclass(slots=True)
class Ledger:
    """What may be in the database: one state where the reader was answered, two where death came first."""

    may_be: dict[Fact, set[State]] = field(default_factory=dict)
    acknowledged: int = 0
    """Writes whose answer the reader saw."""
    hearts: Counter[str] = field(default_factory=Counter)
    """Reactions put under cards, by song: each by a person of their own."""
    shown: Counter[str] = field(default_factory=Counter)
    """The largest count of votes that a card has shown, by song."""

    def ask(self, fact: Fact, state: State) -> None:
        """A reader asks for a change."""
        self.may_be.setdefault(fact, {False}).add(state)

    def answered(self, fact: Fact, state: State) -> None:
        """The reader has seen that it is kept."""
        self.may_be[fact] = {state}
        self.acknowledged += 1

    def refused(self, fact: Fact, before: set[State]) -> None:
        """The reader has seen that nothing was changed."""
        self.may_be[fact] = before

    def compare(self, found: Kept) -> list[str]:
        """Say what is missing, doubled or made up; then take what was found for the truth."""
        wrong: list[str] = []
        for fact, allowed in self.may_be.items():
            states = found.get(fact, [False])
            if len(states) > 1:
                wrong.append(f"{fact} is there {len(states)} times")
            elif states[0] not in allowed:
                wrong.append(f"{fact} is {states[0]!r}, the reader was told {allowed!r}")
            self.may_be[fact] = {states[0]}
        voters = self._voters(found)
        for song, sent in self.hearts.items():
            if not self.shown[song] <= voters[song] <= sent:
                wrong.append(f"{song}: {voters[song]} hearts kept, {self.shown[song]} shown, {sent} given")
        doubled = [fact for fact, states in found.items() if len(states) > 1 and fact not in self.may_be]
        return wrong + [f"{fact} is there more than once" for fact in doubled]

    def unheard(self, found: Kept) -> int:
        """Count the hearts under cards that are not among the votes kept."""
        voters = self._voters(found)
        return sum(abs(given - voters[song]) for song, given in self.hearts.items())

    def _voters(self, found: Kept) -> Counter[Hashable]:
        askers = self._askers()
        return Counter(subject for (kind, user, subject) in found if kind == "love" and user not in askers)

    def _askers(self) -> set[int]:
        return {user for (_, user, _) in self.may_be}
