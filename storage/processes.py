"""Which processes do durable work, and the handing over of what a dead one left.

A process has an id that no other ever has, and keeps its row fresh. Whoever deletes the row of one that was
silent for long takes its work over in the same transaction; so it happens once, and a process whose row is
gone knows that its work is no longer its own. Only the database's clock counts.
"""

from collections.abc import Collection

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    TableClause,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
    update,
)

from storage.engine import Session
from storage.process_table import ProcessRow
from storage.queues import SCHEMA

_EPOCH = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
}
_POSTMASTER = "CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000 AS BIGINT)"
_PENDING, _ENQUEUED, _SET_ASIDE = "PENDING", "ENQUEUED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"  # DBOS's words


def add_process(session: Session, *, executor_id: str) -> None:
    """Let a process be known to live."""
    session.add(ProcessRow(executor_id=executor_id, beat_ms=session.scalar(select(_now(session))) or 0))
    session.flush()


def beat(session: Session, *, executor_id: str) -> bool:
    """Say that a process lives; False when its work was given to others."""
    known = update(ProcessRow).where(ProcessRow.executor_id == executor_id).values(beat_ms=_now(session))
    return bool(session.scalar(known.returning(ProcessRow.executor_id)))


def list_processes(session: Session) -> tuple[str, ...]:
    """The ids of all processes that are not known to be dead."""
    return tuple(sorted(session.scalars(select(ProcessRow.executor_id))))


def silent_processes(session: Session, *, for_ms: int) -> tuple[str, ...]:
    """Those that said nothing for so long, though the database was there to be told."""
    return tuple(sorted(session.scalars(select(ProcessRow.executor_id).where(_is_silent(session, for_ms)))))


def bury_silent(session: Session, *, executor_ids: Collection[str], for_ms: int) -> tuple[str, ...]:
    """Drop the rows of those processes that are silent still; gives which they were."""
    found = (
        delete(ProcessRow)
        .where(ProcessRow.executor_id.in_(executor_ids), _is_silent(session, for_ms))
        .returning(ProcessRow.executor_id)
    )
    return tuple(session.scalars(found))


def bury(session: Session, *, executor_ids: Collection[str]) -> None:
    """Drop the rows of processes that are known to be dead."""
    session.execute(delete(ProcessRow).where(ProcessRow.executor_id.in_(executor_ids)))


def orphaned_by(session: Session, *, for_ms: int) -> tuple[str, ...]:
    """The ids of processes without a row that began work so long ago, and have not ended it."""
    work = _work(session)
    known = select(ProcessRow.executor_id)
    found = select(work.c.executor_id).where(
        work.c.status == _PENDING,
        work.c.started_at_epoch_ms < _now(session) - for_ms,
        work.c.executor_id.not_in(known),
    )
    return tuple(sorted(session.scalars(found.distinct())))


def take_over(session: Session, *, executor_ids: Collection[str], queue: str, most: int) -> tuple[str, ...]:
    """Have what dead processes were at begun again, from `queue`.

    What was begun `most` times, and each time was the end of its process, is set aside; gives the ids.
    """
    work = _work(session)
    theirs = (work.c.status == _PENDING, work.c.executor_id.in_(executor_ids))
    now = _now(session)
    nobodys = {"owner_xid": None, "started_at_epoch_ms": None, "updated_at": now}
    deadly = (
        update(work)
        .where(*theirs, work.c.recovery_attempts >= most)
        .values(status=_SET_ASIDE, completed_at=now, **nobodys)
        .returning(work.c.workflow_uuid)
    )
    aside = tuple(sorted(session.scalars(deadly)))
    session.execute(update(work).where(*theirs).values(status=_ENQUEUED, queue_name=queue, **nobodys))
    return aside


def hand_back(session: Session, *, executor_id: str) -> None:
    """Let others begin anew what a process that ends in order had begun: that is no death to be counted."""
    work = _work(session)
    session.execute(
        update(work)
        .where(work.c.status == _PENDING, work.c.executor_id == executor_id)
        .values(
            status=_ENQUEUED,
            owner_xid=None,
            started_at_epoch_ms=None,
            updated_at=_now(session),
            recovery_attempts=work.c.recovery_attempts - 1,
        )
    )


def _now(session: Session) -> ColumnElement[int]:
    return literal_column(_EPOCH[session.get_bind().dialect.name], BigInteger)


def _is_silent(session: Session, for_ms: int) -> ColumnElement[bool]:
    heard: ColumnElement[int] = ProcessRow.__table__.c.beat_ms
    if session.get_bind().dialect.name == "postgresql":
        # Nobody could be heard before the server was up.
        heard = func.greatest(heard, literal_column(_POSTMASTER, BigInteger))
    return heard < _now(session) - for_ms


def _work(session: Session) -> TableClause:
    """What we need of the durable queue's own table (DBOS's `workflow_status`)."""
    schema = SCHEMA if session.get_bind().dialect.name == "postgresql" else None
    return table(
        "workflow_status",
        column("workflow_uuid"),
        column("status"),
        column("executor_id"),
        column("queue_name"),
        column("owner_xid"),
        column("recovery_attempts", Integer),
        column("started_at_epoch_ms", BigInteger),
        column("updated_at", BigInteger),
        column("completed_at", BigInteger),
        schema=schema,
    )
