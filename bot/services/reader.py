"""Reads pages and texts in child processes, so that a poisonous one dies alone and the parent stays small."""

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
    """How many seconds of processor time a child may take: for a page, and for a text.

    The first text of a language loads its models. On a busy host a child waits for its turns: `waiting` times
    as many seconds may go by.
    """

    parse: float
    extract: float
    waiting: float = 3.0

    def by_the_clock(self, *, parse: bool = False, extract: bool = False) -> float:
        """How many seconds go by at most."""
        return self.waiting * (parse * self.parse + extract * self.extract)


# What takes longer, or breaks its child, is tried again among its like, where it holds up nobody else.
FIRST = Patience(parse=10.0, extract=40.0)
APART = Patience(parse=30.0, extract=120.0)
PARSE_BYTES = 500_000_000  # by which a child may grow over one page; the longest articles take a tenth of it


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

    def read(self, url: str, *, team_id: str) -> Reading:
        """Fetch a page, clean it, find companies and ties; raises ReadingError."""
        with self._metrics.stage("fetch"):
            fetched = self._fetcher.fetch(url)
        body, content_type, url = fetched.body, fetched.content_type, fetched.url
        with self._metrics.stage("extract"):  # one call for both: a child takes a page from bytes to ties
            page, extraction = self._workers.run(
                _read,
                self._patience,
                body,
                content_type,
                url,
                timeout=self._patience.by_the_clock(parse=True, extract=True),
                whose=team_id,
            )
        return Reading(page, extraction, fetched.public)

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        """Clean a file; raises ReadingError."""
        patience, timeout = self._patience, self._patience.by_the_clock(parse=True)
        return self._workers.run(_parse, patience, body, content_type, None, filename, timeout=timeout)

    def extract(self, page: Page, *, team_id: str) -> Extraction:
        """Find companies and ties; raises Unreadable."""
        with self._metrics.stage("extract"):
            timeout = self._patience.by_the_clock(extract=True)
            return self._workers.run(_extract, self._patience, page, timeout=timeout, whose=team_id)


# These run in a child; what they import stays out of the parent.
def _read(patience: Patience, body: bytes, content_type: str, url: str) -> tuple[Page, Extraction]:
    page = _parse(patience, body, content_type, url, None)
    return page, _extract(patience, page)


def _parse(patience: Patience, body: bytes, content_type: str, url: str | None, filename: str | None) -> Page:
    from bot.reading.memory import growing_at_most
    from bot.reading.page import read_page

    with ended_within(patience.parse), growing_at_most(PARSE_BYTES):
        return read_page(body, content_type=content_type, url=url, filename=filename)


def _extract(patience: Patience, page: Page) -> Extraction:
    with ended_within(patience.extract):
        reader = child_reader()
        return reader.extract(page.text, title=page.title, published=page.published, lang=page.lang)


@cache
def child_reader() -> "Reader":
    """One reader per child process, never in the parent: its models are loaded once."""
    from bot.extraction.pipeline import Reader

    return Reader()
