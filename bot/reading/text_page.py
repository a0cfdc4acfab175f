"""Plain text, pasted or uploaded -> an article."""

from bot.errors import NotAnArticle
from bot.reading.clean import MAX_TEXT, clean_lines, join_paragraphs
from bot.reading.headline import title_of
from bot.reading.language import detect_language
from bot.reading.lines import paragraphs_in
from bot.reading.links import canonical_url, site_of
from bot.values import Page

_LEAST = 40  # characters: one short sentence


def read_text(text: str, *, url: str | None) -> Page:
    """Read a plain text; its first short paragraph without a full stop is also its title.

    Raises NotAnArticle when there is next to nothing to read.
    """
    # Twice what is kept, so that the last paragraph that is kept is a whole one.
    seen = clean_lines(text).strip("\n")[: 2 * MAX_TEXT]
    paragraphs = paragraphs_in(seen)
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
