"""An optional second reader: any OpenAI-compatible endpoint that the team names. Off unless it is set.

The article's text leaves the host for that address; nothing else does. On any failure the built-in reader's
result stands, so a dead, slow, dear or lying endpoint costs quality and never an article.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import httpx

from bot.errors import SecondReaderFailed
from bot.extraction.quoted import read_answer, request_body
from bot.reader_mode import ReaderMode
from bot.readings import Reading
from bot.services.ports import ReadArticle
from bot.values import Extraction, Page, Tie, TieKind

TIMEOUT = 60.0  # seconds for a whole answer's next bytes; local models on small machines are slow
MAX_ANSWER = 1_000_000  # bytes

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask: `url` is the base ("http://localhost:11434/v1"); `daily` caps articles a UTC day."""

    url: str
    model: str
    key: str = field(repr=False)
    daily: int


class SecondReader:
    """Asks the endpoint. The day's count is kept in this process, so it starts anew with it."""

    def __init__(self, endpoint: Endpoint, *, now: Callable[[], datetime]) -> None:
        self._endpoint = endpoint
        self._now = now
        self._lock = threading.Lock()
        self._day: date | None = None
        self._asked = 0

    def extract(self, page: Page, *, lang: str) -> Extraction:
        """What the endpoint proves about an article; raises SecondReaderFailed."""
        self._count()
        body = request_body(page.text, title=page.title, model=self._endpoint.model)
        try:
            return read_answer(self._ask(body), text=page.text, lang=lang)
        except httpx.HTTPError as error:
            raise SecondReaderFailed(type(error).__name__, code="llm_unreachable") from None
        except ValueError:
            raise SecondReaderFailed("The answer has another shape.", code="llm_answer") from None

    def _count(self) -> None:
        with self._lock:
            today = self._now().date()
            if today != self._day:
                self._day, self._asked = today, 0
            if self._asked >= self._endpoint.daily:
                raise SecondReaderFailed("The day's articles are used up.", code="llm_daily_cap")
            self._asked += 1

    def _ask(self, body: object) -> str:
        """The answer's body; no redirects, proxies or cookies, since the article would go along."""
        headers = {"Authorization": f"Bearer {self._endpoint.key}"} if self._endpoint.key else {}
        address = self._endpoint.url.rstrip("/") + "/chat/completions"
        with (
            httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", address, json=body, headers=headers) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise SecondReaderFailed(f"Status {response.status_code}.", code="llm_status")
            answer = b""
            for piece in response.iter_bytes():
                answer += piece
                if len(answer) > MAX_ANSWER:
                    raise SecondReaderFailed("The answer is too long.", code="llm_answer")
        return answer.decode("utf-8", "replace")


class TwoReaders:
    """An article reader that asks the second one too."""

    def __init__(self, first: ReadArticle, second: SecondReader, mode: ReaderMode) -> None:
        self._first = first
        self._second = second
        self._mode = mode

    def read(self, url: str, *, team_id: str) -> Reading:
        """The page as the first reader sees it, and the mode's result."""
        reading = self._first.read(url, team_id=team_id)
        return replace(reading, extraction=self._judged(reading.page, reading.extraction))

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        """As the first reader."""
        return self._first.parse(body, content_type=content_type, filename=filename)

    def extract(self, page: Page, *, team_id: str) -> Extraction:
        """The mode's result; raises Unreadable where the built-in reader does.

        The built-in reader always runs: it names the companies and the language, and stands in.
        """
        return self._judged(page, self._first.extract(page, team_id=team_id))

    def _judged(self, page: Page, own: Extraction) -> Extraction:
        try:
            other = self._second.extract(page, lang=own.lang)
        except SecondReaderFailed as error:
            _log.warning("second reader failed: %s", error.code)
            return own
        if self._mode is ReaderMode.COMPARE:
            ours, theirs = (frozenset(map(_key, e.ties)) for e in (own, other))
            counts = len(ours & theirs), len(ours - theirs), len(theirs - ours)
            _log.info("second reader: %s ties told by both, %s by ours alone, %s by it alone", *counts)
            return own
        known = {form for c in own.companies for form in (c.name, *c.aliases)}
        added = tuple(c for c in other.companies if c.name not in known)
        return Extraction(lang=own.lang, companies=own.companies + added, ties=_renamed(own, other))


def _renamed(own: Extraction, other: Extraction) -> tuple[Tie, ...]:
    """The second reader's ties between the companies as the first one names them."""
    names = {form: c.name for c in own.companies for form in (c.name, *c.aliases)}
    ties = (
        replace(t, source=names.get(t.source, t.source), target=names.get(t.target, t.target))
        for t in other.ties
    )
    return tuple(t for t in ties if t.source != t.target)


def _key(tie: Tie) -> tuple[TieKind, frozenset[str]]:
    return tie.kind, frozenset((tie.source, tie.target))
