"""One article's candidates -> its ties: one per pair, kind and direction, consistent with each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.extraction.candidates import Candidate
from bot.values import SYMMETRIC_KINDS, Evidence, Status, Tie, TieKind

# A tie below it is not told: where, on development labels, more than .85 of what is told is right.
DEFAULT_THRESHOLD = 0.6
HINT = 0.4  # from which confidence on a sentence counts as a further one
AGREEMENT = 0.04  # what each further sentence adds to the confidence
CEILING = 0.97
# One direction only, the surer one; supply, dependency and suits may go both ways, but for the first of these
# and its like not by one sentence.
_ONE_WAY = frozenset({TieKind.ACQUISITION, TieKind.OWNERSHIP, TieKind.INVESTMENT})
_ONE_WAY_BY_SENTENCE = frozenset({TieKind.SUPPLY, TieKind.LICENSING, TieKind.FINANCING})
_CLOSING = frozenset('.!?…"”»)')  # what ends a sentence, but no headline
_SAID_BETTER = (
    TieKind.SUPPLY,
    TieKind.ACQUISITION,
    TieKind.MERGER,
    TieKind.LICENSING,
    TieKind.INVESTMENT,
    TieKind.FINANCING,
)


def merge(
    found: Iterable[Candidate], text: str, names: Sequence[str] = (), threshold: float = DEFAULT_THRESHOLD
) -> tuple[Tie, ...]:
    """The article's ties in the order of their evidence; `names` are its companies as first named."""
    order = {name: place for place, name in enumerate(names)}
    groups: dict[tuple[TieKind, str, str], list[Candidate]] = defaultdict(list)
    for candidate in sorted(found, key=lambda c: (c.sentence.start, c.trigger, c.rule, c.source, c.target)):
        groups[candidate.key].append(candidate)
    ties = [_tie(group, text, order) for group in groups.values()]
    ties = [t for t in ties if t.confidence >= threshold]
    return tuple(sorted(_consistent(ties), key=lambda t: (t.evidence.start, t.kind, t.source, t.target)))


def _tie(group: Sequence[Candidate], text: str, order: Mapping[str, int]) -> Tie:
    """The best candidate speaks for the group; what it leaves open comes from the others."""
    best = max(group, key=lambda c: (round(c.confidence, 2), c.money is not None, -c.sentence.start))
    priced = [c for c in group if c.money is not None]
    dated = [c for c in group if c.date is not None]
    sentences = len({c.sentence.start for c in group if c.confidence >= HINT})
    source, target = best.source, best.target
    if best.kind in SYMMETRIC_KINDS and order.get(target, 0) < order.get(source, 0):
        source, target = target, source
    span = best.sentence
    return Tie(
        kind=best.kind,
        source=source,
        target=target,
        status=_status(group, best, text),
        money=best.money or (priced[0].money if priced else None),
        date=best.date or (dated[0].date if dated else None),
        confidence=round(min(CEILING, best.confidence + AGREEMENT * max(0, sentences - 1)), 2),
        evidence=Evidence(text[span.start : span.end], span.start, span.end),
        rule=best.rule,
    )


def _status(group: Sequence[Candidate], best: Candidate, text: str) -> Status:
    """An end or a denial told anywhere wins; else what the best evidence says."""
    sure = [c for c in group if c.confidence >= DEFAULT_THRESHOLD]
    for status in (Status.ENDED, Status.DENIED):
        if sure and sure[-1].status == status:
            return status
    if _is_timeless(best, text):
        return next((c.status for c in sure if not _is_timeless(c, text)), best.status)
    return best.status


def _is_timeless(candidate: Candidate, text: str) -> bool:
    """Whether the words leave open when: a bare noun, or a headline, whose present tense tells all times."""
    closed = text[candidate.sentence.end - 1 : candidate.sentence.end] in _CLOSING
    return not candidate.tensed or (candidate.status is Status.ANNOUNCED and not closed)


def _consistent(ties: Sequence[Tie]) -> list[Tie]:
    """Without the ties that another tie of the same pair makes untrue or idle."""
    held: dict[frozenset[str], dict[TieKind, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in ties:
        held[frozenset((tie.source, tie.target))][tie.kind].append(tie)
    return [t for t in ties if not _is_idle(t, held[frozenset((t.source, t.target))])]


def _order(tie: Tie) -> tuple[int, float]:
    return tie.evidence.start, -tie.confidence


def _is_idle(tie: Tie, pair: Mapping[TieKind, Sequence[Tie]]) -> bool:
    """Whether another tie of the pair makes this one untrue or says it better."""
    surer = [t for t in pair.get(tie.kind, ()) if t.confidence > tie.confidence]
    if tie.kind in _ONE_WAY and surer:
        return True
    if tie.kind in _ONE_WAY_BY_SENTENCE and any(t.evidence == tie.evidence for t in surer):
        return True
    if tie.kind in (TieKind.MERGER, TieKind.ACQUISITION):
        rival = TieKind.ACQUISITION if tie.kind is TieKind.MERGER else TieKind.MERGER
        # The verb decides: of "agreed to merge, under which X acquires Y" the first is meant.
        return any(_order(t) < _order(tie) for t in pair.get(rival, ()))
    # "An agreement", and what the network takes for an alliance, may be just what another tie says better.
    bare = tie.kind is TieKind.PARTNERSHIP and (tie.rule.startswith("model.") or ".agreement" in tie.rule)
    return bare and any(pair.get(kind) for kind in _SAID_BETTER)
