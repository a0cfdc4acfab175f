"""What the reader found in articles about companies, as it was found; people's corrections stand apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, select

from bot.names import name_key
from bot.values import CompanyName, Evidence, Extraction, Money, Status, Tie, TieKind
from storage.columns import storable
from storage.engine import Session
from storage.hashing import id_of
from storage.inserting import insert_all
from storage.schema import ClaimRow, TieRow

MAX_NAME = 200  # characters: a longer "name" is a misreading, and outgrows an index
Id = TypeVar("Id")
AT_ONCE = 500  # ids in one statement: SQLite takes some 32,000 variables


def replace_ties(
    session: Session, *, team_id: str, article_id: str, extraction: Extraction, is_first: bool = False
) -> None:
    """Make an article say just this; names without a letter, or endless ones, are left out.

    `is_first` saves forgetting what it said before.
    """
    for row in () if is_first else (TieRow, ClaimRow):
        session.execute(delete(row).where(row.team_id == team_id, row.article_id == article_id))
    ties = [tie for tie in extraction.ties if _is_name(tie.source) and _is_name(tie.target)]
    names = [*extraction.companies, *(CompanyName(name) for tie in ties for name in (tie.source, tie.target))]
    forms = {(company.name, form) for company in names for form in (company.name, *company.aliases)}
    claims = [
        {"team_id": team_id, "article_id": article_id, "name": name, "form": form, "key": name_key(form)}
        for name, form in sorted({(storable(name), storable(form)) for name, form in forms})
        if _is_name(name) and _is_name(form)
    ]
    rows = {row["id"]: row for row in (_columns(article_id, tie) for tie in ties)}
    insert_all(session, ClaimRow, claims)
    insert_all(session, TieRow, [{"team_id": team_id, **rows[tie_id]} for tie_id in sorted(rows)])


def ties_of(session: Session, *, team_id: str, article_id: str) -> Mapping[str, Tie]:
    """What the reader found in an article, by tie id, in the order of its text; whoever may see it."""
    rows = stored_ties(session, team_id=team_id, article_ids=[article_id])
    return {row.id: tie_of(row) for row in sorted(rows, key=lambda row: (row.evidence_start, row.id))}


def stored_ties(session: Session, *, team_id: str, article_ids: Iterable[str]) -> list[TieRow]:
    """The rows of some articles, whoever may see them."""
    found: list[TieRow] = []
    for some in in_parts(sorted(set(article_ids))):
        found.extend(
            session.scalars(select(TieRow).where(TieRow.team_id == team_id, TieRow.article_id.in_(some)))
        )
    return found


def tie_id_of(article_id: str, tie: Tie) -> str:
    """The id of what an article says."""
    place = (str(tie.evidence.start), str(tie.evidence.end))
    return id_of("tie", article_id, tie.kind, name_key(tie.source), name_key(tie.target), *place)


def tie_of(row: TieRow) -> Tie:
    """The value of a row."""
    money = None if row.amount is None else Money(row.amount, row.currency)
    return Tie(
        kind=TieKind(row.kind),
        source=row.source,
        target=row.target,
        status=Status(row.status),
        money=money,
        date=row.date,
        confidence=row.confidence,
        evidence=Evidence(row.evidence, row.evidence_start, row.evidence_end),
        rule=row.rule,
    )


def in_parts(ids: Sequence[Id], size: int = AT_ONCE) -> Iterator[Sequence[Id]]:
    """The ids in parts, by default as many as fit in one statement."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _is_name(name: str) -> bool:
    return bool(name_key(name)) and len(name) <= MAX_NAME


def _columns(article_id: str, tie: Tie) -> dict[str, Any]:
    source_key, target_key = name_key(tie.source), name_key(tie.target)
    return {
        "id": tie_id_of(article_id, tie),
        "article_id": article_id,
        "kind": tie.kind,
        "source": tie.source,
        "target": tie.target,
        "source_key": source_key,
        "target_key": target_key,
        "status": tie.status,
        "amount": None if tie.money is None else tie.money.amount,
        "currency": None if tie.money is None else tie.money.currency,
        "date": tie.date,
        "confidence": tie.confidence,
        "evidence": tie.evidence.text,
        "evidence_start": tie.evidence.start,
        "evidence_end": tie.evidence.end,
        "rule": tie.rule,
    }
