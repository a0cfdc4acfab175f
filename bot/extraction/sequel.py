"""What a text says of a deal before and behind the words that tell it, and in the sentence after them.

"The purchase of Y is under consideration", "bought Y, pending approval", "denies that it bought Y", "X bid
for Y. The deal came to nothing."
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.candidates import Candidate
from bot.extraction.frames import Lexicon
from bot.extraction.sentences import Span
from bot.values import Status, TieKind

EVENTS = frozenset({TieKind.ACQUISITION, TieKind.MERGER, TieKind.INVESTMENT})  # of which it is asked
_STATUSES = ("ended", "rumored", "announced")
_CLAUSE = re.compile(r"[,;:.?!()](?!\d)")
_REACH = 80  # characters behind the words that tell a deal
_ASIDE = re.compile(r",[^,;:.?!]{2,30},")  # "the deal, however, came to nothing"
_NEAR = 20  # characters from "the deal" to what is said of it
_LIKELY = 0.5  # the confidence from which a candidate tells what "the deal" is
_QUOTES = ' "“”‘«»¿'
# What may be told of a deal afterwards, and of which statuses it makes another.
_AFTERWARDS = (
    ("ended", Status.ENDED, frozenset({Status.RUMORED, Status.ANNOUNCED, Status.COMPLETED})),
    ("announced", Status.ANNOUNCED, frozenset({Status.COMPLETED})),
)


def told_around(text: str, start: int, end: int, lexicon: Lexicon, *, noun: bool) -> set[str]:
    """The statuses told around the words at start..end; what a clause goes on to say is said of a `noun`."""
    cues = lexicon.cues
    rest = text[end : end + _REACH]
    found = {"denied"} if cues["denied_that"].search(text[:start]) else set[str]()
    if cues["awaiting"].search(rest):
        found.add("announced")
    if noun:
        clause = _CLAUSE.split(rest, maxsplit=1)[0]
        other = cues["other_clause"].search(clause)
        said = clause[: other.start()] if other else clause
        found.update(name for name in _STATUSES if cues[f"said_{name}"].search(said))
    return found


def told_afterwards(
    found: Sequence[Candidate], spans: Sequence[Span], text: str, lexicon: Lexicon
) -> list[Candidate]:
    """The candidates with what a later clause or the next sentence says of "the deal" that they tell."""
    told = list(found)
    for place, span in enumerate(spans):
        for deal in lexicon.cues["this_deal"].finditer(text, span.start, span.end):
            said = _said_of(text[span.start : span.end], deal.start() - span.start, deal.group(), lexicon)
            if said is None:
                continue
            meant = [c for c in told if c.sentence == span and c.near[1] <= deal.start()]
            if not _deals(meant) and place:
                meant = [c for c in told if c.sentence == spans[place - 1]]
            told = _with_status(told, _deals(meant), *said)
    return told


def _said_of(
    sentence: str, start: int, deal: str, lexicon: Lexicon
) -> tuple[Status, frozenset[Status]] | None:
    """The status that a sentence gives a deal named at `start`, and which statuses it replaces."""
    clause = sentence[max(sentence.rfind(mark, 0, start) for mark in ",;:") + 1 : start + len(deal)]
    if "?" in sentence or lexicon.cues["hypothetical"].match(clause.lstrip(_QUOTES)):
        return None
    end = start + len(deal)
    aside = _ASIDE.match(sentence, end)
    rest = _CLAUSE.split(sentence[aside.end() if aside else end :], maxsplit=1)[0]
    words = rest.split(maxsplit=1)
    if not words or words[0].lower() in lexicon.roles:
        return None  # "the purchase of shares" is another
    for name, status, replaced in _AFTERWARDS:
        said = lexicon.cues[f"said_{name}"].search(rest)
        if said is not None and said.start() <= _NEAR:
            return status, replaced
    return None


def _deals(found: Sequence[Candidate]) -> list[Candidate]:
    """Those that tell a deal, if all that are likely tell it of the same two companies."""
    deals = [c for c in found if c.kind in EVENTS]
    likely = {c.pair for c in deals if c.confidence >= _LIKELY}
    return [c for c in deals if c.pair in likely] if len(likely) == 1 else []


def _with_status(
    found: Sequence[Candidate], deals: Sequence[Candidate], status: Status, replaced: frozenset[Status]
) -> list[Candidate]:
    changed = {id(c) for c in deals if c.status in replaced}
    return [replace(c, status=status, tensed=True) if id(c) in changed else c for c in found]
