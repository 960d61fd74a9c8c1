"""What people said: one SQLite file, kept safe, with one module a subject."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from types import TracebackType

from bot.store import comments as _comments
from bot.store import daily as _daily
from bot.store import guild_cups as _guild_cups
from bot.store import opinions as _opinions
from bot.store import settings as _settings
from bot.store.additions import Additions, Author, additions_in
from bot.store.backup import Backup, BackupGivenUpError, Restored, named_for, nightly_for, remove_outdated, restore
from bot.store.backup import back_up as take_backup
from bot.store.cards import Card, Cards
from bot.store.charts import Charts, Placed, Question, Window
from bot.store.comments import Comment, CommentOrder, Comments, Liked, Pace, Remover, Withdrawn, WrittenTooMuch
from bot.store.comparing import Comparing
from bot.store.cups import Cup, CupPost, Cups, CupState, Served
from bot.store.daily import Claimed, Dailies, Daily, DailyChoice, DailyPost, Loved, PostKind
from bot.store.database import Database
from bot.store.departed import Departed
from bot.store.errors import (
    StoreBusy,
    StoreClosed,
    StoreCorrupt,
    StoreError,
    StoreExists,
    StoreForeign,
    StoreFromTheFuture,
    StoreFull,
    StoreInUse,
    StoreMissing,
    StoreReadOnly,
)
from bot.store.forgotten import Forgotten
from bot.store.guild_cups import GuildCups
from bot.store.journal import Journal
from bot.store.listeners import Listeners, ListenerState, Shown
from bot.store.marks import Favourite, MarkChange, Marks, Pressed, PressOrigin, Reaction
from bot.store.moderation import Act, Block, Case, Done, Moderation, Reported, ReportedTooMuch
from bot.store.opinions import Opinion, OpinionKind, Opinions, StandingKind
from bot.store.privacy import Deleted, Privacy
from bot.store.recent import RecentListeners
from bot.store.recounts import Heart, Page, Reading, Recounted, Recounts
from bot.store.removals import Removals, Removed
from bot.store.settings import Commenters, GuildChoice, Guilds, GuildSettings, People, PersonSettings
from bot.store.songs import Songs
from bot.store.standing import Standing
from bot.store.suggestions import (
    Decided,
    Decision,
    Proposal,
    SuggestedTooMuch,
    Suggestion,
    SuggestionKind,
    Suggestions,
    TooManyOpen,
)
from bot.store.synced import Synced
from bot.store.tally import Tally
from bot.store.transaction import Transaction

BUSY_SECONDS = 2.0
"""How long a write waits for another program to let go of the file: an answer is due within three seconds."""


class Store:
    """Everything the bot remembers, open until closed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._forgotten = Forgotten(journal := Journal())
        recent = RecentListeners()
        self.opinions = Opinions(database)
        self.marks = Marks(database, journal, self._forgotten, self.opinions, recent)
        self.recounts = Recounts(database, journal, self._forgotten, self.marks)
        self.removals = Removals(self.marks, journal, self._forgotten)
        self._backups: set[threading.Event] = set()
        """What makes the copies give up that are being taken."""
        self.tally = Tally()
        self.charts = Charts(database)
        self.comparing = Comparing(database)
        self.comments = Comments(database, self.opinions)
        self.moderation = Moderation(database, self._forgotten, self.comments)
        self.listeners = Listeners(database, self.opinions, recent)
        self.cards = Cards(database, self.listeners)
        self.people = People(database)
        self.guilds = Guilds(database)
        self.daily = Dailies(database)
        self.cups = Cups(database, recent)
        self.guild_cups = GuildCups(database, recent)
        self.synced = Synced(database)
        self.additions = Additions(database)
        self.suggestions = Suggestions(database)
        self.songs = Songs(database, self.marks, self.comments, self.cards)
        self.departed = Departed(database, self.guilds, self.daily, self.comments, self.guild_cups, self.cards)
        self.privacy = Privacy(
            database, journal, self._forgotten, self.marks, self.comments, self.people, self.guild_cups
        )
        self.marks.on_change(self.tally.follow)

    @property
    def path(self) -> Path:
        """The file it lies in."""
        return self._database.path

    @classmethod
    async def open(cls, path: str | Path, *, busy_timeout: float = BUSY_SECONDS, gather: float = 0.0) -> Store:
        """Open the file, making or migrating it as needed; raises a StoreError that says what is wrong.

        What nobody is told of yet is written within `gather` seconds, together.
        """
        database = await Database.open(Path(path), busy_timeout=busy_timeout, gather=gather)
        store = cls(database)
        try:
            await database.read(store._fill)
        except BaseException:
            await database.close()
            raise
        return store

    def _fill(self, tx: Transaction) -> None:
        self._forgotten.fill(tx)
        hearts = _opinions.standing(tx, "love")
        self.tally.fill(hearts)
        self.opinions.keep(hearts)
        self.comments.fill(_comments.spoken(tx))
        self.people.fill(_settings.people(tx))
        self.guilds.fill(_settings.guilds(tx))
        self.daily.fill(_daily.dailies(tx), _daily.claims(tx))
        self.guild_cups.fill(_guild_cups.of_guilds(tx))

    async def back_up(self, target: Path, *, overwrite: bool = False) -> Backup:
        """Copy everything acknowledged so far to a file of its own, while votes go on; raises StoreError.

        Raises BackupGivenUpError when the store is closed meanwhile.
        """
        give_up = threading.Event()
        self._backups.add(give_up)
        try:
            return await asyncio.to_thread(take_backup, self.path, target, overwrite=overwrite, give_up=give_up)
        finally:
            give_up.set()
            self._backups.discard(give_up)

    async def close(self) -> None:
        """Finish the writes already accepted and let go of the file; harmless when already closed."""
        for give_up in self._backups:
            give_up.set()
        await self._database.close()

    async def __aenter__(self) -> Store:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


