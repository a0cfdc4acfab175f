"""Fetching from a site on loopback: what comes through, and every bound."""

import gzip
import os
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.errors import LinkRefused, NotAnArticle, PageBlocked, PageTooLarge, PageUnavailable, ReadingError
from bot.reading import guard
from bot.reading.fetch import Fetcher, Limits
from tests.reading.serving import SOON, Reply, Site, Talk, answer, redirect

PAGE = "<!doctype html><p>Voilà une page.</p>".encode()


def test_a_page_comes_back_as_it_was_sent(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = answer(PAGE, kind="text/html; charset=utf-8")
    fetched = fetcher.fetch(site.url("/a"))
    assert (fetched.url, fetched.content_type, fetched.body) == (
        site.url("/a"),
        "text/html; charset=utf-8",
        PAGE,
    )


def test_a_page_is_public_unless_its_host_or_one_on_the_way_is_let_through(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def here(*_: object) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr("bot.reading.transport.checked_addresses", here)
    monkeypatch.setitem(guard._PORTS, "test", site.port)
    site.pages["/a"] = answer(PAGE)
    site.pages["/b"] = redirect(f"http://paper.example:{site.port}/a")
    assert fetcher.fetch(f"http://paper.example:{site.port}/a").public
    assert not fetcher.fetch(site.url("/a")).public
    assert not fetcher.fetch(site.url("/b")).public


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
def test_redirects_are_followed_to_the_final_address(site: Site, fetcher: Fetcher, status: str) -> None:
    site.pages["/a"] = redirect("/b?id=1#top", status=status)
    site.pages["/b?id=1"] = answer(PAGE)
    assert fetcher.fetch(site.url("/a")).url == site.url("/b?id=1")


def test_five_redirects_are_followed_and_a_sixth_is_not(site: Site, fetcher: Fetcher) -> None:
    for hop in range(6):
        site.pages[f"/{hop}"] = redirect(f"/{hop + 1}")
    site.pages["/6"] = answer(PAGE)
    assert fetcher.fetch(site.url("/1")).url == site.url("/6")
    with pytest.raises(PageUnavailable) as refused:
        fetcher.fetch(site.url("/0"))
    assert refused.value.code == "redirect_loop"


def test_a_redirect_to_itself_ends(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = redirect("/")
    with pytest.raises(PageUnavailable, match="circles"):
        fetcher.fetch(site.url())
    assert len(site.heads) == 6


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        ("401 Unauthorized", PageBlocked, "login_required"),
        ("402 Payment Required", PageBlocked, "paywall"),
        ("403 Forbidden", PageBlocked, "refused_by_site"),
        ("404 Not Found", PageUnavailable, "dead_link"),
        ("410 Gone", PageUnavailable, "dead_link"),
        ("418 Teapot", PageUnavailable, "bad_answer"),
        ("429 Too Many Requests", PageUnavailable, "rate_limited"),
        ("451 Unavailable For Legal Reasons", PageBlocked, "legal"),
        ("500 Internal Server Error", PageUnavailable, "page_unavailable"),
        ("503 Service Unavailable", PageUnavailable, "page_unavailable"),
        ("304 Not Modified", PageUnavailable, "bad_answer"),
    ],
)
def test_each_status_has_its_error(
    site: Site, fetcher: Fetcher, status: str, error: type[ReadingError], code: str
) -> None:
    site.pages["/"] = answer(b"", status=status)
    with pytest.raises(error) as raised:
        fetcher.fetch(site.url())
    assert raised.value.code == code
    assert raised.value.message.endswith(".")


@pytest.mark.parametrize(
    "kind", ["image/png", "application/json", "video/mp4", "application/zip", "text/css", "text/html2", "x"]
)
def test_other_types_are_not_read(site: Site, fetcher: Fetcher, kind: str) -> None:
    site.pages["/"] = answer(PAGE, kind=kind)
    with pytest.raises(NotAnArticle) as refused:
        fetcher.fetch(site.url())
    assert refused.value.code == "wrong_type"


@pytest.mark.parametrize(
    "kind", ["text/html", "TEXT/HTML;charset=x", "application/xhtml+xml", "text/plain", "application/pdf"]
)
def test_these_types_are_read(site: Site, fetcher: Fetcher, kind: str) -> None:
    site.pages["/"] = answer(PAGE, kind=kind)
    assert fetcher.fetch(site.url()).content_type == kind


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        (PAGE, None, "text/html"),
        (b"%PDF-1.7 ...", "application/octet-stream", "application/pdf"),
        (b"\n <HTML><body>x", "application/octet-stream", "text/html"),
    ],
)
def test_a_body_without_a_type_tells_its_own(
    site: Site, fetcher: Fetcher, body: bytes, kind: str | None, found: str
) -> None:
    site.pages["/"] = answer(body, kind=kind)
    assert fetcher.fetch(site.url()).content_type == found


