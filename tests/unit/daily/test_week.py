"""A week in a guild: what most people began to love, and what climbed past others."""

from __future__ import annotations

from bot.catalogue.model import SongId
from bot.daily import Week, week_of
from bot.store import Loved


def loved(song: str, people: int, lately: int) -> Loved:
    return Loved(SongId(song), people, lately)


def test_the_most_loved_are_those_that_won_most_people_this_week() -> None:
    week = week_of([loved("old", 50, 0), loved("a", 9, 4), loved("b", 4, 4), loved("c", 3, 3), loved("d", 2, 2)])

    assert week.loved == (("a", 4), ("b", 4), ("c", 3))


def test_a_climber_rose_most_and_is_none_of_the_three() -> None:
    before = [loved(f"p{number}", 5, 0) for number in range(4)]
    news = [loved("a", 5, 5), loved("b", 4, 4), loved("c", 3, 3)]

    week = week_of([*before, *news, loved("up", 6, 2), loved("slow", 20, 2)])

    assert week.climber == ("up", 4)


def test_one_person_alone_moves_no_song_and_a_new_song_has_nowhere_to_climb_from() -> None:
    news = [loved("a", 5, 5), loved("b", 4, 4), loved("c", 3, 3)]

    week = week_of([*news, loved("one", 3, 1), loved("new", 2, 2), loved("x", 2, 0)])

    assert week.climber is None


def test_a_quiet_week_has_nothing() -> None:
    assert week_of([]) == week_of([loved("old", 5, 0)]) == Week((), None)
