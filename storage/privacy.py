"""What refers to a person, and its deletion: facts stay, but nobody's name on them.

A new column that holds a person's id has its place here; the tests look for it in every table.
"""

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from bot.home import Held
from storage.correction_tables import CorrectedCompanyRow, CorrectedTellingRow, CorrectionRow
from storage.engine import Session
from storage.greeting_table import GreetingRow
from storage.people_table import PersonRow
from storage.question_table import QuestionRow
from storage.schema import ChannelRow, OfTeam, PostingRow, ToldChangeRow
from storage.tables import METADATA
from storage.teams import lock_team
from storage.watch_tables import AlertRow, FeedbackRow, WatchReaderRow, WatchRow
from storage.workspace_tables import DigestPauseRow, InstallRow

_Column = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]

_INSTALLATIONS = METADATA.tables["slack_installations"]
NOBODY = ""  # stands where somebody must have been

# Rows that are a person's own.
_OWN: tuple[tuple[type[OfTeam], _Column], ...] = (
    (AlertRow, AlertRow.reader_id),
    (WatchReaderRow, WatchReaderRow.reader_id),
    (WatchRow, WatchRow.reader_id),
    (FeedbackRow, FeedbackRow.user_id),
    (PersonRow, PersonRow.user_id),
    (QuestionRow, QuestionRow.user_id),
    (GreetingRow, GreetingRow.place_id),
    (ToldChangeRow, ToldChangeRow.channel_id),
    (CorrectedTellingRow, CorrectedTellingRow.channel_id),
    (CorrectedCompanyRow, CorrectedCompanyRow.channel_id),
)
# Rows that others need too, and what stands in them instead.
_SIGNED: tuple[tuple[type[OfTeam], _Column, str | None], ...] = (
    (PostingRow, PostingRow.user_id, None),
    (WatchRow, WatchRow.made_by, None),
    (ChannelRow, ChannelRow.digest_by, None),
    (DigestPauseRow, DigestPauseRow.user_id, None),
    (InstallRow, InstallRow.user_id, None),
    (CorrectionRow, CorrectionRow.user_id, NOBODY),
    (CorrectionRow, CorrectionRow.undone_by, None),
    (CorrectedTellingRow, CorrectedTellingRow.corrected_by, NOBODY),
    (CorrectedCompanyRow, CorrectedCompanyRow.corrected_by, NOBODY),
)


def held_of(session: Session, *, team_id: str, user_id: str) -> Held:
    """How much refers to a person."""

    def count(row: type[OfTeam], column: _Column) -> int:
        chosen = select(func.count()).select_from(row).where(row.team_id == team_id, column == user_id)
        return session.scalar(chosen) or 0

    own = count(WatchRow, WatchRow.reader_id)
    digests = max(count(ChannelRow, ChannelRow.digest_by), count(DigestPauseRow, DigestPauseRow.user_id))
    return Held(
        postings=count(PostingRow, PostingRow.user_id),
        watches=own,
        set_up=max(0, count(WatchRow, WatchRow.made_by) - own) + digests,
        corrections=count(CorrectionRow, CorrectionRow.user_id),
        opinions=count(FeedbackRow, FeedbackRow.user_id),
        installed=bool(count(InstallRow, InstallRow.user_id)),
    )


def forget_person(session: Session, *, team_id: str, user_id: str) -> None:
    """Delete what is a person's own, and their id from what they shared, set up or corrected."""
    lock_team(session, team_id=team_id)
    for row, column in _OWN:
        session.execute(delete(row).where(row.team_id == team_id, column == user_id))
    for row, column, instead in _SIGNED:
        signed = update(row).where(row.team_id == team_id, column == user_id)
        session.execute(signed.values({column: instead}))
    # Of Slack's own SDK, which must have somebody there.
    ours = _INSTALLATIONS.c.team_id == team_id
    session.execute(
        update(_INSTALLATIONS).where(ours, _INSTALLATIONS.c.user_id == user_id).values(user_id=NOBODY)
    )
    session.expire_all()
