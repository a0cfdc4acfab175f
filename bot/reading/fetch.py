"""Fetch one page for reading: guarded, bounded in time and size, without cookies, proxies or credentials.

Sites are asked as they wish: what their robots.txt forbids is left alone, and few requests go to one at once.
"""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import urlsplit

import drawbridge
import httpx

from bot.errors import LinkRefused, NotAnArticle, PageTooLarge, PageUnavailable
from bot.reading.answers import check_status
from bot.reading.content_type import media_type
from bot.reading.decoding import BodyDecoder
from bot.reading.guard import ROBOT, USER_AGENT, check_redirect, policy_for
from bot.reading.robots import A_WHILE, Robots, RobotsFile, read_robots
from bot.reading.transport import GuardedTransport
from bot.reading.turns import Turns

T = TypeVar("T")

# At once: one that hangs is given up after seconds, and keeps its thread for half a minute.
MOST_LOOK_UPS = 64

_READ_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_UNSAID_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_HEADERS = {
    "user-agent": USER_AGENT,
    "accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8",
    "accept-encoding": "gzip, deflate",
}
_HTML_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|!--)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `url` after redirects, the Content-Type header, the decoded body.

    `public` when it came without credentials, over hosts that everybody reaches alone.
    """

    url: str
    content_type: str
    body: bytes = field(repr=False)  # out of logs, and asyncio writes out a task's result as it ends
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of our time and memory one link may take: seconds, bytes (raw and decoded), hops.

    `seconds` begin with the link's turn at its site, for which it may wait as long again; `robots_seconds`
    are part of them, and longer than `connect_seconds`: a handshake that is cancelled from outside leaves
    its socket open until it is collected. `pause` (seconds) lies between the beginnings of two requests to
    one site.
    """

    seconds: float = 15.0
    connect_seconds: float = 4.0
    robots_seconds: float = 5.0
    pause: float = 0.25
    size: int = 5_000_000
    redirects: int = 5


