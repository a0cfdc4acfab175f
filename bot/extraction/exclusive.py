"""Ties that do not stand beside each other: what the network alone hears gives way to what is told surer.

A purchase is of all or of a part; who together fund or lend to a company are no partners by that; and of two
that words call rivals nobody else is the rival of both.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from bot.extraction.candidates import Candidate
from bot.extraction.merging import DEFAULT_THRESHOLD
from bot.values import TieKind

_PURCHASES = frozenset({TieKind.ACQUISITION, TieKind.INVESTMENT})
_SHARED = frozenset({TieKind.INVESTMENT, TieKind.FINANCING})


_Excludes = Callable[[Candidate], bool]


def without_excluded(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those of the network that another tie of their sentence excludes."""
    told = [c for c in found if c.confidence >= DEFAULT_THRESHOLD]
    rules = [_bought_otherwise(told), _giving_together(told), _rival_of_both(told)]
    return [c for c in found if not (c.by_network and any(excludes(c) for excludes in rules))]


def _bought_otherwise(told: Sequence[Candidate]) -> _Excludes:
    """A purchase of all where words tell one of a part, and the other way round."""
    bought: dict[tuple[int, str, str], set[TieKind]] = defaultdict(set)
    for c in told:
        if c.kind in _PURCHASES and not c.by_network:
            bought[c.sentence.start, c.source, c.target].add(c.kind)

    def excludes(candidate: Candidate) -> bool:
        kinds = bought.get((candidate.sentence.start, candidate.source, candidate.target))
        return candidate.kind in _PURCHASES and kinds is not None and candidate.kind not in kinds

    return excludes


def _giving_together(told: Sequence[Candidate]) -> _Excludes:
    """A partnership of two that fund or lend to the same company."""
    givers: dict[int, dict[tuple[TieKind, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for c in told:
        if c.kind in _SHARED:
            givers[c.sentence.start][c.kind, c.target].add(c.source)

    def excludes(candidate: Candidate) -> bool:
        return candidate.kind is TieKind.PARTNERSHIP and any(
            candidate.pair <= given for given in givers[candidate.sentence.start].values()
        )

    return excludes


def _rival_of_both(told: Sequence[Candidate]) -> _Excludes:
    """A rival of both of two that words call rivals."""
    rivals: dict[int, set[frozenset[str]]] = defaultdict(set)
    heard: dict[int, set[frozenset[str]]] = defaultdict(set)
    for c in told:
        if c.kind is TieKind.COMPETITION:
            (heard if c.by_network else rivals)[c.sentence.start].add(c.pair)

    def excludes(candidate: Candidate) -> bool:
        start = candidate.sentence.start
        return candidate.kind is TieKind.COMPETITION and any(
            {candidate.pair, pair ^ candidate.pair} <= heard[start] for pair in rivals[start]
        )

    return excludes
