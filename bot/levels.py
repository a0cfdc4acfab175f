"""The levels of a relationship."""

from enum import StrEnum


class Level(StrEnum):
    """The word for each level of a relationship, -2 to +2."""

    BROKEN = "broken"
    STRAINED = "strained"
    NEUTRAL = "neutral"
    COOPERATING = "cooperating"
    ALLIED = "allied"

    @property
    def number(self) -> int:
        """-2 for broken to +2 for allied."""
        return tuple(Level).index(self) - 2

    @classmethod
    def of(cls, number: int) -> "Level":
        """The word for a level from -2 to +2."""
        return tuple(cls)[number + 2]
