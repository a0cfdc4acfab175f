"""Ties that do not stand beside each other: what the network alone hears gives way to what is told surer.

A purchase is of all or of a part; who together fund or lend to a company are no partners by that; and of two
that words call rivals nobody else is the rival of both.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.extraction.candidates import Candidate
from bot.extraction.merging import DEFAULT_THRESHOLD
from bot.values import TieKind

_PURCHASES = frozenset({TieKind.ACQUISITION, TieKind.INVESTMENT})
_SHARED = frozenset({TieKind.INVESTMENT, TieKind.FINANCING})


def without_excluded(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those of the network that another tie of their sentence excludes."""
    bought: dict[tuple[int, str, str], set[TieKind]] = defaultdict(set)
    givers: dict[tuple[int, TieKind, str], set[str]] = defaultdict(set)
    rivals: dict[int, set[frozenset[str]]] = defaultdict(set)
    heard: dict[int, set[frozenset[str]]] = defaultdict(set)
    for candidate in (c for c in found if c.confidence >= DEFAULT_THRESHOLD):
        start = candidate.sentence.start
        if candidate.kind in _PURCHASES and not candidate.by_network:
            bought[start, candidate.source, candidate.target].add(candidate.kind)
        if candidate.kind is TieKind.COMPETITION:
            (heard if candidate.by_network else rivals)[start].add(candidate.pair)
        if candidate.kind in _SHARED:
            givers[start, candidate.kind, candidate.target].add(candidate.source)
    together = [(start, given) for (start, _, _), given in givers.items() if len(given) > 1]

    def excluded(candidate: Candidate) -> bool:
        start = candidate.sentence.start
        if candidate.kind in _PURCHASES:
            told = bought.get((start, candidate.source, candidate.target), set())
            return bool(told) and candidate.kind not in told
        if candidate.kind is TieKind.PARTNERSHIP:
            return any(start == at and candidate.pair <= given for at, given in together)
        if candidate.kind is TieKind.COMPETITION:
            return any({candidate.pair, pair ^ candidate.pair} <= heard[start] for pair in rivals[start])
        return False

    return [c for c in found if not (c.by_network and excluded(c))]
