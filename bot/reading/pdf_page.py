"""A PDF -> an article: its text in paragraphs, title from its metadata or letters, date from its dateline."""

import io
import re
from collections import Counter
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import DependencyError, DeprecationError, FileNotDecryptedError, PyPdfError

from bot.errors import PageTooLarge, Unreadable
from bot.reading.clean import MAX_TEXT, clean_title, join_paragraphs
from bot.reading.dateline import dateline_of
from bot.reading.headline import title_of
from bot.reading.language import detect_language
from bot.reading.lines import paragraphs_of
from bot.reading.links import canonical_url, site_of
from bot.reading.pdf_lines import PageLines, lines_of
from bot.reading.phrases import load_phrases
from bot.values import Page

_MAX_PAGES = 300
_LEAST = 60  # characters: fewer are a scan's page numbers
# What pypdf raises on broken files beside its own errors; a file is a stranger's, so none may pass as a bug.
_BROKEN = (
    *(
        PyPdfError,
        DeprecationError,  # pypdf's word for a file that says a thing in the old way
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
    ),
    *(OverflowError, ZeroDivisionError, NotImplementedError, EOFError, OSError),
)
_NO_TITLE = re.compile(
    r"untitled.*|sin t[ií]tulo.*|sans titre.*|microsoft \w+ - .*|\S*[\\/_]\S*|\W*"
    r"|.*\.(docx?|rtf|odt|pages|pdf|indd|qxd|pptx?|txt|html?)",
    re.I,
)
_PAGE_NUMBER = re.compile(
    r"(?:p[aá]g(?:ina|e)?\.?|page)?\s*\d{1,4}(?:\s*(?:/|of|de|sur|di)\s*\d{1,4})?", re.I
)


def read_pdf(body: bytes, *, url: str | None) -> Page:
    """Read a PDF; raises Unreadable (locked, broken, pictures only), PageTooLarge (over 300 pages)."""
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked()
        pages = _pages(reader)
        declared = _declared_title(reader)
    except (DependencyError, FileNotDecryptedError):
        raise _locked() from None
    except _BROKEN:
        raise Unreadable("The PDF is damaged. Paste the article's text instead.", code="pdf_broken") from None
    phrases = load_phrases()
    lines = list(_lines([page.lines for page in pages]))
    paragraphs = [line for line in paragraphs_of(lines) if not phrases.is_called("press", line)]
    text = join_paragraphs(paragraphs)
    if sum(map(str.isalpha, text)) < _LEAST:
        raise Unreadable(
            "The PDF holds pictures of text only. Paste the article's text instead.", code="pdf_no_text"
        )
    address = canonical_url(url) if url else None
    return Page(
        url=address,
        title=declared or _headline(pages) or title_of(paragraphs),
        site=site_of(address) if address else None,
        lang=detect_language(text),
        published=dateline_of(paragraphs),
        text=text,
    )


def _locked() -> Unreadable:
    return Unreadable(
        "The PDF is locked with a password. Paste the article's text instead.", code="pdf_locked"
    )


def _pages(reader: PdfReader) -> list[PageLines]:
    """The lines of each page, up to what is read at all."""
    if len(reader.pages) > _MAX_PAGES:
        raise PageTooLarge(
            "The PDF has too many pages to be an article. Paste the part that matters instead."
        )
    pages: list[PageLines] = []
    size = 0
    for page in reader.pages:
        read = lines_of(page)
        pages.append(read)
        size += sum(map(len, read.lines))
        if size > MAX_TEXT:
            break
    return pages


def _lines(pages: list[list[str]]) -> Iterator[str]:
    """All lines without page numbers and without the heads and feet that come on page after page."""
    repeated = _running(pages)
    for lines in pages:
        kept = [line for line in lines if not _PAGE_NUMBER.fullmatch(line) and _shape(line) not in repeated]
        while kept and not kept[-1]:
            kept.pop()  # a paragraph may go on after the page's end
        yield from kept


def _running(pages: list[list[str]]) -> frozenset[str]:
    """Lines at the edge of at least half of the pages; of both of two pages, where a gap sets them apart."""
    edges = (
        shape for lines in pages for shape in {_shape(line) for line in _edges(lines, of=len(pages)) if line}
    )
    return frozenset(shape for shape, times in Counter(edges).items() if times >= max(2, len(pages) / 2))


def _edges(lines: list[str], *, of: int) -> list[str]:
    """The lines where heads and feet stand, on a page of a file `of` so many."""
    if of > 2:
        return [*lines[:2], *lines[-2:]]
    first = lines[:1] if lines[1:2] == [""] else []
    return first + (lines[-1:] if lines[-2:-1] == [""] else [])


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _headline(pages: list[PageLines]) -> str | None:
    """The headline of the first page, unless that is only a company's label for all its announcements."""
    title = clean_title(pages[0].headline) if pages else None
    return title if title and not load_phrases().is_called("press", title) else None


def _declared_title(reader: PdfReader) -> str | None:
    """The title in the metadata, unless a program made it up from a file's name."""
    title = clean_title(reader.metadata.title) if reader.metadata else None
    return title if title and not _NO_TITLE.fullmatch(title) else None
