"""Makes what people wrote harmless to show: no pings, no hidden characters, no links, no broken layout."""

from __future__ import annotations

import re
import unicodedata

MARKS = 2
"""Combining marks kept on one character: Thai and Hindi need two, Zalgo text stacks dozens."""
LINES = 12
"""Lines a text may have; what follows runs on in the last one."""

_ZERO_WIDTH = "\u200b"
"""Parts characters that would mean something side by side."""
_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
"""What emoji are put together with, and what draws a sign as an emoji; kept only there."""
_KEYCAPS = frozenset("0123456789#*")
_UNSEEN = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, *range(0xFE00, 0xFE10)),
            *(0xFFA0, 0xFFFC, 0x16FE4, 0x1D159, *range(0xE0100, 0xE01F0)),
        ),
    )
)
"""Letters, marks and symbols by category, yet drawn as nothing: Unicode's Default_Ignorable_Code_Point
(DerivedCoreProperties.txt) without its control characters, the empty Braille cell and note head, and the
object replacement character."""
_EMOJI_PLANE = range(0x1F000, 0x1FC00)
"""Where emoji newer than Python's tables lie, unassigned as far as those know."""
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CUSTOM_EMOJI = re.compile(r"<a?:(\w{2,32}):\d{17,20}>", re.ASCII)

_ALWAYS = re.compile(r"[\\`*_~>#\[\]<:]")
"""What begins markdown, a link, a mention or an emoji wherever it stands."""
_AT_LINE_START = re.compile(r"^([-+]|\d+(?=\.))", re.MULTILINE)
"""What begins a list or small print."""


def harmless(text: str) -> str:
    """Escape a person's text for a text display, so that it reads as it was written and does nothing else.

    Every character that Discord's markdown could take up gets a backslash. Between two bars, and after an at
    sign, stands a zero-width space: a fold is closed by the first two bars there are, escaped or not.
    """
    escaped = _ALWAYS.sub(r"\\\g<0>", clean(text))
    escaped = _AT_LINE_START.sub(_in_line_start, escaped)
    return escaped.replace("|", f"\\|{_ZERO_WIDTH}").replace("@", f"@{_ZERO_WIDTH}")


def _in_line_start(found: re.Match[str]) -> str:
    begun = found[0]
    return f"{begun}\\" if begun.isdigit() else f"\\{begun}"


def copyable(text: str) -> str:
    """Put a person's text into a code block, from which it can be copied as it was written."""
    return f"```\n{clean(text).replace('``', f'`{_ZERO_WIDTH}`')}\n```"


def in_line(text: str) -> str:
    """Escape a person's text for a place within one line: a name, a search, a quotation."""
    return harmless(" ".join(clean(text).split()))


def clean(text: str) -> str:
    """Drop what is not seen, stacked marks and all but a few line breaks; cleaned again, a text stays as it is."""
    lines = _LINE_ENDS.sub("\n", _CUSTOM_EMOJI.sub(r":\1:", text)).split("\n")
    told = "\n".join(_clean_line(line) for line in lines).strip()
    first, *rest = re.sub(r"\n{3,}", "\n\n", told).split("\n", LINES - 1)
    if len(rest) == LINES - 1:
        rest[-1] = " ".join(rest[-1].split())
    return "\n".join([first, *rest])


def visible(text: str) -> bool:
    """Tell whether any character of a text can be seen."""
    return any(_is_emoji(character) or unicodedata.category(character)[0] in "LNPS" for character in clean(text))


def folds_itself(text: str) -> bool:
    """Tell whether a writer hid part of a text as Discord's spoilers are written."""
    return clean(text).count("||") > 1


def _clean_line(line: str) -> str:
    shown = unicodedata.normalize("NFC", "".join(_seen(line)))
    kept: list[str] = []
    marks = MARKS
    for character in " ".join(shown.split()):
        if character != _AS_EMOJI and unicodedata.category(character).startswith("M"):
            marks += 1
            if marks > MARKS:
                continue
        elif character == " ":
            marks = MARKS
        elif character not in {_JOINER, _AS_EMOJI}:
            marks = 0
        kept.append(character)
    return " ".join("".join(kept).split())


def _seen(line: str) -> list[str]:
    """Leave out control, format, surrogate, private and unassigned characters, and those drawn as nothing."""
    kept: list[str] = []
    for place, character in enumerate(line):
        before = kept[-1] if kept else " "
        if character == _AS_EMOJI:
            if before not in _KEYCAPS and not _is_emoji(before):
                continue
        elif character == _JOINER:
            following = line[place + 1 : place + 2]
            if not (following and _is_emoji(following) and (before == _AS_EMOJI or _is_emoji(before))):
                continue
        elif character in _UNSEEN or (
            unicodedata.category(character).startswith("C") and not character.isspace() and not _is_emoji(character)
        ):
            continue
        kept.append(character)
    return kept


def _is_emoji(character: str) -> bool:
    """Tell what may be part of a joined emoji, skin tones and signs such as ♀ and ↔ among them."""
    if character in _UNSEEN:
        return False
    category = unicodedata.category(character)
    return category in {"So", "Sm", "Sk"} or (category == "Cn" and ord(character) in _EMOJI_PLANE)
