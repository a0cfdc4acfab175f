"""What people say of digests: useful or not, one word each about a digest or a line of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import case, func, select

from storage.engine import Session
from storage.inserting import insert_new
from storage.watch_tables import FeedbackRow

WHOLE = "digest"  # the type under which opinions of whole digests are counted


class Pressed(StrEnum):
    """What became of a word."""

    GIVEN = "given"
    CHANGED = "changed"  # they had said the other
    TAKEN_BACK = "taken_back"  # they had said the same


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """How many opinions there are of what had changed; `type` is WHOLE for digests, None for what is gone."""

    type: str | None
    kind: str | None
    useful: int
    not_useful: int


def press(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    period_key: str,
    change_id: str,
    user_id: str,
    useful: bool,
    now: datetime,
    change_type: str | None = None,
    kind: str | None = None,
) -> Pressed:
    """Count a person's word on a digest or on a line (`change_id` not ""); the same again takes it back."""
    given = insert_new(
        session,
        FeedbackRow,
        team_id=team_id,
        channel_id=channel_id,
        period_key=period_key,
        change_id=change_id,
        user_id=user_id,
        useful=useful,
        type=change_type if change_id else WHOLE,
        kind=kind,
        given_at=now,
    )
    if given:
        return Pressed.GIVEN
    key = (team_id, channel_id, period_key, change_id, user_id)
    row = session.get_one(FeedbackRow, key, populate_existing=True)
    if row.useful == useful:
        session.delete(row)
        session.flush()
        return Pressed.TAKEN_BACK
    row.useful, row.given_at = useful, now
    session.flush()
    return Pressed.CHANGED


def count_feedback(session: Session, *, team_id: str) -> tuple[FeedbackCount, ...]:
    """What people said, by what had changed."""
    useful = func.sum(case((FeedbackRow.useful, 1), else_=0))
    counted = (
        select(FeedbackRow.type, FeedbackRow.kind, useful, func.count())
        .where(FeedbackRow.team_id == team_id)
        .group_by(FeedbackRow.type, FeedbackRow.kind)
    )
    found = (
        FeedbackCount(change_type, kind, int(yes), int(total) - int(yes))
        for change_type, kind, yes, total in session.execute(counted)
    )
    return tuple(sorted(found, key=lambda count: (count.type or "", count.kind or "")))
