"""Answers as JSON values for the shell's --json: the same facts as in Slack, none left out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.answers import (
    AmbiguousName,
    Answer,
    ArticleLine,
    ArticlesAnswer,
    BondLine,
    DealLine,
    DealsAnswer,
    DigestAnswer,
    MissingName,
    RelationshipAnswer,
    Source,
    Suggestion,
    UnknownName,
)
from bot.company_answer import CompanyAnswer, PartnerLine
from bot.values import Change, Company, Money, ReportedMoney

Json = dict[str, Any]


def as_json(answer: Answer | CompanyAnswer | DigestAnswer) -> Json:
    """The answer as `json.dumps` takes it: ISO dates, UTC times, amounts in whole units."""
    match answer:
        case DealsAnswer():
            return _deals(answer)
        case CompanyAnswer():
            return _company(answer)
        case RelationshipAnswer():
            return _relationship(answer)
        case ArticlesAnswer():
            return _articles(answer)
        case DigestAnswer():
            return _digest(answer)
        case UnknownName():
            found = _suggestions(answer.suggestions)
            return {"error": "unknown_name", "names": list(answer.names), "suggestions": found}
        case AmbiguousName():
            return {
                "error": "ambiguous_name",
                "names": [answer.name],
                "suggestions": _suggestions(answer.choices),
            }
        case MissingName():
            return {
                "error": "missing_name",
                "names": [answer.company.name],
                "suggestions": _suggestions(answer.choices),
            }


def deal_json(line: DealLine) -> Json:
    """A deal with every reported amount, its history and all its sources."""
    deal = line.deal
    return {
        "id": deal.id,
        "kind": deal.kind.value,
        "status": deal.status.value,
        "source": company_json(line.source),
        "target": company_json(line.target),
        "amounts": [_reported(value, line.sources) for value in deal.amounts],
        "date": deal.date,
        "history": [{"status": step.status.value, "at": step.at.isoformat()} for step in deal.history],
        "first_seen": deal.first_seen.isoformat(),
        "last_seen": deal.last_seen.isoformat(),
        "confidence": round(deal.confidence, 3),
        "evidence": [source_json(source) for source in line.sources],
    }


def company_json(company: Company) -> Json:
    """A company by id and names."""
    return {"id": company.id, "name": company.name, "aliases": list(company.aliases)}


def source_json(source: Source) -> Json:
    """A sentence and where it stands."""
    return {
        "text": source.text,
        "lang": source.lang,
        "article": {
            "id": source.article_id,
            "title": source.title,
            "url": source.url,
            "site": source.site,
            "published": source.published and source.published.isoformat(),
        },
        "message_url": source.message_url,
        "shared_by": source.user_id,
        "shared_at": source.posted_at.isoformat(),
    }


def number(amount: Decimal) -> int | float:
    """An amount as a JSON number: whole where it is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _deals(answer: DealsAnswer) -> Json:
    return {
        "companies": [company_json(company) for company in answer.companies],
        "filters": answer.filters.words(),
        "total": answer.total,
        "page": answer.page + 1,
        "pages": answer.pages,
        "deals": [deal_json(line) for line in answer.lines],
    }


def _company(answer: CompanyAnswer) -> Json:
    return {
        "company": company_json(answer.company),
        "active": answer.active,
        "complete": answer.complete,
        "page": answer.page + 1,
        "pages": answer.pages,
        "relationships": [_partner(line) for line in answer.partners],
        "changes": [_change(change, answer) for change in answer.changes],
        "deals_total": answer.deals_total,
        "deals": [deal_json(line) for line in answer.deals],
        "articles_total": answer.articles_total,
        "articles": [_article(line) for line in answer.articles],
        "followers": [
            {"reader": line.reader_id, "tier": line.tier.value, "with": line.with_name}
            for line in answer.followers
        ],
    }


def _partner(line: PartnerLine) -> Json:
    return {
        "company": company_json(line.company),
        "level": line.level.value,
        "since": line.since and line.since.isoformat(),
        "deals": [deal_json(tie) for tie in line.ties if isinstance(tie, DealLine)],
        "bonds": [_bond(tie) for tie in line.ties if isinstance(tie, BondLine)],
    }


def _relationship(answer: RelationshipAnswer) -> Json:
    return {
        "companies": [company_json(answer.a), company_json(answer.b)],
        "level": answer.level and answer.level.value,
        "states": [
            {
                "level": state.level.value,
                "since": state.since.isoformat(),
                "evidence": [source_json(source) for source in state.sources],
            }
            for state in answer.states
        ],
        "deals": [deal_json(line) for line in answer.deals],
        "bonds": [_bond(line) for line in answer.bonds],
    }


def _bond(line: BondLine) -> Json:
    bond = line.bond
    return {
        "kind": bond.kind.value,
        "status": bond.status.value,
        "source": company_json(line.source),
        "target": company_json(line.target),
        "first_seen": bond.first_seen.isoformat(),
        "last_seen": bond.last_seen.isoformat(),
        "evidence": [source_json(source) for source in line.sources],
    }


def _articles(answer: ArticlesAnswer) -> Json:
    return {
        "words": answer.words,
        "total": answer.total,
        "page": answer.page + 1,
        "pages": answer.pages,
        "articles": [_article(line) for line in answer.lines],
    }


def _article(line: ArticleLine) -> Json:
    return {
        "id": line.article_id,
        "title": line.title,
        "url": line.url,
        "site": line.site,
        "lang": line.lang,
        "published": line.published and line.published.isoformat(),
        "message_url": line.message_url,
        "shared_by": line.user_id,
        "shared_at": line.posted_at.isoformat(),
    }


def _digest(answer: DigestAnswer) -> Json:
    digest = answer.digest
    return {
        "period": {"start": digest.period.start.isoformat(), "end": digest.period.end.isoformat()},
        "changes": [_change(change, answer) for line in digest.lines for change in line.changes],
        "omitted": digest.omitted,
    }


def _change(change: Change, answer: DigestAnswer | CompanyAnswer) -> Json:
    def named(company_id: str | None) -> Json | None:
        company = answer.companies.get(company_id or "")
        return company_json(company) if company else None

    return {
        "id": change.id,
        "type": change.type.value,
        "companies": [named(change.a_id), named(change.b_id)],
        "kind": change.kind and change.kind.value,
        "source": named(change.source_id),
        "target": named(change.target_id),
        "status_before": change.status_before and change.status_before.value,
        "status_after": change.status_after and change.status_after.value,
        "level_before": change.level_before and change.level_before.value,
        "level_after": change.level_after and change.level_after.value,
        "money": _money(change.money),
        "money_before": _money(change.money_before),
        "happened_at": change.happened_at.isoformat(),
        "known_at": change.known_at.isoformat(),
        "evidence": [
            source_json(answer.sources[tie_id]) for tie_id in change.tie_ids if tie_id in answer.sources
        ],
    }


def _reported(value: ReportedMoney, sources: Sequence[Source]) -> Json:
    sites = [source.site for source in sources if source.tie_id in value.tie_ids and source.site]
    return {
        "amount": number(value.money.amount),
        "currency": value.money.currency,
        "sites": list(dict.fromkeys(sites)),
    }


def _money(money: Money | None) -> Json | None:
    return None if money is None else {"amount": number(money.amount), "currency": money.currency}


def _suggestions(suggestions: Sequence[Suggestion]) -> list[Json]:
    return [{"label": s.label, "detail": s.detail, "text": s.text} for s in suggestions]
