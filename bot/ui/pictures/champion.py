"""The picture of a song that won a knockout, made to be passed on."""

from __future__ import annotations

from dataclasses import dataclass

from bot import limits
from bot.ui.pictures.canvas import MARGIN, WIDTH, Canvas, drawable, letters

_MIDDLE = WIDTH / 2
_LARGEST, _SMALLEST = 92, 48
"""Sizes of the title's letters in pixels."""


@dataclass(frozen=True, slots=True)
class Champion:
    """A champion, not yet drawn."""

    heading: str
    """As "Champion of 16 songs"."""
    title: str
    second_title: str
    """The other script's, or nothing."""
    singer: str
    drama: str
    beaten_heading: str
    beaten: tuple[str, ...]
    """Whom it met on its way, the final last."""
    signature: str
    """Whose it is, as "Mina's World Cup of rainy days"."""

    def alt(self) -> str:
        """Tell the same as the picture."""
        titles = f"{self.title} ({self.second_title})" if self.second_title else self.title
        beaten = f" {self.beaten_heading}: {', '.join(self.beaten)}." if self.beaten else ""
        told = f"{self.heading}: {titles}, {self.singer}, {self.drama}.{beaten} {self.signature}"
        return limits.shorten(told, limits.ALT_TEXT)

    def draw(self) -> bytes:
        """Draw it as PNG; takes some milliseconds of CPU, so call it in a thread."""
        plate = 150, 620
        canvas = Canvas(plate[1] + (90 + 54 * len(self.beaten) if self.beaten else 0) + 130)
        canvas.write(self.heading, (_MIDDLE, MARGIN - 4), 44, ink="accent", bold=True, anchor="ma")
        canvas.panel(*plate)
        size = next((s for s in range(_LARGEST, _SMALLEST, -4) if _fits(self.title, s)), _SMALLEST)
        canvas.write(self.title, (_MIDDLE, 300), size, width=WIDTH - 3 * MARGIN, bold=True, anchor="mm")
        canvas.write(self.second_title, (_MIDDLE, 390), 44, ink="quiet", width=WIDTH - 3 * MARGIN, anchor="mm")
        canvas.write(self.singer, (_MIDDLE, 470), 44, width=WIDTH - 3 * MARGIN, anchor="mm")
        canvas.write(self.drama, (_MIDDLE, 536), 36, ink="quiet", width=WIDTH - 3 * MARGIN, anchor="mm")
        top = plate[1] + 40
        if self.beaten:
            canvas.write(self.beaten_heading, (_MIDDLE, top), 34, ink="accent", anchor="ma")
            for at, beaten in enumerate(self.beaten):
                canvas.write(beaten, (_MIDDLE, top + 56 + 54 * at), 34, anchor="ma")
            top += 56 + 54 * len(self.beaten) + 20
        canvas.write(self.signature, (_MIDDLE, top + 16), 32, ink="quiet", anchor="ma")
        return canvas.png()


def _fits(title: str, size: int) -> bool:
    return letters(size).getlength(drawable(title)) <= WIDTH - 3 * MARGIN
