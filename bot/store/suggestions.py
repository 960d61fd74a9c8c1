"""Suggestions: what people think the catalogue lacks or has wrong, and what the operator made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.store.database import Database
from bot.store.statements import Statements
from bot.store.transaction import Row, Transaction

SuggestionKind = Literal["song", "drama", "artist", "mistake"]
SuggestionState = Literal["draft", "open", "accepted", "declined"]
Decision = Literal["accepted", "declined"]

MOST_OPEN = 10
"""Suggestions of one person that may wait at the same time."""
AN_HOUR = 3_600
MOST_AN_HOUR = 5
"""Suggestions one person may write in an hour, drafts counted."""
_DRAFT_SECONDS = 86_400
_TOLD_AT_ONCE = 5
"""Decisions told to their sender in one message."""

_SQL = Statements("suggestions")


class TooManyOpen(Exception):  # noqa: N818 - the name says what is the matter
    """Somebody has as many suggestions waiting as one person may have."""


class SuggestedTooMuch(Exception):  # noqa: N818 - the name says what is the matter
    """Somebody suggests faster than is allowed; `again` is when they may go on, in UTC seconds."""

    def __init__(self, again: int) -> None:
        super().__init__(again)
        self.again = again


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody suggests: the fields of the form, empty where they said nothing."""

    kind: SuggestionKind
    title: str = ""
    drama: str = ""
    singer: str = ""
    source: str = ""
    note: str = ""
    song: str | None = None
    """The song with the mistake, or the one a suggestion became."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion and how it stands."""

    id: int
    user: int
    proposal: Proposal
    state: SuggestionState
    locale: str
    at: int
    answer: str
    """The word to the sender; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided on a suggestion, what, and when in UTC seconds."""

    user: int
    decision: Decision
    at: int


class Suggestions:
    """The queue, and what its senders are told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, user: int, proposal: Proposal, locale: str, now: int, *, draft: bool) -> int:
        """Keep a suggestion, or a draft of it until it is sent. Raises TooManyOpen and SuggestedTooMuch."""

        def unit(tx: Transaction) -> int:
            tx.all(_SQL.forget_drafts, past=now - _DRAFT_SECONDS)
            _allow(tx, user, now)
            return tx.value(
                _SQL.write,
                user=user,
                kind=proposal.kind,
                state="draft" if draft else "open",
                title=proposal.title,
                drama=proposal.drama,
                singer=proposal.singer,
                source=proposal.source,
                note=proposal.note,
                song=proposal.song,
                locale=locale,
                now=now,
            )

        return await self._database.write(unit)

    async def allow(self, user: int, now: int) -> None:
        """Raise TooManyOpen or SuggestedTooMuch where a person may not suggest now."""
        await self._database.read(lambda tx: _allow(tx, user, now))

    async def send(self, suggestion: int, user: int) -> bool:
        """Put one's own draft into the queue; False where it is gone or was sent before. Raises TooManyOpen."""

        def unit(tx: Transaction) -> bool:
            if tx.value(_SQL.waiting, user=user) >= MOST_OPEN:
                raise TooManyOpen
            return tx.one(_SQL.send, suggestion=suggestion, user=user) is not None

        return await self._database.write(unit)

    async def withdraw(self, suggestion: int, user: int) -> bool:
        """Take back one's own draft or undecided suggestion; False where there is none."""
        taken = await self._database.write(lambda tx: tx.one(_SQL.withdraw, suggestion=suggestion, user=user))
        return taken is not None

    async def get(self, suggestion: int) -> Suggestion | None:
        """One suggestion, whatever became of it."""
        row = await self._database.read(lambda tx: tx.one(_SQL.suggestion, suggestion=suggestion))
        return None if row is None else _suggestion(row)

    async def open_ids(self) -> tuple[int, ...]:
        """The suggestions that wait, oldest first."""
        return tuple(id for (id,) in await self._database.read(lambda tx: tx.all(_SQL.open_ids)))

    async def change(self, suggestion: int, proposal: Proposal) -> bool:
        """Put another wording in the place of a waiting one's; False where it does not wait any more."""
        changed = await self._database.write(
            lambda tx: tx.one(
                _SQL.change,
                suggestion=suggestion,
                title=proposal.title,
                drama=proposal.drama,
                singer=proposal.singer,
                source=proposal.source,
                note=proposal.note,
            )
        )
        return changed is not None

    async def decide(self, suggestion: int, decision: Decision, by: int, now: int, *, answer: str = "") -> bool:
        """Take a suggestion off the queue; True for the one caller that decided."""
        return await self._database.write(lambda tx: decide(tx, suggestion, decision, by, now, answer=answer))

    async def decided(self, suggestion: int) -> Decided | None:
        """Who decided on a suggestion; None where nobody did."""
        row = await self._database.read(lambda tx: tx.one(_SQL.decision, suggestion=suggestion))
        return None if row is None else Decided(*row)

    async def untold(self, user: int) -> tuple[Suggestion, ...]:
        """A person's decided suggestions of which they have not been told, the earliest first."""
        rows = await self._database.read(lambda tx: tx.all(_SQL.untold, user=user, rows=_TOLD_AT_ONCE))
        return tuple(_suggestion(row) for row in rows)

    async def told(self, *suggestions: int) -> None:
        """Note that their senders know what became of them."""

        def unit(tx: Transaction) -> None:
            for suggestion in suggestions:
                tx.all(_SQL.told, suggestion=suggestion)

        await self._database.write(unit)


def is_open(tx: Transaction, suggestion: int) -> bool:
    """Tell whether a suggestion waits, inside a transaction."""
    row = tx.one(_SQL.suggestion, suggestion=suggestion)
    return row is not None and _suggestion(row).state == "open"


def decide(
    tx: Transaction,
    suggestion: int,
    decision: Decision,
    by: int,
    now: int,
    *,
    answer: str = "",
    song: str | None = None,
) -> bool:
    """Decide on a suggestion inside a transaction; False where that has been done."""
    if tx.one(_SQL.decide, suggestion=suggestion, decision=decision, answer=answer, song=song, now=now) is None:
        return False
    tx.all(_SQL.note_decision, suggestion=suggestion, user=by, decision=decision, now=now)
    return True


def rename(tx: Transaction, old: str, new: str) -> int:
    """Give a song its new name in suggestions, inside a transaction: how many."""
    return len(tx.all(_SQL.rename, old=old, new=new))


def _allow(tx: Transaction, user: int, now: int) -> None:
    if tx.value(_SQL.waiting, user=user) >= MOST_OPEN:
        raise TooManyOpen
    earlier = tx.value(_SQL.earlier, user=user, skipped=MOST_AN_HOUR - 1)
    if earlier is not None and now < earlier + AN_HOUR:
        raise SuggestedTooMuch(earlier + AN_HOUR)


def _suggestion(row: Row) -> Suggestion:
    id, user, kind, state, title, drama, singer, source, note, song, locale, at, answer = row
    proposal = Proposal(kind, title, drama, singer, source, note, song)
    return Suggestion(id, user, proposal, state, locale, at, answer)
