"""Takes what may be public no more out of the derived tables at once, before they are derived again."""

from sqlalchemy import delete, or_, select

from storage.engine import Session
from storage.projections import CompanyArticleRow, CompanyRow, PairRow
from storage.schema import PostingRow
from storage.teams import lock_team


def withhold_channel(session: Session, *, team_id: str, channel_id: str) -> None:
    """Drop every company that an article of the channel speaks of, with its pairs, for readers elsewhere."""
    lock_team(session, team_id=team_id)
    articles = select(PostingRow.article_id).where(
        PostingRow.team_id == team_id, PostingRow.channel_id == channel_id
    )
    touched = select(CompanyArticleRow.audience, CompanyArticleRow.company_id).where(
        CompanyArticleRow.team_id == team_id,
        CompanyArticleRow.audience != channel_id,
        CompanyArticleRow.article_id.in_(articles),
    )
    for audience, company_id in session.execute(touched.distinct()).all():
        session.execute(
            delete(PairRow).where(
                PairRow.team_id == team_id,
                PairRow.audience == audience,
                or_(PairRow.a_id == company_id, PairRow.b_id == company_id),
            )
        )
        session.execute(
            delete(CompanyRow).where(
                CompanyRow.team_id == team_id, CompanyRow.audience == audience, CompanyRow.id == company_id
            )
        )
