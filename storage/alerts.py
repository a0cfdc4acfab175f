"""What readers are to be told at once: each change once per reader, in messages that are posted once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update

from storage.engine import Session
from storage.forgetting import drop_oldest
from storage.inserting import insert_new
from storage.schema import PostingRow, TellingState
from storage.ties import in_parts
from storage.watch_tables import AlertRow


class AlertState(StrEnum):
    """What became of a change that a reader was to be told at once."""

    WAITING = "waiting"
    TELLING = "telling"  # somebody began to post the batch, and may have posted it
    TOLD = "told"
    BESIDE = "beside"  # told in one line with another change
    DROPPED = "dropped"  # withdrawn, wanted no more, told otherwise, out of reach, or only counted ("4 more")


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of some team."""

    team_id: str
    reader_id: str


def add_alerts(
    session: Session, *, team_id: str, reader_id: str, change_ids: Iterable[str], now: datetime
) -> None:
    """Have a reader told some changes; each one that it was ever to be told is left as it is."""
    for change_id in sorted(set(change_ids)):
        insert_new(
            session,
            AlertRow,
            team_id=team_id,
            reader_id=reader_id,
            change_id=change_id,
            state=AlertState.WAITING,
            found_at=now,
            batch=None,
            told_at=None,
        )


def readers_waiting(session: Session) -> tuple[Reader, ...]:
    """Every reader of every team that is to be told something: the clock's read across teams."""
    chosen = select(AlertRow.team_id, AlertRow.reader_id).where(AlertRow.state == AlertState.WAITING)
    return tuple(sorted((Reader(*row) for row in session.execute(chosen.distinct())), key=_order))


def claim_batch(session: Session, *, team_id: str, reader_id: str, batch: str) -> tuple[frozenset[str], bool]:
    """Begin a message with all that waits for a reader; gives its changes, and whether it was begun before.

    A batch that was begun keeps its changes; what was found since waits for the next one.
    """
    mine = (AlertRow.team_id == team_id, AlertRow.reader_id == reader_id)
    begun = select(AlertRow.change_id).where(*mine, AlertRow.batch == batch)
    known = frozenset(session.scalars(begun.where(AlertRow.state == AlertState.TELLING)))
    if known or session.scalars(begun).first() is not None:
        return known, True
    session.execute(
        update(AlertRow)
        .where(*mine, AlertRow.state == AlertState.WAITING)
        .values(state=AlertState.TELLING, batch=batch)
    )
    return frozenset(session.scalars(begun)), False


def release_batch(session: Session, *, team_id: str, reader_id: str, batch: str) -> None:
    """Have the changes of a batch that was not posted wait again."""
    session.execute(
        update(AlertRow)
        .where(AlertRow.team_id == team_id, AlertRow.reader_id == reader_id, AlertRow.batch == batch)
        .values(state=AlertState.WAITING, batch=None)
    )


def mark_alerts(
    session: Session,
    *,
    team_id: str,
    reader_id: str,
    change_ids: Collection[str],
    state: AlertState,
    now: datetime,
) -> None:
    """Keep what became of some changes; `now` is when, for the day's cap."""
    told_at = now if state in (AlertState.TOLD, AlertState.BESIDE) else None
    for some in in_parts(sorted(change_ids)):
        session.execute(
            update(AlertRow)
            .where(AlertRow.team_id == team_id, AlertRow.reader_id == reader_id, AlertRow.change_id.in_(some))
            .values(state=state, told_at=told_at)
        )


def any_told(session: Session, *, team_id: str, reader_id: str, change_ids: Collection[str]) -> bool:
    """Whether a reader was told one of some changes at once."""
    told = AlertRow.state.in_((AlertState.TOLD, AlertState.BESIDE))
    return any(
        session.scalar(
            select(AlertRow.change_id)
            .where(AlertRow.team_id == team_id, AlertRow.reader_id == reader_id, told)
            .where(AlertRow.change_id.in_(some))
            .limit(1)
        )
        for some in in_parts(sorted(change_ids))
    )


def count_told(session: Session, *, team_id: str, reader_id: str, since: datetime) -> int:
    """How many lines a reader was told at once since a moment."""
    chosen = select(func.count()).where(
        AlertRow.team_id == team_id,
        AlertRow.reader_id == reader_id,
        AlertRow.state == AlertState.TOLD,
        AlertRow.told_at >= since,
    )
    return session.scalar(chosen) or 0


def forget_alerts(session: Session, *, before: datetime, limit: int) -> int:
    """Drop what was settled long ago, of all teams: what is that old is no news, and can't be told again.

    The oldest `limit` go; gives how many.
    """
    settled = AlertRow.state.not_in((AlertState.WAITING, AlertState.TELLING))
    return drop_oldest(session, AlertRow, AlertRow.found_at, settled, before=before, limit=limit)


def answered_here(
    session: Session, *, team_id: str, channel_id: str, article_ids: Collection[str]
) -> frozenset[str]:
    """Those of some articles that were posted in a channel and answered there, or are about to be."""
    found: set[str] = set()
    for some in in_parts(sorted(article_ids)):
        chosen = select(PostingRow).where(
            PostingRow.team_id == team_id,
            PostingRow.channel_id == channel_id,
            PostingRow.article_id.in_(some),
        )
        found.update(
            row.article_id
            for row in session.scalars(chosen)
            if row.reply_ts is not None or row.telling != TellingState.TOLD
        )
    return frozenset(found)


def _order(reader: Reader) -> tuple[str, str]:
    return reader.team_id, reader.reader_id
