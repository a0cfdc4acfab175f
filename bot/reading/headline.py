"""What a plain text is called: its headline, when it begins with one."""

import re

from bot.reading.clean import clean_lines, clean_title
from bot.reading.lines import is_wrapped, paragraphs_of

_TITLE = 200  # a first paragraph longer than this is no title
_BEGINNING = 2000  # characters in which a headline and what follows it are looked for
_BLANK = re.compile(r"\n{2,}")


def headline_of(text: str) -> str | None:
    """The headline of a text as a person pasted it."""
    return title_of(paragraphs_in(clean_lines(text[:_BEGINNING]).strip("\n")))


def paragraphs_in(text: str) -> list[str]:
    """The paragraphs of a text of clean lines."""
    return [part for block in _BLANK.split(text) for part in _parts(block)]


def title_of(paragraphs: list[str]) -> str | None:
    """The first paragraph, when it looks like a headline and a text follows it."""
    first = paragraphs[0] if len(paragraphs) > 1 else ""
    headline = len(first) <= _TITLE and not first.endswith((".", ",", ";", ":"))
    return clean_title(first) if headline else None


def _parts(block: str) -> list[str]:
    """One block between blank lines: wrapped lines are joined, else each line is a paragraph."""
    lines = [line for line in block.split("\n") if line]
    return list(paragraphs_of(lines)) if is_wrapped(lines) else lines
