"""From lines to paragraphs, where a file knows only lines (PDF, hard-wrapped text)."""

import re
from collections.abc import Iterator, Sequence

_HYPHENATED = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
_LOWER_START = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ]")
_SENTENCE_END = re.compile(r"[.!?…:][\"'»”’)\]]*$")
_ITEM = re.compile(r"(?:[•●▪–—*-]|\d{1,2}[.)])\s")
_BLANK = re.compile(r"\n{2,}")
_WRAPPED = 0.6  # of the usual width: a line that is shorter was not cut there
_FULL = 0.85  # of the usual width: a shorter line ends its paragraph


def paragraphs_in(text: str) -> list[str]:
    """The paragraphs of a text of clean lines."""
    lines = [line for line in text.split("\n") if line]
    width = _usual_width(lines) if is_wrapped(lines) else 0
    return [part for block in _BLANK.split(text) for part in _of_block(block, width)]


def paragraphs_of(lines: Sequence[str]) -> Iterator[str]:
    """Join wrapped lines into paragraphs and undo hyphenation; a blank line always parts."""
    width = _usual_width(lines)
    held = ""
    last = ""
    for line in (*lines, ""):
        if held and (not line or _parts(last, line, width)):
            yield held
            held = ""
        if line:
            held = _glued(held, line)
        last = line
    if held:
        yield held


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines were cut at a fixed width (mail, terminal), and hold no paragraph or entry each."""
    width = _usual_width(lines)
    carried = sum(_LOWER_START.match(line) is not None for line in lines[1:])
    if width > 110 or not carried or carried * 4 < len(lines) - 1:
        return False
    broken = sum(
        1 for line in lines[:-1] if line and not _SENTENCE_END.search(line) and len(line) > width * _WRAPPED
    )
    return broken * 2 >= len(lines) - 1


def _of_block(block: str, width: int) -> list[str]:
    """One block between blank lines: wrapped lines are joined, else each line is a paragraph.

    `width` is that of a text which is wrapped on the whole, else 0: a block of few lines may not show it.
    """
    lines = [line for line in block.split("\n") if line]
    filled = width > 0 and all(len(line) > width * _WRAPPED for line in lines[:-1])
    return list(paragraphs_of(lines)) if filled or is_wrapped(lines) else lines


def _usual_width(lines: Sequence[str]) -> int:
    """The width most lines fill: the 80th percentile of the lengths."""
    sizes = sorted(len(line) for line in lines if line)
    return sizes[len(sizes) * 4 // 5] if sizes else 0


def _parts(last: str, line: str, width: int) -> bool:
    """Whether a new paragraph begins between two lines."""
    if _HYPHENATED.search(last) and _LOWER_START.match(line):
        return False
    if _ITEM.match(line):
        return True
    if len(last) >= width * _FULL or _LOWER_START.match(line):
        return False
    return bool(_SENTENCE_END.search(last)) or len(last) < width * 0.7


def _glued(held: str, line: str) -> str:
    """Two parts of a paragraph: "adqui-" + "sición" -> "adquisición"."""
    if not held:
        return line
    if _HYPHENATED.search(held) and _LOWER_START.match(line):
        return held[:-1] + line
    return f"{held} {line}"
