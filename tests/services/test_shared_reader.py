"""One workspace's fetch serves the next one's, and nothing else of it does."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import PageUnavailable
from bot.readings import Reading
from bot.services.shared_reader import SharedReader
from bot.values import CompanyName, Evidence, Extraction, Page, Status, Tie, TieKind
from storage import readings
from storage.engine import Engine, transaction
from tests.factories import TEAM, usd

URL, OTHER = "https://news.example/1", "https://news.example/2"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
PAGE = Page(
    url=OTHER, title="Á deal", site=None, lang="en", published=NOON.date(), text="Northwind buys Fabrikam."
)
TIE = Tie(
    kind=TieKind.ACQUISITION,
    source="Northwind",
    target="Fabrikam",
    status=Status.ANNOUNCED,
    money=usd(5),
    date="2026-05",
    confidence=0.1234567890123,
    evidence=Evidence(PAGE.text, 0, 24),
    rule="en.buy.verb",
)
FOUND = Extraction("en", (CompanyName("Northwind", ("NW",)), CompanyName("Fabrikam")), (TIE,))


class First:
    """Counts what it is asked to read; `before` is called each time."""

    def __init__(self, *, public: bool = True) -> None:
        self.reading = Reading(PAGE, FOUND, public)
        self.asked: list[str] = []
        self.before: Callable[[], object] = lambda: None

    def read(self, url: str, *, team_id: str) -> Reading:
        self.asked.append(url)
        self.before()
        return self.reading

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        return PAGE

    def extract(self, page: Page, *, team_id: str) -> Extraction:
        self.asked.append(page.text)
        return FOUND


@pytest.fixture
def first() -> First:
    return First()


def share(first: First, engine: Engine, *, version: str = "1", now: datetime = NOON) -> SharedReader:
    return SharedReader(first, engine, version=version, keep=timedelta(hours=6), now=lambda: now)


def test_the_second_who_asks_gets_the_first_ones_reading_to_the_letter(first: First, engine: Engine) -> None:
    share(first, engine).read(URL, team_id=TEAM)
    assert share(first, engine).read(URL, team_id=TEAM) == first.reading
    assert first.asked == [URL]


def test_a_reading_is_found_under_the_address_that_was_asked_for_alone(first: First, engine: Engine) -> None:
    share(first, engine).read(URL, team_id=TEAM)  # the page calls itself OTHER, as anybody's may
    share(first, engine).read(OTHER, team_id=TEAM)
    assert first.asked == [URL, OTHER]


def test_another_version_of_the_reader_reads_anew(first: First, engine: Engine) -> None:
    share(first, engine).read(URL, team_id=TEAM)
    share(first, engine, version="2").read(URL, team_id=TEAM)
    assert first.asked == [URL, URL]


def test_a_page_is_read_anew_when_its_time_is_over(first: First, engine: Engine) -> None:
    share(first, engine).read(URL, team_id=TEAM)
    later = share(first, engine, now=NOON + timedelta(hours=6, seconds=1))
    later.read(URL, team_id=TEAM)
    later.read(URL, team_id=TEAM)
    assert first.asked == [URL, URL]


def test_what_is_not_public_is_given_to_nobody_else(engine: Engine) -> None:
    first = First(public=False)
    share(first, engine).read(URL, team_id=TEAM)
    share(first, engine).read(URL, team_id=TEAM)
    assert first.asked == [URL, URL]


def test_what_is_not_public_cannot_be_kept(engine: Engine) -> None:
    with transaction(engine) as session, pytest.raises(ValueError, match="public"):
        readings.keep_reading(session, First(public=False).reading, url=URL, version="1", now=NOON)


def test_a_text_that_was_given_is_read_each_time(first: First, engine: Engine) -> None:
    share(first, engine).extract(PAGE, team_id=TEAM)
    share(first, engine).extract(PAGE, team_id=TEAM)
    assert first.asked == [PAGE.text, PAGE.text]


def test_who_asks_meanwhile_waits_for_the_one_reading(first: First, engine: Engine) -> None:
    reader, everybody = share(first, engine), threading.Barrier(4, timeout=60)
    first.before = everybody.wait  # read only once all others have been started
    with ThreadPoolExecutor(4) as threads:
        asking = [
            threads.submit(lambda: (everybody.wait(), reader.read(URL, team_id=TEAM))) for _ in range(3)
        ]
        assert reader.read(URL, team_id=TEAM) == first.reading
        assert {ask.result()[1] for ask in asking} == {first.reading}
    assert first.asked == [URL]


def test_a_page_that_could_not_be_read_is_tried_again(first: First, engine: Engine) -> None:
    def fail() -> None:
        raise PageUnavailable("down")

    first.before = fail
    reader = share(first, engine)
    for _ in range(2):
        with pytest.raises(PageUnavailable):
            reader.read(URL, team_id=TEAM)
    assert first.asked == [URL, URL]


def test_old_readings_are_forgotten(first: First, engine: Engine) -> None:
    share(first, engine).read(URL, team_id=TEAM)
    with transaction(engine) as session:
        readings.forget_readings(session, before=NOON + timedelta(seconds=1), limit=9)
    share(first, engine).read(URL, team_id=TEAM)
    assert first.asked == [URL, URL]
