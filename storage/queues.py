"""The durable queue's own table as far as operators ask for it: what waits, and what is long done.

The queue (DBOS) makes and changes its tables itself; here they are read, and old rows of them named. What
moves work from a dead process to a live one is in `storage.processes`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Integer, TableClause, column, func, select, table
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from storage.engine import Engine, snapshot

_SCHEMA = "dbos"  # on PostgreSQL
# DBOS's word for each state -> ours.
_STATES = {"ENQUEUED": "waiting", "PENDING": "running", "DELAYED": "later"}


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
    asked = (
        select(jobs.c.queue_name, jobs.c.status, func.count(), func.min(jobs.c.created_at))
        .where(jobs.c.status.in_(_STATES), jobs.c.queue_name.is_not(None))
        .group_by(jobs.c.queue_name, jobs.c.status)
        .order_by(jobs.c.queue_name, jobs.c.status)
    )
    try:
        with snapshot(engine) as session:
            found = session.execute(asked).all()
    except SQLAlchemyError as error:
        raise StorageError("The queues can't be looked at.", code="unreachable") from error
    moment = now.timestamp()
    return tuple(
        QueueDepth(queue, _STATES[state], count, max(0.0, moment - oldest / 1000))
        for queue, state, count, oldest in found
    )


def ended_before(engine: Engine, moment: datetime, *, limit: int) -> Sequence[str]:
    """The ids of the jobs that ended longest ago, before a moment; `limit` of them at most."""
    jobs = job_table(engine.dialect.name)
    ended = select(jobs.c.workflow_uuid).where(jobs.c.completed_at < int(moment.timestamp() * 1000))
    with snapshot(engine) as session:
        return session.scalars(ended.order_by(jobs.c.completed_at).limit(limit)).all()


def is_running(engine: Engine, key: str) -> bool:
    """Whether a job whose id begins so is being done, or was when its process died."""
    jobs = job_table(engine.dialect.name)
    running = jobs.c.workflow_uuid.startswith(key, autoescape=True), jobs.c.status == "PENDING"
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
    parts = {each: re.split("[:#]", each) for each in found}
    return [each for each, named in parts.items() if named[1] == team_id and user_id in named[2:]]


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
