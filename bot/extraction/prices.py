"""Whether a sum is what a deal cost or a suit brought, or a turnover, a valuation, a debt beside it."""

import re
from collections.abc import Sequence

from bot.extraction.frames import lexicon
from bot.extraction.mentions import Amount
from bot.extraction.sentences import Span
from bot.values import DEAL_KINDS, TieKind

PRICED = DEAL_KINDS | {TieKind.LITIGATION}
_LEFT, _RIGHT = 45, 28  # characters around a sum that tell what it is
_ADJOINING = 12  # characters: where a word after a sum must start to say what the sum is
_UNIT_PRICE = 1000  # below it a sum is the price of one share, but for the symbolic one
_CONVERTED = re.compile(r"\s?\((?:[^\W\d]+\.? ){0,3}")
_CLAUSE = re.compile(r"[;(]|[,.](?!\d)")


def fits(kind: TieKind, amount: Amount, within: Span, text: str, lang: str) -> bool:
    """A fine belongs to a suit, a price to a deal; only the words `within` say which it is."""
    if kind is not TieKind.LITIGATION:
        # An alliance seldom has a price: what stands beside it is mostly another deal's.
        told = kind is not TieKind.PARTNERSHIP or is_told_as_price(amount, text, lang)
        return told and is_price(kind, amount, text, lang)
    listed = text[amount.start - 1 : amount.start] == "("  # "fined X (2 million), Y (3 million) and ..."
    start, end = within.start if listed else max(within.start, amount.start - _LEFT), amount.end + _LEFT
    return lexicon(lang).cues["penalty"].search(text, start, min(end, within.end)) is not None


def is_price(kind: TieKind, amount: Amount, text: str, lang: str) -> bool:
    """Whether a sum may be what was paid, and is no turnover, valuation, fine or debt."""
    if amount.money.amount < _UNIT_PRICE and amount.money.amount != 1:
        return False
    cues = lexicon(lang).cues
    left, right = _before(amount, text), _after(amount, text)
    if cues["not_price_after"].match(right) or _says_otherwise(kind, right, lang):
        return False
    valued = [m.span() for m in cues["deal_value"].finditer(left)]  # "a deal valued at", unlike "a firm"
    wrong = [m.end() for m in cues["not_price"].finditer(left) if not _inside(m, valued)]
    if not wrong or (kind is TieKind.FINANCING and cues["debt"].search(left[-_ADJOINING * 2 :])):
        return True
    price = [m.end() for m in cues["price"].finditer(left)]
    return bool(price) and max(price) > max(wrong) + 4


def is_told_as_price(amount: Amount, text: str, lang: str) -> bool:
    """Whether words beside a sum say that it was paid: "for $3bn", "a $3bn takeover"."""
    cues = lexicon(lang).cues
    left, right = _before(amount, text)[-_RIGHT:], _after(amount, text)
    nouns = ("deal", "outlay")
    sides = ((left, ("price", "deal_value", *nouns)), (right, nouns))
    return any(cues[cue].search(side) for side, told in sides for cue in told)


def without_conversions(amounts: Sequence[Amount], text: str) -> list[Amount]:
    """The sums of a sentence without those that say the one before again: "$410 million (€380 million)"."""
    return [
        amount
        for before, amount in zip((None, *amounts), amounts, strict=False)
        if before is None or not _CONVERTED.fullmatch(text, before.end, amount.start)
    ]


def _before(amount: Amount, text: str) -> str:
    """What stands before a sum in its clause, or before the bracket in which it stands alone."""
    left = text[max(0, amount.start - _LEFT) : amount.start]
    bare = left.rstrip("( ")
    cuts = [m.end() for m in _CLAUSE.finditer(left, 0, len(bare))]
    return left[max(cuts, default=0) :]


def _after(amount: Amount, text: str) -> str:
    right = text[amount.end : amount.end + _RIGHT]
    cut = _CLAUSE.search(right) or re.search(r"\)", right)
    return right[: cut.start()] if cut is not None else right


def _says_otherwise(kind: TieKind, right: str, lang: str) -> bool:
    """ "5 bn in annual sales"; a loan's sum may be called a debt."""
    cues = lexicon(lang).cues
    other = cues["not_price"].search(right)
    if other is None or (kind is TieKind.FINANCING and cues["debt"].search(right)):
        return False
    return other.start() < _ADJOINING


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)
