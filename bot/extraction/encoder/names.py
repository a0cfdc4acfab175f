"""What the tagger says of a text."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Where the tagger sees a company's name, or a noun that stands for one, and how sure it is (0 to 1)."""

    start: int
    end: int
    probability: float
    role: bool = False


def coverage(start: int, end: int, names: Iterable[NameSpan]) -> float:
    """How surely the tagger takes a stretch of text for a name: the share it covers, by its probability."""
    return sum(max(0, min(end, n.end) - max(start, n.start)) * n.probability for n in names) / (end - start)
