"""The song of the day, decided: when it is due, which song it is, what a week was like."""

from __future__ import annotations

from bot.daily.deck import next_song
from bot.daily.schedule import LATE_SECONDS, SUNDAY, Due, due, instant, known_zone, local_day, named_zone, next_due
from bot.daily.week import MOST_LOVED, Week, week_of
from bot.daily.zones import OFFERED, guess

__all__ = [
    "LATE_SECONDS",
    "MOST_LOVED",
    "OFFERED",
    "SUNDAY",
    "Due",
    "Week",
    "due",
    "guess",
    "instant",
    "known_zone",
    "local_day",
    "named_zone",
    "next_due",
    "next_song",
    "week_of",
]
