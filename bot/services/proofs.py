"""The sentences and companies behind an answer, as far as its reader may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers import BondLine, DealLine, Source, message_url
from bot.values import Bond, Company, Deal, PairRecord
from storage import companies, evidence, teams
from storage.engine import Session


@dataclass(frozen=True, slots=True)
class Proofs:
    """The companies and sources that a reader may see, by id."""

    companies: Mapping[str, Company]
    sources: Mapping[str, Source]

    def of(self, tie_ids: Iterable[str], first: Iterable[str] = ()) -> tuple[Source, ...]:
        """The visible sources of some ties, `first` before the others, the latest shared first."""
        preferred = frozenset(first)
        found = [self.sources[tie_id] for tie_id in dict.fromkeys(tie_ids) if tie_id in self.sources]
        found.sort(key=lambda source: source.posted_at, reverse=True)
        return tuple(sorted(found, key=lambda source: source.tie_id not in preferred))

    def deal_line(self, deal: Deal) -> DealLine:
        """A deal with its proofs, those of its present status first."""
        sources = self.of(deal.tie_ids, first=deal.history[-1].tie_ids if deal.history else ())
        return DealLine(deal, self.company(deal.source_id), self.company(deal.target_id), sources)

    def bond_line(self, bond: Bond) -> BondLine:
        """A bond with its proofs."""
        return BondLine(
            bond, self.company(bond.source_id), self.company(bond.target_id), self.of(bond.tie_ids)
        )

    def company(self, company_id: str) -> Company:
        """A company; without a name when it is gone meanwhile."""
        return self.companies.get(company_id) or Company(company_id, "")


def proofs_of_deals(session: Session, *, team_id: str, channel_id: str, deals: Sequence[Deal]) -> Proofs:
    """What proves some deals."""
    return load_proofs(
        session,
        team_id=team_id,
        channel_id=channel_id,
        company_ids=[company_id for deal in deals for company_id in (deal.source_id, deal.target_id)],
        tie_ids=[tie_id for deal in deals for tie_id in deal.tie_ids],
    )


def proofs_of_pair(session: Session, *, team_id: str, channel_id: str, pair: PairRecord) -> Proofs:
    """What proves all that is between two companies."""
    by_part = (
        *(deal.tie_ids for deal in pair.deals),
        *(bond.tie_ids for bond in pair.bonds),
        *(state.tie_ids for state in pair.states),
    )
    return load_proofs(
        session,
        team_id=team_id,
        channel_id=channel_id,
        company_ids=[pair.a_id, pair.b_id],
        tie_ids=[tie_id for tie_ids in by_part for tie_id in tie_ids],
    )


def load_proofs(
    session: Session, *, team_id: str, channel_id: str, company_ids: Iterable[str], tie_ids: Iterable[str]
) -> Proofs:
    """The companies and the sources of some ids that a reader in the channel may see."""
    known = companies.get_companies(session, team_id=team_id, channel_id=channel_id, ids=company_ids)
    lines = evidence.evidence(session, team_id=team_id, channel_id=channel_id, tie_ids=tie_ids)
    url = team_url(session, team_id=team_id)
    sources = {
        tie_id: Source(
            tie_id=tie_id,
            text=line.text,
            lang=line.lang,
            article_id=line.article_id,
            title=line.article_title,
            url=line.article_url,
            site=line.site,
            published=line.published,
            message_url=message_url(url, line.channel_id, line.message_ts),
            user_id=line.user_id,
            posted_at=line.posted_at,
            corrected_by=line.corrected_by,
            corrected_at=line.corrected_at,
        )
        for tie_id, line in lines.items()
    }
    return Proofs(known, sources)


def team_url(session: Session, *, team_id: str) -> str | None:
    """The workspace's address in Slack, without which there are no links to messages."""
    team = teams.get_team(session, team_id=team_id)
    return team.url if team else None
