"""A running Seams: its parts (web, worker, clock) put together, started and stopped."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from slack_sdk import WebClient

from bot.connecting import connect, remember_identity
from bot.doors import open_probes, open_web
from bot.errors import SlackGone
from bot.jobs import SUSPECTS, Outbox, QueueSize, Worker, prepare
from bot.lease import Lease
from bot.metrics import Metrics
from bot.probes import Probes
from bot.readers import open_readers
from bot.reading.pool import LAST, NICE, preload
from bot.services import Services, audiences, pauses, set_aside, tidying, work, workspaces
from bot.services.job_types import job_types
from bot.services.ports import SlackPort
from bot.services.ticking import every_minute
from bot.settings import Settings
from bot.slack import Identity
from bot.stopping import Deadline
from bot.versions import versions
from storage import migrate, queues
from storage.engine import Engine, background, open_engine
from storage.statistics import refresh_statistics

# For each reader process so many articles are under way, as fetching mostly waits: of one workspace half of
# them at most, so that another's never waits for a slow site, or behind more than a few articles.
READING_PER_READER = 8
TELLING_AT_ONCE = 8
DRAWING_AT_ONCE = 1  # the drawing library's fonts are not for several threads
# Modules for the process that readers are forked from.
LOADED, BARE = "bot.services.preloaded", "bot.reading.forked"

_log = logging.getLogger(__name__)


class Part(StrEnum):
    """What a process does."""

    WEB = "web"  # takes events and commands from Slack
    WORKER = "worker"  # reads articles and posts
    CLOCK = "clock"  # sees which digests are due


@dataclass(frozen=True, slots=True)
class Running:
    """A started Seams. `identity` is that of its only workspace, None where there may be many.

    `url` is where Slack's requests go, None in Socket Mode or without the web part. `deadline` begins when
    it is told to stop. `metrics_port` is None without a port for monitors.
    """

    services: Services
    identity: Identity | None
    url: str | None
    deadline: Deadline
    metrics_port: int | None = None


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def prepare_database(engine: Engine) -> None:
    """Create or upgrade every table, ours and those of the durable queue; harmless when up to date."""
    migrate.upgrade(engine)
    prepare(engine)
    refresh_statistics(engine)


@contextmanager
def open_services(
    settings: Settings,
    *,
    engine: Engine | None = None,
    slack: SlackPort | None = None,
    now: Callable[[], datetime] = utc_now,
    metrics: Metrics | None = None,
    gives_way: bool = False,
) -> Iterator[Services]:
    """The services on an existing database; without `slack` nothing can be said in Slack.

    What `gives_way` lets all others go first, in the database and on this host's cores.
    """

    def nowhere(team_id: str) -> WebClient:
        raise SlackGone(f"No connection to the workspace {team_id}.", code="not_connected")

    with ExitStack() as stack:
        if engine is None:
            engine = open_engine(settings.database)
            stack.callback(engine.dispose)
        metrics = metrics or Metrics()
        outbox = Outbox(engine)
        stack.callback(outbox.close)
        if gives_way:
            engine = background(engine)
        readers = open_readers(settings, engine, metrics, now, stack, nice=LAST if gives_way else NICE)
        yield Services(
            engine=engine,
            settings=settings,
            outbox=outbox,
            slack=slack or nowhere,
            read=readers.first,
            read_apart=readers.apart,
            now=now,
            metrics=metrics,
        )


@contextmanager
def running(
    settings: Settings,
    parts: frozenset[Part],
    *,
    now: Callable[[], datetime] = utc_now,
    lost: Callable[[], None] = lambda: None,
) -> Iterator[Running]:
    """Start the parts, and stop them in order at the end; raises SettingsError, SlackGone, StorageError.

    `lost` is called when this process was silent for so long that others took its work over: it has to stop.
    """
    settings.require_slack()
    metrics, deadline = Metrics(), Deadline()
    metrics.describe(versions())
    with ExitStack() as stack:
        engine = open_engine(settings.database)
        stack.callback(engine.dispose)
        lease = _lease(settings, lost) if Part.WORKER in parts else None
        may_post = lease.is_held if lease else lambda: True
        connection = connect(settings, engine, now=now, metrics=metrics, may_post=may_post)
        services = stack.enter_context(
            open_services(settings, engine=engine, slack=connection.slack, now=now, metrics=metrics)
        )
        probes = _probes(services, deadline)
        port = open_probes(settings, probes, deadline, stack)
        if connection.identity is not None:
            remember_identity(engine, connection.identity, now=now())
        if lease is not None:
            preload(LOADED if settings.preload else BARE)
            _start_worker(services, lease, deadline, stack)
        if Part.CLOCK in parts:
            _start_clock(services, connection.team_ids, deadline, stack)
        url = None
        if Part.WEB in parts:
            url = open_web(services, connection.authorize, probes, deadline, stack)
        stack.callback(deadline.begin)
        yield Running(services, connection.identity, url, deadline, port)


def _probes(services: Services, deadline: Deadline) -> Probes:
    readiness = migrate.Readiness(services.engine)
    token = services.settings.metrics_token

    def problems() -> list[str]:
        return ["stopping"] if deadline.begun else readiness.problems()

    return Probes(
        services.metrics, problems=problems, token=token.get_secret_value() if token is not None else None
    )


def _lease(settings: Settings, lost: Callable[[], None]) -> Lease:
    directory = settings.data_dir
    return Lease(settings.database, directory, name=settings.process_name, queue=SUSPECTS, lost=lost)


def _start_worker(services: Services, lease: Lease, deadline: Deadline, stack: ExitStack) -> None:
    lease.open(partial(set_aside.settle, services))
    stack.callback(lease.close)
    reading = READING_PER_READER * services.settings.readers
    worker = Worker(
        services.engine,
        job_types(services),
        [
            QueueSize(work.READING, reading, per_team=reading // 2),
            QueueSize(work.TELLING, TELLING_AT_ONCE, per_team=TELLING_AT_ONCE // 2),
            QueueSize(work.DRAWING, DRAWING_AT_ONCE, per_team=DRAWING_AT_ONCE, polling_seconds=1.0),
        ],
        name=lease.executor_id,
    )
    worker.start()
    stack.callback(lambda: worker.stop(patience=int(deadline.left())))


def _start_clock(
    services: Services, team_ids: Callable[[], tuple[str, ...]], deadline: Deadline, stack: ExitStack
) -> None:
    from bot.clock import open_clock  # its library takes time that the web process has not

    def recheck() -> None:
        for team_id in team_ids():
            audiences.enqueue_recheck(services, team_id)
            pauses.enqueue_resume(services, team_id, f"{services.now():%Y-%m-%dT%H}")

    engine = services.engine
    services.metrics.watch_queues(lambda: queues.depths(engine, now=utc_now()))
    clock = open_clock(
        every_minute=lambda: every_minute(services),
        every_hour=recheck,
        every_day=lambda: workspaces.enqueue_looks(services, team_ids()),
        tidy=lambda: tidying.tidy(services, stopping=lambda: deadline.begun),
    )
    clock.start()
    stack.callback(clock.shutdown)
    every_minute(services)  # what fell due while nothing ran
