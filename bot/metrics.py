"""What a process counts and times, in the form that Prometheus reads.

Names and labels are listed in docs/operating.md. Each process counts for itself; labels take few values, so
no workspace, channel or article is one.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from prometheus_client import GCCollector, PlatformCollector, ProcessCollector, disable_created_metrics
from prometheus_client.core import CollectorRegistry, Counter, GaugeMetricFamily, Histogram, Info, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.errors import StorageError

ACK_BUCKETS = (
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.2,
    0.3,
    0.5,
    1.0,
    2.0,
    3.0,
)  # Slack gives up after three seconds
WORK_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)


class Waiting(Protocol):
    """One state of one queue: how many jobs, and how old the oldest is in seconds."""

    @property
    def queue(self) -> str:
        """The queue's name."""

    @property
    def state(self) -> str:
        """What the jobs do: wait, run, or wait for a moment to come."""

    @property
    def jobs(self) -> int:
        """How many."""

    @property
    def oldest_seconds(self) -> float:
        """Since when the oldest is there."""


class Metrics:
    """The counters and histograms of this process."""

    def __init__(self) -> None:
        """Nothing has been counted yet."""
        disable_created_metrics()  # type: ignore[no-untyped-call]  # process_start_time_seconds says the same
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self._acks = self._histogram(
            "seams_ack_seconds", "From a request of Slack's to our answer", ["door", "kind"], ACK_BUCKETS
        )
        self._answers = self._counter(
            "seams_answers", "Answers to requests of Slack's by HTTP status", ["door", "kind", "status"]
        )
        self._reads = self._counter("seams_reads", "Articles read, by what became of them", ["outcome"])
        self._stages = self._histogram("seams_read_seconds", "Stages of reading an article", ["stage"])
        self._jobs = self._histogram("seams_job_seconds", "Tries of durable jobs", ["job", "outcome"])
        self._calls = self._histogram("seams_slack_call_seconds", "Calls of Slack's Web API", ["method"])
        self._refusals = self._counter(
            "seams_slack_errors", "Calls that Slack refused or did not answer", ["method", "error"]
        )
        self._limited = self._counter("seams_slack_429", "Calls that Slack answered with 429", ["method"])

    def ack(self, door: str, kind: str, status: int, seconds: float) -> None:
        """A request of Slack's was answered; `door` is http or socket."""
        self._acks.labels(door, kind).observe(seconds)
        self._answers.labels(door, kind, str(status)).inc()

    def read(self, outcome: str) -> None:
        """An article was read ("read"), or could not be (the code of the error)."""
        self._reads.labels(outcome).inc()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage of a reading, however it ends."""
        with self._stages.labels(name).time():
            yield

    def job(self, name: str, outcome: str, seconds: float) -> None:
        """A try of a job ended: "done", "later" or "failed"."""
        self._jobs.labels(name, outcome).observe(seconds)

    def call(self, method: str, seconds: float, *, error: str | None = None, limited: bool = False) -> None:
        """A call of Slack's Web API ended, in an error maybe."""
        self._calls.labels(method).observe(seconds)
        if error is not None:
            self._refusals.labels(method, error).inc()
        if limited:
            self._limited.labels(method).inc()

    def describe(self, versions: Mapping[str, str]) -> None:
        """Say what runs here: the versions of Seams and of its models."""
        Info("seams_build", "What runs here", registry=self.registry).info(dict(versions))

    def watch_queues(self, look: Callable[[], Iterable[Waiting]]) -> None:
        """Ask `look` how much work waits whenever somebody asks for the metrics."""
        self.registry.register(_Queues(look))

    def render(self) -> tuple[str, bytes]:
        """The content type and the text."""
        return CONTENT_TYPE_LATEST, generate_latest(self.registry)

    def _counter(self, name: str, says: str, labels: list[str]) -> Counter:
        return Counter(name, says, labels, registry=self.registry)

    def _histogram(
        self, name: str, says: str, labels: list[str], buckets: tuple[float, ...] = WORK_BUCKETS
    ) -> Histogram:
        return Histogram(name, says, labels, buckets=buckets, registry=self.registry)


@dataclass(frozen=True, slots=True)
class _Queues:
    """Looks at the queues when it is asked."""

    look: Callable[[], Iterable[Waiting]]

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not ask the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """How much waits and how long, by queue and state."""
        jobs = GaugeMetricFamily("seams_queue_jobs", "Jobs by queue and state", labels=["queue", "state"])
        oldest = GaugeMetricFamily(
            "seams_queue_oldest_seconds", "Age of the oldest job", labels=["queue", "state"]
        )
        try:
            seen = self.look()
        except StorageError:
            seen = ()  # what this process counted itself is told all the same
        for found in seen:
            jobs.add_metric([found.queue, found.state], found.jobs)
            oldest.add_metric([found.queue, found.state], found.oldest_seconds)
        return (jobs, oldest)


@contextmanager
def timed(tell: Callable[[float], None]) -> Iterator[None]:
    """Tell how many seconds the block took, however it ends."""
    began = time.perf_counter()
    try:
        yield
    finally:
        tell(time.perf_counter() - began)
