"""The knockout of songs, decided: who meets whom, who goes on, and which day a server's duel is."""

from __future__ import annotations

from bot.worldcup.bracket import FEWEST, SIZES, Bracket, Duel, decided
from bot.worldcup.days import closes, due, first_day, planned
from bot.worldcup.entrants import ANY, FAVOURITES, Origin, drawn, fitting

__all__ = [
    "ANY",
    "FAVOURITES",
    "FEWEST",
    "SIZES",
    "Bracket",
    "Duel",
    "Origin",
    "closes",
    "decided",
    "drawn",
    "due",
    "first_day",
    "fitting",
    "planned",
]
