"""Facts to correct: found as the channel knows them, by what a button says they are."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.correction_answers import Fact
from bot.errors import UserError
from bot.fact_refs import FactRef, read_ref
from bot.locale import _
from bot.services.corrected_names import as_corrected
from bot.services.proofs import Proofs, load_proofs
from bot.services.resolving import Resolver
from bot.values import Bond, Deal, Status
from storage import claims, record
from storage.engine import Session
from storage.stated import Statements


def find_fact(session: Session, ref: str, *, team_id: str, channel_id: str) -> Fact:
    """The fact that a button means; raises UserError when the channel does not know it any more."""
    place = {"team_id": team_id, "channel_id": channel_id}
    meant = read_ref(ref)
    fact = None
    if meant is not None and meant.deal_id is not None:
        found = record.deal(session, **place, deal_id=meant.deal_id)
        fact = None if found is None else _of_deal(session, place, meant, found)
    elif meant is not None and meant.bond is not None:
        kind, source_id, target_id = meant.bond
        pair = record.pair_record(session, **place, a_id=source_id, b_id=target_id)
        bonds = [] if pair is None else pair.bonds
        same = [b for b in bonds if (b.kind, b.source_id, b.target_id) == (kind, source_id, target_id)]
        fact = _of_bond(session, place, meant, same[0]) if same else None
    elif meant is not None and meant.tie_id is not None:
        fact = _of_tie(session, place, meant, meant.tie_id)
    if fact is None or not fact.sources:
        raise UserError(_("That is not in the record any more. Ask again to see what is."), code="no_fact")
    public = claims.public_articles(
        session, team_id=team_id, article_ids={source.article_id for source in fact.sources}
    )
    return replace(fact, everybody=all(source.article_id in public for source in fact.sources))


def statuses_of(session: Session, fact: Fact, *, team_id: str, channel_id: str) -> Mapping[str, Status]:
    """The status that each of a fact's ties tells."""
    told = Statements(session, team_id=team_id, channel_id=channel_id).by_id(frozenset(fact.tie_ids))
    return {tie_id: each.stated.tie.status for tie_id, each in told.items()}


def find_company_name(resolver: Resolver, typed: str) -> str:
    """The name of the company that somebody typed; the typed one itself for a company nobody knows.

    Raises UserError for a name of several companies, and for one that is only like another's: such a name
    stands in quotes where a new company is meant.
    """
    quoted = len(typed) > 2 and typed[0] + typed[-1] in ('""', "“”", "«»")
    typed = typed[1:-1].strip() if quoted else typed
    found = resolver.find(typed)
    if len(found) > 1:
        names = "; ".join(
            f"{company.name} ({', '.join(company.aliases[:3])})" if company.aliases else company.name
            for company in found[:4]
        )
        raise UserError(_("That may be several companies: {names}. Write more of it.").format(names=names))
    if found:
        return found[0].name
    alike = () if quoted else resolver.suggest(typed)
    if alike:
        raise UserError(
            _("Nobody posted about that company. Did you mean {name}? Put a new name in quotes.").format(
                name=alike[0].name
            )
        )
    return typed


def _of_deal(session: Session, place: Mapping[str, str], ref: FactRef, deal: Deal) -> Fact:
    proofs = _proofs(session, place, (deal.source_id, deal.target_id), deal.tie_ids)
    present = deal.history[-1].tie_ids if deal.history else deal.tie_ids
    earlier = {tie_id for step in deal.history[:-1] for tie_id in step.tie_ids}
    return Fact(
        ref=ref,
        kind=deal.kind,
        source=proofs.company(deal.source_id).name,
        target=proofs.company(deal.target_id).name,
        status=deal.status,
        money=deal.amounts[0].money if deal.amounts else None,
        date=deal.date,
        tie_ids=deal.tie_ids,
        present_ids=frozenset(deal.tie_ids) - earlier,
        sources=proofs.of(deal.tie_ids, first=present),
        disputed=len(deal.amounts) > 1,
    )


def _of_bond(session: Session, place: Mapping[str, str], ref: FactRef, bond: Bond) -> Fact:
    proofs = _proofs(session, place, (bond.source_id, bond.target_id), bond.tie_ids)
    told = Statements(session, **place).by_id(frozenset(bond.tie_ids))
    return Fact(
        ref=ref,
        kind=bond.kind,
        source=proofs.company(bond.source_id).name,
        target=proofs.company(bond.target_id).name,
        status=bond.status,
        money=None,
        date=max((each.stated.tie.date or "" for each in told.values()), default="") or None,
        tie_ids=bond.tie_ids,
        present_ids=frozenset(bond.tie_ids),
        sources=proofs.of(bond.tie_ids),
    )


def _of_tie(session: Session, place: Mapping[str, str], ref: FactRef, tie_id: str) -> Fact | None:
    told = Statements(session, **place).by_id([tie_id]).get(tie_id)
    if told is None:
        return None
    (tie,) = as_corrected(session, [told.stated.tie], **place)
    if tie is None:
        return None
    return Fact(
        ref=ref,
        kind=tie.kind,
        source=tie.source,
        target=tie.target,
        status=tie.status,
        money=tie.money,
        date=tie.date,
        tie_ids=(tie_id,),
        present_ids=frozenset({tie_id}),
        sources=_proofs(session, place, (), [tie_id]).of([tie_id]),
    )


def _proofs(
    session: Session, place: Mapping[str, str], company_ids: Iterable[str], tie_ids: Iterable[str]
) -> Proofs:
    return load_proofs(session, **place, company_ids=company_ids, tie_ids=tie_ids)
