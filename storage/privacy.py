"""What refers to a person, and its deletion: facts stay, but nobody's name on them."""

from sqlalchemy import delete, func, select, update

from bot.home import Held
from storage.engine import Session
from storage.greeting_table import GreetingRow
from storage.people_table import PersonRow
from storage.question_table import QuestionRow
from storage.schema import PostingRow
from storage.teams import lock_team
from storage.watch_tables import AlertRow, WatchReaderRow, WatchRow


def held_of(session: Session, *, team_id: str, user_id: str) -> Held:
    """How much refers to a person."""

    def count(row: type[PostingRow] | type[WatchRow], *conditions: object) -> int:
        chosen = select(func.count()).select_from(row).where(row.team_id == team_id, *conditions)  # type: ignore[arg-type]
        return session.scalar(chosen) or 0

    return Held(
        postings=count(PostingRow, PostingRow.user_id == user_id),
        watches=count(WatchRow, WatchRow.reader_id == user_id),
        set_up=count(WatchRow, WatchRow.made_by == user_id, WatchRow.reader_id != user_id),
    )


def forget_person(session: Session, *, team_id: str, user_id: str) -> None:
    """Delete what is a person's own, and their id from what they shared or set up for others."""
    lock_team(session, team_id=team_id)
    for row in (AlertRow, WatchReaderRow, WatchRow):
        session.execute(delete(row).where(row.team_id == team_id, row.reader_id == user_id))
    session.execute(delete(PersonRow).where(PersonRow.team_id == team_id, PersonRow.user_id == user_id))
    session.execute(delete(QuestionRow).where(QuestionRow.team_id == team_id, QuestionRow.user_id == user_id))
    session.execute(
        delete(GreetingRow).where(GreetingRow.team_id == team_id, GreetingRow.place_id == user_id)
    )
    session.execute(
        update(WatchRow).where(WatchRow.team_id == team_id, WatchRow.made_by == user_id).values(made_by=None)
    )
    session.execute(
        update(PostingRow)
        .where(PostingRow.team_id == team_id, PostingRow.user_id == user_id)
        .values(user_id=None)
    )
    session.expire_all()
