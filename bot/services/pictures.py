"""Finds what a picture is drawn from, as a reader in one channel may know it. Everything here only reads."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.company_answer import PartnerLine
from bot.pictures import (
    MOST_NEIGHBOURS,
    CompanyPicture,
    Edge,
    MapPicture,
    RelationshipPicture,
    Step,
    took_place,
)
from bot.relationships.level import level_at
from bot.services.company import in_force, is_active, level_now, partner_line
from bot.services.proofs import Proofs, load_proofs
from bot.values import Bond, Company, Deal, PairRecord, Status
from storage import record
from storage.engine import Session

_SAMPLES = 100  # moments between the last news and now at which fading is looked for


def company_picture(
    session: Session, company: Company, *, team_id: str, channel_id: str, now: datetime
) -> CompanyPicture:
    """How a company stands to all its partners, and all its deals that nobody denied."""
    pairs = record.pairs_of(session, team_id=team_id, channel_id=channel_id, company_id=company.id)
    partners = _partners(session, team_id, channel_id, company, pairs, now)
    deals = tuple(deal for pair in pairs for deal in pair.deals if deal.status is not Status.DENIED)
    return CompanyPicture(company, partners, deals, now)


def map_picture(
    session: Session, company: Company, *, team_id: str, channel_id: str, now: datetime
) -> MapPicture:
    """A company among those with which it has most in force, and what those are to each other."""
    place = {"team_id": team_id, "channel_id": channel_id}
    pairs = record.pairs_of(session, **place, company_id=company.id)
    partners = _partners(session, team_id, channel_id, company, pairs, now)
    ranked = sorted(partners, key=lambda line: (-len(line.ties), -abs(line.level.number)))
    shown = ranked[:MOST_NEIGHBOURS]
    between = record.pairs_among(session, **place, company_ids=[line.company.id for line in shown])
    edges = (edge for pair in between for edge in _edge(pair, now))
    return MapPicture(company, tuple(shown), tuple(edges), len(ranked) - len(shown))


def relationship_picture(
    session: Session, a: Company, b: Company, *, team_id: str, channel_id: str, now: datetime
) -> RelationshipPicture:
    """The levels and the deals of two companies."""
    place = {"team_id": team_id, "channel_id": channel_id}
    pair = record.pair_record(session, **place, a_id=a.id, b_id=b.id)
    if pair is None:
        return RelationshipPicture(a, b, (), (), now)
    proofs = load_proofs(session, **place, company_ids=[a.id, b.id], tie_ids=[])
    deals = sorted(pair.deals, key=lambda deal: (took_place(deal), deal.id))
    return RelationshipPicture(
        a, b, tuple(_steps(pair, now)), tuple(map(proofs.deal_line, deals)), _latest(pair, now)
    )


def _partners(
    session: Session,
    team_id: str,
    channel_id: str,
    company: Company,
    pairs: Sequence[PairRecord],
    now: datetime,
) -> tuple[PartnerLine, ...]:
    ids = [company_id for pair in pairs for company_id in (pair.a_id, pair.b_id)]
    proofs: Proofs = load_proofs(session, team_id=team_id, channel_id=channel_id, company_ids=ids, tie_ids=[])
    return tuple(partner_line(pair, company, proofs, now) for pair in pairs if is_active(pair, now))


def _edge(pair: PairRecord, now: datetime) -> Iterator[Edge]:
    latest = max(in_force(pair), key=_telling, default=None)
    if latest:
        rumored = latest.status is Status.RUMORED
        yield Edge(pair.a_id, pair.b_id, latest.kind, level_now(pair, now), rumored)


def _telling(tie: Deal | Bond) -> tuple[bool, datetime, str]:
    """What speaks for two companies in one word: what is firm before what is rumoured, then the last told."""
    return tie.status is not Status.RUMORED, tie.last_seen, tie.kind


def _steps(pair: PairRecord, now: datetime) -> Iterator[Step]:
    """The recorded levels, and those to which the last one faded since."""
    for state in pair.states:
        yield Step(state.level, state.since)
    if not pair.states:
        return
    start, end, level = pair.states[-1].since, _latest(pair, now), pair.states[-1].level
    for number in range(1, _SAMPLES + 1):
        at = start + (end - start) * number / _SAMPLES
        faded = level_at(pair, at)
        if faded is not level:
            level = faded
            yield Step(level, at, faded=True)


def _latest(pair: PairRecord, now: datetime) -> datetime:
    # Slack's clock may be ahead of ours: what was just told has happened.
    return max([now, *(state.since for state in pair.states)])
