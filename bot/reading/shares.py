"""Nobody takes all places of something that many wait for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class _Share:
    """What one of many may have at once, and how many threads have or want some of it."""

    free: threading.Semaphore
    wanted: int = 0


class Shares:
    """Lets as many go on at once for each; more of the same wait, and keep nobody else waiting."""

    def __init__(self, each: int) -> None:
        self._each = each
        self._lock = threading.Lock()
        self._shares: dict[str, _Share] = {}

    @contextmanager
    def one_of(self, whose: str) -> Iterator[None]:
        """Wait for a place of theirs, and have it in the block."""
        with self._lock:
            share = self._shares.setdefault(whose, _Share(threading.Semaphore(self._each)))
            share.wanted += 1
        try:
            with share.free:
                yield
        finally:
            with self._lock:
                share.wanted -= 1
                if not share.wanted:
                    del self._shares[whose]
