"""A server's knockout: a duel a day without a gap, the final on a Sunday, an outage shifts and skips nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.model import SongId
from bot.daily import SUNDAY
from bot.store import Cup, CupPost, Served
from bot.worldcup import closes, due, first_day

MONDAY = date(2026, 6, 1)
SONGS = tuple(SongId(f"song-{number}") for number in range(8))


def cup(zone: str = "UTC", hour: int = 20, first: date = MONDAY) -> Cup:
    return Cup(1, 0, "any", "-", 8, SONGS, (), "running", 0, Served(7, 8, hour, zone, first))


def at(day: date, hour: int = 20) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp())


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(3, 7))
def test_the_last_duel_is_on_the_first_sunday_that_leaves_a_day_for_each(today: date, duels: int) -> None:
    first = first_day(today, duels)

    assert (first + timedelta(days=duels - 1)).weekday() == SUNDAY
    assert timedelta(0) <= first - today < timedelta(days=7)


def test_seven_duels_begin_on_a_monday() -> None:
    assert first_day(MONDAY, 7) == MONDAY
    assert first_day(MONDAY + timedelta(days=1), 7) == MONDAY + timedelta(days=7)


def test_each_day_has_its_duel_and_the_champion_comes_the_day_after_the_final() -> None:
    playing, days = cup(), []
    for step in range(8):
        found = due(playing, at(MONDAY + timedelta(days=step)))
        assert found
        days.append(found.day)
        playing = replace(playing, posts=(*playing.posts, CupPost(step, step, found.day, step)))

    assert days == [MONDAY + timedelta(days=step) for step in range(8)]
    assert days[6].weekday() == SUNDAY
    assert closes(playing, 6) == at(days[7])


def test_what_an_outage_delayed_comes_at_once_and_the_next_a_day_later() -> None:
    posted = replace(cup(), posts=(CupPost(0, 0, MONDAY, 1),))
    back = at(MONDAY + timedelta(days=4), 9)

    late = due(posted, back)
    assert late and late.at <= back and late.day == MONDAY + timedelta(days=4)
    after = due(replace(posted, posts=(*posted.posts, CupPost(1, 1, late.day, 2))), back + 1)

    assert after and after.at == at(MONDAY + timedelta(days=5))


@pytest.mark.parametrize("state", ["over", "stopped"])
def test_nothing_is_due_when_it_is_over(state: str) -> None:
    assert due(replace(cup(), state=state), at(MONDAY)) is None


def test_a_day_that_a_zone_left_out_is_passed_over() -> None:
    samoa = cup("Pacific/Apia", 12, date(2011, 12, 30))

    found = due(samoa, at(date(2011, 12, 1)))

    assert found and found.day == date(2011, 12, 31)