class Fetcher:
    """Fetches public pages; holds no connection, so any thread may use it, many at a time.

    `allow` names hosts ("host" or "host:port") that are let through although private; `tls` is another set of
    certificate authorities than certifi's or SSL_CERT_FILE.
    """

    def __init__(
        self,
        allow: frozenset[str] = frozenset(),
        *,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allow = frozenset(entry.lower() for entry in allow)
        self._limits = limits or Limits()
        self._tls = tls or httpx.create_ssl_context()  # takes 40 ms, and serves all threads
        self._turns = Turns()
        self._look_ups = ThreadPoolExecutor(MOST_LOOK_UPS, thread_name_prefix="seams-look-up")
        self._robots = Robots(ROBOT)

    def fetch(self, url: str) -> Fetched:
        """Fetch a page within the limits.

        Raises LinkRefused (the guard), PageUnavailable (dead, down, slow), PageBlocked (the site says no),
        PageTooLarge, NotAnArticle (a type that is not read).
        """
        return asyncio.run(self._fetch_in_time(url))

    async def _fetch_in_time(self, url: str) -> Fetched:
        try:
            # Name look-up, robots.txt, TLS, headers and body inside.
            async with asyncio.timeout(2 * self._limits.seconds) as clock:
                return await self._follow(url, clock)
        except TimeoutError:
            raise PageUnavailable("The page took too long to answer. It will be tried again.") from None
        except drawbridge.DrawbridgeError as error:
            raise _as_reading_error(error) from error
        except httpx.HTTPError as error:
            raise _as_unavailable(error) from error
        except (httpx.InvalidURL, httpx.CookieConflict, UnicodeError) as error:
            raise LinkRefused("This is not a web address. Copy it again from the browser.") from error

    async def _follow(self, url: str, clock: asyncio.Timeout) -> Fetched:
        """Walk the redirects, each in its turn and under a policy of its own; the first starts the clock."""
        policy, public = self._policy(url), True
        for hop in range(self._limits.redirects + 1):
            public = public and not policy.allow_private
            # What the operator lets through by name is the operator's own, and need not be spared.
            async with self._turns.turn(url, pause=0.0 if policy.allow_private else self._limits.pause):
                if hop == 0:
                    clock.reschedule(asyncio.get_running_loop().time() + self._limits.seconds)
                await self._robots.check(url, _origin(url), self._ask_robots)
                answer = await self._hop(url, policy, self._read)
            if isinstance(answer, Fetched):
                return replace(answer, public=public)
            check_redirect(url, answer)
            url = answer
            policy = self._policy(url)
        raise PageUnavailable(
            "The page sends its readers round in circles. Open it yourself and paste the text.",
            code="redirect_loop",
        )

    async def _ask_robots(self, url: str) -> RobotsFile:
        """Fetch a robots.txt; raises what the page itself would meet too, on the way to its site."""
        try:
            async with asyncio.timeout(self._limits.robots_seconds):
                answer = await self._hop(url, self._policy(url), read_robots)
                return answer if isinstance(answer, RobotsFile) else await self._follow_robots(url, answer)
        except (TimeoutError, httpx.ReadTimeout, httpx.ReadError, httpx.ProtocolError):
            return RobotsFile(keep=A_WHILE)

    async def _follow_robots(self, url: str, target: str) -> RobotsFile:
        """Walk the redirects of a robots.txt; one that leads nowhere is none (RFC 9309, section 2.3.1)."""
        try:
            for _ in range(self._limits.redirects):
                check_redirect(url, target)
                answer = await self._hop(target, self._policy(target), read_robots)
                if isinstance(answer, RobotsFile):
                    return answer
                url, target = target, answer
        except (LinkRefused, drawbridge.DrawbridgeError):
            pass
        return RobotsFile()

    def _policy(self, url: str) -> drawbridge.Policy:
        return policy_for(url, allow=self._allow, seconds=self._limits.seconds)

    async def _hop(
        self, url: str, policy: drawbridge.Policy, read: Callable[[str, httpx.Response], Awaitable[T]]
    ) -> T | str:
        """One request: what `read` makes of the answer, or the address to which it redirects."""
        timeout = httpx.Timeout(self._limits.seconds, connect=self._limits.connect_seconds)
        async with (
            # A client for each hop: no connection, cookie or header outlives the check that allowed it.
            httpx.AsyncClient(
                transport=GuardedTransport(policy, self._tls, self._look_ups),
                timeout=timeout,
                trust_env=False,
                headers=_HEADERS,
            ) as client,
            client.stream("GET", url, follow_redirects=False) as response,
        ):
            location = response.headers.get("location", "")
            if response.is_redirect and location:
                return str(httpx.URL(url).join(location))
            return await read(url, response)

    async def _read(self, url: str, response: httpx.Response) -> Fetched:
        check_status(response.status_code)
        content_type = response.headers.get("content-type", "")
        kind = media_type(content_type)
        if kind not in _READ_TYPES | _UNSAID_TYPES:
            raise _not_read()
        self._check_announced_size(response)
        decoder = BodyDecoder(response.headers.get("content-encoding", ""), limit=self._limits.size)
        async for chunk in response.aiter_raw():
            decoder.feed(chunk)
        body = decoder.body()
        return Fetched(url.partition("#")[0], content_type if kind in _READ_TYPES else _sniffed(body), body)

    def _check_announced_size(self, response: httpx.Response) -> None:
        announced = response.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced) > self._limits.size:
            raise PageTooLarge("The page is too large to be an article. Paste the part that matters instead.")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _sniffed(body: bytes) -> str:
    """The type of a body whose server named none."""
    if body.startswith(b"%PDF-"):
        return "application/pdf"
    if _HTML_START.match(body[:1024]):
        return "text/html"
    raise _not_read()


def _not_read() -> NotAnArticle:
    return NotAnArticle(
        "This link is not a page of text: only web pages, plain text and PDF are read.", code="wrong_type"
    )


def _as_reading_error(error: drawbridge.DrawbridgeError) -> LinkRefused | PageUnavailable:
    if isinstance(error, drawbridge.DrawbridgeDNSError):
        return PageUnavailable(
            "The site's address was not found. Check the link for a typing error, or try later."
        )
    return LinkRefused(
        "This link leads to a private address, which is not opened. Paste the article's text instead.",
        code="address_refused",
    )


def _as_unavailable(error: httpx.HTTPError) -> PageUnavailable:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return PageUnavailable(
                "The site's certificate is not valid. Paste the article's text instead.",
                code="bad_certificate",
            )
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return PageUnavailable("The page took too long to answer. It will be tried again.")
    return PageUnavailable(
        "The site did not answer properly. It will be tried again; or paste the article's text."
    )
