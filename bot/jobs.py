"""Durable work on DBOS: what was enqueued is done, once, also when the process is killed meanwhile.

Work is enqueued in the same transaction as our own rows (`Outbox`), carries ids only, and is known by an id
that says what it is for, so enqueuing the same thing twice is one piece of work. Every try may be run
again after a crash and must bear it. A try that has to wait is a piece of work of its own that is enqueued
with a delay: so nothing that waits keeps others waiting, or the process from stopping.
`Worker` executes; a process that only enqueues needs no `Worker`. What a dead process was at begins again
from a queue of its own, one job at a time: so a job that kills its process takes no other with it again.

Each workspace's jobs wait in a line of their own (a partition of the queue). A worker takes from the lines in
random order, and from one line only so many at a time: who floods a queue keeps nobody else waiting.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TypedDict, final

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    EnqueueOptions,
    WorkflowStatus,
)

from bot.job_values import Job as Job
from bot.job_values import Priority as Priority
from bot.job_values import QueueSize as QueueSize
from storage import queues
from storage.engine import Engine, Session, is_sqlite

APPLICATION = "seams"
# Pinned: with DBOS's default, a hash of the code, an upgrade would strand the work that is still waiting.
VERSION = "1"
# Each look takes some statements, found work or not: five a second took as much of a core as to store all
# that one core reads.
POLLING_SECONDS = 0.5
NOBODY = "-"  # the line of jobs that are no workspace's
DELETED_AT_ONCE = 500  # a statement of SQLite's takes only so many ids
FIRST_PAUSE_SECONDS = 60.0  # of those that grow
MOST_PAUSES = 200  # that one job makes because the other side asks for it
OPEN = ("ENQUEUED", "PENDING", "DELAYED")  # DBOS's words for what waits or runs
BADLY = ("ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")  # DBOS's words for what failed at every try
SUSPECTS = "suspects"  # the queue of what was under way when a process died

_log = logging.getLogger(__name__)


class RetryLater(Exception):
    """Raised by a job that could not be done now and may be done later."""

    def __init__(self, reason: str, *, seconds: float | None = None, growing: bool = False) -> None:
        """`reason` is for the log; `seconds` is the pause that the other side asks for, if it does.

        Such a pause is no failure, and uses up no try. A `growing` one is a minute at first, then twice as
        long each time, and `seconds` at most: what was soon mended goes on soon.
        """
        super().__init__(reason)
        self.seconds = seconds
        self._growing = growing

    def pause(self, pauses: int) -> float | None:
        """The seconds to wait after so many pauses; None where none is asked for."""
        if self.seconds is None or not self._growing:
            return self.seconds
        return min(self.seconds, FIRST_PAUSE_SECONDS * 2.0 ** min(pauses, 20))


class SetAside(Exception):
    """Raised by a job that no further try will mend, and that is for an operator to look at."""


class GivenUp(Exception):
    """The end of a job that failed at every try; says why."""


@dataclass(frozen=True, slots=True)
class JobType:
    """What does the jobs of this name.

    `do` takes the job's args and how many tries are left after this one; `waits` are the seconds between.
    Tries after the first go to `queue`. What came of a try is kept before anything follows from it, lest it
    is done again beside what follows; a `repeatable` job, which may be, saves that.
    """

    name: str
    queue: str
    do: Callable[[Sequence[str], int], None]
    waits: tuple[float, ...]
    repeatable: bool = False


def prepare(engine: Engine) -> None:
    """Create or upgrade DBOS's own tables in our database (part of `seams db upgrade`)."""
    url = engine.url.set(drivername=engine.url.get_backend_name())
    if is_sqlite(engine):
        url = url.update_query_dict({"timeout": "60"})  # another process may be at it
    DBOS.migrate(url.render_as_string(hide_password=False))


class Outbox:
    """Enqueues jobs inside a transaction of ours."""

    def __init__(self, engine: Engine) -> None:
        """Connect lazily: the first job enqueued opens DBOS's tables."""
        self._engine = engine
        self._client = DBOSClient(
            system_database_engine=engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            lazy=True,
        )

    def add(self, session: Session, job: Job) -> None:
        """Enqueue the job when the session's transaction commits; the same key again is nothing new."""
        options = _options(job.name, job.queue, job.key, job.priority)
        self._client.enqueue_in_transaction(session, options, 0, 0, *job.args)

    def pending(self) -> int:
        """How many jobs wait or run, over all processes."""
        return queues.count(self._engine, OPEN)

    def ended_badly(self) -> int:
        """How many jobs were set aside or failed at every try."""
        return queues.count(self._engine, BADLY)

    def list_jobs(self, states: Collection[str], *, limit: int | None = None) -> list[WorkflowStatus]:
        """The jobs in some of DBOS's states, the oldest first, with what they were given and ended in."""
        return self._client.list_workflows(status=list(states), limit=limit)

    def forget(self, job_ids: Sequence[str]) -> None:
        """Drop jobs that have ended."""
        for start in range(0, len(job_ids), DELETED_AT_ONCE):
            self._client.delete_workflows(list(job_ids[start : start + DELETED_AT_ONCE]))

    def job_keys(self) -> frozenset[str]:
        """The ids of all jobs, waiting and done."""
        return frozenset(
            job.workflow_id for job in self._client.list_workflows(load_input=False, load_output=False)
        )

    def drop_team(self, team_id: str) -> None:
        """Forget all jobs of a team, waiting and done; what runs this moment is told to end."""
        states = queues.of_team(self._engine, team_id=team_id)
        self._client.cancel_workflows([key for key, state in states.items() if state == "PENDING"])
        self.forget([key for key, state in states.items() if state != "PENDING"])

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()


