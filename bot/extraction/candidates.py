"""A tie as one sentence tells it, before the sentences of an article are put together."""

from dataclasses import dataclass

from bot.extraction.arbiter import Signs
from bot.extraction.sentences import Span
from bot.values import SYMMETRIC_KINDS, Money, Status, TieKind


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
    signs: Signs | None = None  # what its confidence was made of, where a network reads along
    tensed: bool = True  # whether the words say the status, or it is only what a bare noun suggests
    worded: bool = False  # whether words beside a verb's own tense say the status

    @property
    def key(self) -> tuple[TieKind, str, str]:
        """What two candidates share that say the same of the same two."""
        return tie_key(self.kind, self.source, self.target)

    @property
    def by_network(self) -> bool:
        """Whether no rule tells it, so that no words are known to tell it."""
        return self.signs is not None and self.signs.rule is None

    @property
    def pair(self) -> frozenset[str]:
        """The two companies, whichever way round."""
        return frozenset((self.source, self.target))


def tie_key(kind: TieKind, source: str, target: str) -> tuple[TieKind, str, str]:
    """What two ties share that say the same of the same two."""
    if kind in SYMMETRIC_KINDS:
        source, target = sorted((source, target))
    return kind, source, target
