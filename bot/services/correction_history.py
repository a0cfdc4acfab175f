"""Who corrected what and when, as one channel may know it."""

from collections.abc import Iterable
from itertools import groupby

from bot.correction_answers import History, HistoryLine
from bot.errors import UserError
from bot.locale import _
from bot.relationships.company_corrections import CompanySaid
from bot.relationships.corrections import FactSaid, origin_id
from bot.services.facts import find_fact
from storage import corrections, reports
from storage.corrections import Correction
from storage.engine import Session
from storage.stated import Statements

MAX_ROWS = 100  # of the history of everything
_BATCH, _COMPANY = "k", "c"


def about_batch(batch_id: str) -> str:
    """Names the history of whatever a batch speaks of, also when that is no more."""
    return f"{_BATCH}:{batch_id}"


def about_company(company_id: str) -> str:
    """Names the history of a company."""
    return f"{_COMPANY}:{company_id}"


def find_history(session: Session, about: str, *, team_id: str, channel_id: str) -> History:
    """The history of what a batch speaks of, of a company, of a fact, or for "" of everything.

    Raises UserError for what the channel does not know, or no more.
    """
    place = {"team_id": team_id, "channel_id": channel_id}
    head, _colon, rest = about.partition(":")
    if not about:
        rows = corrections.history(session, **place, limit=MAX_ROWS)
    elif head == _COMPANY:
        keys = reports.keys_of_companies(session, **place, company_ids=[rest])
        rows = corrections.company_history(session, **place, keys=keys.keys())
    elif head == _BATCH:
        rows = _beside(session, corrections.batch(session, **place, batch_id=rest), place)
    else:
        fact = find_fact(session, about, **place)
        told = Statements(session, **place).by_id(frozenset(fact.tie_ids)).values()
        rows = _of_origins(
            session,
            {(each.article_id, origin_id(each.article_id, each.stated.origin)) for each in told},
            place,
        )
    lines = _lines(rows)
    return History(about=about_batch(lines[0].batch_id) if about and lines else about, lines=lines)


def _beside(session: Session, batch: tuple[Correction, ...], place: dict[str, str]) -> tuple[Correction, ...]:
    """All that was ever said of what a batch speaks of."""
    if not batch:
        raise UserError(_("That correction is not known any more."), code="no_correction")
    said = batch[0].said
    if isinstance(said, CompanySaid):
        return corrections.company_history(session, **place, keys=said.all_keys)
    return _of_origins(session, {origin for row in batch for origin in _origin(row)}, place)


def _of_origins(
    session: Session, origins: set[tuple[str, str]], place: dict[str, str]
) -> tuple[Correction, ...]:
    article_ids = {article_id for article_id, _id in origins}
    rows = corrections.history(
        session, team_id=place["team_id"], channel_id=place["channel_id"], article_ids=article_ids
    )
    return tuple(row for row in rows if not origins.isdisjoint(_origin(row)))


def _origin(row: Correction) -> Iterable[tuple[str, str]]:
    if isinstance(row.said, FactSaid) and row.article_id:
        yield row.article_id, origin_id(row.article_id, row.said.origin)


def _lines(rows: Iterable[Correction]) -> tuple[HistoryLine, ...]:
    """One line for each batch, the latest first, as its last row says it."""
    lines = []
    for batch_id, group in groupby(rows, key=lambda row: row.batch_id):
        said = list(group)
        lines.append(
            HistoryLine(
                batch_id=batch_id,
                said=said[0].said,
                count=len({row.article_id for row in said}),
                made_at=said[0].made_at,
                user_id=said[0].user_id,
                undone_at=said[0].undone_at,
                undone_by=said[0].undone_by,
            )
        )
    return tuple(lines)
