"""Bars with words: charts of songs and the profile of a taste, and the same told for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import limits
from bot.ui.pictures.canvas import MARGIN, WIDTH, Canvas, drawable, letters

_TITLE, _SUBTITLE, _HEADING, _LABEL, _NOTE = 60, 34, 38, 38, 30
"""Sizes of letters in pixels."""
_ROW, _ROW_WITH_NOTE, _PANEL_GAP = 104, 144, 36
"""Heights in pixels."""
_SAID = 340
"""Pixels across that the size in words may take."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart."""

    label: str
    size: float
    """Compared with the other bars of its panel; not shown."""
    said: str
    """The size in words, as "14 people"."""
    note: str = ""
    """Who or what stands behind the label, smaller under it."""
    place: int | None = None
    """Rank from 1; ties share one. None where order says nothing."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars that are compared with each other, under one heading."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of bars, not yet drawn."""

    title: str
    subtitle: str
    panels: tuple[Panel, ...]

    def alt(self) -> str:
        """Tell the same as the picture, within what Discord takes as a description."""
        told = [f"{self.title}. {self.subtitle}." if self.subtitle else f"{self.title}."]
        for panel in self.panels:
            bars = "; ".join(_told(bar) for bar in panel.bars)
            told.append(f"{panel.heading}: {bars}." if panel.heading else f"{bars}.")
        return limits.shorten(" ".join(told), limits.ALT_TEXT)

    def draw(self) -> bytes:
        """Draw it as PNG; takes some milliseconds of CPU, so call it in a thread."""
        top = MARGIN + _TITLE + 24 + (_SUBTITLE + 24 if self.subtitle else 0) + _PANEL_GAP // 2
        canvas = Canvas(int(top + sum(_height(panel) for panel in self.panels) + MARGIN - _PANEL_GAP))
        canvas.write(self.title, (MARGIN, MARGIN - 12), _TITLE, bold=True)
        canvas.write(self.subtitle, (MARGIN, MARGIN + _TITLE + 12), _SUBTITLE, ink="quiet")
        for panel in self.panels:
            _draw_panel(canvas, panel, top)
            top += _height(panel)
        return canvas.png()


def _told(bar: Bar) -> str:
    place = f"{bar.place}. " if bar.place is not None else ""
    note = f" ({bar.note})" if bar.note else ""
    return f"{place}{bar.label}{note}: {bar.said}"


def _row(panel: Panel) -> int:
    return _ROW_WITH_NOTE if any(bar.note for bar in panel.bars) else _ROW


def _height(panel: Panel) -> int:
    return (_HEADING + 28 if panel.heading else 0) + _row(panel) * len(panel.bars) + _PANEL_GAP


def _draw_panel(canvas: Canvas, panel: Panel, top: float) -> None:
    if panel.heading:
        canvas.write(panel.heading, (MARGIN, top - 8), _HEADING, ink="accent", bold=True)
        top += _HEADING + 28
    largest = max((bar.size for bar in panel.bars), default=0) or 1
    numbered = any(bar.place is not None for bar in panel.bars)
    left = MARGIN + (84 if numbered else 0)
    for bar in panel.bars:
        if bar.place is not None:
            canvas.write(str(bar.place), (left - 24, top - 6), _LABEL, ink="quiet", width=84, anchor="ra")
        canvas.write(bar.said, (WIDTH - MARGIN, top), _NOTE, ink="quiet", width=_SAID, anchor="ra")
        beside = min(_SAID, letters(_NOTE).getlength(drawable(bar.said))) + 24
        canvas.write(bar.label, (left, top - 8), _LABEL, width=WIDTH - MARGIN - left - beside, bold=True)
        if bar.note:
            canvas.write(bar.note, (left, top + _LABEL + 6), _NOTE, ink="quiet", width=WIDTH - MARGIN - left)
        canvas.bar(top + _row(panel) - 46, bar.size / largest, left=left)
        top += _row(panel)


def ranks(sizes: Sequence[float]) -> list[int]:
    """Give each of the sizes, largest first, its place; equal ones share the better ("1, 2, 2, 4")."""
    places: list[int] = []
    for at, size in enumerate(sizes):
        places.append(places[-1] if at and size == sizes[at - 1] else at + 1)
    return places
