"""The second reader only ever adds quality: whatever its endpoint does, an article is read."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bot.errors import SecondReaderFailed, SettingsError
from bot.reader_mode import ReaderMode
from bot.readings import Reading
from bot.services.second_reader import MAX_ANSWER, Endpoint, SecondReader, TwoReaders
from bot.settings import Settings
from bot.values import CompanyName, Evidence, Extraction, Page, Status, Tie, TieKind
from tests.factories import TEAM

TEXT = "Northwind Traders will buy Fabrikam. Contoso supplies Fabrikam."
PAGE = Page(url=None, title="A deal", site=None, lang="en", published=None, text=TEXT)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
KEY = "sk-very-secret"


def tie(kind: TieKind, source: str, target: str) -> Tie:
    return Tie(
        kind=kind,
        source=source,
        target=target,
        status=Status.ANNOUNCED,
        money=None,
        date=None,
        confidence=0.9,
        evidence=Evidence(TEXT[:36], 0, 36),
        rule="en.buy.verb",
    )


OWN = Extraction(
    lang="en",
    companies=(CompanyName("Northwind Traders", ("Northwind",)), CompanyName("Fabrikam")),
    ties=(tie(TieKind.ACQUISITION, "Northwind Traders", "Fabrikam"),),
)
SUPPLY = {
    "kind": "supply",
    "source": "Contoso",
    "target": "Fabrikam",
    "status": "completed",
    "amount": None,
    "currency": None,
    "date": None,
    "quote": "Contoso supplies Fabrikam.",
}


class BuiltIn:
    def read(self, url: str, *, team_id: str) -> Reading:
        return Reading(PAGE, OWN, public=True)

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        return PAGE

    def extract(self, page: Page, *, team_id: str) -> Extraction:
        return OWN


def completion(*ties: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": json.dumps({"ties": ties})}}]}).encode()


class Model:
    """A stand-in endpoint that answers what it is told to and remembers what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.body = completion(SUPPLY)
        self.location: str | None = None
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.url = ""


@pytest.fixture
def model() -> Iterator[Model]:
    told = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.asked.append((self.path, dict(self.headers.items()), body))
            self.send_response(told.status)
            if told.location:
                self.send_header("Location", told.location)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *_: object) -> None:
            pass

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as url:
        told.url = url
        yield told


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def second(model: Model, *, daily: int = 9, now: Callable[[], datetime] = lambda: NOON) -> SecondReader:
    return SecondReader(Endpoint(url=model.url, model="m", key=KEY, daily=daily), now=now)


def read(model: Model, mode: ReaderMode = ReaderMode.LLM) -> Extraction:
    return TwoReaders(BuiltIn(), second(model), mode).extract(PAGE, team_id=TEAM)


def test_what_the_endpoint_proves_is_told(model: Model) -> None:
    assert [(t.kind, t.source, t.target) for t in read(model).ties] == [
        (TieKind.SUPPLY, "Contoso", "Fabrikam")
    ]


def test_its_names_become_those_of_the_built_in_reader(model: Model) -> None:
    buys = {**SUPPLY, "kind": "acquisition", "source": "Northwind Traders", "quote": TEXT[:36]}
    model.body = completion({**buys, "source": "Northwind"})
    (found,) = read(model).ties
    assert found.source == "Northwind Traders"


def test_a_company_that_only_it_names_is_added(model: Model) -> None:
    assert [c.name for c in read(model).companies] == ["Northwind Traders", "Fabrikam", "Contoso"]


def test_the_key_goes_to_the_endpoint(model: Model) -> None:
    read(model)
    ((path, headers, _),) = model.asked
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", f"Bearer {KEY}")


def test_compare_keeps_the_built_in_result(model: Model) -> None:
    assert read(model, ReaderMode.COMPARE) == OWN


def test_compare_logs_how_they_differ(model: Model, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    read(model, ReaderMode.COMPARE)
    assert "0 ties told by both, 1 by ours alone, 1 by it alone" in caplog.text


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_a_refusal_leaves_the_built_in_result(model: Model, status: int) -> None:
    model.status = status
    assert read(model) == OWN


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"x" * (MAX_ANSWER + 1)])
def test_a_useless_answer_leaves_the_built_in_result(model: Model, body: bytes) -> None:
    model.body = body
    assert read(model) == OWN


def test_a_redirect_is_not_followed_since_the_article_would_go_along(model: Model) -> None:
    model.status, model.location = 307, model.url + "/elsewhere"
    assert read(model) == OWN
    assert len(model.asked) == 1


def test_an_endpoint_that_is_down_leaves_the_built_in_result(model: Model) -> None:
    gone = SecondReader(Endpoint(url="http://127.0.0.1:9/v1", model="m", key="", daily=9), now=lambda: NOON)
    assert TwoReaders(BuiltIn(), gone, ReaderMode.LLM).extract(PAGE, team_id=TEAM) == OWN


def test_the_day_s_cap_is_kept(model: Model) -> None:
    reader = second(model, daily=1)
    reader.extract(PAGE, lang="en")
    with pytest.raises(SecondReaderFailed, match="used up"):
        reader.extract(PAGE, lang="en")


def test_the_next_day_counts_anew(model: Model) -> None:
    days = iter((NOON, NOON + timedelta(days=1)))
    reader = second(model, daily=1, now=lambda: next(days))
    reader.extract(PAGE, lang="en")
    assert reader.extract(PAGE, lang="en").ties


def test_no_key_and_no_text_is_logged(model: Model, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    model.status = 500
    model.body = KEY.encode()
    read(model)
    assert KEY not in caplog.text
    assert "Northwind" not in caplog.text


def test_the_key_is_in_no_repr() -> None:
    assert KEY not in repr(Endpoint(url="http://x", model="m", key=KEY, daily=1))


def test_a_second_reader_without_an_address_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="SEAMS_LLM_URL"):
        Settings.load(reader=ReaderMode.LLM)
