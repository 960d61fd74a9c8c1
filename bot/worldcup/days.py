"""Which days a server's knockout takes: one duel each, without a gap, the final on a Sunday."""

from __future__ import annotations

from datetime import date, timedelta

from bot.daily import SUNDAY, Due, instant, local_day
from bot.store import Cup, Served


def first_day(today: date, duels: int) -> date:
    """Return the first day, today at the earliest, from which so many days in a row end on a Sunday."""
    final = today + timedelta(days=duels - 1)
    return today + timedelta(days=(SUNDAY - final.weekday()) % 7)


def due(cup: Cup, now: int) -> Due | None:
    """Return when the next duel of a running knockout is due, or after the last its champion.

    What comes late, as after an outage, moves what follows, so that every duel has its day.
    """
    if cup.served is None or cup.state != "running":
        return None
    at = _planned(cup.served, len(cup.posts), cup.posts[-1].day if cup.posts else None)
    return Due(max(at.day, local_day(now, cup.served.zone)), at.at) if at.at <= now else at


def planned(served: Served, step: int) -> int:
    """Return the UTC second in which a post is due where no outage delays it."""
    return _planned(served, step, None).at


def closes(cup: Cup, step: int) -> int | None:
    """Return the UTC second in which a duel that was posted is closed; None where it was not posted."""
    if cup.served is None or step >= len(cup.posts):
        return None
    return _planned(cup.served, step + 1, cup.posts[step].day).at


def _planned(served: Served, step: int, last: date | None) -> Due:
    day = served.first_day + timedelta(days=step)
    if last is not None:
        day = max(day, last + timedelta(days=1))
    while (at := instant(day, served.hour, served.zone)) is None:
        day += timedelta(days=1)
    return Due(day, at)
