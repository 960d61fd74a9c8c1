"""Scripts of what may happen to votes: who does what under which card, and when a recount goes a step on."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.catalogue import SongId
from bot.store import Card
from bot.ui.cards import KEYCAPS
from bot.ui.hearts import plain
from bot.ui.showing import ONE_SONG, PICKS
from tests.long.small_discord import SEED
from tests.long.table import Key

USERS = (11, 12, 13)
HEARTS = (SEED, "💜", "🫶", "🫶🏽")
SONGS = ("a", "b", "c")
GUILD = 70
CARDS = (
    Card(901, 5, GUILD, ONE_SONG, (SongId("a"),), "en", 9, seeded=True),
    Card(903, 5, GUILD, PICKS, (SongId("a"), SongId("b"), SongId("c")), "en", 2),
    Card(904, 5, GUILD, ONE_SONG, (SongId("b"),), "en", 3, seeded=True),
    Card(906, 6, GUILD, ONE_SONG, (SongId("a"),), "en", 4),
)
STRANGERS = {5: [902, 905], 6: []}
"""Messages of other people between the cards, by channel."""
WAYS = {card.message: HEARTS if card.kind == ONE_SONG else KEYCAPS[:3] for card in CARDS}
KEYS = {
    Key(user, card.message, plain(emoji), burst): card.songs[
        0 if card.kind == ONE_SONG else WAYS[card.message].index(emoji)
    ]
    for card in CARDS
    for emoji in WAYS[card.message]
    for user in USERS
    for burst in (False, True)
}

HOT = (901, SEED)
"""Where most of it happens: what never meets proves nothing."""
_users = st.sampled_from((11, 11, *USERS))
_songs = st.sampled_from(("a", "a", *SONGS))
_messages = st.sampled_from((901, 901, *(card.message for card in CARDS)))
_all_places = [(message, emoji) for message, ways in WAYS.items() for emoji in ways]
_places = st.sampled_from([*[HOT] * 2 * len(_all_places), *_all_places])
_heart = st.tuples(_users, _places, st.sampled_from((*[False] * 7, True)))
_given = st.tuples(st.sampled_from(("give", "give", "take")), _heart)
_act = st.one_of(
    _given,
    _given,
    _given,
    st.tuples(st.sampled_from(("swap", "regret", "return", "overtake")), _users, st.sampled_from(USERS)),
    st.tuples(st.sampled_from(("button", "command", "remove", "remove")), _users, _songs),
    st.tuples(st.sampled_from(("delete", "delete", "remove all")), _users),
    st.one_of(
        st.tuples(st.just("robot"), _places),
        st.tuples(st.just("clear emoji"), _places),
        st.tuples(st.sampled_from(("clear", "gone")), _messages),
        st.tuples(st.just("replay"), st.integers(1, 4)),
        st.tuples(st.sampled_from(("lag", "deliver", "away", "restart", "recount", "ready"))),
    ),
)
_turn = st.tuples(st.just("turn"), st.integers(0, 1), st.integers(1, 3), st.booleans())
_phase = st.tuples(
    st.lists(_act, max_size=6),
    st.just([("away",)]),
    st.lists(_act, max_size=6),
    st.lists(st.just(("ready",)), min_size=1, max_size=2),
    st.lists(st.one_of(_turn, _turn, _act), min_size=4, max_size=24),
    st.sampled_from(([("check",)], [("finish",)])),
)
"""Live for a while, away for a while, back, and more of it between the requests of a recount or two."""
SCRIPTS = st.lists(_phase, min_size=1, max_size=3).map(
    lambda phases: [step for phase in phases for part in phase for step in part]
)
Step = tuple[Any, ...]
