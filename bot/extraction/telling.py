"""Which word of a sentence tells a tie that the network heard there without naming one."""

import re

from bot.extraction.candidates import Candidate
from bot.extraction.frames import frames, lexicon
from bot.values import TieKind

_BOUGHT = frozenset({TieKind.ACQUISITION, TieKind.INVESTMENT, TieKind.MERGER})  # told by the same words
_WORD = re.compile(r"[^\W\d_]+")


def told_at(candidate: Candidate, text: str, lang: str) -> int | None:
    """Where a tie is told: at its rule's trigger, else the first word between the two that tells such."""
    if not candidate.by_network:
        return candidate.trigger
    words, kinds = lexicon(lang), frames()
    wanted = _BOUGHT if candidate.kind in _BOUGHT else {candidate.kind}
    for word in _WORD.finditer(text, *candidate.near):
        named = (f for pos in words.triggers for f in words.frames_of(word.group().lower(), pos))
        if any(f in kinds and kinds[f].kind in wanted for f in named):
            return word.start()
    return None
