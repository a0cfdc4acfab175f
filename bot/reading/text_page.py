"""Plain text, pasted or uploaded -> an article."""

import re

from bot.errors import NotAnArticle
from bot.reading.clean import MAX_TEXT, clean_lines, clean_title, join_paragraphs
from bot.reading.language import detect_language
from bot.reading.lines import is_wrapped, paragraphs_of
from bot.reading.links import canonical_url, site_of
from bot.values import Page

_LEAST = 40  # characters: one short sentence
_TITLE = 200  # a first paragraph longer than this is no title
_BLANK = re.compile(r"\n{2,}")


def read_text(text: str, *, url: str | None) -> Page:
    """Read a plain text; its first short paragraph without a full stop is also its title.

    Raises NotAnArticle when there is next to nothing to read.
    """
    # Twice what is kept, so that the last paragraph that is kept is a whole one.
    seen = clean_lines(text).strip("\n")[: 2 * MAX_TEXT]
    paragraphs = [part for block in _BLANK.split(seen) for part in _parts(block)]
    body = join_paragraphs(paragraphs)
    if len(body) < _LEAST or not any(c.isalpha() for c in body):
        raise NotAnArticle("There is too little text to read. Paste the whole article.", code="empty_page")
    address = canonical_url(url) if url else None
    return Page(
        url=address,
        title=title_of(paragraphs),
        site=site_of(address) if address else None,
        lang=detect_language(body),
        published=None,
        text=body,
    )


def title_of(paragraphs: list[str]) -> str | None:
    """The first paragraph, when it looks like a headline and a text follows it."""
    first = paragraphs[0] if len(paragraphs) > 1 else ""
    headline = len(first) <= _TITLE and not first.endswith((".", ",", ";", ":"))
    return clean_title(first) if headline else None


def _parts(block: str) -> list[str]:
    """One block between blank lines: wrapped lines are joined, else each line is a paragraph."""
    lines = [line for line in block.split("\n") if line]
    return list(paragraphs_of(lines)) if is_wrapped(lines) else lines
