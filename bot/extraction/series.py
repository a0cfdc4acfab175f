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
from bot.extraction.shares import ANY_SHARE, HALF, SHARE, percent_of
from bot.values import DEAL_KINDS, SYMMETRIC_KINDS, TieKind

FURTHER = 0.95  # what the confidence of the first one's tie is multiplied with
_FEWEST = 3  # companies in a sentence with a series
_NUMBER = r"(?:[A-Z]{0,3}[$€£]\s?)?\d(?:[.,]?\d)*+[\w$€£’']*+"
_SLOT = r"§\d+§"
_SHARED = re.compile(rf"(?:{SHARE}[^§%]*)?§(?P<n>\d+)§")
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
    if len(masked.slots) < _FEWEST:
        return list(found)
    told = _Told(found)
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
        _sell_apart(told, sales)
    for match in (m for pattern in patterns.priced for m in pattern.finditer(coded)):
        members = list(_SHARED.finditer(match.group()))
        slots = [masked.slots[int(m.group("n"))] for m in members]
        first, *further = slots
        wrong = {c.trigger for c in _among(told.ties, slots)}  # also tells who sold it
        told.drop(c for c in told.ties if c.kind in _SALES and c.trigger in wrong)
        shares = any(m.group("share") for m in members)
        for slot, member in zip(further, members[1:], strict=True):
            ties = _told_on(told, first, slot, masked.origin(places[match.start()]), masked)
            told.add((_of_share(tie, member.group("share")) for tie in ties) if shares else ties)
    return told.ties


class _Told:
    """The ties of a sentence told so far; of what is told already no further like is."""

    def __init__(self, ties: Iterable[Candidate]) -> None:
        self.ties = list(ties)
        self._keys = {c.key for c in self.ties}

    def drop(self, wrong: Iterable[Candidate]) -> None:
        """Take ties back."""
        gone = {id(c) for c in wrong}
        self.ties = [c for c in self.ties if id(c) not in gone]
        self._keys = {c.key for c in self.ties}

    def add(self, ties: Iterable[Candidate]) -> None:
        """Take in further ones."""
        new = list(ties)
        self.ties += new
        self._keys.update(c.key for c in new)

    def further(self, like: Candidate, sources: Iterable[str], targets: Iterable[str]) -> Iterator[Candidate]:
        """The like of a tie for other companies."""
        for source, target in ((a, b) for a in sources for b in targets if a != b):
            own = source == like.source and target == like.target
            sureness = like.confidence if own else round(like.confidence * FURTHER, 3)
            tie = replace(like, source=source, target=target, confidence=sureness)
            if tie.key not in self._keys:
                yield tie


def _sell_apart(told: _Told, sales: Sequence[_Sale]) -> None:
    """Tell a tie for each sale, if the first is told, and none that takes all for one list."""
    first = sales[0]
    found = list(told.ties)
    bought = next((c for c in found if _tells(c, first)), None)
    if bought is None:
        return
    told.drop(_among(found, (slot for sale in sales for slot in (sale.sold, sale.buyer))))
    for sale in sales:
        like = replace(bought, near=sale.near)
        told.add(told.further(like, sale.buyer.companies, sale.sold.companies))
    for owned in (c for c in found if c.kind is TieKind.OWNERSHIP and c.target in first.sold.companies):
        for sale in sales[1:]:
            told.add(told.further(owned, [owned.source], sale.sold.companies))


def _among(found: Sequence[Candidate], slots: Iterable[Slot]) -> list[Candidate]:
    """Those that sell one member of a series to another."""
    members = {company for slot in slots for company in slot.companies}
    return [c for c in found if c.kind in _SALES and members.issuperset(c.pair)]


def _tells(candidate: Candidate, sale: _Sale) -> bool:
    sold = candidate.target in sale.sold.companies and candidate.source in sale.buyer.companies
    return sold and candidate.kind in _SALES


def _told_on(told: _Told, first: Slot, slot: Slot, start: int, masked: Masked) -> Iterator[Candidate]:
    """What the ties of the first company that are told before it say of another."""
    for candidate in told.ties:
        if candidate.kind not in DEAL_KINDS - SYMMETRIC_KINDS or candidate.trigger > start:
            continue
        like = replace(candidate, near=(candidate.near[0], masked.origin(slot.end)))
        if candidate.target in first.companies:
            yield from told.further(like, [candidate.source], slot.companies)
        elif candidate.source in first.companies and candidate.kind in _BOTH_WAYS:
            yield from told.further(like, slot.companies, [candidate.target])


def _of_share(tie: Candidate, share: str | None) -> Candidate:
    """What a purchase of so many percent is: of the whole, where none are said."""
    if tie.kind not in (TieKind.ACQUISITION, TieKind.INVESTMENT):
        return tie
    part = share is not None and percent_of(share) < HALF
    return replace(tie, kind=TieKind.INVESTMENT if part else TieKind.ACQUISITION)


@lru_cache(maxsize=8)
def _patterns(lang: str) -> _Patterns:
    cues = lexicon(lang).cues
    joint, price, into, to = (cues[f"series_{name}"].pattern for name in ("and", "price", "into", "to"))
    total = rf"{_NUMBER}(?:(?!{joint})\s+[\w$€£’']++){{0,4}}"
    share = rf"(?:{ANY_SHARE}\s+{cues['series_share'].pattern})?"
    priced, placed = rf"{share}{_SLOT}\s+{price}{total}", rf"{total}\s+{into}{_SLOT}"
    sale = rf"{_SLOT}\s+{to}{_SLOT}(?:\s+{price}{total})?"
    return _Patterns(
        tuple(re.compile(rf"{one}(?:{joint}{one})+", re.IGNORECASE) for one in (priced, placed)),
        re.compile(rf"{sale}(?:{joint}{sale})+", re.IGNORECASE),
        re.compile(rf"§(?P<sold>\d+)§\s+{to}§(?P<buyer>\d+)§(?:\s+{price}{total})?", re.IGNORECASE),
    )
