"""What people corrected: written down, taken back, and read as one channel may know it.

A correction counts for those who know the fact: one of an article that everybody may read counts for
everybody, one of a fact that only a closed channel knows counts in that channel (its `scope`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select, update

from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.relationships.corrections import FactCorrection, FactSaid, Verdict
from storage.correction_tables import CorrectionRow
from storage.engine import Session
from storage.hashing import id_of
from storage.json_values import read_one, write_one
from storage.teams import lock_team
from storage.ties import in_parts
from storage.visibility import article_is_visible, is_public_channel

_FACTS = tuple(map(str, Verdict))
_COMPANIES = tuple(map(str, CompanyVerdict))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCorrection:
    """One thing to write down; `article_id` for what is said of a fact."""

    said: FactSaid | CompanySaid
    scope: str
    article_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row of the history: who said what where and when, and who took it back."""

    number: int
    batch_id: str
    made_at: datetime
    user_id: str
    channel_id: str
    scope: str
    article_id: str | None
    said: FactSaid | CompanySaid
    undone_at: datetime | None
    undone_by: str | None

    @property
    def stands(self) -> bool:
        """Whether nobody took it back."""
        return self.undone_at is None


def add_corrections(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    user_id: str,
    corrections: Sequence[NewCorrection],
    now: datetime,
) -> str:
    """Write down what somebody said at once; gives the batch's id, by which it can be taken back."""
    lock_team(session, team_id=team_id)
    last = session.scalar(select(func.max(CorrectionRow.number)).where(CorrectionRow.team_id == team_id)) or 0
    batch_id = id_of("correction", user_id, now.isoformat(), str(last + 1))
    rows = [
        {
            "team_id": team_id,
            "number": number,
            "batch_id": batch_id,
            "made_at": now,
            "user_id": user_id,
            "channel_id": channel_id,
            "scope": correction.scope,
            "kind": correction.said.verdict,
            "article_id": correction.article_id,
            "said": write_one(correction.said),
            "undone_at": None,
            "undone_by": None,
        }
        for number, correction in enumerate(corrections, last + 1)
    ]
    session.execute(insert(CorrectionRow), rows)
    return batch_id


def undo_batch(session: Session, *, team_id: str, batch_id: str, user_id: str, now: datetime) -> bool:
    """Take a batch back; False when it was taken back before, or is no more."""
    lock_team(session, team_id=team_id)
    standing = and_(
        CorrectionRow.team_id == team_id,
        CorrectionRow.batch_id == batch_id,
        CorrectionRow.undone_at.is_(None),
    )
    if session.scalar(select(CorrectionRow.number).where(standing).limit(1)) is None:
        return False
    session.execute(update(CorrectionRow).where(standing).values(undone_at=now, undone_by=user_id))
    return True


def any_said(session: Session, *, team_id: str) -> bool:
    """Whether anybody of a team ever corrected anything, undone or not."""
    said = select(CorrectionRow.number).where(CorrectionRow.team_id == team_id)
    return session.scalar(said.limit(1)) is not None


def batch(session: Session, *, team_id: str, channel_id: str, batch_id: str) -> tuple[Correction, ...]:
    """The rows of a batch that a reader in the channel may know."""
    wanted = CorrectionRow.batch_id == batch_id
    return tuple(map(_correction, session.scalars(_visible(team_id, channel_id, wanted))))


def history(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    article_ids: Collection[str] | None = None,
    limit: int | None = None,
) -> tuple[Correction, ...]:
    """The corrections that a reader in the channel may know, undone ones too, the latest first.

    `article_ids` narrows to facts of some articles; else all are meant, those of companies too.
    """
    if article_ids is None:
        rows = list(session.scalars(_visible(team_id, channel_id, latest_first=True).limit(limit)))
    else:
        rows = [
            row
            for some in in_parts(sorted(article_ids))
            for row in session.scalars(_visible(team_id, channel_id, CorrectionRow.article_id.in_(some)))
        ]
        rows.sort(key=lambda row: -row.number)
    return tuple(map(_correction, rows[:limit]))


