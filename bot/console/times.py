"""The clock of a stand-in workspace, which can be set, and time stamps as Slack writes them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock

Now = Callable[[], datetime]


class StageClock:
    """A clock that stands still until somebody moves it. Call it for the time: an aware datetime in UTC."""

    def __init__(self, start: datetime) -> None:
        self._lock = Lock()
        self._time = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """The present time of the stage."""
        with self._lock:
            return self._time

    def set(self, time: datetime) -> None:
        """Move to `time`, forward or back."""
        with self._lock:
            self._time = time.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Move forward by `step`."""
        with self._lock:
            self._time += step


def stamp_after(moment: datetime, last: str | None) -> str:
    """Slack's time stamp ("1700000000.000100") for `moment`, always later than `last`."""
    micros = int(moment.timestamp()) * 1_000_000 + 100
    if last is not None:
        micros = max(micros, int(last.replace(".", "")) + 100)
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"


def moment_of(stamp: str) -> datetime:
    """The time that a Slack time stamp names, in UTC."""
    return datetime.fromtimestamp(float(stamp), tz=UTC)
