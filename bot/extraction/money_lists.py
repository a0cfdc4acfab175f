"""Sums that leave their unit to another: "5, 7 and 9 million respectively", "X for 9 million, Y for 5"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.extraction.frames import lexicon
from bot.extraction.money_numbers import Token

_LARGEST = 1000  # a number from here on needs no unit of another
_LONGEST = 8  # sums in a list
_NEAR = 12  # tokens around a list in which it is said that each is another's
_FAR = 25  # tokens from a sum to a later one that leaves its unit out
_ENDS = frozenset({".", ";", "\n", ""})  # beside the joints


@dataclass(frozen=True, slots=True)
class Sum:
    """A number with its scale, and how far it reaches: tokens [first, last)."""

    first: int
    last: int
    value: Decimal
    scaled: bool
    currency: str | None  # None: not said; "": a dollar, peso or crown whose country was not said
    noun: str = ""


class _Words:
    """The words that join, price and deal out the sums of a list in one language."""

    def __init__(self, lang: str) -> None:
        self._cues = lexicon(lang).cues

    def joins(self, low: str) -> bool:
        """Whether a word or mark stands between two members of a list."""
        return self._cues["sum_joint"].fullmatch(low) is not None

    def ends(self, low: str) -> bool:
        """Whether a sum may end before a word or mark, counting nothing."""
        return low in _ENDS or self.joins(low)

    def prices(self, low: str) -> bool:
        """Whether a word makes the number after it a price."""
        return self._cues["sum_price"].fullmatch(low) is not None

    def deals_out(self, lows: Iterable[str]) -> bool:
        """Whether it is said that each sum is another's."""
        return any(self._cues["respectively"].fullmatch(low) for low in lows)


def with_units(
    sums: Sequence[Sum], tokens: Sequence[Token], scales: Mapping[str, Decimal], lang: str
) -> list[Sum]:
    """The sums of a text in its order, those without a unit of their own with the one that they share."""
    found = list(sums)
    if not any(item.scaled for item in sums):
        return found
    words = _Words(lang)
    each = words.deals_out(token.low for token in tokens)
    for i, item in enumerate(sums):
        if item.scaled or item.value >= _LARGEST:
            continue
        lender = (_end_of_list(sums, i, tokens, words) if each else None) or _priced_before(
            sums, i, tokens, words
        )
        if lender is not None:
            found[i] = _with_unit(item, lender, tokens, scales)
    return found


def _end_of_list(sums: Sequence[Sum], at: int, tokens: Sequence[Token], words: _Words) -> Sum | None:
    """The sum that closes a list which says that each of it is another's."""
    start = end = at
    while end + 1 < len(sums) and end - at < _LONGEST and _follows(sums[end], sums[end + 1], tokens, words):
        end += 1
    while start and at - start < _LONGEST and _follows(sums[start - 1], sums[start], tokens, words):
        start -= 1
    around = (
        *_lows(tokens, sums[start].first - _NEAR, sums[start].first),
        *_lows(tokens, sums[end].last, sums[end].last + _NEAR),
    )
    return sums[end] if end > at and sums[end].scaled and words.deals_out(around) else None


def _follows(left: Sum, right: Sum, tokens: Sequence[Token], words: _Words) -> bool:
    """Whether nothing but a comma and a conjunction stands between two sums."""
    between = list(_lows(tokens, left.last, right.first))
    return 0 < len(between) <= 2 and all(words.joins(low) for low in between)


def _priced_before(sums: Sequence[Sum], at: int, tokens: Sequence[Token], words: _Words) -> Sum | None:
    """The price before a number that is said like a price and counts nothing."""
    item = sums[at]
    lead = next(_lows(tokens, item.first - 1, item.first), "")
    if not words.prices(lead) or not words.ends(next(_lows(tokens, item.last, item.last + 1), "")):
        return None
    for other in reversed(sums[max(0, at - _LONGEST) : at]):
        if other.scaled and next(_lows(tokens, other.first - 1, other.first), "") == lead:
            near = item.first - other.last <= _FAR
            return other if near and "." not in _lows(tokens, other.last, item.first) else None
    return None


def _with_unit(item: Sum, lender: Sum, tokens: Sequence[Token], scales: Mapping[str, Decimal]) -> Sum:
    value = item.value
    for low in _lows(tokens, lender.first, lender.last):
        value *= scales.get(low, 1)
    said = item.currency is not None
    currency, noun = (item.currency, item.noun) if said else (lender.currency, lender.noun)
    return replace(item, value=value, scaled=True, currency=currency, noun=noun)


def _lows(tokens: Sequence[Token], start: int, end: int) -> Iterator[str]:
    return (token.low for token in tokens[max(0, start) : max(0, end)])