def company_history(
    session: Session, *, team_id: str, channel_id: str, keys: Collection[str]
) -> tuple[Correction, ...]:
    """What was said of companies with one of the name keys, undone or not, the latest first."""
    rows = session.scalars(
        _visible(team_id, channel_id, CorrectionRow.kind.in_(_COMPANIES), latest_first=True)
    )
    found = map(_correction, rows)
    return tuple(
        row for row in found if isinstance(row.said, CompanySaid) and not row.said.all_keys.isdisjoint(keys)
    )


def facts(
    session: Session, *, team_id: str, channel_id: str, article_ids: Collection[str] | None = None
) -> tuple[FactCorrection, ...]:
    """What stands of facts that a reader in the channel may know, of some articles or of all."""
    wanted = and_(CorrectionRow.kind.in_(_FACTS), CorrectionRow.undone_at.is_(None))
    if article_ids is None:
        rows = list(session.scalars(_visible(team_id, channel_id, wanted)))
    else:
        rows = [
            row
            for some in in_parts(sorted(article_ids))
            for row in session.scalars(
                _visible(team_id, channel_id, and_(wanted, CorrectionRow.article_id.in_(some)))
            )
        ]
    return tuple(
        FactCorrection(
            number=row.number,
            made_at=row.made_at,
            user_id=row.user_id,
            article_id=row.article_id or "",
            said=read_one(FactSaid, row.said),
        )
        for row in rows
    )


def about_companies(session: Session, *, team_id: str, channel_id: str) -> tuple[CompanySaid, ...]:
    """What stands of companies, as a reader in the channel may know it, oldest first."""
    wanted = and_(CorrectionRow.kind.in_(_COMPANIES), CorrectionRow.undone_at.is_(None))
    rows = session.scalars(_visible(team_id, channel_id, wanted))
    return tuple(read_one(CompanySaid, row.said) for row in rows)


def of_closed_channels(session: Session, *, team_id: str) -> tuple[Correction, ...]:
    """Every correction, standing or not, that only a closed channel knows."""
    closed = and_(CorrectionRow.scope != "", ~is_public_channel(team_id, CorrectionRow.scope))
    chosen = select(CorrectionRow).where(CorrectionRow.team_id == team_id, closed)
    return tuple(map(_correction, session.scalars(chosen.order_by(CorrectionRow.number))))


def known_in(session: Session, *, team_id: str, channel_id: str) -> tuple[Correction, ...]:
    """Every correction, standing or not, whose scope is the channel: what its opening or closing bears on."""
    chosen = select(CorrectionRow).where(CorrectionRow.team_id == team_id, CorrectionRow.scope == channel_id)
    return tuple(map(_correction, session.scalars(chosen.order_by(CorrectionRow.number))))


def of_articles(session: Session, *, team_id: str, article_ids: Iterable[str]) -> tuple[Correction, ...]:
    """Every correction of some articles' facts, standing or not, whoever may know it."""
    found: list[CorrectionRow] = []
    for some in in_parts(sorted(set(article_ids))):
        chosen = select(CorrectionRow).where(
            CorrectionRow.team_id == team_id, CorrectionRow.article_id.in_(some)
        )
        found.extend(session.scalars(chosen))
    return tuple(map(_correction, sorted(found, key=lambda row: row.number)))


def _visible(
    team_id: str, channel_id: str, wanted: ColumnElement[bool] | None = None, *, latest_first: bool = False
) -> Select[CorrectionRow]:
    """The rows that a reader in the channel may know, oldest first."""
    known = or_(CorrectionRow.scope == channel_id, is_public_channel(team_id, CorrectionRow.scope))
    told = or_(
        CorrectionRow.article_id.is_(None),
        article_is_visible(team_id, channel_id, CorrectionRow.article_id),
    )
    chosen = select(CorrectionRow).where(CorrectionRow.team_id == team_id, known, told)
    if wanted is not None:
        chosen = chosen.where(wanted)
    return chosen.order_by(CorrectionRow.number.desc() if latest_first else CorrectionRow.number)


def _correction(row: CorrectionRow) -> Correction:
    said: FactSaid | CompanySaid = (
        read_one(FactSaid, row.said) if row.kind in _FACTS else read_one(CompanySaid, row.said)
    )
    return Correction(
        number=row.number,
        batch_id=row.batch_id,
        made_at=row.made_at,
        user_id=row.user_id,
        channel_id=row.channel_id,
        scope=row.scope,
        article_id=row.article_id,
        said=said,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
