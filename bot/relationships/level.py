"""The level of a relationship: what is done together, less what sets apart, fading with time.

    level  = word(score),  score = max(W - Q, -1) - R,  kept within -2 .. +2
    W      = min(2, deals + min(0.25, rumoured deals))          warmth
    Q      = quarrels + min(0.25, rumoured quarrels)            friction
    R      = suits + bonds that ended                           rupture
    a part = weight(kind) x sureness(status) x 0.5 ** (age / half-life(kind))

The scale is its own unit: 2 is "allied", -1 "strained". W stops at the top of it, so the hundredth deal
adds nothing that a fresh dispute (4) could not outweigh; quarrels alone stop at "strained"; only a suit
or an ended bond (R) leads from there to "broken". Ownership and dependency say how close two companies
are, not how well they stand, and count nothing. docs/relationships.md tells it with an example.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.relationships.partial_dates import moment
from bot.values import DEAL_KINDS, Bond, Deal, Level, PairRecord, Status, TieKind

K, S = TieKind, Status

WARMTH: Mapping[TieKind, float] = MappingProxyType(
    {
        K.ACQUISITION: 2.0,  # one house: the whole scale
        K.MERGER: 2.0,
        K.INVESTMENT: 1.2,  # two of the others make allies, one alone a cooperation
        K.PARTNERSHIP: 1.0,
        K.SUPPLY: 1.0,
        K.LICENSING: 0.8,
        K.FINANCING: 0.8,
    }
)
FRICTION: Mapping[TieKind, float] = MappingProxyType(
    {
        K.DISPUTE: 4.0,  # from the top of the scale (+2) past "strained" (-1), with some to spare
        K.LITIGATION: 2.4,  # from +2 below 0; the rest of its weight is rupture
        K.COMPETITION: 0.3,  # rivals are not in crisis: alone it stays within "neutral"
    }
)
SUIT_RUPTURE = 1.0  # a suit alone goes to the bottom of the scale, against an alliance to "strained"
ENDED_RUPTURE = 0.6  # contracts run out: alone "neutral", beside a dispute "broken"
SEVERABLE = frozenset(
    {K.PARTNERSHIP, K.SUPPLY, K.LICENSING}
)  # a bid that fails, a stake sold, breaks nothing
SURENESS: Mapping[Status, float] = MappingProxyType({S.RUMORED: 0.1, S.ANNOUNCED: 0.6, S.COMPLETED: 1.0})
WARMTH_CAP = 2.0
RUMOUR_CAP = 0.25  # no heap of rumours leaves "neutral"
QUARREL_FLOOR = -1.0

HALF_LIFE_DAYS: Mapping[TieKind, int] = MappingProxyType(
    {
        K.ACQUISITION: 3650,  # lasts until sold, which is told
        K.MERGER: 3650,
        K.INVESTMENT: 1460,  # stakes and loans are held for some four years
        K.FINANCING: 1460,
        K.PARTNERSHIP: 1095,  # the usual term of a commercial contract is three years
        K.SUPPLY: 1095,
        K.LICENSING: 1095,
        K.COMPETITION: 730,
        K.LITIGATION: 545,  # a suit of the first instance takes a year or two
        K.DISPUTE: 270,  # what is not told again within a year has mostly been settled
    }
)
RUMOUR_HALF_LIFE_DAYS = 90  # talks come to something, or to nothing, within a quarter or two
ENDED_HALF_LIFE_DAYS = 365

_ONE_OFF = frozenset({K.ACQUISITION, K.MERGER, K.INVESTMENT, K.FINANCING})
_THRESHOLDS = ((1.5, Level.ALLIED), (0.4, Level.COOPERATING), (-0.7, Level.NEUTRAL), (-1.5, Level.STRAINED))
_EDGE = 1e-9  # a score meant to lie on a threshold lies on it, whatever binary fractions make of it


@dataclass(frozen=True, slots=True)
class Standing:
    """One deal or bond as the level sees it.

    `since` is when its present status was told, `last_seen` when it was last told, `date` when the text
    says it took place; `firm` means that it was more than a rumour before it ended.
    """

    kind: TieKind
    status: Status
    since: datetime
    last_seen: datetime
    date: str | None = None
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A level and the three sums it comes from."""

    warmth: float
    friction: float
    rupture: float
    score: float
    level: Level


def level_at(record: PairRecord, at: datetime) -> Level:
    """The level of a recorded pair at a moment: with the statuses of then, faded until then.

    What was told after `at` is left out; for a moment in the past what was told before and after it
    counts as if it had been told again at that very moment.
    """
    return reckon(_standings(record, at), at).level


