"""When a song is due: once a local day, at its hour, in every zone and through every change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.daily import LATE_SECONDS, OFFERED, due, known_zone, local_day, next_due
from bot.daily.schedule import instant
from bot.store import Claimed, Daily

EVERY_DAY = range(7)
HOUR = 3_600
DAY = 86_400
ODD = (
    "Australia/Lord_Howe",  # clocks move by half an hour
    "Pacific/Apia",  # left out 30 December 2011
    "America/Santiago",  # clocks skip midnight
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
)
zones = st.sampled_from([*OFFERED, *ODD])
hours = st.integers(0, 23)
moments = st.integers(1_262_304_000, 2_051_222_400)  # 2010 to 2035, in UTC seconds
weekdays = st.frozensets(st.integers(0, 6), min_size=1)


def at(zone: str, *moment: int) -> int:
    year, month, day, hour, *minute = moment
    return int(datetime(year, month, day, hour, *minute, tzinfo=ZoneInfo(zone)).timestamp())


@given(zones, hours, weekdays, moments)
def test_what_is_due_next_is_on_a_wanted_day_at_the_hour_or_right_after_a_gap(
    zone: str, hour: int, days: frozenset[int], now: int
) -> None:
    due = next_due(hour, zone, days, after=None, since=0, now=now)

    assert due is not None
    local = datetime.fromtimestamp(due.at, ZoneInfo(zone))
    assert (local.date(), local.weekday() in days) == (due.day, True)
    assert now - LATE_SECONDS <= due.at < now + 9 * DAY
    before = datetime.fromtimestamp(due.at - 1, ZoneInfo(zone))
    skipped = (before.hour, before.minute) < (hour, 0) < (local.hour, local.minute) or (local.hour > hour == 0)
    assert (local.hour, local.minute) == (hour, 0) or skipped


@given(zones, hours, moments)
def test_followed_for_weeks_each_local_day_has_its_song_once(zone: str, hour: int, start: int) -> None:
    daily = Daily(1, 2, hour, zone, changed_at=start)
    claimed: Claimed | None = None
    days: list[date] = []
    now = start
    for _ in range(20):
        found = due(daily, claimed, now)
        assert found is not None
        now = max(now, found.at)
        claimed = Claimed(found.day, now)
        days.append(local_day(now, zone))

    assert len(set(days)) == len(days)
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    assert gaps <= ({1, 2} if zone == "Pacific/Apia" else {1})


@given(zones, zones, hours, hours, moments, st.integers(0, 3 * DAY))
def test_a_change_of_zone_and_hour_never_brings_two_songs_in_one_day(
    before: str, after: str, hour: int, other: int, posted: int, later: int
) -> None:
    claimed = Claimed(local_day(posted, before), posted)
    moved = Daily(1, 2, other, after, changed_at=posted + later)

    found = due(moved, claimed, posted + later)

    assert found is not None
    assert found.day > claimed.day
    assert local_day(found.at, after) > local_day(posted, after)
    assert found.at >= posted + later


@given(zones, hours, weekdays, moments, st.integers(0, 30 * DAY))
def test_after_an_outage_a_song_is_at_most_a_few_hours_late(
    zone: str, hour: int, days: frozenset[int], start: int, away: int
) -> None:
    found = due(Daily(1, 2, hour, zone, tuple(days), changed_at=start), None, start + away)

    assert found is not None
    assert found.at >= start + away - LATE_SECONDS


@given(zones, hours, st.dates(date(2010, 1, 1), date(2035, 1, 1)))
def test_an_instant_is_on_its_day_or_the_day_does_not_exist(zone: str, hour: int, day: date) -> None:
    found = instant(day, hour, zone)
    assume(found is not None)

    assert found is not None
    assert local_day(found, zone) == day


def test_the_hour_that_spring_skips_comes_at_the_end_of_the_gap() -> None:
    found = next_due(2, "America/New_York", EVERY_DAY, after=None, since=0, now=at("America/New_York", 2026, 3, 8, 0))

    assert found is not None
    assert found.at == at("America/New_York", 2026, 3, 8, 3)


def test_a_midnight_that_is_skipped_comes_at_one_on_the_same_day() -> None:
    found = next_due(0, "America/Santiago", EVERY_DAY, after=None, since=0, now=at("America/Santiago", 2026, 9, 5, 12))

    assert found is not None
    assert (found.day, found.at) == (date(2026, 9, 6), at("America/Santiago", 2026, 9, 6, 1))


def test_the_hour_that_autumn_repeats_comes_once_and_first() -> None:
    daily = Daily(1, 2, 1, "America/New_York")
    first = due(daily, None, at("America/New_York", 2026, 11, 1, 0))
    assert first is not None

    again = due(daily, Claimed(first.day, first.at), first.at + HOUR)

    assert first.at == at("America/New_York", 2026, 11, 1, 1)
    assert again is not None
    assert again.day == date(2026, 11, 2)


def test_a_day_that_was_left_out_has_no_song() -> None:
    assert instant(date(2011, 12, 30), 9, "Pacific/Apia") is None


def test_too_late_is_the_next_day() -> None:
    noon = at("Asia/Seoul", 2026, 5, 4, 12)

    in_time = next_due(12, "Asia/Seoul", EVERY_DAY, after=None, since=0, now=noon + LATE_SECONDS)
    too_late = next_due(12, "Asia/Seoul", EVERY_DAY, after=None, since=0, now=noon + LATE_SECONDS + 1)

    assert in_time is not None
    assert in_time.at == noon
    assert too_late is not None
    assert too_late.at == noon + DAY


def test_what_was_due_before_the_times_were_changed_is_not_made_up_for() -> None:
    now = at("UTC", 2026, 5, 4, 10)

    found = due(Daily(1, 2, 9, "UTC", changed_at=now), None, now)

    assert found is not None
    assert found.day == date(2026, 5, 5)


def test_a_day_taken_while_the_clock_was_years_ahead_does_not_silence_the_guild() -> None:
    now = at("UTC", 2026, 5, 4, 8)
    wrong = Claimed(date(2099, 1, 1), now + 70 * 365 * DAY)

    found = due(Daily(1, 2, 9, "UTC"), wrong, now)

    assert found is not None
    assert found.day == date(2026, 5, 4)


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "America", "\x00", "é" * 400]
)
def test_what_is_no_zone_is_none(name: str) -> None:
    assert known_zone(name) is None


def test_every_zone_offered_is_known() -> None:
    assert [name for name in OFFERED if known_zone(name) is None] == []
    assert len(set(OFFERED)) == len(OFFERED) == 24


def test_a_zone_that_is_known_no_more_is_read_as_utc() -> None:
    assert local_day(0, "Mars/Olympus") == datetime.fromtimestamp(0, UTC).date()
    found = next_due(9, "Mars/Olympus", EVERY_DAY, after=None, since=0, now=0)
    assert found is not None
    assert timedelta(seconds=found.at) == timedelta(hours=9)
