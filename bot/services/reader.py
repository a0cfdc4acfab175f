"""Reads pages and texts in child processes, so that a poisonous one dies alone and the parent stays small."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.metrics import Metrics
from bot.reading.fetch import Fetcher
from bot.reading.pool import Workers, ended_within
from bot.readings import Reading
from bot.values import Extraction, Page

if TYPE_CHECKING:
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

    def __init__(
        self, fetcher: Fetcher, workers: Workers, metrics: Metrics, patience: Patience = APART
    ) -> None:
        """Fetch with `fetcher` in this process; parse and extract in `workers`."""
        self._fetcher = fetcher
        self._workers = workers
        self._metrics = metrics
        self._patience = patience

    def read(self, url: str) -> Reading:
        """Fetch a page, clean it, find companies and ties; raises ReadingError."""
        with self._metrics.stage("fetch"):
            fetched = self._fetcher.fetch(url)
        page = (fetched.body, fetched.content_type, fetched.url)
        with self._metrics.stage("extract"):  # one call for both: a child takes a page from bytes to ties
            read, extraction = self._workers.run(
                _read, *page, self._patience.parse, timeout=self._patience.parse + self._patience.extract
            )
        return Reading(read, extraction, fetched.public)

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        """Clean a file; raises ReadingError."""
        return self._workers.run(_parse, body, content_type, None, filename, timeout=self._patience.parse)

    def extract(self, page: Page) -> Extraction:
        """Find companies and ties; raises Unreadable."""
        with self._metrics.stage("extract"):
            return self._workers.run(_extract, page, timeout=self._patience.extract)


# These run in a child; what they import stays out of the parent.
def _read(body: bytes, content_type: str, url: str, seconds: float) -> tuple[Page, Extraction]:
    with ended_within(seconds):
        page = _parse(body, content_type, url, None)
    return page, _extract(page)


def _parse(body: bytes, content_type: str, url: str | None, filename: str | None) -> Page:
    from bot.reading.page import read_page

    return read_page(body, content_type=content_type, url=url, filename=filename)


def _extract(page: Page) -> Extraction:
    return _child_reader().extract(page.text, title=page.title, published=page.published, lang=page.lang)


@cache
def _child_reader(models: Mapping[str, str] | None = None) -> "Reader":
    """One reader per child process: its models are loaded once, and never in the parent."""
    from bot.extraction.pipeline import Reader

    return Reader(models)
