"""Who has sold on what he had bought owns it no longer: "bought by X in 2004 and sold to Y five years later".

Rules and the network tell the two purchases; that the first buyer's ownership ended follows from both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.extraction.candidates import Candidate
from bot.extraction.frames import lexicon
from bot.extraction.merging import DEFAULT_THRESHOLD
from bot.values import Status, TieKind

_FOLLOWS = 0.95  # what the lesser confidence of the two purchases is multiplied with
_WORD = re.compile(r"[^\W\d_]+")


def former_owners(found: Sequence[Candidate], text: str, lang: str) -> list[Candidate]:
    """The ended ownerships of those who bought a company and, in the same sentence, sold it to another."""
    bought: dict[tuple[int, str], list[Candidate]] = {}
    for candidate in found:
        sure = candidate.confidence >= DEFAULT_THRESHOLD and candidate.status is Status.COMPLETED
        if candidate.kind is TieKind.ACQUISITION and sure:
            bought.setdefault((candidate.sentence.start, candidate.target), []).append(candidate)
    return [
        replace(
            first,
            kind=TieKind.OWNERSHIP,
            status=Status.ENDED,
            confidence=round(min(first.confidence, second.confidence) * _FOLLOWS, 3),
            rule=f"{lang}.resold",
            signs=None,
            tensed=True,
        )
        for purchases in bought.values()
        if len({c.source for c in purchases}) > 1
        for first, second in _resold(purchases, text, lang)
    ]


def _resold(purchases: Sequence[Candidate], text: str, lang: str) -> Iterator[tuple[Candidate, Candidate]]:
    """Each purchase told before a verb of selling, with one of another buyer that is told past it."""
    words = lexicon(lang)
    sentence = purchases[0].sentence
    for word in _WORD.finditer(text, sentence.start, sentence.end):
        if "sell" not in words.frames_of(word.group().lower(), "verb"):
            continue
        before = max((c for c in purchases if c.near[1] <= word.start()), key=_sureness, default=None)
        after = [c for c in purchases if c.near[1] > word.end() and before and c.source != before.source]
        if before is not None and after:
            yield before, max(after, key=_sureness)
            return


def _sureness(candidate: Candidate) -> float:
    return candidate.confidence
