"""Bytes -> a Page, whatever the kind: HTML, plain text, PDF. CPU only; made to run in a child process."""

from pathlib import PurePath

from bot.errors import NotAnArticle, Unreadable
from bot.reading.content_type import charset_of, media_type
from bot.reading.encoding import decode, looks_binary
from bot.reading.html_page import read_html
from bot.reading.pdf_page import read_pdf
from bot.reading.text_page import read_text
from bot.values import Page

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_BY_SUFFIX = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".pdf": "application/pdf"}
_TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md"})


def read_page(body: bytes, *, content_type: str, url: str | None, filename: str | None = None) -> Page:
    """Read what was fetched, pasted or uploaded; the bytes' own signature beats what they are called.

    Raises NotAnArticle, PageBlocked, PageUnavailable (an error page sent with status 200), PageTooLarge,
    Unreadable.
    """
    if not body.strip():
        raise NotAnArticle("The page is empty. Open it yourself and paste the text.", code="empty_page")
    kind = _kind(body, media_type(content_type), filename)
    if kind == "application/pdf":
        return read_pdf(body, url=url)
    if looks_binary(body):
        raise Unreadable("This is not text. Paste the article's text instead.", code="binary")
    text = decode(body, declared=charset_of(content_type))
    return read_html(text, url=url) if kind in _HTML else read_text(text, url=url)


def _kind(body: bytes, said: str, filename: str | None) -> str:
    """The media type by signature, then by name, then as declared."""
    if body[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if said == "application/pdf":
        raise Unreadable("The PDF is damaged. Paste the article's text instead.", code="pdf_broken")
    suffix = PurePath(filename).suffix.lower() if filename else ""
    if filename and suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if said in _HTML or said.startswith("text/"):
        return said
    if suffix in _TEXT_SUFFIXES:
        return "text/plain"
    raise NotAnArticle("Only web pages, plain text and PDF files are read.", code="wrong_type")
