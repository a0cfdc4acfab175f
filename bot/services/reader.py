"""Reads pages and texts in child processes, so that a poisonous one dies alone and the parent stays small."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.reading.fetch import Fetcher
from bot.reading.pool import Workers
from bot.values import Extraction, Page

if TYPE_CHECKING:
    from datetime import date

    from bot.extraction.pipeline import Reader


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a child may take: for a page, and for a text, whose first one loads its models."""

    parse: float
    extract: float


# What takes longer, or breaks its child, is tried again among its like, where it holds up nobody else.
FIRST = Patience(parse=10.0, extract=40.0)
APART = Patience(parse=30.0, extract=120.0)


class ArticleReader:
    """The way from an address or a file to what its article says."""

    def __init__(self, fetcher: Fetcher, workers: Workers, patience: Patience = APART) -> None:
        """Fetch with `fetcher` in this process; parse and extract in `workers`."""
        self._fetcher = fetcher
        self._workers = workers
        self._patience = patience

    def fetch(self, url: str) -> Page:
        """Fetch and clean a page; raises ReadingError."""
        fetched = self._fetcher.fetch(url)
        return self._workers.run(
            _parse, fetched.body, fetched.content_type, fetched.url, None, timeout=self._patience.parse
        )

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        """Clean a file; raises ReadingError."""
        return self._workers.run(_parse, body, content_type, None, filename, timeout=self._patience.parse)

    def extract(self, page: Page) -> Extraction:
        """Find companies and ties; raises Unreadable."""
        return self._workers.run(
            _extract, page.text, page.title, page.published, page.lang, timeout=self._patience.extract
        )


# Both run in a child; what they import stays out of the parent.
def _parse(body: bytes, content_type: str, url: str | None, filename: str | None) -> Page:
    from bot.reading.page import read_page

    return read_page(body, content_type=content_type, url=url, filename=filename)


def _extract(text: str, title: str | None, published: "date | None", lang: str | None) -> Extraction:
    return _child_reader().extract(text, title=title, published=published, lang=lang)


@cache
def _child_reader(models: Mapping[str, str] | None = None) -> "Reader":
    """One reader per child process: its models are loaded once, and never in the parent."""
    from bot.extraction.pipeline import Reader

    return Reader(models)
