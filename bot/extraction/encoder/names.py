"""What the tagger says of a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Where the tagger sees a company's name, or a noun that stands for one, and how sure it is (0 to 1)."""

    start: int
    end: int
    probability: float
    role: bool = False
