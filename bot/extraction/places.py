"""What stands in a text by where it starts, so that whoever reads a sentence looks only at its own."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from bot.extraction.sentences import Span


class Placed(Protocol):
    """Anything with offsets into the article: a mention, a sum, a day, a tagged name."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""


_Placed = TypeVar("_Placed", bound=Placed)


class ByPlace(Generic[_Placed]):
    """Such things by where they start."""

    def __init__(self, places: Iterable[_Placed]) -> None:
        """`places` in any order."""
        self._places = sorted(places, key=lambda p: (p.start, p.end))
        self._starts = [p.start for p in self._places]

    def inside(self, span: Span) -> list[_Placed]:
        """Those that start in a stretch of the text."""
        return self._places[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def before(self, end: int, most: int) -> list[_Placed]:
        """The last that start before a character, at most so many."""
        place = bisect_left(self._starts, end)
        return self._places[max(0, place - most) : place]
