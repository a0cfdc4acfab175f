"""The lines of a PDF's page, with the gaps and the heads that only their places on the page show."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PageObject

from bot.reading.clean import clean_line

_GAP = 1.35  # of the usual distance between lines: more is a gap between paragraphs
_LARGE = 1.15  # of the usual size: larger letters are a head


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, its height on the page and the size of its letters, in points."""

    text: str
    height: float
    size: float


def lines_of(page: PageObject) -> list[str]:
    """A page's lines in reading order; an empty one stands for a gap, or parts a head from the text.

    Raises whatever pypdf raises on broken pages.
    """
    lines = list(_drawn(page))
    if not lines:
        return []
    steps = [above.height - below.height for above, below in pairwise(lines) if above.height > below.height]
    step = median(steps) if steps else 0.0
    size = median(line.size for line in lines)
    out = [lines[0].text]
    for above, below in pairwise(lines):
        if _parted(above, below, step=step, size=size):
            out.append("")
        out.append(below.text)
    return out


def _parted(above: Line, below: Line, *, step: float, size: float) -> bool:
    heads = above.size > size * _LARGE, below.size > size * _LARGE
    return heads[0] != heads[1] or (not heads[0] and above.height - below.height > step * _GAP)


def _drawn(page: PageObject) -> Iterator[Line]:
    """What pypdf draws, put together line by line."""
    parts: list[tuple[str, float, float]] = []

    def note(text: str, moved: list[float], matrix: list[float], _font: Any, size: float) -> None:
        if text:
            # Sizes and places are scaled by the text's matrix and moved by the page's.
            parts.append((text, moved[5] + matrix[5] * (moved[3] or 1.0), abs(size * (matrix[3] or 1.0))))

    page.extract_text(visitor_text=note)
    held, height, size = "", 0.0, 0.0
    for text, at, letters in parts:
        first, *others = text.split("\n")
        if first.strip() and not held.strip():
            height, size = at, letters
        held += first
        for rest in others:
            if line := clean_line(held):
                yield Line(line, height, size)
            held, height, size = rest, at, letters
    if line := clean_line(held):
        yield Line(line, height, size)