def reckon(standings: Iterable[Standing], at: datetime) -> Reckoning:
    """The formula above, at a moment not before what the standings tell."""
    sums = dict.fromkeys(("deals", "rumours", "quarrels", "rumoured quarrels", "rupture"), 0.0)
    # The order of adding moves the last bits of a sum: always the same order, the same level.
    parts = sorted(part for standing in standings for part in _parts(standing, at))
    for name, value in parts:
        sums[name] += value
    warmth = min(WARMTH_CAP, sums["deals"] + min(RUMOUR_CAP, sums["rumours"]))
    friction = sums["quarrels"] + min(RUMOUR_CAP, sums["rumoured quarrels"])
    score = max(warmth - friction, QUARREL_FLOOR) - sums["rupture"]
    score = max(-2.0, min(2.0, score))
    return Reckoning(warmth, friction, sums["rupture"], score, word_for(score))


def word_for(score: float) -> Level:
    """The level of a score; on a threshold, the level further from neutral."""
    for least, level in _THRESHOLDS[:2]:
        if score >= least - _EDGE:
            return level
    for most, level in _THRESHOLDS[2:]:
        if score > most + _EDGE:
            return level
    return Level.BROKEN


def _parts(standing: Standing, at: datetime) -> Iterable[tuple[str, float]]:
    kind, status = standing.kind, standing.status
    if status is S.DENIED or kind not in HALF_LIFE_DAYS:
        return
    if status is S.ENDED:
        if kind in SEVERABLE and standing.firm:
            yield "rupture", ENDED_RUPTURE * _left(standing, at)
        return
    left = _left(standing, at)
    if kind in WARMTH:
        name = "rumours" if status is S.RUMORED else "deals"
        yield name, WARMTH[kind] * SURENESS[status] * left
    elif status is S.RUMORED:
        yield "rumoured quarrels", FRICTION[kind] * SURENESS[status] * left
    else:  # a quarrel that is announced has broken out
        yield "quarrels", FRICTION[kind] * left
        if kind is K.LITIGATION:
            yield "rupture", SUIT_RUPTURE * left


def _left(standing: Standing, at: datetime) -> float:
    """What time has left of a standing: 1 when fresh, a half after each half-life."""
    if standing.status is S.ENDED:
        fresh, half_life = standing.since, ENDED_HALF_LIFE_DAYS
    elif standing.status is S.RUMORED:
        fresh, half_life = standing.last_seen, RUMOUR_HALF_LIFE_DAYS
    else:
        fresh, half_life = _last_true(standing), HALF_LIFE_DAYS[standing.kind]
    days = max(0.0, (at - fresh) / timedelta(days=1))
    return float(0.5 ** (days / half_life))


def _last_true(standing: Standing) -> datetime:
    """When it was last told; a purchase or a round that the text dates is as old as that date."""
    dated = moment(standing.date) if standing.kind in _ONE_OFF else None
    return standing.last_seen if dated is None else min(dated, standing.last_seen)


def _standings(record: PairRecord, at: datetime) -> Iterable[Standing]:
    for deal in record.deals:
        steps = [step for step in deal.history if step.at <= at]
        if steps:
            yield _deal_standing(deal, len(steps), min(deal.last_seen, at))
    for bond in record.bonds:
        if bond.first_seen <= at:
            yield _bond_standing(bond, min(bond.last_seen, at))


def _deal_standing(deal: Deal, steps: int, last_seen: datetime) -> Standing:
    told = deal.history[:steps]
    firm = is_firm(step.status for step in told)
    return Standing(deal.kind, told[-1].status, told[-1].at, last_seen, deal.date, firm)


def _bond_standing(bond: Bond, last_seen: datetime) -> Standing:
    return Standing(bond.kind, bond.status, bond.first_seen, last_seen)


def is_firm(statuses: Iterable[Status]) -> bool:
    """Whether an event was ever more than talk; one first heard of at its end was."""
    reached = list(statuses)
    return reached[0] is S.ENDED or any(status in (S.ANNOUNCED, S.COMPLETED) for status in reached)


def lifts(kind: TieKind, status: Status) -> int:
    """Which way one report pulls the level: 1 up, -1 down, 0 neither."""
    over = status in (S.ENDED, S.DENIED)
    if kind in DEAL_KINDS:
        return -1 if over else 1
    if kind in FRICTION:
        return 1 if over else -1
    return 0
