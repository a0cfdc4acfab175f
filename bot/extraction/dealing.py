"""Sums and dates that a sentence deals out among several ties: one to each, or one round to all investors."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from bot.extraction.candidates import Candidate
from bot.extraction.frames import lexicon
from bot.extraction.mentions import Amount
from bot.extraction.places import ByPlace, Placed
from bot.extraction.prices import is_price
from bot.extraction.sentences import Span
from bot.values import Money, TieKind

_LAST = 60  # characters after the last of several companies in which its own sum or date may stand
_BEFORE = 220  # characters before "the round was led by ..." in which its size may stand
_ROUND = 40  # characters around a sum in which a round is spoken of

_Item = TypeVar("_Item", bound=Placed)


def deal_out(
    found: Sequence[Candidate], items: ByPlace[_Item], text: str, lang: str
) -> dict[int, _Item | None]:
    """By candidate's number the item that is its own among one company's ties ("bought X for 1 and Y for 2").

    None where the others alone have one; whose items are not dealt out is left out.
    """
    sharing: dict[tuple[Span, TieKind, str, bool], list[int]] = defaultdict(list)
    for i, candidate in enumerate(found):
        # "bought 60% of X for 1 and 20% of Y for 2": a part and a whole are bought alike.
        kind = TieKind.ACQUISITION if candidate.kind is TieKind.INVESTMENT else candidate.kind
        sharing[candidate.sentence, kind, candidate.source, True].append(i)
        sharing[candidate.sentence, kind, candidate.target, False].append(i)
    dealt: dict[int, _Item | None] = {}
    for (sentence, _, _, by_target), together in sharing.items():
        others = {i: found[i].target if by_target else found[i].source for i in together}
        ends: dict[str, int] = {}  # of the stretch that tells each, which ends with its company
        for i, other in others.items():
            ends[other] = min(found[i].near[1], ends.get(other, len(text)))
        if len(set(ends.values())) < 2:
            continue
        start = min(found[i].near[0] for i in together)
        own = _own(start, sorted(set(ends.values())), items.inside(sentence), text, sentence, lang)
        dealt |= {i: own[ends[other]] for i, other in others.items() if ends[other] in own}
    return dealt


def _own(
    start: int, ends: Sequence[int], items: Sequence[_Item], text: str, sentence: Span, lang: str
) -> dict[int, _Item | None]:
    """The first item after each company, or before each; or the last ones in order, "respectively".

    Of "X ($5m) and Y" only X has one.
    """
    for bounds in ([*ends, ends[-1] + _LAST], [start, *ends]):
        parts = [[item for item in items if a <= item.start < b] for a, b in pairwise(bounds)]
        if all(parts):
            return {end: part[0] for end, part in zip(ends, parts, strict=True)}
    last = [item for item in items if item.start >= ends[-1]]
    said = lexicon(lang).cues["respectively"].search(text, sentence.start, sentence.end)
    if len(last) == len(ends) and said:
        return dict(zip(ends, last, strict=True))
    bracketed = {end: i for end in ends for i in items if _is_bracketed(i, end, text)}
    return {end: bracketed.get(end) for end in ends} if bracketed else {}


def _is_bracketed(item: Placed, end: int, text: str) -> bool:
    """Whether an item stands in the bracket behind a stretch, or in one that closes it."""
    if text[max(0, item.start - 1) : item.start] != "(":
        return False
    before = end < item.start and not text[end : item.start - 1].strip()
    return before or item.start < end <= item.end + 2


def with_rounds(
    found: Sequence[Candidate], amounts: ByPlace[Amount], text: str, lang: str
) -> list[Candidate]:
    """Give investors without a sum the size of the round that they take part in."""
    cues = lexicon(lang).cues
    told = {(c.sentence, c.target): c.money for c in found if c.kind is TieKind.INVESTMENT and c.money}
    return [
        replace(c, money=told.get((c.sentence, c.target)) or _size(c.sentence, amounts, text, lang))
        if c.kind is TieKind.INVESTMENT
        and c.money is None
        and any(cues[cue].search(text, c.sentence.start, c.sentence.end) for cue in ("round", "this_deal"))
        else c
        for c in found
    ]


def _size(sentence: Span, amounts: ByPlace[Amount], text: str, lang: str) -> Money | None:
    """ "Y has raised 20 million. The round was led by X": the only sum that the text calls a round's."""
    if amounts.inside(sentence):
        return None
    spoken = lexicon(lang).cues["round"]
    sizes = {
        a.money
        for a in amounts.inside(Span(max(0, sentence.start - _BEFORE), sentence.start))
        if spoken.search(text, max(0, a.start - _ROUND), a.end + _ROUND)
        and is_price(TieKind.INVESTMENT, a, text, lang)
    }
    return sizes.pop() if len(sizes) == 1 else None
