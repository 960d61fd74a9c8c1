"""When a song is due: one instant a local day, whatever clocks do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from bot.daily.zones import OFFERED
from bot.store import Claimed, Daily

LATE_SECONDS: Final = 3 * 3_600
"""How late a song may still come, as after an outage; later than that the day goes without."""
SUNDAY: Final = 6

_AHEAD: Final = 9
"""Days looked ahead: a week, and two for days that a zone leaves out or somebody has taken already."""


@dataclass(frozen=True, slots=True)
class Due:
    """A local day and the UTC second at which its song is due."""

    day: date
    at: int


@lru_cache(maxsize=1_024)
def known_zone(name: str) -> ZoneInfo | None:
    """Return the zone of an IANA name, as "Asia/Seoul"; None where there is none. The name may be anybody's input."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def named_zone(typed: str) -> str | None:
    """Return the zone that somebody means by "asia/seoul", "Seoul" or "new york"; None where there is none."""
    return _zones_by_name().get("_".join(typed.casefold().split()))


@cache
def _zones_by_name() -> dict[str, str]:
    """Zones by their whole name, else by the city alone; the first call reads some hundred files."""
    names = sorted(available_timezones())
    found = {name.casefold(): name for name in names}
    for name in (*OFFERED, *names):
        found.setdefault(name.rpartition("/")[2].casefold(), name)
    return found


def _zone(name: str) -> tzinfo:
    return known_zone(name) or UTC


def local_day(at: int, zone: str) -> date:
    """Return the date that calendars in a zone show at a UTC second."""
    return datetime.fromtimestamp(at, _zone(zone)).date()


def instant(day: date, hour: int, zone: str) -> int | None:
    """Return the UTC second of an hour of a local day.

    Where clocks show that hour twice it is the first time, where they skip it the moment after the gap (the
    offset before the gap applies, PEP 495), and None where that moment is another day: a day that was left out.
    """
    at = int(datetime.combine(day, time(hour), _zone(zone)).timestamp())
    return at if local_day(at, zone) == day else None


def next_due(hour: int, zone: str, weekdays: Iterable[int], *, after: date | None, since: int, now: int) -> Due | None:
    """Return the first due instant of a day later than `after`, at or after `since` and not too late at `now`."""
    earliest = max(since, now - LATE_SECONDS)
    first = local_day(earliest, zone)
    if after is not None and after > local_day(now, zone) + timedelta(days=1):
        after = None  # only a clock once set wrong takes days so far ahead; those stay taken in the store
    wanted = frozenset(weekdays)
    for ahead in range(_AHEAD):
        day = first + timedelta(days=ahead)
        if day.weekday() in wanted and (after is None or day > after):
            at = instant(day, hour, zone)
            if at is not None and at >= earliest:
                return Due(day, at)
    return None


def due(daily: Daily, claimed: Claimed | None, now: int, *, weekdays: Iterable[int] | None = None) -> Due | None:
    """Return when a guild's next song is due, or its next recap with other weekdays.

    A day counts as had by its date and by the moment it was taken, so that a change of the zone brings
    neither two songs in one day nor the same date twice.
    """
    after = None if claimed is None else max(claimed.day, local_day(claimed.at, daily.zone))
    days = daily.weekdays if weekdays is None else weekdays
    return next_due(daily.hour, daily.zone, days, after=after, since=daily.changed_at, now=now)
