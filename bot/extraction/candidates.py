"""A tie as one sentence tells it, before the sentences of an article are put together."""

from dataclasses import dataclass

from bot.extraction.sentences import Span
from bot.values import Money, Status, TieKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One tie of one sentence; offsets are into the article."""

    kind: TieKind
    source: str
    target: str
    status: Status
    confidence: float
    rule: str
    sentence: Span
    trigger: int
    near: tuple[int, int]  # the stretch from the first to the last of source, trigger and target
    money: Money | None = None
    date: str | None = None
    tensed: bool = True  # whether the words say the status, or it is only what a bare noun suggests

    @property
    def pair(self) -> frozenset[str]:
        """The two companies, whichever way round."""
        return frozenset((self.source, self.target))
