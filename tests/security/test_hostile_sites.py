"""A site may send what it wants: it costs Seams a bounded time and less than 20 MB, and at worst its page.

All sites are visited by one process of its own, whose memory nothing else moves.
"""

import gzip
import json
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reading.serving import SOON, Reply, Site, Talk, answer, redirect
from tests.security.visiting import Visit

MEMORY = 20_000_000  # bytes that one hostile fetch may cost
HURRIED = 0.15  # seconds: the deadline where a site dawdles
ROBOTS_HURRIED = 4.0  # where its robots.txt does, for which half of it is waited: the page comes in the rest
PAGE = answer(b"<!doctype html><p>A page.</p>")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="measures memory as Linux tells it"
)


def dripping(start: bytes, part: bytes, every: float = 0.02) -> Reply:
    """Send the start, then the part again and again."""

    def reply(talk: Talk) -> None:
        talk.send(start)
        talk.drip(part, every=every)

    return reply


def endless(start: bytes, part: bytes) -> Reply:
    return dripping(start, part, every=0)


def silent(talk: Talk) -> None:
    talk.hold()


def packed(encoding: str, body: bytes) -> bytes:
    return answer(body, Content_Encoding=encoding)


BOMB = gzip.compress(b"\0" * 10_000_000) * 30  # 300 MB in 300 kB
ZLIB_BOMB = zlib.compress(b"<div>" * 4_000_000, 1)
FLOOD_OF_ROBOTS = b"".join(b"user-agent: r%d\n" % n for n in range(15_000)) + b"allow: /a\n" * 20_000
X, CHUNK = b"x" * 65_536, b"10000\r\n" + b"x" * 65_536 + b"\r\n"

