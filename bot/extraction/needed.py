"""What a text must hold for a regular expression to match: to look for that is far cheaper than to match."""

from collections.abc import Iterable, Iterator
from re import _constants as C  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (C.MAX_REPEAT, C.MIN_REPEAT, C.POSSESSIVE_REPEAT)


def needed(expression: str) -> frozenset[str]:
    """Strings of which every text that the expression matches holds one; none where nothing is known.

    Of all that the expression says the rarest is taken: that whose shortest string is longest.
    """
    return _rarest(_parser.parse(expression))


def _rarest(parsed: Iterable[Any]) -> frozenset[str]:
    return max(_needs(parsed), key=lambda some: (min(map(len, some)), -len(some)), default=frozenset())


def _needs(parsed: Iterable[Any]) -> Iterator[frozenset[str]]:
    """What each part of a sequence asks for by itself."""
    literal = ""
    for kind, value in [*parsed, (None, None)]:
        if kind is C.LITERAL:
            literal += chr(value)
            continue
        if literal:
            yield frozenset({literal})
            literal = ""
        if kind is C.BRANCH:
            branches = [_rarest(branch) for branch in value[1]]
            if all(branches):
                yield frozenset[str]().union(*branches)
        elif kind is C.SUBPATTERN and not value[1]:  # no flags of its own
            yield from _needs(value[3])
        elif kind in _REPEATS and value[0] > 0:
            yield from _needs(value[2])
