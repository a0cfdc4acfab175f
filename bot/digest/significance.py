"""How much a change matters to a reader: the order of a digest.

    significance = what moved + amount + confidence - staleness, then halved for what is only a rumour

what moved   100 a suit, or a relationship that broke; 90 a takeover or merger, or the end of a deal;
             80 a relationship that cooled; 70 one that warmed, or a dispute; 60 money (investment, financing,
             supply); 50 the rest of the deals; 40 a revised amount; 30 a denial of a rumour, a rivalry,
             dependency or ownership. A correction stands first: the digest had said something wrong.
amount       3 points for each power of ten from a million dollars, at most 15. Other currencies are brought
             near the dollar by their order of magnitude alone: this ranks, it converts nothing.
confidence   10 x confidence
staleness    10 when the article is more than 30 days older than its posting
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from bot.values import Change, ChangeType, Level, Money, Status, TieKind

_BY_KIND: Mapping[TieKind, float] = MappingProxyType(
    {
        TieKind.LITIGATION: 100,
        TieKind.ACQUISITION: 90,
        TieKind.MERGER: 90,
        TieKind.DISPUTE: 70,
        TieKind.INVESTMENT: 60,
        TieKind.FINANCING: 60,
        TieKind.SUPPLY: 60,
        TieKind.PARTNERSHIP: 50,
        TieKind.LICENSING: 50,
        TieKind.OWNERSHIP: 30,
        TieKind.DEPENDENCY: 30,
        TieKind.COMPETITION: 30,
    }
)
_BY_TYPE: Mapping[ChangeType, float] = MappingProxyType(
    {
        ChangeType.CORRECTED: 120,
        ChangeType.ENDED: 90,
        ChangeType.COOLED: 80,
        ChangeType.WARMED: 70,
        ChangeType.AMOUNT_REVISED: 40,
        ChangeType.DENIED: 30,
    }
)
_BROKE = 100.0
# Units to the dollar, as powers of ten; a currency that is not named is taken as near the dollar.
_MAGNITUDE: Mapping[str, int] = MappingProxyType(
    {"JPY": 2, "INR": 2, "RUB": 2, "ARS": 3, "CLP": 3, "COP": 3, "HUF": 2, "KRW": 3, "IDR": 4, "VND": 4}
)
_STALE = timedelta(days=30)


def significance(change: Change) -> float:
    """Points for one change, higher for what should be read first; see the module."""
    stale = 10.0 if change.known_at - change.happened_at > _STALE else 0.0
    points = _moved(change) + _amount(change.money) + 10 * change.confidence - stale
    return points / 2 if change.status_after is Status.RUMORED else points


def _moved(change: Change) -> float:
    if change.type is ChangeType.COOLED and change.level_after is Level.BROKEN:
        return _BROKE
    by_kind = _BY_KIND.get(change.kind, 0.0) if change.kind else 0.0
    return _BY_TYPE.get(change.type, by_kind)


def _amount(money: Money | None) -> float:
    if money is None or money.amount <= 0:
        return 0.0
    tens = money.amount.adjusted() - _MAGNITUDE.get(money.currency or "", 0)
    return float(min(15, max(0, 3 * (tens - 6))))
