"""What happened to votes while somebody was reading Discord, so that an older reading never wins over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["pressed", "added", "taken", "removed", "deleted", "recounted"]
"""A press; a reaction added or taken back; a favourite removed explicitly; a person's all deleted; a card recounted."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that was asked of the votes, in the order in which it will be committed."""

    at: int
    kind: Kind
    user: int = 0
    song: str | None = None
    """Which song a removal is about; None: all."""
    message: int = 0
    emoji: str = ""
    burst: bool = False


@dataclass(slots=True, eq=False)
class Watch:
    """Everything that happened since it was opened; closed by leaving it."""

    journal: Journal
    happenings: list[Happening] = field(default_factory=list)
    spoke_again: dict[int, int] = field(default_factory=dict)
    """People whose forgetting ended, and the latest moment of what ended it; written on the writer's thread."""

    def __enter__(self) -> Watch:
        self.journal.watches.add(self)
        return self

    def __exit__(self, *_: object) -> None:
        self.journal.watches.discard(self)

    def touched(self) -> set[int]:
        """Messages whose reactions changed or were recounted."""
        return {happening.message for happening in self.happenings}


class Journal:
    """Numbers what happens to votes and tells it to whoever watches; kept in memory only while somebody does."""

    def __init__(self) -> None:
        self.moment = 0
        """The number of the latest happening."""
        self.watches: set[Watch] = set()

    def watch(self) -> Watch:
        """Open a watch, to be used with `with`."""
        return Watch(self)

    def note(
        self,
        kind: Kind,
        *,
        user: int = 0,
        song: str | None = None,
        message: int = 0,
        emoji: str = "",
        burst: bool = False,
    ) -> int:
        """Note what is about to be written; to be called at once before the write. Returns its moment."""
        self.moment += 1
        for watch in self.watches:
            watch.happenings.append(Happening(self.moment, kind, user, song, message, emoji, burst))
        return self.moment

    def speak_again(self, user: int, at: int) -> None:
        """Note that a person who had everything deleted has spoken again."""
        for watch in tuple(self.watches):
            watch.spoke_again[user] = at


def kinds_for(
    happenings: Iterable[Happening], after: int, user: int, song: str | None, emoji: str, burst: bool
) -> tuple[Kind, ...]:
    """What happened to one mark of a card after a moment; the happenings are that card's and those of no card."""
    return tuple(
        happening.kind
        for happening in happenings
        if happening.at > after
        and happening.user == user
        and (
            happening.kind == "deleted"
            or (happening.kind == "removed" and happening.song in {None, song})
            or (happening.kind in {"added", "taken"} and (happening.emoji, happening.burst) == (emoji, burst))
        )
    )