def test_a_program_without_a_type_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = answer(b"\x7fELF....", kind=None)
    with pytest.raises(NotAnArticle):
        fetcher.fetch(site.url())


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_packed_bodies_are_unpacked(
    site: Site, fetcher: Fetcher, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    site.pages["/"] = answer(pack(PAGE), Content_Encoding=encoding)
    assert fetcher.fetch(site.url()).body == PAGE


def test_the_largest_body_is_read_and_one_byte_more_is_not(site: Site, fetcher: Fetcher) -> None:
    site.pages["/fits"] = answer(b"x" * 10_000)
    site.pages["/more"] = answer(b"x" * 10_001)
    assert len(fetcher.fetch(site.url("/fits")).body) == 10_000
    with pytest.raises(PageTooLarge):
        fetcher.fetch(site.url("/more"))


def test_a_bomb_is_stopped_while_it_unpacks(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = answer(gzip.compress(b"\0" * 5_000_000), Content_Encoding="gzip")
    with pytest.raises(PageTooLarge):
        fetcher.fetch(site.url())


def chunked(*headers: str) -> bytes:
    lines = ("HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked", *headers, "", "")
    return "\r\n".join(lines).encode()


def endless_body(talk: Talk) -> None:
    talk.send(chunked())
    talk.drip(b"400\r\n" + b"x" * 1024 + b"\r\n", every=0)


def test_an_endless_body_is_cut(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = endless_body
    with pytest.raises(PageTooLarge):
        fetcher.fetch(site.url())


def understated(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n" + b"x" * 50_000)


def test_a_body_longer_than_announced_is_read_as_announced(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = understated
    assert fetcher.fetch(site.url()).body == b"xxxxx"


def overstated(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\nshort")


def silent(talk: Talk) -> None:
    talk.hold()


def slow_head(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\n")
    talk.drip(b"X-A: b\r\n", every=0.02)


def slow_body(talk: Talk) -> None:
    talk.send(chunked())
    talk.drip(b"1\r\nx\r\n", every=0.02)


def endless_head(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\n")
    talk.drip(b"X-A: " + b"b" * 4096 + b"\r\n", every=0)


def endless_hints(talk: Talk) -> None:
    talk.drip(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", every=0.01)


def no_http(talk: Talk) -> None:
    talk.send(b"220 smtp.example ESMTP\r\n")


@pytest.mark.parametrize(
    "reply", [overstated, endless_head, no_http, b"", b"\x16\x03\x01\x02\x00", b"HTTP/1.1 abc\r\n\r\n"]
)
def test_an_answer_that_is_broken_is_an_error_for_later(site: Site, fetcher: Fetcher, reply: Reply) -> None:
    site.pages["/"] = reply
    with pytest.raises(PageUnavailable) as raised:
        fetcher.fetch(site.url())
    assert raised.value.code == "page_unavailable"


@pytest.mark.parametrize("reply", [silent, slow_head, slow_body, endless_hints])
def test_the_deadline_holds_against_a_site_that_dawdles(
    site: Site, nobody: ssl.SSLContext, reply: Reply
) -> None:
    site.pages["/"] = reply
    fetcher = Fetcher(frozenset({site.host}), limits=Limits(seconds=0.3), tls=nobody)
    begun = time.monotonic()
    with pytest.raises(PageUnavailable, match="too long") as raised:
        fetcher.fetch(site.url())
    assert raised.value.code == "page_unavailable"
    assert time.monotonic() - begun < SOON


def test_the_deadline_counts_all_hops_together(site: Site, nobody: ssl.SSLContext) -> None:
    def later(talk: Talk) -> None:
        threading.Event().wait(0.15)
        talk.send(redirect("/"))

    site.pages["/"] = later
    fetcher = Fetcher(frozenset({site.host}), limits=Limits(seconds=0.3), tls=nobody)
    with pytest.raises(PageUnavailable, match="too long"):
        fetcher.fetch(site.url())


def test_a_port_where_nobody_listens_is_an_error_for_later(nobody: ssl.SSLContext) -> None:
    with Site() as gone:
        address = gone.host
    with pytest.raises(PageUnavailable) as raised:
        Fetcher(frozenset({address}), tls=nobody).fetch(f"http://{address}/")
    assert raised.value.code == "page_unavailable"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "x-unknown"])
def test_an_encoding_that_was_not_asked_for_is_refused(site: Site, fetcher: Fetcher, encoding: str) -> None:
    site.pages["/"] = answer(b"....", Content_Encoding=encoding)
    with pytest.raises(PageUnavailable) as raised:
        fetcher.fetch(site.url())
    assert raised.value.code == "bad_encoding"


def test_many_threads_fetch_at_once(site: Site, fetcher: Fetcher) -> None:
    for number in range(12):
        site.pages[f"/{number}"] = answer(str(number).encode(), kind="text/plain")
    with ThreadPoolExecutor(6) as threads:
        bodies = threads.map(lambda number: fetcher.fetch(site.url(f"/{number}")).body, range(12))
        assert list(bodies) == [str(number).encode() for number in range(12)]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts open files by /proc")
def test_no_connection_is_left_open(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = endless_body
    with pytest.raises(PageTooLarge):
        fetcher.fetch(site.url())
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(8):
        with pytest.raises(PageTooLarge):
            fetcher.fetch(site.url())
    # The site, a thread of this process, may not have closed its ends of the last ones yet.
    assert len(os.listdir("/proc/self/fd")) < before + 8


def test_links_with_a_fragment_or_foreign_letters_are_fetched(site: Site, fetcher: Fetcher) -> None:
    site.pages["/ni%C3%B1o?q=a%20b"] = answer(PAGE)
    assert fetcher.fetch(site.url("/niño?q=a b#parte")).body == PAGE


@pytest.mark.parametrize(
    "url", ["http://", "nonsense", "", "http://[::1", "http://a:99999/", "http://\ud800/"]
)
def test_what_is_no_address_is_refused(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(LinkRefused):
        fetcher.fetch(url)
