"""Any history of votes against a model that is the table itself, through restarts."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.catalogue.model import SongId
from bot.store import Card, MarkChange, Reaction, Store

USERS = (1, 2)
GUILDS = (0, 70, 71)
SONGS = ("a", "b", "c")
CARDS = {901: ("a", 70), 902: ("a", 71), 903: ("b", 70), 904: ("c", 0)}
PLAIN = {"❤️": "❤", "❤": "❤", "💜": "💜", "🫶🏽": "🫶", "🫶": "🫶"}

users, guilds, songs = st.sampled_from(USERS), st.sampled_from(GUILDS), st.sampled_from(SONGS)
origins = st.sampled_from(("button", "command"))
reactions = st.builds(Reaction, st.sampled_from(sorted(CARDS)), st.sampled_from(sorted(PLAIN)), st.booleans())


class Origin(NamedTuple):
    """Where a mark comes from, in the model's own terms."""

    kind: str
    place: int
    emoji: str = ""
    burst: bool = False


class Mark(NamedTuple):
    """A mark that is not absent."""

    present: bool
    guild: int
    at: int


class Votes(RuleBasedStateMachine):
    """Two people, three songs, four cards, and everything that can happen to a vote."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="votes-"))
        self.loop = asyncio.Runner()
        self.now = 1000
        self.marks: dict[tuple[int, str, Origin], Mark] = {}
        self.dismissed: set[tuple[int, str]] = set()
        self.heard: Counter[tuple[int, str, int]] = Counter()
        self.decisive: Counter[tuple[int, str]] = Counter()
        self.open()
        for message, (song, guild) in CARDS.items():
            self.run(self.store.cards.add(Card(message, 5, guild, "song", (SongId(song),), "en", 1)))

    def open(self) -> None:
        self.store = self.run(Store.open(self.folder / "votes.sqlite3"))
        self.store.marks.on_change(self.hear)

    def run(self, doing):
        self.now += 1
        return self.loop.run(doing)

    def hear(self, change: MarkChange) -> None:
        step = 1 if change.loved else -1
        self.heard[change.user, change.song, change.guild] += step
        if change.decisive:
            self.decisive[change.user, change.song] += step

    def teardown(self) -> None:
        self.run(self.store.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def loved(self, user: int) -> dict[str, int]:
        since: dict[str, int] = {}
        for (who, song, _), mark in self.marks.items():
            if who == user and mark.present:
                since[song] = min(since.get(song, mark.at), mark.at)
        return since

    def model_press(self, user: int, song: str, guild: int, origin: str, now: int) -> None:
        self.marks.setdefault((user, song, Origin(origin, guild)), Mark(True, guild, now))
        self.dismissed.discard((user, song))

    def model_remove(self, user: int, song: str) -> None:
        for key, mark in list(self.marks.items()):
            if key[:2] == (user, song):
                if key[2].kind == "reaction":
                    self.marks[key] = mark._replace(present=False)
                else:
                    del self.marks[key]

    @rule(user=users, song=songs, guild=guilds, origin=origins)
    def press(self, user, song, guild, origin) -> None:
        before = self.loved(user)
        now = self.now
        pressed = self.run(self.store.marks.press(user, song, guild, origin, now))
        self.model_press(user, song, guild, origin, now)
        after = self.loved(user)
        assert (pressed.new, pressed.since, pressed.total) == (song not in before, after[song], len(after))

    @rule(user=users, chosen=st.lists(songs, min_size=1, max_size=3), guild=guilds)
    def tick_several(self, user, chosen, guild) -> None:
        now = self.now
        self.run(self.store.marks.press_many(user, chosen, guild, "button", now))
        for song in chosen:
            self.model_press(user, song, guild, "button", now)

    @rule(user=users, song=songs, guild=guilds, origin=origins, late=st.booleans())
    def undo(self, user, song, guild, origin, late) -> None:
        key = (user, song, Origin(origin, guild))
        pressed_at = self.marks[key].at if key in self.marks and not late else 1
        undone = self.run(self.store.marks.undo(user, song, guild, origin, pressed_at))
        assert undone == (key in self.marks and not late)
        if undone:
            del self.marks[key]

    @rule(user=users, reaction=reactions, twice=st.booleans())
    def react(self, user, reaction, twice) -> None:
        song, guild = CARDS[reaction.message]
        key = (user, song, Origin("reaction", reaction.message, PLAIN[reaction.emoji], reaction.burst))
        before = self.loved(user)
        for _ in range(2 if twice else 1):
            now = self.now
            began = self.run(self.store.marks.react(user, song, guild, reaction, now))
            assert began == (song not in before and key not in self.marks)
            if key not in self.marks:
                self.marks[key] = Mark(True, guild, now)
                self.dismissed.discard((user, song))

    @rule(user=users, reaction=reactions)
    def take_back(self, user, reaction) -> None:
        song, _ = CARDS[reaction.message]
        before = self.loved(user)
        ended = self.run(self.store.marks.unreact(user, reaction))
        origin = Origin("reaction", reaction.message, PLAIN[reaction.emoji], reaction.burst)
        self.marks.pop((user, song, origin), None)
        assert ended == (song in before and song not in self.loved(user))

    @rule(user=users, song=songs)
    def remove(self, user, song) -> None:
        was = song in self.loved(user)
        assert self.run(self.store.marks.remove(user, song)) == was
        self.model_remove(user, song)

    @rule(user=users)
    def clear(self, user) -> None:
        removed = self.run(self.store.marks.clear(user))
        assert sorted(removed) == sorted(self.loved(user))
        for song in SONGS:
            self.model_remove(user, song)

    @rule(message=st.sampled_from(sorted(CARDS)))
    def others_clear_the_reactions(self, message) -> None:
        self.run(self.store.cards.set_cleared(message))

    @rule(message=st.sampled_from(sorted(CARDS)))
    def card_is_gone(self, message) -> None:
        self.run(self.store.cards.forget(message))

    @rule(user=users, song=songs)
    def dismiss(self, user, song) -> None:
        self.run(self.store.listeners.dismiss(user, song, self.now))
        self.dismissed.add((user, song))

    @rule()
    def restart(self) -> None:
        self.run(self.store.close())
        self.open()

    @invariant()
    def everything_follows_the_table(self) -> None:
        standing = {key: mark for key, mark in self.marks.items() if mark.present}
        here = {(user, song, standing[user, song, origin].guild) for user, song, origin in standing}
        for user in USERS:
            state = self.run(self.store.listeners.state(user, self.now))
            assert {favourite.song: favourite.since for favourite in state.loved} == self.loved(user)
            assert state.dismissed == {song for who, song in self.dismissed if who == user}
        for song in SONGS:
            assert self.store.tally.everywhere(song) == len({user for user, loved, _ in here if loved == song})
            for guild in GUILDS:
                assert self.store.tally.here(guild, song) == len([1 for _, s, g in here if (s, g) == (song, guild)])
        assert {key for key, times in self.heard.items() if times} == here
        assert {key for key, times in self.decisive.items() if times} == {(user, song) for user, song, _ in here}
        assert {*self.heard.values(), *self.decisive.values()} <= {0, 1}


Votes.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestVotes = Votes.TestCase
