"""An open load: everything is sent at its time, whether what was sent before is answered or not.

So a stall shows in everything that falls into it, and not in one answer alone.
"""

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

SENDERS = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one sending: `seconds` from when it was due to its answer."""

    seconds: float
    ok: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number of seconds is spread."""

    count: int
    p50: float
    p99: float
    most: float

    def __str__(self) -> str:
        return f"{self.count} answers: p50 {_ms(self.p50)}, p99 {_ms(self.p99)}, max {_ms(self.most)}"


def spread(seconds: Sequence[float]) -> Spread:
    """Nearest-rank percentiles; raises ValueError for nothing."""
    ordered = sorted(seconds)

    def rank(share: float) -> float:
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    return Spread(len(ordered), rank(0.5), rank(0.99), max(ordered))


def send_evenly(send: Callable[[], bool], *, per_second: float, seconds: float) -> list[Sent]:
    """Call `send` so many times a second for so long, each on a thread of its own."""
    began = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        futures: list[Future[Sent]] = []
        for number in range(round(per_second * seconds)):
            due = began + number / per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            futures.append(pool.submit(_send, send, due))
        return [future.result() for future in futures]


def _send(send: Callable[[], bool], due: float) -> Sent:
    ok = send()
    return Sent(time.perf_counter() - due, ok)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
