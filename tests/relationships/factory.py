"""Reports with a default for every field."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.relationships.reconcile import reconcile
from bot.values import Deal, Evidence, Money, PairRecord, Report, Status, Tie, TieKind

START = datetime(2024, 10, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def usd(amount: str | int | None, currency: str | None = "USD") -> Money | None:
    return None if amount is None else Money(Decimal(amount), currency)


def report(
    kind: TieKind,
    status: Status = Status.COMPLETED,
    *,
    told: float = 0,
    known: float | None = None,
    source: str = "microsoft",
    target: str = "openai",
    article: str | None = None,
    tie_id: str | None = None,
    amount: str | int | None = None,
    currency: str | None = "USD",
    date: str | None = None,
    confidence: float = 0.9,
) -> Report:
    known = told if known is None else known
    article = article or f"article-{known}-{told}"
    tie_id = tie_id or f"{article}/{kind.value}/{source}/{target}/{status.value}/{amount}/{date}"
    tie = Tie(
        kind=kind,
        source=source,
        target=target,
        status=status,
        money=usd(amount, currency),
        date=date,
        confidence=confidence,
        evidence=Evidence("A sentence.", 0, 11),
        rule="test",
    )
    return Report(
        tie_id=tie_id,
        article_id=article,
        source_id=source,
        target_id=target,
        tie=tie,
        told_at=day(told),
        known_at=day(known),
    )


def seed() -> list[Report]:
    """One article on an alliance that shows its seams, as the first acceptance has it."""
    kinds = TieKind
    return [
        report(kinds.INVESTMENT, amount=13_000_000_000, article="seed"),
        report(kinds.PARTNERSHIP, article="seed"),
        report(kinds.SUPPLY, article="seed"),
        report(kinds.DEPENDENCY, article="seed"),
        report(kinds.DEPENDENCY, article="seed", source="openai", target="microsoft"),
        report(kinds.DISPUTE, article="seed"),
        report(kinds.COMPETITION, article="seed"),
    ]


def pair(*reports: Report) -> PairRecord:
    """The record of Microsoft and OpenAI."""
    return reconcile("microsoft", "openai", reports)


def only_deal(*reports: Report) -> Deal:
    (deal,) = pair(*reports).deals
    return deal


def statuses(*reports: Report) -> list[Status]:
    return [step.status for step in only_deal(*reports).history]
