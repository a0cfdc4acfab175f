"""Each sum and each date of a sentence goes to the tie it belongs to, or to none."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.extraction.candidates import Candidate
from bot.extraction.frames import lexicon
from bot.extraction.mentions import Amount, Day
from bot.extraction.places import ByPlace
from bot.extraction.sentences import Span
from bot.values import DEAL_KINDS, Money, TieKind

_LEFT, _RIGHT = 45, 28  # characters around a sum that tell what it is
_LATER = 300  # characters around the sentence of a suit in which its sum may stand
_NEXT = 160  # characters from a deal's sentence to its price in the next one
_STOP = re.compile(r"[.!?…]\s|\n")
_VAGUE = 20  # characters: how near a sum among the companies of a network's tie counts as being
_REACH = 140  # characters from the tie's words to its sum
_PRICED = DEAL_KINDS | {TieKind.LITIGATION}
_DATED = _PRICED | {TieKind.DISPUTE}


def attach(
    found: Sequence[Candidate], amounts: Iterable[Amount], days: Iterable[Day], text: str, lang: str
) -> list[Candidate]:
    """The candidates with their sums and dates."""
    sums, dates = ByPlace(amounts), ByPlace(days)
    priced = _with_amounts(list(found), sums, text, lang)
    priced = _with_later_price(_with_penalties(priced, sums, text, lang), sums, text, lang)
    return [_with_day(c, dates.inside(c.sentence), text) for c in priced]


def _with_amounts(found: list[Candidate], amounts: ByPlace[Amount], text: str, lang: str) -> list[Candidate]:
    """Give every price to the nearest deal of its sentence (to all that share that trigger)."""
    sharing: dict[Span, list[int]] = defaultdict(list)
    for i, candidate in enumerate(found):
        if candidate.kind in _PRICED:
            sharing[candidate.sentence].append(i)
    best: dict[int, tuple[int, Amount]] = {}
    for sentence, of_sentence in sharing.items():
        for amount in amounts.inside(sentence):
            near = [
                (_distance(found[i], amount), i)
                for i in of_sentence
                if _fits(found[i].kind, amount, sentence, text, lang)
            ]
            distance = min((d for d, _ in near), default=_REACH + 1)
            nearest = {found[i].trigger for d, i in near if d == distance}
            for _, i in near:
                held, _ = best.get(i, (_REACH + 1, None))
                if found[i].trigger in nearest and distance < held:
                    best[i] = (distance, amount)
    return [replace(c, money=best[i][1].money) if i in best else c for i, c in enumerate(found)]


def _with_penalties(
    found: list[Candidate], amounts: ByPlace[Amount], text: str, lang: str
) -> list[Candidate]:
    """Give a suit without a sum what is said around it to be paid, to all sued together alike."""
    suits = [c for c in found if c.kind is TieKind.LITIGATION]
    first = {c.pair: c.sentence for c in sorted(suits, key=lambda c: c.sentence.start, reverse=True)}
    sentences = set(first.values())  # what is said once more of the same two is the same suit
    if len(sentences) != 1 or any(c.money is not None for c in found if c.kind is not TieKind.LITIGATION):
        return found  # several suits, or a deal that the sum may belong to
    (sentence,) = sentences
    after = Span(sentence.end, sentence.end + _LATER)
    before = Span(max(0, sentence.start - _LATER), sentence.start)
    fitting = (
        a.money
        for part in (after, before)
        for a in amounts.inside(part)
        if _fits(TieKind.LITIGATION, a, part, text, lang)
    )
    money = next((c.money for c in suits if c.money is not None), None) or next(fitting, None)
    return [replace(c, money=money) if c.kind is TieKind.LITIGATION and c.money is None else c for c in found]


def _with_later_price(
    found: list[Candidate], amounts: ByPlace[Amount], text: str, lang: str
) -> list[Candidate]:
    """Give the only deal of a sentence the price that the next one tells: "The order is worth 15 billion"."""
    deals: dict[Span, list[Candidate]] = defaultdict(list)
    for candidate in found:
        if candidate.kind in DEAL_KINDS:
            deals[candidate.sentence].append(candidate)
    spoken = sorted(c.sentence.start for c in found)
    later = {
        sentence: next(_told_after(sentence, amounts, spoken, text, lang), None)
        for sentence, told in deals.items()
        if len({c.pair for c in told}) == 1 and all(c.money is None for c in told)
    }
    return [
        replace(c, money=later[c.sentence]) if c.kind in DEAL_KINDS and c.sentence in later else c
        for c in found
    ]


def _told_after(
    sentence: Span, amounts: ByPlace[Amount], spoken: Sequence[int], text: str, lang: str
) -> Iterator[Money]:
    """Prices in the sentence after, where it speaks of "the deal" and suggests no tie of its own."""
    cues = lexicon(lang).cues
    for amount in amounts.inside(Span(sentence.end, sentence.end + _NEXT)):
        between = text[sentence.end : amount.start]
        deal = cues["deal"].search(between)
        if _STOP.search(between.lstrip()) or bisect_left(spoken, sentence.end) < bisect_left(
            spoken, amount.start
        ):
            return
        if deal is not None and cues["price"].search(between, deal.end()) and _is_price(amount, text, lang):
            yield amount.money


def _distance(candidate: Candidate, amount: Amount) -> int:
    """Characters between a sum and the words of the tie, 0 when it stands among them.

    The network knows no words of the tie, only the stretch of its companies: a rule close by comes first.
    """
    start, end = candidate.near
    if start <= amount.start <= end:
        return _VAGUE if candidate.by_network else 0
    return start - amount.end if amount.end <= start else amount.start - end


def _fits(kind: TieKind, amount: Amount, within: Span, text: str, lang: str) -> bool:
    """A fine belongs to a suit, a price to a deal; only the words `within` say which it is."""
    if kind is not TieKind.LITIGATION:
        return _is_price(amount, text, lang)
    start, end = max(within.start, amount.start - _LEFT), amount.end + _LEFT
    return lexicon(lang).cues["penalty"].search(text, start, min(end, within.end)) is not None


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


def _with_day(candidate: Candidate, days: Sequence[Day], text: str) -> Candidate:
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
