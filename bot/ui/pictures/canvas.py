"""The one look of all pictures: colours, letters that know Hangul, and a card that grows downwards."""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import Final, Literal

import pylopdf_fonts_ko
from PIL import Image, ImageDraw, ImageFont

WIDTH: Final = 1080
"""Pixels: what a phone shows across without scaling up."""
MARGIN: Final = 64
"""Pixels left empty around what is drawn."""

_GROUND: Final = "#17141f"
_INK: Final = {"plain": "#f6f3fb", "quiet": "#bab2cd", "accent": "#ff9dbd"}
_BAR, _TRACK = "#ff7aa5", "#312b42"

Ink = Literal["plain", "quiet", "accent"]
"""How loud a word is; never what it means."""


@cache
def letters(size: int) -> ImageFont.FreeTypeFont:
    """Return Noto Sans KR, which has Latin and Hangul, at a size in pixels."""
    return ImageFont.truetype(str(pylopdf_fonts_ko.sans_path()), size)


@cache
def _shape(character: str) -> bytes:
    size = 16
    image = Image.new("1", (2 * size, 2 * size))
    ImageDraw.Draw(image).text((0, 0), character, fill=1, font=letters(size))
    return image.tobytes()


@cache
def _drawable(character: str) -> bool:
    if character.isspace():
        return True
    return unicodedata.category(character)[0] not in "CM" and _shape(character) != _shape("\U0010ffff")


def drawable(text: str) -> str:
    """Leave out what the letters do not have, such as emoji, which would be drawn as empty boxes."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if _drawable(c) else " " for c in composed).split())


def fitting(text: str, size: int, width: float) -> str:
    """Cut text with an ellipsis to a width in pixels; composed syllables are never cut apart."""
    text = drawable(text)
    font = letters(size)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


class Canvas:
    """A card of fixed width on which one line is put under another."""

    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (WIDTH, height), _GROUND)
        self._draw = ImageDraw.Draw(self._image)

    def write(
        self,
        text: str,
        at: tuple[float, float],
        size: int,
        *,
        ink: Ink = "plain",
        width: float | None = None,
        bold: bool = False,
        anchor: str = "la",
    ) -> None:
        """Write one line; `at` and `width` are pixels, `anchor` is Pillow's ("la" left top, "ra" right top)."""
        shown = fitting(text, size, width if width is not None else WIDTH - 2 * MARGIN)
        stroke = 1 if bold else 0
        self._draw.text(
            at, shown, fill=_INK[ink], font=letters(size), anchor=anchor, stroke_width=stroke, stroke_fill=_INK[ink]
        )

    def bar(self, top: float, share: float, *, left: float = MARGIN, right: float = WIDTH - MARGIN) -> None:
        """Draw a bar of which `share` (0 to 1) is filled; something always shows."""
        height = 20
        self._draw.rounded_rectangle((left, top, right, top + height), height // 2, fill=_TRACK)
        filled = max(height, (right - left) * min(max(share, 0.0), 1.0))
        self._draw.rounded_rectangle((left, top, left + filled, top + height), height // 2, fill=_BAR)

    def panel(self, top: float, bottom: float) -> None:
        """Draw a quiet plate behind something that stands for itself."""
        self._draw.rounded_rectangle((MARGIN, top, WIDTH - MARGIN, bottom), 36, fill=_TRACK)

    def png(self) -> bytes:
        """Return the picture as a file's bytes."""
        out = io.BytesIO()
        self._image.quantize(64).save(out, "PNG")
        return out.getvalue()
