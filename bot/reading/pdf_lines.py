"""The lines of a PDF's page, with the gaps and the heads that only their places on the page show."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, pairwise, takewhile
from statistics import median
from typing import Any

from pypdf import PageObject

from bot.reading.clean import clean_line

_GAP = 1.35  # of the usual distance between lines: more is a gap between paragraphs
_LARGE = 1.15  # of the usual size: larger letters are a head
_SMALL = 0.85  # of the usual size: smaller letters are small print
_SHORT = 70  # characters: longer lines in small letters are notes


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, its height on the page and the size of its letters, in points."""

    text: str
    height: float
    size: float


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's lines in reading order, an empty one where there is a gap; the headline in large letters."""

    lines: list[str]
    headline: str | None


def lines_of(page: PageObject) -> PageLines:
    """A page's lines, without the small print at its edges; a gap also parts a head from the text.

    Raises whatever pypdf raises on broken pages.
    """
    lines = list(_drawn(page))
    if not lines:
        return PageLines([], None)
    size = median(line.size for line in lines)
    lines = _without_edges(lines, size)
    steps = [above.height - below.height for above, below in pairwise(lines) if above.height > below.height]
    step = median(steps) if steps else 0.0
    out = [lines[0].text]
    for above, below in pairwise(lines):
        if _parted(above, below, step=step, size=size):
            out.append("")
        out.append(below.text)
    return PageLines(out, _headline(lines, size))


def _without_edges(lines: list[Line], size: float) -> list[Line]:
    """Without short lines in small letters before or behind the text: running heads and feet."""
    full = [place for place, line in enumerate(lines) if not _is_small_print(line, size)]
    return lines[full[0] : full[-1] + 1] if full else lines


def _is_small_print(line: Line, size: float) -> bool:
    return line.size < size * _SMALL and len(line.text) <= _SHORT and not line.text.endswith((".", ",", ";"))


def _headline(lines: list[Line], size: float) -> str | None:
    """The first lines in the largest letters, one under the other, when those are larger than the text's."""
    largest = max(line.size for line in lines)
    if largest <= size * _LARGE:
        return None
    start = dropwhile(lambda line: line.size < largest, lines)
    return " ".join(line.text for line in takewhile(lambda line: line.size == largest, start))


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
