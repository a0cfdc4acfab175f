"""The durable queue's own table as far as operators ask for it: what waits, and what is long done.

The queue (DBOS) makes and changes its tables itself; here they are read, and old rows of them named. What
moves work from a dead process to a live one is in `storage.processes`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Integer, TableClause, bindparam, column, func, select, table
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from storage.engine import Engine, snapshot

_SCHEMA = "dbos"  # on PostgreSQL
# DBOS's word for each state -> ours.
_STATES = {"ENQUEUED": "waiting", "PENDING": "running", "DELAYED": "later"}
# The states for which the queue has partial indexes, as it writes them.
_INDEXED = (("ENQUEUED", "PENDING"), ("DELAYED",), ("ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"))


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """How many jobs of a queue are in a state ("waiting", "running", "later"), and the oldest one's age."""

    queue: str
    state: str
    jobs: int
    oldest_seconds: float


def depths(engine: Engine, *, now: datetime) -> tuple[QueueDepth, ...]:
    """What waits and runs, by queue and state; the cost grows with what waits, not with what was done.

    Raises StorageError when the database can't be asked.
    """
    jobs = job_table(engine.dialect.name)
    asked = [
        select(jobs.c.queue_name, jobs.c.status, func.count(), func.min(jobs.c.created_at))
        .where(_is_in(jobs, state), jobs.c.queue_name.is_not(None))
        .group_by(jobs.c.queue_name, jobs.c.status)
        for state in _STATES
    ]
    try:
        with snapshot(engine) as session:
            found = sorted(tuple(row) for each in asked for row in session.execute(each))
    except SQLAlchemyError as error:
        raise StorageError("The queues can't be looked at.", code="unreachable") from error
    moment = now.timestamp()
    return tuple(
        QueueDepth(queue, _STATES[state], count, max(0.0, moment - oldest / 1000))
        for queue, state, count, oldest in found
    )


def count(engine: Engine, states: Collection[str]) -> int:
    """How many jobs are in some of DBOS's states; the cost grows with them, not with what was done."""
    jobs = job_table(engine.dialect.name)
    with snapshot(engine) as session:
        return sum(
            session.scalar(select(func.count()).select_from(jobs).where(_is_in(jobs, state))) or 0
            for state in states
        )


def of_team(engine: Engine, *, team_id: str) -> Mapping[str, str]:
    """All jobs of a team, waiting and done: id -> DBOS's state."""
    jobs = job_table(engine.dialect.name)
    near = jobs.c.workflow_uuid.contains(f":{team_id}", autoescape=True)
    with snapshot(engine) as session:
        found = session.execute(select(jobs.c.workflow_uuid, jobs.c.status).where(near)).all()
    return {key: state for key, state in found if _parts(key)[1] == team_id}


def ended_before(engine: Engine, moment: datetime, *, limit: int) -> Sequence[str]:
    """The ids of the jobs that ended longest ago, before a moment; `limit` of them at most."""
    jobs = job_table(engine.dialect.name)
    ended = select(jobs.c.workflow_uuid).where(jobs.c.completed_at < int(moment.timestamp() * 1000))
    with snapshot(engine) as session:
        return session.scalars(ended.order_by(jobs.c.completed_at).limit(limit)).all()


def is_running(engine: Engine, key: str) -> bool:
    """Whether a job whose id begins so is being done, or was when its process died."""
    jobs = job_table(engine.dialect.name)
    running = jobs.c.workflow_uuid.startswith(key, autoescape=True), _is_in(jobs, "PENDING")
    with snapshot(engine) as session:
        return session.scalars(select(jobs.c.workflow_uuid).where(*running).limit(1)).first() is not None


def naming(engine: Engine, *, team_id: str, user_id: str) -> Sequence[str]:
    """The ids of a team's jobs that name a person, waiting and done, but for what runs this moment.

    Ids read NAME:TEAM:WHAT, with `#n.m` at later tries.
    """
    jobs = job_table(engine.dialect.name)
    near = (jobs.c.workflow_uuid.contains(f":{each}", autoescape=True) for each in (team_id, user_id))
    with snapshot(engine) as session:
        found = session.scalars(select(jobs.c.workflow_uuid).where(jobs.c.status != "PENDING", *near)).all()
    parts = {each: _parts(each) for each in found}
    return [each for each, named in parts.items() if named[1] == team_id and user_id in named[2:]]


def _parts(key: str) -> list[str]:
    return re.split("[:#]", key)


def _is_in(jobs: TableClause, state: str) -> ColumnElement[bool]:
    """Written out, and in the very words of the queue's own indexes: else SQLite passes them by."""
    indexed = next(states for states in _INDEXED if state in states)
    of_index = jobs.c.status.in_(bindparam(None, indexed, expanding=True, literal_execute=True))
    exactly = jobs.c.status == bindparam(None, state, literal_execute=True)
    return exactly if len(indexed) == 1 else of_index & exactly


def job_table(dialect: str) -> TableClause:
    """What we need of the queue's own table, as the database of this dialect has it."""
    return table(
        "workflow_status",
        column("workflow_uuid"),
        column("status"),
        column("executor_id"),
        column("queue_name"),
        column("owner_xid"),
        column("recovery_attempts", Integer),
        column("created_at", BigInteger),
        column("started_at_epoch_ms", BigInteger),
        column("updated_at", BigInteger),
        column("completed_at", BigInteger),
        schema=_SCHEMA if dialect == "postgresql" else None,
    )
