"""What becomes of jobs that no further try mends: they wait for an operator, and hold up nobody."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dbos import WorkflowStatus

from bot.errors import StorageError, UserError
from bot.jobs import BADLY, OPEN, Job, Priority, SetAside, team_of
from bot.locale import _
from bot.services import Services, reading, work
from storage import articles
from storage.engine import Session, transaction

KILLED = "killed_worker"  # the process died at every start of the job

_FAILURES = re.compile(r"#(\d+)\.\d+$")


class JobState(StrEnum):
    """What an operator wants to know of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    SET_ASIDE = "set aside"  # whoever tries it is broken by it
    FAILED = "failed"  # every try failed


@dataclass(frozen=True, slots=True)
class KnownJob:
    """A job that is not done. `tries` were begun; `reason` says why it is set aside or failed."""

    id: str
    team_id: str
    kind: str
    state: JobState
    since: datetime
    tries: int
    reason: str | None


def settle(services: Services, session: Session, job_ids: Iterable[str]) -> None:
    """Let nobody wait for jobs that were set aside: who posted an article hears that it can't be read."""
    for job_id in job_ids:
        name, args = work.read_key(job_id)
        if name != work.READ_ARTICLE:
            continue
        try:
            reading.fail(services, session, *args, code=KILLED)
        except StorageError as error:
            if error.code != "unknown_team":
                raise


def ended_badly(services: Services) -> tuple[KnownJob, ...]:
    """What was set aside or failed, the oldest first."""
    return tuple(map(_known, services.outbox.list_jobs(BADLY)))


def under_way(services: Services, *, limit: int) -> tuple[KnownJob, ...]:
    """What waits or runs, the oldest `limit` of it."""
    return tuple(map(_known, services.outbox.list_jobs(OPEN, limit=limit)))


def retry(services: Services, named: Sequence[str]) -> int:
    """Enqueue anew what was set aside or failed, all or as named; gives how many. Raises UserError."""
    found = _named(services, named)
    for status in found:
        with transaction(services.engine) as session:
            _enqueue_again(services, session, status)
        services.outbox.forget([status.workflow_id])
    return len(found)


def drop(services: Services, named: Sequence[str]) -> int:
    """Forget what was set aside or failed, all or as named; gives how many. Raises UserError."""
    found = _named(services, named)
    services.outbox.forget([status.workflow_id for status in found])
    return len(found)


def _enqueue_again(services: Services, session: Session, status: WorkflowStatus) -> None:
    """The same key would be the same job, which has ended; what it posts keeps its own key."""
    given = status.input["args"] if status.input else ()
    args = tuple(str(arg) for arg in given[2:])  # the first two count tries
    if status.name == work.READ_ARTICLE:
        team_id, article_id = args[:2]
        try:
            if articles.reopen_everywhere(session, team_id=team_id, article_id=article_id):
                because = f"operator:{services.now().isoformat()}"
                work.add_read(services, session, team_id, article_id, because=because)
        except StorageError as error:
            if error.code != "unknown_team":
                raise
        return
    key = f"{status.workflow_id}#again"
    services.outbox.add(session, Job(status.name, work.queue_of(status.name), key, args, Priority.LATER))


def _named(services: Services, named: Sequence[str]) -> list[WorkflowStatus]:
    ended = services.outbox.list_jobs(BADLY)
    if list(named) == ["all"]:
        return ended
    known = {status.workflow_id: status for status in ended}
    if unknown := [each for each in named if each not in known]:
        said = _("No job of this id was set aside or failed: {ids}. See: seams jobs")
        raise UserError(said.format(ids=", ".join(unknown)))
    return [known[each] for each in named]


def _known(status: WorkflowStatus) -> KnownJob:
    failed_before = _FAILURES.search(status.workflow_id)
    return KnownJob(
        id=status.workflow_id,
        team_id=team_of(status.workflow_id),
        kind=status.name,
        state=_state(status),
        since=datetime.fromtimestamp((status.created_at or 0) / 1000, UTC),
        tries=(int(failed_before[1]) if failed_before else 0) + (status.recovery_attempts or 0),
        reason=_reason(status),
    )


def _state(status: WorkflowStatus) -> JobState:
    if status.status == "PENDING":
        return JobState.RUNNING
    if status.status in OPEN:
        return JobState.WAITING
    if status.status == "ERROR" and getattr(status.error, "name", "") != SetAside.__name__:
        return JobState.FAILED
    return JobState.SET_ASIDE


def _reason(status: WorkflowStatus) -> str | None:
    if status.status == "ERROR":
        return str(status.error)
    return KILLED if status.status in BADLY else None
