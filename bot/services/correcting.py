"""Takes down what people say of facts and companies, and brings the record up to date with it.

Everything happens in the caller's transaction: the correction, the record, what digests must tell again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UserError
from bot.locale import _
from bot.relationships.company_corrections import CompanySaid
from bot.relationships.corrections import Edit, FactSaid, Verdict, neighbours
from bot.services import record
from bot.services.lenses import keys_said
from bot.services.retelling import Author, Retelling
from storage import claims, corrections, evidence, reports
from storage.corrections import Correction, NewCorrection
from storage.engine import Session
from storage.stated import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrector:
    """Who corrects, in which channel, and when: what they may correct is what that channel knows."""

    team_id: str
    channel_id: str
    user_id: str
    at: datetime


def correct_facts(session: Session, who: Corrector, says: Mapping[str, tuple[Verdict, Edit]]) -> str:
    """Take down what a person says of some ties, by tie id; gives the batch's id.

    Raises UserError when none of them is known in the channel any more.
    """
    place = {"team_id": who.team_id, "channel_id": who.channel_id}
    seen = evidence.evidence(session, **place, tie_ids=says)
    statements = Statements(session, **place)
    told = [each for tie_id, each in statements.by_id(frozenset(says)).items() if tie_id in seen]
    if not told:
        raise UserError(_("That is not in the record any more. Ask again to see what is."), code="no_fact")
    public = claims.public_articles(
        session, team_id=who.team_id, article_ids={each.article_id for each in told}
    )
    news = []
    for each in sorted(told, key=lambda each: each.tie_id):
        verdict, edit = says[each.tie_id]
        origin = each.stated.origin
        beside = neighbours(origin, (other.stated for other in statements.of_article(each.article_id)))
        scope = "" if each.article_id in public else who.channel_id
        said = FactSaid(verdict, origin, beside, edit)
        news.append(NewCorrection(said=said, scope=scope, article_id=each.article_id))
    return _take_down(session, who, news)


def correct_company(session: Session, who: Corrector, said: CompanySaid) -> str:
    """Take down what a person says of a company; gives the batch's id.

    It counts for everybody when everybody knows the companies it speaks of, else in the channel alone.
    """
    needed = {said.keys[0], *said.other_keys[:1]}
    known = reports.resolve_keys(session, team_id=who.team_id, channel_id="", keys=needed)
    scope = "" if needed <= known.keys() else who.channel_id
    return _take_down(session, who, [NewCorrection(said=said, scope=scope)])


def undo(session: Session, who: Corrector, batch_id: str) -> bool:
    """Take a batch back; False when it was already.

    Raises UserError for one that the channel does not know.
    """
    rows = corrections.batch(session, team_id=who.team_id, channel_id=who.channel_id, batch_id=batch_id)
    if not rows:
        raise UserError(_("That correction is not known any more."), code="no_correction")
    if not any(row.stands for row in rows):
        return False
    retelling = _retelling(session, who, rows)
    corrections.undo_batch(session, team_id=who.team_id, batch_id=batch_id, user_id=who.user_id, now=who.at)
    _refresh(session, who, rows)
    retelling.settle(Author(batch_id, who.user_id, who.at, undoes=rows[0].made_at))
    return True


def _take_down(session: Session, who: Corrector, news: Sequence[NewCorrection]) -> str:
    retelling = _retelling(session, who, news)
    batch_id = corrections.add_corrections(
        session,
        team_id=who.team_id,
        channel_id=who.channel_id,
        user_id=who.user_id,
        corrections=news,
        now=who.at,
    )
    _refresh(session, who, news)
    retelling.settle(Author(batch_id, who.user_id, who.at))
    return batch_id


def _retelling(
    session: Session, who: Corrector, rows: Collection[Correction] | Collection[NewCorrection]
) -> Retelling:
    return Retelling(
        session,
        team_id=who.team_id,
        article_ids=[row.article_id for row in rows if row.article_id],
        keys=frozenset[str]().union(*(keys_said(row.said) for row in rows)),
    )


def _refresh(
    session: Session, who: Corrector, rows: Collection[Correction] | Collection[NewCorrection]
) -> None:
    record.refresh(
        session,
        team_id=who.team_id,
        article_ids={row.article_id for row in rows if row.article_id},
        keys=frozenset[str]().union(
            *(keys_said(row.said) for row in rows if isinstance(row.said, CompanySaid))
        ),
    )
