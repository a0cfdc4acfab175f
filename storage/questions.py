"""Questions that wait for their answer: as the commands they mean, without the messages."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine import Session
from storage.inserting import insert_new
from storage.question_table import QuestionRow
from storage.teams import lock_team

__all__ = ["Waiting", "add_question", "begin_answer", "drop_question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A question; `asks` is a command or what else was understood, `text` what goes with it."""

    channel_id: str
    message_ts: str
    thread_ts: str | None
    user_id: str
    asks: str
    text: str
    with_links: bool


def add_question(session: Session, *, team_id: str, question: Waiting, now: datetime) -> None:
    """Keep a question until it is answered; the same again is nothing new."""
    lock_team(session, team_id=team_id)
    insert_new(
        session,
        QuestionRow,
        team_id=team_id,
        channel_id=question.channel_id,
        message_ts=question.message_ts,
        thread_ts=question.thread_ts,
        user_id=question.user_id,
        asks=question.asks,
        text=question.text,
        with_links=question.with_links,
        begun=False,
        asked_at=now,
    )


def begin_answer(
    session: Session, *, team_id: str, channel_id: str, message_ts: str
) -> tuple[Waiting, bool] | None:
    """The question, and whether an earlier try may have posted the answer; None when it is answered."""
    row = session.get(QuestionRow, (team_id, channel_id, message_ts), with_for_update=True)
    if row is None:
        return None
    again, row.begun = row.begun, True
    session.flush()
    question = Waiting(
        channel_id=row.channel_id,
        message_ts=row.message_ts,
        thread_ts=row.thread_ts,
        user_id=row.user_id,
        asks=row.asks,
        text=row.text,
        with_links=row.with_links,
    )
    return question, again


def drop_question(session: Session, *, team_id: str, channel_id: str, message_ts: str) -> None:
    """Forget a question that was answered, or never will be."""
    row = session.get(QuestionRow, (team_id, channel_id, message_ts))
    if row is not None:
        session.delete(row)
        session.flush()
