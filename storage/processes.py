"""Which processes do durable work, and the handing over of what a dead one left.

A process has an id that no other ever has, and keeps its row fresh. Whoever marks one as dead that was
silent for long takes its work over in the same transaction; so it happens once, and a process that is
marked knows that its work is no longer its own. Only the database's clock counts.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    TableClause,
    and_,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from storage.engine import Session
from storage.process_table import ProcessRow
from storage.queues import job_table

_EPOCH = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
}
_POSTMASTER = "CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000 AS BIGINT)"
_PENDING, _ENQUEUED, _SET_ASIDE = "PENDING", "ENQUEUED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"  # DBOS's words


_LIVES = ProcessRow.died_ms.is_(None)


@dataclass(frozen=True, slots=True)
class Limits:
    """When work that was under way at its process's death is set aside: after so many `starts`, if no other
    process died within `lately_ms`; else, as something outside may kill them, after `storm_starts`."""

    starts: int
    storm_starts: int
    lately_ms: int


def add_process(session: Session, *, executor_id: str) -> None:
    """Let a process be known to live."""
    session.add(ProcessRow(executor_id=executor_id, beat_ms=session.scalar(select(_now(session))) or 0))
    session.flush()


def beat(session: Session, *, executor_id: str) -> bool:
    """Say that a process lives; False when its work was given to others."""
    mine = update(ProcessRow).where(ProcessRow.executor_id == executor_id, _LIVES)
    known = mine.values(beat_ms=_now(session))
    return bool(session.scalar(known.returning(ProcessRow.executor_id)))


def list_processes(session: Session) -> tuple[str, ...]:
    """The ids of all processes that are not known to be dead."""
    return tuple(sorted(session.scalars(select(ProcessRow.executor_id).where(_LIVES))))


def silent_processes(session: Session, *, for_ms: int) -> tuple[str, ...]:
    """Those that said nothing for so long, though the database was there to be told."""
    return tuple(sorted(session.scalars(select(ProcessRow.executor_id).where(_is_silent(session, for_ms)))))


def bury_silent(session: Session, *, executor_ids: Collection[str], for_ms: int) -> tuple[str, ...]:
    """Mark those processes as dead that are silent still; gives which they were."""
    silent = update(ProcessRow).where(ProcessRow.executor_id.in_(executor_ids), _is_silent(session, for_ms))
    found = silent.values(died_ms=_now(session)).returning(ProcessRow.executor_id)
    return tuple(session.scalars(found))


def bury(session: Session, *, executor_ids: Collection[str]) -> None:
    """Mark processes as dead that are known to be."""
    known = update(ProcessRow).where(ProcessRow.executor_id.in_(executor_ids), _LIVES)
    session.execute(known.values(died_ms=_now(session)))


def forget_dead(session: Session, *, after_ms: int) -> None:
    """Drop the rows of processes that died so long ago."""
    session.execute(delete(ProcessRow).where(ProcessRow.died_ms < _now(session) - after_ms))


def leave(session: Session, *, executor_id: str) -> None:
    """Drop the row of a process that ends in order."""
    session.execute(delete(ProcessRow).where(ProcessRow.executor_id == executor_id))


def orphaned_by(session: Session, *, for_ms: int) -> tuple[str, ...]:
    """The ids of processes without a row that began work so long ago, and have not ended it."""
    work = _work(session)
    known = select(ProcessRow.executor_id).where(_LIVES)
    found = select(work.c.executor_id).where(
        work.c.status == _PENDING,
        work.c.started_at_epoch_ms < _now(session) - for_ms,
        work.c.executor_id.not_in(known),
    )
    return tuple(sorted(session.scalars(found.distinct())))


def take_over(
    session: Session, *, executor_ids: Collection[str], queue: str, limits: Limits
) -> tuple[str, ...]:
    """Have what dead processes were at begun again, from `queue`; gives the ids of what is set aside."""
    work = _work(session)
    theirs = (work.c.status == _PENDING, work.c.executor_id.in_(executor_ids))
    now, nobodys = _now(session), _nobodys(session)
    lately = ProcessRow.died_ms >= now - limits.lately_ms
    deaths = select(func.count()).select_from(ProcessRow).where(lately).scalar_subquery()
    deadly = (
        update(work)
        .where(
            *theirs,
            work.c.recovery_attempts >= limits.starts,
            or_(work.c.recovery_attempts >= limits.storm_starts, work.c.recovery_attempts >= deaths),
        )
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
            recovery_attempts=work.c.recovery_attempts - 1,
            **_nobodys(session),
        )
    )


def _now(session: Session) -> ColumnElement[int]:
    return literal_column(_EPOCH[session.get_bind().dialect.name], BigInteger)


def _is_silent(session: Session, for_ms: int) -> ColumnElement[bool]:
    heard: ColumnElement[int] = ProcessRow.__table__.c.beat_ms
    if session.get_bind().dialect.name == "postgresql":
        # Nobody could be heard before the server was up.
        heard = func.greatest(heard, literal_column(_POSTMASTER, BigInteger))
    return and_(_LIVES, heard < _now(session) - for_ms)


def _work(session: Session) -> TableClause:
    return job_table(session.get_bind().dialect.name)


def _nobodys(session: Session) -> dict[str, object]:
    """What stands in a job that no process is at."""
    return {"owner_xid": None, "started_at_epoch_ms": None, "updated_at": _now(session)}
