"""Each sum and each date of a sentence goes to the tie it belongs to, or to none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.extraction.candidates import Candidate
from bot.extraction.frames import lexicon
from bot.extraction.mentions import Amount, Day
from bot.values import DEAL_KINDS, TieKind

_LEFT, _RIGHT = 45, 28  # characters around a sum that tell what it is
_LATER = 300  # characters after the sentence of a suit in which its sum may stand
_VAGUE = 20  # characters: how near a sum among the companies of a network's tie counts as being
_REACH = 140  # characters from the tie's words to its sum
_PRICED = DEAL_KINDS | {TieKind.LITIGATION}
_DATED = _PRICED | {TieKind.DISPUTE}


def attach(
    found: Sequence[Candidate], amounts: Iterable[Amount], days: Iterable[Day], text: str, lang: str
) -> list[Candidate]:
    """The candidates with their sums and dates."""
    sums = list(amounts)
    priced = _with_penalties(_with_amounts(list(found), sums, text, lang), sums, text, lang)
    return [
        _with_day(c, [d for d in days if c.sentence.start <= d.start < c.sentence.end], text) for c in priced
    ]


def _with_amounts(found: list[Candidate], amounts: list[Amount], text: str, lang: str) -> list[Candidate]:
    """Give every price to the nearest deal of its sentence (to all that share that trigger)."""
    best: dict[int, tuple[int, Amount]] = {}
    for amount in amounts:
        near = [
            (_distance(c, amount), i)
            for i, c in enumerate(found)
            if c.kind in _PRICED
            and c.sentence.start <= amount.start < c.sentence.end
            and _fits(c, amount, text, lang)
        ]
        if not near:
            continue
        distance = min(near)[0]
        nearest = {found[i].trigger for d, i in near if d == distance}
        for _, i in near:
            held = best.get(i)
            if found[i].trigger in nearest and distance <= _REACH and (held is None or distance < held[0]):
                best[i] = (distance, amount)
    return [replace(c, money=best[i][1].money) if i in best else c for i, c in enumerate(found)]


def _with_penalties(found: list[Candidate], amounts: list[Amount], text: str, lang: str) -> list[Candidate]:
    """Give a suit without a sum what is said just after it to be paid, to all sued together alike."""
    suits = [c for c in found if c.kind is TieKind.LITIGATION]
    starts = {c.sentence.start for c in suits}
    if len(starts) != 1 or any(c.money is not None for c in found if c.kind is not TieKind.LITIGATION):
        return found  # several suits, or a deal that the sum may belong to
    told = next((c.money for c in suits if c.money is not None), None)
    end = suits[0].sentence.end
    after = (
        a.money for a in amounts if end <= a.start < end + _LATER and _fits(suits[0], a, text, lang, end)
    )
    money = told or next(after, None)
    return [replace(c, money=money) if c.kind is TieKind.LITIGATION and c.money is None else c for c in found]


def _distance(candidate: Candidate, amount: Amount) -> int:
    """Characters between a sum and the words of the tie, 0 when it stands among them.

    The network knows no words of the tie, only the stretch of its companies: a rule close by comes first.
    """
    start, end = candidate.near
    if start <= amount.start <= end:
        return _VAGUE if candidate.rule.startswith("model.") else 0
    return start - amount.end if amount.end <= start else amount.start - end


def _fits(candidate: Candidate, amount: Amount, text: str, lang: str, start: int | None = None) -> bool:
    """A fine belongs to a suit, a price to a deal; `start` is where to look from, if not at its sentence."""
    if candidate.kind is not TieKind.LITIGATION:
        return _is_price(amount, text, lang)
    start = candidate.sentence.start if start is None else start
    around = text[max(start, amount.start - _LEFT) : amount.end + _LEFT]
    return lexicon(lang).cues["penalty"].search(around) is not None


def _is_price(amount: Amount, text: str, lang: str) -> bool:
    """Whether a sum may be what was paid, and is no turnover, valuation, fine or debt."""
    cues = lexicon(lang).cues
    left = text[max(0, amount.start - _LEFT) : amount.start]
    clause = max(left.rfind(mark) for mark in (",", ";", "(", "."))
    left = left[clause + 1 :]
    right = text[amount.end : amount.end + _RIGHT]
    right = right[: min((i for i in (right.find(m) for m in ",;().") if i >= 0), default=len(right))]
    wrong = [m.end() for m in cues["not_price"].finditer(left)]
    right_wrong = cues["not_price"].search(right[:18])
    if right_wrong is not None:
        return False
    if not wrong:
        return True
    price = [m.end() for m in cues["price"].finditer(left)]
    return bool(price) and max(price) > max(wrong) + 4


def _with_day(candidate: Candidate, days: list[Day], text: str) -> Candidate:
    """The date nearest to the trigger within its clause."""
    if candidate.kind not in _DATED:
        return candidate
    near = [(abs(d.start - candidate.trigger), d) for d in days if _same_clause(candidate, d, text)]
    if not near:
        return candidate
    return replace(candidate, date=min(near, key=lambda n: (n[0], n[1].start))[1].iso)


def _same_clause(candidate: Candidate, day: Day, text: str) -> bool:
    start, end = candidate.near
    if start <= day.start <= end:
        return True
    gap = text[end : day.start] if day.start >= end else text[day.end : start]
    return len(gap) < 60 and not any(mark in gap for mark in (";", ":", "(", ". "))
