"""What a sentence says of a deal before and behind the words that tell it.

"The purchase of Y is under consideration", "bought Y, pending approval", "denies that it bought Y".
"""

import re

from bot.extraction.frames import Lexicon
from bot.values import TieKind

EVENTS = frozenset({TieKind.ACQUISITION, TieKind.MERGER, TieKind.INVESTMENT})  # of which it is asked
_STATUSES = ("ended", "rumored", "announced")
_CLAUSE = re.compile(r"[,;:.?!()](?!\d)")
_REACH = 80  # characters behind the words that tell a deal


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