__all__ = [
    "Act",
    "Additions",
    "Author",
    "Backup",
    "BackupGivenUpError",
    "Block",
    "Card",
    "Cards",
    "Case",
    "Charts",
    "Claimed",
    "Comment",
    "CommentOrder",
    "Commenters",
    "Comments",
    "Comparing",
    "Cup",
    "CupPost",
    "CupState",
    "Cups",
    "Dailies",
    "Daily",
    "DailyChoice",
    "DailyPost",
    "Decided",
    "Decision",
    "Deleted",
    "Departed",
    "Done",
    "Favourite",
    "GuildChoice",
    "GuildCups",
    "GuildSettings",
    "Guilds",
    "Heart",
    "Liked",
    "ListenerState",
    "Listeners",
    "Loved",
    "MarkChange",
    "Marks",
    "Moderation",
    "Opinion",
    "OpinionKind",
    "Opinions",
    "Pace",
    "Page",
    "People",
    "PersonSettings",
    "Placed",
    "PostKind",
    "PressOrigin",
    "Pressed",
    "Privacy",
    "Proposal",
    "Question",
    "Reaction",
    "Reading",
    "Recounted",
    "Recounts",
    "Removals",
    "Removed",
    "Remover",
    "Reported",
    "ReportedTooMuch",
    "Restored",
    "Served",
    "Shown",
    "Songs",
    "Standing",
    "StandingKind",
    "Store",
    "StoreBusy",
    "StoreClosed",
    "StoreCorrupt",
    "StoreError",
    "StoreExists",
    "StoreForeign",
    "StoreFromTheFuture",
    "StoreFull",
    "StoreInUse",
    "StoreMissing",
    "StoreReadOnly",
    "SuggestedTooMuch",
    "Suggestion",
    "SuggestionKind",
    "Suggestions",
    "Synced",
    "Tally",
    "TooManyOpen",
    "Window",
    "Withdrawn",
    "WrittenTooMuch",
    "additions_in",
    "named_for",
    "nightly_for",
    "remove_outdated",
    "restore",
    "take_backup",
]
