"""The deck: no song again before all that fit have come, in another order for every guild."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.model import SongId
from bot.daily import next_song

song_ids = st.integers(0, 40).map(lambda number: SongId(f"s{number}"))
decks = st.frozensets(song_ids, min_size=1, max_size=12)


@given(st.integers(0, 2**63), decks, st.integers(1, 4))
def test_a_round_has_every_song_once_and_never_one_twice_running(
    guild: int, deck: frozenset[SongId], rounds: int
) -> None:
    played: Counter[SongId] = Counter()
    order: list[SongId] = []
    for _ in range(rounds * len(deck)):
        song = next_song(guild, deck, played, order[-1] if order else None)
        assert song is not None
        played[song] += 1
        order.append(song)

    assert set(order[: len(deck)]) == deck
    assert max(played.values()) - min(played[song] for song in deck) <= 1
    assert len(deck) == 1 or all(a != b for a, b in pairwise(order))


@given(decks, st.frozensets(song_ids, max_size=12), st.dictionaries(song_ids, st.integers(1, 5)))
def test_whatever_was_played_a_song_that_fits_and_came_least_is_next(
    deck: frozenset[SongId], before: frozenset[SongId], played: dict[SongId, int]
) -> None:
    song = next_song(7, deck, played, next(iter(before), None))

    assert song is not None
    assert song in deck
    rested = deck - {next(iter(before), None)} or deck
    assert played.get(song, 0) == min(played.get(one, 0) for one in rested)


def test_guilds_have_decks_of_their_own() -> None:
    deck = [SongId(f"s{number}") for number in range(50)]

    firsts = {next_song(guild, deck, {}, None) for guild in range(20)}

    assert len(firsts) > 5


def test_nothing_fits_nothing_comes() -> None:
    assert next_song(7, [], {}, None) is None
