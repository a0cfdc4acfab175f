"""Why each tie of an article was told or not, sentence by sentence: what `seams explain` shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.extraction.candidates import Candidate, tie_key
from bot.extraction.mentions import Companies
from bot.extraction.merging import DEFAULT_THRESHOLD
from bot.extraction.places import ByPlace
from bot.extraction.sentences import Span
from bot.values import Tie, TieKind


class Outcome(StrEnum):
    """What became of a tie that a sentence suggests."""

    TOLD = "told"
    WEAK = "too unsure"
    OUTWEIGHED = "another tie of the two says it better"


@dataclass(frozen=True, slots=True)
class Considered:
    """A tie that a sentence suggests, and what became of it."""

    candidate: Candidate
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """One sentence, the companies it speaks of (as the article names them), and the ties that it suggests."""

    text: str
    companies: tuple[str, ...]
    considered: tuple[Considered, ...]


def explain(
    text: str,
    spans: Sequence[Span],
    companies: Companies,
    candidates: Sequence[Candidate],
    ties: Sequence[Tie],
) -> tuple[ExplainedSentence, ...]:
    """The sentences that speak of a company or suggest a tie, in the text's order."""
    told = {tie_key(t.kind, t.source, t.target) for t in ties}
    everyone = ByPlace((*companies.mentions, *companies.authority_mentions))
    by_sentence: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in sorted(candidates, key=lambda c: -c.confidence):
        by_sentence[candidate.sentence.start].append(candidate)
    explained = []
    for span in spans:
        named = everyone.inside(span)
        considered = tuple(Considered(c, _outcome(c, told)) for c in by_sentence[span.start])
        if named or considered:
            names = tuple(dict.fromkeys(m.company for m in named))
            explained.append(ExplainedSentence(text[span.start : span.end], names, considered))
    return tuple(explained)


def _outcome(candidate: Candidate, told: set[tuple[TieKind, str, str]]) -> Outcome:
    if candidate.key in told:
        return Outcome.TOLD
    return Outcome.WEAK if candidate.confidence < DEFAULT_THRESHOLD else Outcome.OUTWEIGHED
