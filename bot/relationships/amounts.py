"""The amounts that articles report of one deal."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from bot.relationships.corrections import PERSON_RULE
from bot.relationships.history import NEGATIVE, STRENGTH
from bot.values import Money, Report, ReportedMoney

SAME_AMOUNT = Decimal("0.25")  # sources that round, or leave out a part, stay within a quarter of each other


def rank_amounts(reports: Iterable[Report]) -> tuple[ReportedMoney, ...]:
    """Every value that reports (oldest first) give: what a person says first, then the one in most articles.

    Where as many articles say one as another, the value told of the more advanced status leads (what was
    paid before what was rumoured), then the one told first.
    """
    told: defaultdict[Money, list[Report]] = defaultdict(list)
    for report in reports:
        if report.tie.money is not None:
            told[report.tie.money].append(report)
    # Sorting is stable, so among equals the order of telling remains.
    ranked = sorted(told.items(), key=lambda item: _weight(item[1]), reverse=True)
    return tuple(ReportedMoney(money, tuple(r.tie_id for r in saying)) for money, saying in ranked)


def agree(one: Money, other: Money) -> bool:
    """Whether two amounts may be of one event; other currencies can't be compared and never disagree."""
    if one.currency != other.currency:
        return True
    return abs(one.amount - other.amount) <= SAME_AMOUNT * max(one.amount, other.amount)


def _weight(reports: list[Report]) -> tuple[bool, int, int]:
    by_person = any(report.tie.rule == PERSON_RULE for report in reports)
    articles = {report.article_id for report in reports}
    strengths = (-1 if r.tie.status in NEGATIVE else STRENGTH[r.tie.status] for r in reports)
    return by_person, len(articles), max(strengths)
