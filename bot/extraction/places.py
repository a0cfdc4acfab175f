"""Mentions by where they start, so that whoever reads a sentence looks only at its own."""

from bisect import bisect_left
from collections.abc import Sequence

from bot.extraction.mentions import Mention
from bot.extraction.sentences import Span


class ByPlace:
    """Mentions by where they start, so that each sentence looks only at its own."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """`mentions` in any order."""
        self._mentions = sorted(mentions, key=lambda m: (m.start, m.end))
        self._starts = [m.start for m in self._mentions]

    def inside(self, span: Span) -> list[Mention]:
        """The mentions that start in a sentence."""
        return self._mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def before(self, end: int, most: int) -> list[Mention]:
        """The last mentions that start before a character, at most so many."""
        place = bisect_left(self._starts, end)
        return self._mentions[max(0, place - most) : place]
