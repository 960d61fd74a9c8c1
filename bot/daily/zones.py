"""Time zones: those offered in a menu, and a server's likely one."""

from __future__ import annotations

from typing import Final

OFFERED: Final = (
    "UTC",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Asia/Manila",
    "Asia/Singapore",
    "Asia/Jakarta",
    "Asia/Bangkok",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Europe/Paris",
    "Europe/London",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Mexico_City",
    "America/Denver",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Australia/Sydney",
    "Pacific/Auckland",
)
"""Zones where many who watch K-dramas live: with one line for "another" they fill a menu."""

_OF_LANGUAGE: Final = {
    "ko": "Asia/Seoul",
    "ja": "Asia/Tokyo",
    "th": "Asia/Bangkok",
    "vi": "Asia/Ho_Chi_Minh",
    "id": "Asia/Jakarta",
    "hi": "Asia/Kolkata",
    "tr": "Europe/Istanbul",
}
"""Languages that are at home in few enough zones to guess one."""


def guess(locale: object) -> str:
    """Guess a server's zone by the language it chose; English, every server's default, tells nothing: UTC."""
    return _OF_LANGUAGE.get(str(locale), "UTC")
