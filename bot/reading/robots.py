"""What a site's robots.txt lets Seams read (RFC 9309)."""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import httpx
from protego import Protego

from bot.errors import PageBlocked, PageTooLarge, PageUnavailable
from bot.reading.decoding import BodyDecoder

MOST_BYTES = 512_000  # of a robots.txt; what follows is not read (RFC 9309, section 2.5, asks for 500 KiB)
DAY = 24 * 3600.0  # seconds for which rules are kept: the longest that RFC 9309, section 2.4, allows
# Seconds for which a site that is ill is left alone, and one that was silent is believed open: the last of
# our own tries comes later and asks anew.
A_WHILE = 12.0

# Rules that are kept of one file. A file made to hurt holds tens of thousands, each for thousands of robots.
_MOST_RULES = 5_000
_KEPT_BYTES = 8_000_000  # of all files together
_AGENT = re.compile(r"\s*user-?agent\s*:\s*([^#]*)", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:dis)?allow\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What came of asking for a robots.txt: its text ("" when there is none), or that the site is ill."""

    text: str = ""
    ill: bool = False
    keep: float = DAY


class Robots:
    """The robots.txt of each site, kept for a day; any thread may ask.

    `token` is the name by which the files call us.
    """

    def __init__(self, token: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._token = token
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._files: OrderedDict[str, tuple[float, RobotsFile]] = OrderedDict()
        self._size = 0

    async def check(self, url: str, origin: str, ask: Callable[[str], Awaitable[RobotsFile]]) -> None:
        """Return when `url` may be read; `ask` fetches the robots.txt of its `origin`, if that is not known.

        Raises PageBlocked when the site does not want that, PageUnavailable while it is too ill to say, and
        what `ask` raises.
        """
        file = self._known(origin)
        if file is None:
            asked = await ask(f"{origin}/robots.txt")
            file = RobotsFile("\n".join(own_rules(asked.text, self._token)), asked.ill, asked.keep)
            self._keep(origin, file)
        if file.ill:
            raise PageUnavailable("The site has a problem just now. It will be tried again.")
        if file.text and not Protego.parse(file.text).can_fetch(url, self._token):
            raise PageBlocked(
                "The site asks programs not to read this page. Open it yourself and paste the text.",
                code="robots_refused",
            )

    def _known(self, origin: str) -> RobotsFile | None:
        with self._lock:
            until, file = self._files.get(origin, (0.0, RobotsFile()))
        return file if until > self._monotonic() else None

    def _keep(self, origin: str, file: RobotsFile) -> None:
        """Keep a file; the oldest go when all together are too large."""
        with self._lock:
            self._drop(origin)
            self._files[origin] = self._monotonic() + file.keep, file
            self._size += _size(origin, file)
            while self._size > _KEPT_BYTES:
                self._drop(next(iter(self._files)))

    def _drop(self, origin: str) -> None:
        if origin in self._files:
            self._size -= _size(origin, self._files.pop(origin)[1])


async def read_robots(_url: str, response: httpx.Response) -> RobotsFile:
    """What an answer means: 2xx rules, 5xx a site that is ill, all else that there are no rules."""
    if response.status_code >= 500:
        return RobotsFile(ill=True, keep=A_WHILE)
    if not response.is_success:
        return RobotsFile()
    try:
        decoder = BodyDecoder(response.headers.get("content-encoding", ""), limit=MOST_BYTES)
        async for chunk in response.aiter_raw():
            decoder.feed(chunk)
    except PageTooLarge:
        pass  # what came so far is read
    except PageUnavailable:
        return RobotsFile(keep=A_WHILE)
    return RobotsFile(decoder.body()[:MOST_BYTES].decode("utf-8", "replace"))


def _size(origin: str, file: RobotsFile) -> int:
    return 500 + len(origin) + len(file.text)  # a few hundred bytes are the entry's own


def own_rules(text: str, token: str) -> Iterator[str]:
    """The lines of a robots.txt that speak to `token` or to everybody, at most 5,000 rules.

    The parser copies each rule for each robot of its group, which half a megabyte can make into gigabytes.
    """
    ours, in_agents, rules = False, False, 0
    for line in text.removeprefix("\ufeff").splitlines():
        if agent := _AGENT.match(line):
            name = agent[1].strip().lower()
            spoken_to = name == "*" or re.split(r"[^a-z_-]", name, maxsplit=1)[0] == token.lower()
            if not in_agents:
                ours = False
            if spoken_to:
                yield f"user-agent: {'*' if name == '*' else token}"
            ours, in_agents = ours or spoken_to, True
        elif _RULE.match(line):
            in_agents = False
            if ours and rules < _MOST_RULES:
                rules += 1
                yield line