SLOW: dict[str, Reply] = {
    "silence": silent,
    "slow headers": dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "slow header line": dripping(b"HTTP/1.1 200 OK\r\nX-A: ", b"b"),
    "slow status line": dripping(b"HTTP/1.1 2", b"0"),
    "slow body": dripping(CHUNKED, b"1\r\nx\r\n"),
    "slow body of a length": dripping(HEAD + b"Content-Length: 4000000\r\n\r\n", b"x"),
    "slow packed body": dripping(
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 100)[:-8], b""
    ),
    "endless early hints": dripping(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", every=0.01),
    "body of single bytes": endless(CHUNKED, b"1\r\nx\r\n" * 10_000),
    "body of short chunks": endless(CHUNKED, b"2\r\nxy\r\n" * 10_000),
    "body of nothing": endless(CHUNKED, b""),
}
ENDING: dict[str, tuple[Reply, str | None]] = {
    "5 MB": (answer(b"x" * 5_000_000), None),
    "5 MB + 1": (answer(b"x" * 5_000_001), "page_too_large"),
    "5 MB + 1 unannounced": (HEAD + b"\r\n" + b"x" * 5_000_001, "page_too_large"),
    "5 MB + 1 when unpacked": (packed("gzip", gzip.compress(b"x" * 5_000_001, 1)), "page_too_large"),
    "gzip bomb": (packed("gzip", BOMB), "page_too_large"),
    "gzip bomb behind a fair page": (packed("gzip", gzip.compress(b"<p>Fair") + BOMB), "page_too_large"),
    "deflate bomb": (packed("deflate", ZLIB_BOMB), "page_too_large"),
    "bare deflate bomb": (packed("deflate", ZLIB_BOMB[2:]), "page_too_large"),
    "gzip in gzip bomb": (packed("gzip, gzip", gzip.compress(BOMB)), "bad_encoding"),
    "br bomb": (endless(HEAD + b"Content-Encoding: br\r\n\r\n", X), "bad_encoding"),
    "zstd bomb": (endless(HEAD + b"Content-Encoding: zstd\r\n\r\n", X), "bad_encoding"),
    "endless padding behind gzip": (
        endless(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>"), b"\0" * 65_536),
        "page_too_large",
    ),
    "endless stream": (endless(HEAD + b"\r\n", X), "page_too_large"),
    "endless chunks": (endless(CHUNKED, CHUNK), "page_too_large"),
    "endless chunk": (endless(CHUNKED + b"fffffffffffffff\r\n", X), "page_too_large"),
    "endless chunk extension": (endless(CHUNKED + b"1;", X), "page_unavailable"),
    "endless trailers": (endless(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-A: b\r\n" * 1000), "page_unavailable"),
    "endless headers": (endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 1000), "page_unavailable"),
    "endless header": (endless(b"HTTP/1.1 200 OK\r\nX-A: ", X), "page_unavailable"),
    "endless status line": (endless(b"HTTP/1.1 200 ", X), "page_unavailable"),
    "huge cookies": (HEAD + b"Set-Cookie: a=" + b"b" * 300_000 + b"\r\n\r\nx", "page_unavailable"),
    "length that is none": (HEAD + b"Content-Length: -1\r\n\r\nx", "page_unavailable"),
    "two lengths": (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", "page_unavailable"),
    "length of a thousand digits": (
        HEAD + b"Content-Length: " + b"9" * 1000 + b"\r\n\r\nx",
        "page_unavailable",
    ),
    "endless picture": (endless(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", X), "wrong_type"),
    "endless error page": (endless(b"HTTP/1.1 404 Not Found\r\n\r\n", X), "dead_link"),
    "redirect with an endless body": (
        endless(b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\n\r\n", X),
        "address_refused",
    ),
    "redirect loop": (redirect("/redirect%20loop"), "redirect_loop"),
    "redirect to a huge address": (redirect("/" + "a" * 70_000), "page_unavailable"),
}
ROBOTS: dict[str, tuple[Reply, str | None]] = {
    "silent robots.txt": (silent, None),
    "slow robots.txt": (dripping(CHUNKED, b"1\r\n#\r\n"), None),
    "endless robots.txt": (endless(CHUNKED, CHUNK), None),
    "gzip bomb as robots.txt": (packed("gzip", BOMB), None),
    "robots.txt of thousands of robots": (answer(FLOOD_OF_ROBOTS, kind="text/plain"), None),
    "robots.txt that leads inside": (redirect("http://169.254.169.254/latest/"), None),
    "robots.txt that leads in circles": (redirect("/robots.txt"), None),
    "robots.txt of another encoding": (packed("br", b"\x0b\x02\x80"), None),
    "robots.txt of binary rubbish": (answer(bytes(range(256)) * 1000), None),
}


def _sites() -> Iterator[tuple[str, dict[str, Reply], float]]:
    """Each case's name, the pages of its site and the deadline."""
    for name, reply in SLOW.items():
        yield name, {"/page": reply}, HURRIED
    for name, (reply, _code) in ENDING.items():
        yield name, {"/page": reply, "/redirect%20loop": reply}, 60.0
    for name, (reply, _code) in ROBOTS.items():
        dawdles = "silent" in name or "slow" in name
        yield name, {"/robots.txt": reply, "/page": PAGE}, ROBOTS_HURRIED if dawdles else 60.0


@pytest.fixture(scope="module")
def visits() -> Iterator[dict[str, Visit]]:
    """What came of each case, by name."""
    cases = list(_sites())
    sites = [Site(pages) for _name, pages, _seconds in cases]
    for site in sites:
        site.__enter__()
    fair = Site({"/page": PAGE})
    with fair:  # everything is loaded before the first is measured
        wanted = [(fair.url("/page"), 60.0)]
        wanted += [(site.url("/page"), case[2]) for site, case in zip(sites, cases, strict=True)]
        told = subprocess.run(
            [sys.executable, "-m", "tests.security.visiting"],
            input=json.dumps(wanted),
            capture_output=True,
            text=True,
            check=True,
            timeout=250,
        )
    yield dict(zip([name for name, _, _ in cases], map(tuple, json.loads(told.stdout)[1:]), strict=True))
    for site in sites:
        site.__exit__(None, None, None)


@pytest.mark.parametrize("name", SLOW)
def test_a_site_that_dawdles_is_left_at_the_deadline(visits: dict[str, Visit], name: str) -> None:
    code, seconds, grown = visits[name]
    assert code == "page_unavailable"
    assert seconds < HURRIED + SOON
    assert grown < MEMORY


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, (_, code) in (ENDING | ROBOTS).items()])
def test_a_site_that_sends_too_much_is_cut_short(
    visits: dict[str, Visit], name: str, code: str | None
) -> None:
    came, seconds, grown = visits[name]
    assert came == code
    assert seconds < ROBOTS_HURRIED + SOON
    assert grown < MEMORY
