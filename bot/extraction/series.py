"""What a verb said once tells of several companies: "bought X for 1 and Y for 2", "sold X to A and Y to B".

The parsers see the first of them alone, or take all of them for one list.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.extraction.candidates import Candidate
from bot.extraction.frames import lexicon
from bot.extraction.masking import Masked, Slot
from bot.extraction.relations import coded_text
from bot.values import DEAL_KINDS, SYMMETRIC_KINDS, TieKind

FURTHER = 0.95  # what the confidence of the first one's tie is multiplied with
_FEWEST = 3  # companies in a sentence with a series
_NUMBER = r"(?:[A-Z]{0,3}[$€£]\s?)?\d(?:[.,]?\d)*+[\w$€£’']*+"
_SLOT = r"§\d+§"
_CODE = re.compile(r"§(\d+)§")
_SALES = frozenset({TieKind.ACQUISITION, TieKind.INVESTMENT, TieKind.OWNERSHIP})
# "ordered jets from X for 5 and Y for 3": of these also the source may be dealt out.
_BOTH_WAYS = frozenset({TieKind.SUPPLY, TieKind.FINANCING, TieKind.LICENSING})


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The series of one language."""

    priced: tuple[re.Pattern[str], ...]  # companies, each with its sum after or before it
    sales: re.Pattern[str]
    sale: re.Pattern[str]  # one of them


@dataclass(frozen=True, slots=True)
class _Sale:
    """What is sold to whom, and where that is said."""

    sold: Slot
    buyer: Slot
    near: tuple[int, int]


def deal_on(found: Sequence[Candidate], masked: Masked, lang: str) -> list[Candidate]:
    """The candidates of a sentence with what its series tell: each further member's tie is as the first's."""
    told = list(found)
    if len(masked.slots) < _FEWEST:
        return told
    coded, places = coded_text(masked)
    patterns = _patterns(lang)
    for match in patterns.sales.finditer(coded):
        sales = [
            _Sale(
                masked.slots[int(one.group("sold"))],
                masked.slots[int(one.group("buyer"))],
                (masked.origin(places[one.start()]), masked.origin(places[one.end()])),
            )
            for one in patterns.sale.finditer(coded, match.start(), match.end())
        ]
        told = _sold_apart(told, sales)
    for match in (m for pattern in patterns.priced for m in pattern.finditer(coded)):
        slots = [masked.slots[int(n)] for n in _CODE.findall(match.group())]
        first, *further = slots
        wrong = {c.trigger for c in _among(told, slots)}  # also tells who sold it
        told = [c for c in told if c.kind not in _SALES or c.trigger not in wrong]
        for slot in further:
            told += list(_told_on(told, first, slot, masked.origin(places[match.start()]), masked))
    return told


def _sold_apart(found: Sequence[Candidate], sales: Sequence[_Sale]) -> list[Candidate]:
    """`found` with a tie for each sale, if the first is told, without those that take all for one list."""
    first = sales[0]
    bought = next((c for c in found if _tells(c, first)), None)
    if bought is None:
        return list(found)
    mixed = _among(found, (slot for sale in sales for slot in (sale.sold, sale.buyer)))
    told = [c for c in found if c not in mixed]
    for sale in sales:
        told += list(
            _further(told, replace(bought, near=sale.near), sale.buyer.companies, sale.sold.companies)
        )
    for owned in (c for c in found if c.kind is TieKind.OWNERSHIP and c.target in first.sold.companies):
        for sale in sales[1:]:
            told += list(_further(told, owned, [owned.source], sale.sold.companies))
    return told


def _among(found: Sequence[Candidate], slots: Iterable[Slot]) -> list[Candidate]:
    """Those that sell one member of a series to another."""
    members = {company for slot in slots for company in slot.companies}
    return [c for c in found if c.kind in _SALES and members.issuperset(c.pair)]


def _tells(candidate: Candidate, sale: _Sale) -> bool:
    sold = candidate.target in sale.sold.companies and candidate.source in sale.buyer.companies
    return sold and candidate.kind in _SALES


def _told_on(
    found: Sequence[Candidate], first: Slot, slot: Slot, start: int, masked: Masked
) -> Iterator[Candidate]:
    """What the ties of the first company that are told before it say of another."""
    for candidate in list(found):
        if candidate.kind not in DEAL_KINDS - SYMMETRIC_KINDS or candidate.trigger > start:
            continue
        like = replace(candidate, near=(candidate.near[0], masked.origin(slot.end)))
        if candidate.target in first.companies:
            yield from _further(found, like, [candidate.source], slot.companies)
        elif candidate.source in first.companies and candidate.kind in _BOTH_WAYS:
            yield from _further(found, like, slot.companies, [candidate.target])


def _further(
    found: Sequence[Candidate], like: Candidate, sources: Iterable[str], targets: Iterable[str]
) -> Iterator[Candidate]:
    """The like of a candidate for other companies, unless it is told already."""
    held = {c.key for c in found}
    for source, target in ((a, b) for a in sources for b in targets if a != b):
        own = source == like.source and target == like.target
        sureness = like.confidence if own else round(like.confidence * FURTHER, 3)
        told = replace(like, source=source, target=target, confidence=sureness)
        if told.key not in held:
            yield told


@lru_cache(maxsize=8)
def _patterns(lang: str) -> _Patterns:
    cues = lexicon(lang).cues
    joint, price, into, to = (cues[f"series_{name}"].pattern for name in ("and", "price", "into", "to"))
    total = rf"{_NUMBER}(?:(?!{joint})\s+[\w$€£’']++){{0,4}}"
    priced, placed = rf"{_SLOT}\s+{price}{total}", rf"{total}\s+{into}{_SLOT}"
    sale = rf"{_SLOT}\s+{to}{_SLOT}(?:\s+{price}{total})?"
    return _Patterns(
        tuple(re.compile(rf"{one}(?:{joint}{one})+", re.IGNORECASE) for one in (priced, placed)),
        re.compile(rf"{sale}(?:{joint}{sale})+", re.IGNORECASE),
        re.compile(rf"§(?P<sold>\d+)§\s+{to}§(?P<buyer>\d+)§(?:\s+{price}{total})?", re.IGNORECASE),
    )
