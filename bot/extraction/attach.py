"""Each sum and each date of a sentence goes to the tie it belongs to, or to none."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.extraction.candidates import Candidate
from bot.extraction.dating import with_days
from bot.extraction.dealing import deal_out, with_rounds
from bot.extraction.frames import lexicon
from bot.extraction.mentions import Amount, Day
from bot.extraction.places import ByPlace
from bot.extraction.prices import PRICED, fits, is_price, is_told_as_price, without_conversions
from bot.extraction.sentences import Span
from bot.values import DEAL_KINDS, Money, TieKind

_LATER = 300  # characters around the sentence of a suit in which its sum may stand
_NEXT = 160  # characters from a deal's sentence to its price in the next one
_FAR = 700  # characters from the only deal of a text to its price
_STOP = re.compile(r"[.!?…]\s|\n")
_VAGUE = 20  # characters: how near a sum among the companies of a network's tie counts as being
_UNTOLD = 40  # characters: how much farther a sum counts as being that no word calls a price
_REACH = 140  # characters from the tie's words to its sum


def attach(
    found: Sequence[Candidate], amounts: Iterable[Amount], days: Iterable[Day], text: str, lang: str
) -> list[Candidate]:
    """The candidates with their sums and dates."""
    sums, dates = ByPlace(amounts), ByPlace(days)
    priced = with_rounds(_with_amounts(list(found), sums, text, lang), sums, text, lang)
    priced = _with_later_price(_with_penalties(priced, sums, text, lang), sums, text, lang)
    return with_days(priced, dates, text, lang)


def _with_amounts(found: list[Candidate], amounts: ByPlace[Amount], text: str, lang: str) -> list[Candidate]:
    """Give every price to the nearest deal of its sentence (to all that share its trigger or its pair)."""
    sharing: dict[Span, list[int]] = defaultdict(list)
    for i, candidate in enumerate(found):
        if candidate.kind in PRICED:
            sharing[candidate.sentence].append(i)
    best: dict[int, tuple[int, int, Amount]] = {}
    fitting: list[Amount] = []
    for sentence, of_sentence in sharing.items():
        for amount in without_conversions(amounts.inside(sentence), text):
            near = [
                (_distance(found[i], amount), i)
                for i in of_sentence
                if fits(found[i].kind, amount, sentence, text, lang)
            ]
            distance = min((d for d, _ in near), default=_REACH + 1)
            if distance > _REACH:
                continue
            fitting.append(amount)
            nearest = {t for d, i in near if d == distance for t in (found[i].trigger, found[i].pair)}
            rank = distance + (0 if is_told_as_price(amount, text, lang) else _UNTOLD)
            for _, i in near:
                # Of several among the words of a tie the last is the nearest to its second company.
                ranked = (rank, abs(found[i].near[1] - amount.end), amount)
                if not nearest.isdisjoint((found[i].trigger, found[i].pair)) and (
                    i not in best or ranked[:2] < best[i][:2]
                ):
                    best[i] = ranked
    dealt = deal_out(found, ByPlace(fitting), text, lang)
    own = {i: dealt.get(i, amount) for i, (_, _, amount) in best.items()}
    return [replace(c, money=a.money) if (a := own.get(i)) is not None else c for i, c in enumerate(found)]


def _with_penalties(
    found: list[Candidate], amounts: ByPlace[Amount], text: str, lang: str
) -> list[Candidate]:
    """Give a suit without a sum what is said around it to be paid, to all sued together alike."""
    suits = [c for c in found if c.kind is TieKind.LITIGATION]
    full = [c for c in suits if not any(_is_short_for(c, other) for other in suits)]
    first = {c.pair: c.sentence for c in sorted(full, key=lambda c: c.sentence.start, reverse=True)}
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
        if fits(TieKind.LITIGATION, a, part, text, lang)
    )
    money = next((c.money for c in suits if c.money is not None), None) or next(fitting, None)
    return [replace(c, money=money) if c.kind is TieKind.LITIGATION and c.money is None else c for c in found]


def _is_short_for(suit: Candidate, other: Candidate) -> bool:
    """Whether its source is the other's without the place: "Attorney General", "Iowa Attorney General"."""
    return suit.target == other.target and other.source.endswith(f" {suit.source}")


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
    for amount in amounts.inside(Span(sentence.end, sentence.end + _NEXT)):
        between = text[sentence.end : amount.start]
        if _STOP.search(between.lstrip()) or bisect_left(spoken, sentence.end) < bisect_left(
            spoken, amount.start
        ):
            return
        if _is_price_of("deal", between, amount, text, lang):
            yield amount.money


def _is_price_of(deal: str, before: str, amount: Amount, text: str, lang: str) -> bool:
    """Whether words before a sum speak of a deal (a cue) and then of its price."""
    cues = lexicon(lang).cues
    spoken = cues[deal].search(before)
    if spoken is None or not is_price(TieKind.ACQUISITION, amount, text, lang):
        return False
    told = (("price", spoken.end()), ("deal_value", 0), ("amount", 0))
    return any(cues[c].search(before, at) for c, at in told)


def with_only_price(
    found: Sequence[Candidate], amounts: Iterable[Amount], text: str, lang: str
) -> list[Candidate]:
    """Give the only deal of a text the price that a later sentence tells of "the deal"."""
    deals = [c for c in found if c.kind in DEAL_KINDS]
    if len({c.pair for c in deals}) != 1 or any(c.money is not None for c in found):
        return list(found)
    end = min(c.sentence.end for c in deals)
    prices = {
        a.money
        for a in ByPlace(amounts).inside(Span(end, end + _FAR))
        if _is_price_of("this_deal", _STOP.split(text[end : a.start])[-1], a, text, lang)
    }
    if len(prices) != 1:
        return list(found)
    (money,) = prices
    return [replace(c, money=money) if c.kind in DEAL_KINDS else c for c in found]


def _distance(candidate: Candidate, amount: Amount) -> int:
    """Characters between a sum and the words of the tie, 0 when it stands among them.

    The network knows no words of the tie, only the stretch of its companies: a rule close by comes first.
    """
    start, end = candidate.near
    if start <= amount.start <= end:
        return _VAGUE if candidate.by_network else 0
    return start - amount.end if amount.end <= start else amount.start - end
