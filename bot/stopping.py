"""An end in time: supervisors kill what has not ended some 25 or 30 seconds after SIGTERM."""

import os
import threading
import time
from collections.abc import Callable

STOP_SECONDS = 18.0  # for what is under way, all parts of a process together
LAST_SECONDS = 24.0  # then the process ends, whatever hangs: its work is durable and is done again
CUT_OFF = 75  # exit status then


class Deadline:
    """A time by which all is to end, known once the end has begun."""

    def __init__(
        self, seconds: float = STOP_SECONDS, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Allow `seconds` from `begin` on."""
        self._seconds, self._monotonic = seconds, monotonic
        self._ends: float | None = None

    @property
    def begun(self) -> bool:
        """Whether the end has begun."""
        return self._ends is not None

    def begin(self) -> None:
        """The end begins now, if it has not."""
        if self._ends is None:
            self._ends = self._monotonic() + self._seconds

    def left(self) -> float:
        """The seconds that are left, never less than one: what only has to look needs a moment."""
        self.begin()
        return max(1.0, (self._ends or 0.0) - self._monotonic())


def end_at_last(seconds: float = LAST_SECONDS) -> None:
    """End this process in so many seconds, if it still runs then."""
    timer = threading.Timer(seconds, os._exit, (CUT_OFF,))
    timer.daemon = True
    timer.start()
