"""What a plain text is called: its headline, when it begins with one."""

from bot.reading.clean import clean_lines, clean_title
from bot.reading.lines import paragraphs_in

_TITLE = 200  # a first paragraph longer than this is no title
_BEGINNING = 2000  # characters in which a headline and what follows it are looked for


def headline_of(text: str) -> str | None:
    """The headline of a text as a person pasted it."""
    return title_of(paragraphs_in(clean_lines(text[:_BEGINNING]).strip("\n")))


def title_of(paragraphs: list[str]) -> str | None:
    """The first paragraph, when it looks like a headline and a text follows it."""
    first = paragraphs[0] if len(paragraphs) > 1 else ""
    headline = len(first) <= _TITLE and not first.endswith((".", ",", ";", ":"))
    return clean_title(first) if headline else None
