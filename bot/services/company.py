"""What a reader in one channel may know of one company: its card, and what its pictures are drawn from."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.answers import AmbiguousName, UnknownName
from bot.company_answer import (
    ARTICLES_SHOWN,
    CHANGES_SHOWN,
    DEALS_SHOWN,
    OVER,
    PARTNERS_A_PAGE,
    CompanyAnswer,
    FollowerLine,
    PartnerLine,
)
from bot.counting import MOST_LATEST
from bot.queries import Command, CompanyQuery, write
from bot.relationships.level import FRICTION, level_at
from bot.services.answers import article_lines
from bot.services.followed import who_follows
from bot.services.proofs import Proofs, load_proofs
from bot.services.resolving import Resolver, name_by_id, resolve_any
from bot.values import Bond, Change, ChangeType, Company, Deal, Level, PairRecord
from storage import record, search
from storage.engine import Session
from storage.record import DealFilter


def company_answer(
    session: Session,
    query: CompanyQuery,
    *,
    team_id: str,
    channel_id: str,
    now: datetime,
    page: int = 0,
    user_id: str | None = None,
) -> CompanyAnswer | UnknownName | AmbiguousName:
    """The card of the company that a query names; a page that is no more becomes the last one.

    `user_id` names the person who reads it where nobody else does: whether they follow it shows then.
    """
    place = {"team_id": team_id, "channel_id": channel_id}
    company = find_company(session, query, **place)
    if not isinstance(company, Company):
        return company
    pairs, complete = record.latest_pairs(session, **place, company_id=company.id, most=MOST_LATEST)
    active = [pair for pair in pairs if is_active(pair, now)]
    pages = max(1, -(-len(active) // PARTNERS_A_PAGE))
    page = min(page, pages - 1)
    shown = active[page * PARTNERS_A_PAGE : (page + 1) * PARTNERS_A_PAGE]
    changes = _changes(pairs)
    wanted = DealFilter(company_id=company.id)
    deals = record.deals(session, team_id=team_id, channel_id=channel_id, filter=wanted, limit=DEALS_SHOWN)
    articles = search.search_articles(
        session, team_id=team_id, channel_id=channel_id, company_id=company.id, limit=ARTICLES_SHOWN
    )
    proofs = _proofs(session, place, shown, changes[:CHANGES_SHOWN], deals.deals)
    return CompanyAnswer(
        company=company,
        text=write(CompanyQuery(((name_by_id(company),),))),
        page=page,
        pages=pages,
        active=len(active),
        partners=tuple(partner_line(pair, company, proofs, now) for pair in shown),
        changes=tuple(changes[:CHANGES_SHOWN]),
        companies=proofs.companies,
        sources=proofs.sources,
        deals=tuple(map(proofs.deal_line, deals.deals)),
        deals_total=deals.total,
        articles=article_lines(session, articles.articles, team_id=team_id),
        articles_total=articles.total,
        followers=_followers(session, place, company, user_id),
        complete=complete,
    )


def _changes(pairs: Sequence[PairRecord]) -> list[Change]:
    """What changed, the last first; where sources give several amounts, the deal itself shows them."""
    disputed = {deal.id for pair in pairs for deal in pair.deals if len(deal.amounts) > 1}
    told = [
        change
        for pair in pairs
        for change in pair.changes
        if change.type is not ChangeType.AMOUNT_REVISED or change.deal_id not in disputed
    ]
    return sorted(told, key=_when, reverse=True)


def _followers(
    session: Session, place: dict[str, str], company: Company, user_id: str | None
) -> tuple[FollowerLine, ...]:
    found = who_follows(session, **place, company_id=company.id, user_id=user_id)
    return tuple(FollowerLine(each.reader_id, each.tier, each.with_name) for each in found)


def is_active(pair: PairRecord, now: datetime) -> bool:
    """Whether anything is in force or rumoured between two companies, or still weighs on them."""
    return any(True for _ in in_force(pair)) or level_now(pair, now) is not Level.NEUTRAL


def level_now(pair: PairRecord, now: datetime) -> Level:
    """The level of a pair. Slack's clock may be ahead of ours: what was just told has happened."""
    return level_at(pair, max([now, *(state.since for state in pair.states)]))


def partner_line(pair: PairRecord, company: Company, proofs: Proofs, now: datetime) -> PartnerLine:
    """How the company stands to the other of the pair."""
    level = level_now(pair, now)
    latest = pair.states[-1] if pair.states else None
    ties: list[Deal | Bond] = sorted(in_force(pair), key=lambda tie: tie.last_seen, reverse=True)
    # What speaks for the level before what speaks against it, the weightier quarrel first.
    sign = -1 if level.number < 0 else 1
    ties.sort(key=lambda tie: sign * FRICTION.get(tie.kind, 0.0))
    return PartnerLine(
        company=proofs.company(pair.b_id if pair.a_id == company.id else pair.a_id),
        level=level,
        since=latest.since if latest and latest.level is level else None,
        ties=tuple(proofs.deal_line(tie) if isinstance(tie, Deal) else proofs.bond_line(tie) for tie in ties),
    )


def in_force(pair: PairRecord) -> Iterator[Deal | Bond]:
    """The deals and bonds of a pair that are neither over nor denied."""
    ties: Iterable[Deal | Bond] = (*pair.deals, *pair.bonds)
    return (tie for tie in ties if tie.status not in OVER)


def _when(change: Change) -> tuple[datetime, datetime, str]:
    return change.happened_at, change.known_at, change.id


def find_company(
    session: Session, query: CompanyQuery, *, team_id: str, channel_id: str
) -> Company | UnknownName | AmbiguousName:
    """The company that a query names."""

    def written(named: Sequence[Company]) -> str:
        return write(CompanyQuery((tuple(map(name_by_id, named)),), query.file))

    resolver = Resolver(session, team_id, channel_id)
    chosen = resolve_any(resolver, query.readings, Command.COMPANY, written)
    return chosen[0] if isinstance(chosen, tuple) else chosen


def _proofs(
    session: Session,
    place: dict[str, str],
    pairs: Sequence[PairRecord],
    changes: Sequence[Change],
    deals: Sequence[Deal],
) -> Proofs:
    told: list[PairRecord | Change] = [*pairs, *changes]
    ids = [each for one in told for each in (one.a_id, one.b_id)]
    ids += [each for deal in deals for each in (deal.source_id, deal.target_id)]
    proving = [*changes, *deals, *(tie for pair in pairs for tie in in_force(pair))]
    return load_proofs(
        session, **place, company_ids=ids, tie_ids=[tie_id for one in proving for tie_id in one.tie_ids]
    )