class Worker:
    """Executes jobs in this process until stopped. DBOS allows one of these per process."""

    def __init__(
        self,
        engine: Engine,
        types: Sequence[JobType],
        queues: Sequence[QueueSize],
        *,
        name: str,
    ) -> None:
        """Prepare to work; no other process may ever have the same `name`."""
        self._engine = engine
        self._types = tuple(types)
        self._queues = tuple(queues)
        self._name = name

    def start(self) -> None:
        """Begin to work."""
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_engine": self._engine,
            "application_version": VERSION,
            "executor_id": self._name,
            "serializer": DBOSPortableJSONSerializer(),
            "run_migrations": False,
            "use_listen_notify": False,
            "log_level": "ERROR",  # at WARNING it tells every user of SQLite that it is for development
        }
        DBOS(config=config)
        # A suspect counts among those of its own kind.
        rooms = {queue.name: BoundedSemaphore(queue.concurrency) for queue in self._queues}
        for job_type in self._types:
            _register(job_type, rooms[job_type.queue])
        queues = (*self._queues, QueueSize(SUSPECTS, 1, per_team=None, polling_seconds=1.0))
        DBOS.listen_queues([queue.name for queue in queues])
        DBOS.launch()
        for queue in queues:
            DBOS.register_queue(
                queue.name,
                worker_concurrency=queue.concurrency,
                partition_worker_concurrency=queue.per_team,
                polling_interval_sec=queue.polling_seconds or POLLING_SECONDS,
                on_conflict="always_update",
            )

    def stop(self, *, patience: int = 20) -> None:
        """Give what runs `patience` seconds; what is cut off begins again elsewhere."""
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience)


def team_of(key: str) -> str:
    """Whose a job is: every key reads NAME:TEAM:WHAT."""
    return key.split(":", 2)[1] if ":" in key else ""


def _options(name: str, queue: str, workflow_id: str, priority: Priority = Priority.POSTED) -> EnqueueOptions:
    return {
        "workflow_name": name,
        "queue_name": queue,
        "queue_partition_key": team_of(workflow_id) or NOBODY,  # without one it would never be taken
        "workflow_id": workflow_id,
        "priority": priority,
        "app_version": VERSION,
    }


def _register(job_type: JobType, room: AbstractContextManager[object]) -> None:
    def attempt(args: Sequence[str], failures: int, pauses: int) -> _Again | _End | None:
        with room:
            return _try(job_type, args, failures, pauses)

    def work(failures: int, pauses: int, *args: str) -> None:
        again: _Again | _End | None
        if job_type.repeatable:
            again = attempt(args, failures, pauses)
        else:
            again = DBOS.run_step({"name": job_type.name}, attempt, args, failures, pauses)
        if again is None:
            return
        if "reason" in again:
            raise (SetAside if again["aside"] else GivenUp)(again["reason"])
        key = str(DBOS.workflow_id).removesuffix(_suffix(failures, pauses))
        options = _options(job_type.name, job_type.queue, key + _suffix(again["failures"], again["pauses"]))
        if again["seconds"]:
            options["delay_seconds"] = again["seconds"]
        DBOS.enqueue_workflow_with_options(options, again["failures"], again["pauses"], *args)

    DBOS.workflow(name=job_type.name)(work)


@final
class _Again(TypedDict):
    """When to try again, and what happened until then; a dictionary, as it is stored."""

    seconds: float
    failures: int
    pauses: int


@final
class _End(TypedDict):
    """Why a job is given up; `aside` when nothing but an operator can mend it."""

    reason: str
    aside: bool


def _suffix(failures: int, pauses: int) -> str:
    """What stands in the id of a try after the job's key; nothing at the first."""
    return f"#{failures}.{pauses}" if failures or pauses else ""


def _try(job_type: JobType, args: Sequence[str], failures: int, pauses: int) -> _Again | _End | None:
    """Do the job; gives when to try again or why it is given up, None when it is done."""
    tries_left = max(0, len(job_type.waits) - failures)
    wait = job_type.waits[failures] if tries_left else None
    again = None if wait is None else _Again(seconds=wait, failures=failures + 1, pauses=pauses)
    try:
        job_type.do(args, tries_left)
    except RetryLater as reason:
        _log.warning(
            "%s %s could not be done: %s; tries left: %s", job_type.name, "/".join(args), reason, tries_left
        )
        pause = reason.pause(pauses)
        if pause is None or pauses >= MOST_PAUSES:
            return again or _End(reason=str(reason), aside=False)
        return _Again(seconds=pause, failures=failures, pauses=pauses + 1)
    except SetAside as reason:
        _log.error("%s %s is set aside: %s", job_type.name, "/".join(args), reason)
        return _End(reason=str(reason), aside=True)
    except Exception as error:  # noqa: BLE001 - logged with its trace
        # The one place where a job's bug ends: the trace is for the operator, the queue goes on.
        _log.exception("%s %s failed; tries left: %s", job_type.name, "/".join(args), tries_left)
        return again or _End(reason=type(error).__name__, aside=False)
    return None
