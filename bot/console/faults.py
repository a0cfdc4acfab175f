"""Faults that a test injects into the stand-in, and Slack's pace of one message a second a channel."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """How one call goes wrong: an error code, an HTTP status, a wait before the answer, or no answer."""

    error: str | None = None
    status: int = 200
    retry_after: int | None = None
    delay: float = 0.0
    drop: bool = False
    after: bool = False  # the call takes effect and only its answer is lost


class Faults:
    """The faults that wait for their method, used up in order, one a call."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def fail_next(
        self,
        method: str,
        error: str | None = None,
        *,
        status: int | None = None,
        retry_after: int | None = None,
        delay: float = 0.0,
        drop: bool = False,
        after: bool = False,
        times: int = 1,
    ) -> None:
        """Let the next `times` calls of `method` fail.

        `error` answers with Slack's error code; `status` with that HTTP status (429 sends Retry-After, 1 s
        unless told); `delay` waits that many seconds; `drop` closes the connection without an answer;
        `after` does so once the call has had its effect.
        """
        if error == "ratelimited" and status is None:
            status = 429
        if status == 429:
            error, retry_after = error or "ratelimited", 1 if retry_after is None else retry_after
        fault = Fault(
            error=error, status=status or 200, retry_after=retry_after, delay=delay, drop=drop, after=after
        )
        with self._lock:
            self._waiting[method].extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """The fault that meets this call of `method`, if any."""
        with self._lock:
            waiting = self._waiting.get(method)
            return waiting.popleft() if waiting else None

    def clear(self) -> None:
        """Forget the faults that were not met."""
        with self._lock:
            self._waiting.clear()


class Pace:
    """A bucket a channel: `burst` messages at once, then one a second. `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float], *, burst: int = 5) -> None:
        self._monotonic, self._burst = monotonic, burst
        self._lock = Lock()
        self._state: dict[str, tuple[float, float]] = {}

    def wait_for(self, channel: str) -> int:
        """Whole seconds to wait before the next message; 0 lets it through and counts it."""
        with self._lock:
            now = self._monotonic()
            left, at = self._state.get(channel, (float(self._burst), now))
            left = min(float(self._burst), left + now - at)
            if left < 1:
                self._state[channel] = (left, now)
                return max(1, round(1 - left))
            self._state[channel] = (left - 1, now)
            return 0
