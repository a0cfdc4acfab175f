"""Seams is a polite and honest visitor: it says who it is, obeys robots.txt, and asks a site gently."""

import asyncio
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from bot.errors import PageBlocked, PageUnavailable
from bot.reading.fetch import Fetcher, Limits
from bot.reading.robots import Robots, RobotsFile, own_rules
from bot.reading.turns import Turns
from tests.reading.conftest import Names
from tests.reading.serving import SOON, Site, Talk, answer, redirect

PAGE = answer(b"<!doctype html><p>A page.</p>")


def fields(head: str) -> dict[str, str]:
    """The header fields of a request, names in lower case."""
    lines = (line.partition(":") for line in head.split("\r\n")[1:] if line)
    return {name.lower(): value.strip() for name, _, value in lines}


def robots_txt(text: str) -> bytes:
    return answer(text.encode(), kind="text/plain")


class TestHonesty:
    @pytest.mark.parametrize("asked", ["/page", "/robots.txt"])
    def test_user_agent_honest(self, site: Site, fetcher: Fetcher, asked: str) -> None:
        site.pages["/page"] = PAGE
        fetcher.fetch(site.url("/page"))
        head = (site.robots_heads if asked == "/robots.txt" else site.heads)[0]
        assert fields(head)["user-agent"] == "SeamsBot/0.1 (+article reader)"

    @pytest.mark.parametrize("field", ["cookie", "authorization", "proxy-authorization", "referer", "origin"])
    def test_nothing_personal_is_sent(
        self,
        site: Site,
        fetcher: Fetcher,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        field: str,
    ) -> None:
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login ana password secret\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        site.pages["/"] = redirect("/page")
        site.pages["/page"] = PAGE
        fetcher.fetch(site.url())
        assert all(field not in fields(head) for head in site.heads + site.robots_heads)

    @pytest.mark.parametrize("scheme", ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"])
    def test_proxy_variables_ignored(
        self, site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, scheme: str
    ) -> None:
        monkeypatch.setenv(scheme, "http://127.0.0.1:1")
        site.pages["/"] = PAGE
        assert fetcher.fetch(site.url()).body

    @pytest.mark.parametrize("scheme", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
    def test_proxy_variables_ignored_over_tls(
        self,
        tls_site: Site,
        names: Names,
        own_authority: ssl.SSLContext,
        monkeypatch: pytest.MonkeyPatch,
        scheme: str,
    ) -> None:
        monkeypatch.setenv(scheme, "http://127.0.0.1:1")
        names({"paper.example": ["127.0.0.1"]})
        tls_site.pages["/"] = PAGE
        fetcher = Fetcher(frozenset({"paper.example"}), tls=own_authority)
        assert fetcher.fetch(f"https://paper.example:{tls_site.port}/").body

    @pytest.mark.parametrize("from_page", ["/", "/robots.txt"])
    def test_no_cookies_kept(self, site: Site, fetcher: Fetcher, from_page: str) -> None:
        site.pages["/robots.txt"] = answer(b"", Set_Cookie="seen=1; Path=/")
        site.pages["/"] = answer(b"", status="302 Found", Location="/page", Set_Cookie="seen=1; Path=/")
        site.pages["/page"] = PAGE
        for _ in range(2):
            fetcher.fetch(site.url(from_page.replace("/robots.txt", "/page")))
        assert not any("seen" in head for head in site.heads + site.robots_heads)


class TestRobots:
    @pytest.mark.parametrize(
        ("rules", "may"),
        [
            pytest.param("User-agent: *\nDisallow: /", False, id="nobody"),
            pytest.param("User-agent: *\nDisallow: /no", True, id="another folder"),
            pytest.param("User-agent: *\nDisallow: /*id=", False, id="pattern"),
            pytest.param("User-agent: *\nDisallow: /\nAllow: /a/", True, id="the longest rule wins"),
            pytest.param("User-agent: seamsbot\nDisallow: /", False, id="by name"),
            pytest.param("User-agent: SeamsBot/2.0\nDisallow: /", False, id="by name and version"),
            pytest.param(
                "User-agent: *\nDisallow: /\n\nUser-agent: SeamsBot\nDisallow:", True, id="our group"
            ),
            pytest.param("User-agent: x\nUser-agent: SeamsBot\nDisallow: /", False, id="a group of two"),
            pytest.param("User-agent: x\nDisallow: /", True, id="others only"),
            pytest.param("User-agent: bot\nDisallow: /", True, id="part of our name"),
            pytest.param("\ufeffUser-agent: *\r\nDisallow: /\r\n", False, id="a mark at the start"),
            pytest.param("Disallow: /", True, id="no group"),
            pytest.param("<html>not found</html>", True, id="a page instead"),
        ],
    )
    def test_what_a_site_asks_is_done(self, site: Site, fetcher: Fetcher, rules: str, may: bool) -> None:
        site.pages["/robots.txt"] = robots_txt(rules)
        site.pages["/a/b?id=1"] = PAGE
        if may:
            assert fetcher.fetch(site.url("/a/b?id=1")).body
        else:
            with pytest.raises(PageBlocked) as raised:
                fetcher.fetch(site.url("/a/b?id=1"))
            assert raised.value.code == "robots_refused"
            assert not site.heads

    @pytest.mark.parametrize(
        "status", ["400 Bad", "401 No", "403 No", "404 Not Found", "410 Gone", "429 Slow"]
    )
    def test_a_site_without_rules_is_open(self, site: Site, fetcher: Fetcher, status: str) -> None:
        site.pages |= {"/robots.txt": answer(b"User-agent: *\nDisallow: /", status=status), "/": PAGE}
        assert fetcher.fetch(site.url()).body

    @pytest.mark.parametrize("status", ["500 Oh", "502 Bad Gateway", "503 Busy"])
    def test_a_site_that_is_ill_is_left_alone(self, site: Site, fetcher: Fetcher, status: str) -> None:
        site.pages |= {"/robots.txt": answer(b"", status=status), "/": PAGE}
        for _ in range(2):
            with pytest.raises(PageUnavailable) as raised:
                fetcher.fetch(site.url())
            assert raised.value.code == "page_unavailable"  # which is tried again
        assert not site.heads
        assert len(site.robots_heads) == 1

    def test_rules_behind_a_redirect_hold(self, site: Site, fetcher: Fetcher) -> None:
        site.pages |= {
            "/robots.txt": redirect("/r"),
            "/r": robots_txt("User-agent: *\nDisallow: /"),
            "/": PAGE,
        }
        with pytest.raises(PageBlocked):
            fetcher.fetch(site.url())

    def test_each_site_on_the_way_is_asked(self, site: Site, nobody: ssl.SSLContext, names: Names) -> None:
        names({"one.example": ["127.0.0.1"], "two.example": ["127.0.0.1"]})
        with Site() as second:
            site.pages["/"] = redirect(f"http://two.example:{second.port}/")
            second.pages |= {"/robots.txt": robots_txt("User-agent: *\nDisallow: /"), "/": PAGE}
            fetcher = Fetcher(frozenset({"one.example", "two.example"}), tls=nobody)
            with pytest.raises(PageBlocked):
                fetcher.fetch(f"http://one.example:{site.port}/")
            assert not second.heads

    def test_a_site_is_asked_once_a_day(self, site: Site, nobody: ssl.SSLContext) -> None:
        site.pages["/"] = PAGE
        fetcher = Fetcher(frozenset({site.host}), tls=nobody)
        for _ in range(3):
            fetcher.fetch(site.url())
        assert len(site.robots_heads) == 1

    def test_files_made_large_do_not_fill_the_memory(self) -> None:
        async def ask(_url: str) -> RobotsFile:
            return RobotsFile("User-agent: *\nAllow: /" + "a" * 100_000)

        robots = Robots("SeamsBot", monotonic=lambda: 0.0)
        for number in range(200):
            asyncio.run(robots.check(f"http://{number}.example/", f"http://{number}.example", ask))
        kept = sum(len(file.text) for _until, file in robots._files.values())
        assert 1_000_000 < kept < 8_000_000

    def test_a_flood_of_rules_is_cut(self) -> None:
        flood = "user-agent: *\n" + "disallow: /x\n" * 30_000
        assert len(list(own_rules(flood, "SeamsBot"))) == 5_001


class Meter:
    """Counts how many requests are open at once, and when each began."""

    def __init__(self, expected: int) -> None:
        self.most = 0
        self._open, self._lock = 0, threading.Lock()
        self._full = threading.Barrier(expected)

    def reply(self, talk: Talk) -> None:
        with self._lock:
            self._open += 1
            self.most = max(self.most, self._open)
        with suppress(threading.BrokenBarrierError):
            self._full.wait(0.3)  # a third one would be here by then
        with self._lock:
            self._open -= 1
        talk.send(PAGE)


@pytest.fixture
def polite(site: Site, nobody: ssl.SSLContext) -> Callable[[float], Fetcher]:
    return lambda seconds: Fetcher(frozenset({site.host}), limits=Limits(seconds=seconds), tls=nobody)


class TestTurns:
    def test_two_at_once_for_a_host(self, site: Site, polite: Callable[[float], Fetcher]) -> None:
        meter = Meter(expected=3)
        site.pages["/"] = meter.reply
        fetcher = polite(60)
        with ThreadPoolExecutor(5) as threads:
            list(threads.map(lambda _: fetcher.fetch(site.url()), range(5)))
        assert meter.most == 2

    def test_another_host_does_not_wait(self, site: Site, nobody: ssl.SSLContext) -> None:
        go_on = threading.Event()

        def stuck(talk: Talk) -> None:
            go_on.wait(60)
            talk.send(PAGE)

        site.pages["/"] = stuck
        with Site({"/": PAGE}) as other, ThreadPoolExecutor(2) as threads:
            fetcher = Fetcher(frozenset({site.host, other.host}), limits=Limits(seconds=120), tls=nobody)
            waiting = [threads.submit(fetcher.fetch, site.url()) for _ in range(2)]
            assert fetcher.fetch(other.url()).body
            assert not any(one.done() for one in waiting)
            go_on.set()

    def test_waiting_for_a_turn_ends(self, site: Site, polite: Callable[[float], Fetcher]) -> None:
        site.pages["/"] = lambda talk: talk.hold()
        fetcher = polite(0.2)
        begun = time.monotonic()
        with ThreadPoolExecutor(6) as threads:
            for one in [threads.submit(fetcher.fetch, site.url()) for _ in range(6)]:
                with pytest.raises(PageUnavailable, match="too long"):
                    one.result()
        assert time.monotonic() - begun < SOON

    def test_requests_to_a_host_lie_apart(self) -> None:
        now = [100.0]
        turns = Turns(monotonic=lambda: now[0])
        assert turns._take("paper.example", 0.25) == 0.0
        assert turns._take("paper.example", 0.25) == 0.25
        assert turns._take("other.example", 0.25) == 0.0
        now[0] += 0.25
        assert turns._take("paper.example", 0.25) == 0.0

    def test_hosts_that_were_asked_long_ago_are_forgotten(self) -> None:
        now = [0.0]
        turns = Turns(monotonic=lambda: now[0])
        for number in range(3000):
            now[0] += 1
            turns._take(f"{number}.example", 0.25)
            turns._give_back(f"{number}.example")
        assert len(turns._places) <= 1002
