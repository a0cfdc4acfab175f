"""What articles say about companies, and the sentences that prove it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from bot.names import name_key
from bot.values import CompanyName, Evidence, Extraction, Money, Status, Tie, TieKind
from storage.columns import storable
from storage.engine import Session
from storage.hashing import id_of
from storage.schema import ArticleRow, ClaimRow, PostingRow, TieRow
from storage.visibility import posting_is_visible

MAX_NAME = 200  # characters: a longer "name" is a misreading, and outgrows an index
AT_ONCE = 500  # ids in one statement: SQLite takes some 32,000 variables


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """The sentence behind a tie, its article, and the posting through which a reader may know it."""

    tie_id: str
    text: str
    lang: str | None
    article_id: str
    article_title: str | None
    article_url: str | None
    site: str | None
    published: date | None
    channel_id: str
    message_ts: str
    user_id: str | None
    posted_at: datetime


def replace_ties(session: Session, *, team_id: str, article_id: str, extraction: Extraction) -> None:
    """Make an article say just this; names without a letter, or endless ones, are left out."""
    for row in (TieRow, ClaimRow):
        session.execute(delete(row).where(row.team_id == team_id, row.article_id == article_id))
    ties = [tie for tie in extraction.ties if _is_name(tie.source) and _is_name(tie.target)]
    names = [*extraction.companies, *(CompanyName(name) for tie in ties for name in (tie.source, tie.target))]
    forms = {(company.name, form) for company in names for form in (company.name, *company.aliases)}
    claims = [
        {"team_id": team_id, "article_id": article_id, "name": name, "form": form, "key": name_key(form)}
        for name, form in sorted({(storable(name), storable(form)) for name, form in forms})
        if _is_name(name) and _is_name(form)
    ]
    if claims:
        session.execute(insert(ClaimRow), claims)
    if rows := {row["id"]: row for row in (_columns(article_id, tie) for tie in ties)}:
        session.execute(insert(TieRow), [{"team_id": team_id, **rows[tie_id]} for tie_id in sorted(rows)])


def ties_of(session: Session, *, team_id: str, article_id: str) -> Mapping[str, Tie]:
    """What an article says, by tie id, in the order of its text; whoever may see it."""
    chosen = select(TieRow).where(TieRow.team_id == team_id, TieRow.article_id == article_id)
    rows = sorted(session.scalars(chosen), key=lambda row: (row.evidence_start, row.id))
    return {row.id: tie_of(row) for row in rows}


def evidence(
    session: Session, *, team_id: str, channel_id: str, tie_ids: Iterable[str]
) -> Mapping[str, EvidenceLine]:
    """The sentence of each tie that a reader in the channel may see; others are missing.

    Of several postings it names the earliest in the reader's own channel, else the earliest of all.
    """
    best: dict[str, EvidenceLine] = {}
    for some in in_parts(sorted(set(tie_ids))):
        chosen = (
            select(TieRow, ArticleRow, PostingRow)
            .join(ArticleRow, (ArticleRow.team_id == TieRow.team_id) & (ArticleRow.id == TieRow.article_id))
            .join(
                PostingRow,
                (PostingRow.team_id == TieRow.team_id) & (PostingRow.article_id == TieRow.article_id),
            )
            .where(TieRow.team_id == team_id, TieRow.id.in_(some), posting_is_visible(team_id, channel_id))
        )
        for tie, article, posting in session.execute(chosen):
            line = _line(tie, article, posting)
            known = best.get(tie.id)
            if known is None or _rank(line, channel_id) < _rank(known, channel_id):
                best[tie.id] = line
    return best


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


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in parts that fit in one statement."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _is_name(name: str) -> bool:
    return bool(name_key(name)) and len(name) <= MAX_NAME


def _columns(article_id: str, tie: Tie) -> dict[str, Any]:
    source_key, target_key = name_key(tie.source), name_key(tie.target)
    place = (str(tie.evidence.start), str(tie.evidence.end))
    return {
        "id": id_of("tie", article_id, tie.kind, source_key, target_key, *place),
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


def _line(tie: TieRow, article: ArticleRow, posting: PostingRow) -> EvidenceLine:
    return EvidenceLine(
        tie_id=tie.id,
        text=tie.evidence,
        lang=article.lang,
        article_id=article.id,
        article_title=article.title,
        article_url=article.url,
        site=article.site,
        published=article.published,
        channel_id=posting.channel_id,
        message_ts=posting.message_ts,
        user_id=posting.user_id,
        posted_at=posting.posted_at,
    )


def _rank(line: EvidenceLine, channel_id: str) -> tuple[bool, datetime, str, str]:
    return line.channel_id != channel_id, line.posted_at, line.channel_id, line.message_ts
