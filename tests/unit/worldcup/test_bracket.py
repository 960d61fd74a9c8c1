"""A knockout: every song but one loses once, the most loved have the byes, and nothing else decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.model import SongId
from bot.worldcup import Bracket, decided

SIZES = st.integers(2, 16)
PICKS = st.lists(st.integers(0, 1), min_size=15, max_size=15)


def songs(count: int) -> tuple[SongId, ...]:
    return tuple(SongId(f"song-{number:02}") for number in range(count))


def play(count: int, picks: list[int]) -> Bracket:
    bracket = Bracket(songs(count))
    for choice in picks[: count - 1]:
        bracket = bracket.pick(choice)
    return bracket


@given(SIZES, PICKS)
def test_every_song_but_the_champion_loses_exactly_once(count: int, picks: list[int]) -> None:
    bracket = play(count, picks)

    losers = [song for duel, winner in bracket.played for song in duel.songs if song != winner]
    assert bracket.duel is None
    assert sorted(losers) == sorted(set(songs(count)) - {bracket.champion})


@given(SIZES, PICKS)
def test_byes_are_the_most_loved_songs_and_fill_the_first_round(count: int, picks: list[int]) -> None:
    bracket = play(count, picks)
    first = bracket.played[0][0].places

    began_first = {song for duel, _ in bracket.played if duel.places == first for song in duel.songs}
    assert set(bracket.byes) == set(songs(count)) - began_first
    assert bracket.byes == songs(count)[: len(bracket.byes)]
    assert count + len(bracket.byes) == first < 2 * count


@given(SIZES)
def test_where_the_higher_seeded_always_wins_the_first_meets_the_second_last(count: int) -> None:
    bracket = play(count, [0] * 15)

    assert bracket.champion == songs(count)[0]
    assert bracket.played[-1][0].songs == songs(count)[:2]
    assert bracket.played[-1][0].places == 2


@given(SIZES, PICKS)
def test_duels_are_numbered_in_order_and_rounds_shrink(count: int, picks: list[int]) -> None:
    duels = [duel for duel, _ in play(count, picks).played]

    assert [duel.number for duel in duels] == list(range(count - 1))
    assert [duel.places for duel in duels] == sorted((duel.places for duel in duels), reverse=True)
    for duel in duels:
        assert 1 <= duel.turn <= duel.turns <= duel.places // 2
        assert songs(count).index(duel.songs[0]) < songs(count).index(duel.songs[1])


@given(SIZES, PICKS, st.integers(0, 14))
def test_undo_takes_one_pick_back_and_no_more(count: int, picks: list[int], at: int) -> None:
    bracket = Bracket(songs(count), tuple(picks[: min(at, count - 2)]))

    assert bracket.pick(1).undo(lambda _: True) == bracket
    assert Bracket(songs(count)).undo(lambda _: True) == Bracket(songs(count))


@given(st.integers(2, 16), PICKS, st.sets(st.integers(0, 15), max_size=14), st.integers(0, 14))
def test_songs_that_are_gone_lose_and_never_stand_in_a_duel(
    count: int, picks: list[int], gone: set[int], at: int
) -> None:
    missing = {songs(16)[number] for number in gone}
    started = Bracket(songs(count), tuple(picks[: min(at, count - 1)]))

    settled = started.settle(lambda song: song not in missing)

    assert settled.picks[: len(started.picks)] == started.picks
    if settled.duel:
        assert not missing & set(settled.duel.songs)
    for duel, winner in settled.played[len(started.picks) :]:
        assert missing & set(duel.songs)
        assert winner not in missing or missing >= set(duel.songs)


@pytest.mark.parametrize(("count", "picks"), [(1, ()), (4, (0, 0, 0, 0)), (4, (2,)), (4, (-1,))])
def test_what_is_no_knockout_is_refused(count: int, picks: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"knockout|picks"):
        Bracket(songs(count), picks)


def test_a_song_cannot_meet_itself() -> None:
    with pytest.raises(ValueError, match="each once"):
        Bracket((SongId("a"), SongId("a")))


def test_the_champions_way_is_told_in_order() -> None:
    bracket = play(8, [0] * 7)

    assert bracket.beaten(songs(8)[0]) == (songs(8)[7], songs(8)[3], songs(8)[1])


@given(st.lists(st.integers(0, 1)))
def test_more_votes_win(votes: list[int]) -> None:
    if votes.count(0) != votes.count(1):
        assert decided(votes) == int(votes.count(1) > votes.count(0))


@pytest.mark.parametrize(
    ("votes", "winner"),
    [([], 0), ([0, 1], 0), ([1, 0], 1), ([1, 1, 0, 0], 1), ([1, 0, 0, 1], 0), ([0, 1, 1, 0], 1)],
)
def test_of_equals_wins_who_reached_the_count_first_and_without_votes_the_higher_seeded(
    votes: list[int], winner: int
) -> None:
    assert decided(votes) == winner


@given(st.lists(st.integers(0, 1), min_size=2).filter(lambda votes: 2 * sum(votes) == len(votes)))
def test_the_tie_rule_is_what_a_watcher_of_the_counts_would_say(votes: list[int]) -> None:
    count = len(votes) // 2
    reached = {choice: max(at for at, vote in enumerate(votes) if vote == choice) for choice in (0, 1)}

    assert len([vote for vote in votes[: reached[decided(votes)] + 1] if vote == decided(votes)]) == count
    assert reached[decided(votes)] < reached[1 - decided(votes)]
