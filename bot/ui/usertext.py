"""Makes what people wrote harmless to show: no pings, no hidden characters, no broken layout."""

from __future__ import annotations

import re
import unicodedata

from discord.utils import escape_markdown, escape_mentions

_MARKS_IN_A_ROW = 2
"""Combining marks kept on one character; Zalgo text stacks dozens."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Hangul fillers and the empty Braille cell: letters and symbols by category, yet nothing to see."""
_SHOWN_CONTROLS = {"\n"}
_JOINERS = {"\u200d", "\ufe0f"}
"""Zero-width joiner and variation selector: emoji need them."""


def harmless(text: str) -> str:
    """Escape a person's text for a text display: markdown, mentions, links under other words, control characters."""
    return escape_mentions(escape_markdown(clean(text), as_needed=False).replace("[", "\\[").replace("<", "\\<"))


def clean(text: str) -> str:
    """Drop control and bidirectional characters, stacked marks and runs of blank lines; NFC otherwise unchanged."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category.startswith("M"):
            marks += 1
            if marks > _MARKS_IN_A_ROW and character not in _JOINERS:
                continue
        else:
            marks = 0
        if category.startswith("C") and character not in _SHOWN_CONTROLS and character not in _JOINERS:
            continue
        kept.append(character)
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


def visible(text: str) -> bool:
    """Tell whether any character of a text can be seen."""
    return any(unicodedata.category(character)[0] in "LNPS" and character not in _FILLERS for character in text)
