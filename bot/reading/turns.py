"""Whose turn it is to ask a site: few requests at once and a pause between them, over all threads."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

_LOOK = 0.05  # seconds between looks at a site that others are asking
_MOST_KEPT = 1000  # sites; the idle ones are forgotten beyond that


@dataclass(slots=True)
class _Place:
    """One site: how many ask it now, and from when on (monotonic seconds) the next may."""

    asking: int = 0
    free_from: float = 0.0


class Turns:
    """At most `at_once` requests to one host, whose beginnings lie the caller's pause apart.

    A host is what stands before the path, so that two ports of a machine are two hosts.
    """

    def __init__(self, at_once: int = 2, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._at_once = at_once
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._places: dict[str, _Place] = {}

    @asynccontextmanager
    async def turn(self, url: str, *, pause: float) -> AsyncIterator[None]:
        """Wait for the turn to ask the site of `url`, `pause` seconds after whoever asked last.

        Waits without end: the caller sets the limit, by cancelling.
        """
        host = host_of(url)
        while wait := self._take(host, pause):
            await asyncio.sleep(wait)
        try:
            yield
        finally:
            self._give_back(host)

    def _take(self, host: str, pause: float) -> float:
        """Take the turn and return 0.0, or the seconds after which to ask again."""
        now = self._monotonic()
        with self._lock:
            if len(self._places) > _MOST_KEPT:
                self._forget_idle(now)
            place = self._places.setdefault(host, _Place())
            if place.asking >= self._at_once:
                return _LOOK
            if place.free_from > now:
                return place.free_from - now
            place.asking += 1
            place.free_from = now + pause
            return 0.0

    def _give_back(self, host: str) -> None:
        with self._lock:
            self._places[host].asking -= 1

    def _forget_idle(self, now: float) -> None:
        self._places = {
            h: place for h, place in self._places.items() if place.asking or place.free_from > now
        }


def host_of(url: str) -> str:
    """Host and port of a URL as it stands there, lower case, without the scheme's usual port."""
    place = urlsplit(url).netloc.lower()
    return place.removesuffix(":80").removesuffix(":443")
