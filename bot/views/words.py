"""Kinds, statuses and levels in words. Sentences take the parties ready formatted."""

import re
from collections.abc import Mapping, Sequence

from bot.values import DEAL_KINDS, Level, Status, TieKind

_RUMORED, _ANNOUNCED, _COMPLETED, _ENDED, _DENIED = Status

# {a} is the source, {b} the target; [is|are] agrees with the source.
_SENTENCES: Mapping[TieKind, Mapping[Status, str]] = {
    TieKind.ACQUISITION: {
        _RUMORED: "{a} may acquire {b}",
        _ANNOUNCED: "{a} [is|are] to acquire {b}",
        _COMPLETED: "{a} acquired {b}",
        _ENDED: "{a}’s acquisition of {b} is off",
        _DENIED: "{a}’s acquisition of {b} was denied",
    },
    TieKind.MERGER: {
        _RUMORED: "{a} and {b} may merge",
        _ANNOUNCED: "{a} and {b} are to merge",
        _COMPLETED: "{a} and {b} merged",
        _ENDED: "The merger of {a} and {b} is off",
        _DENIED: "A merger of {a} and {b} was denied",
    },
    TieKind.INVESTMENT: {
        _RUMORED: "{a} may invest in {b}",
        _ANNOUNCED: "{a} [is|are] to invest in {b}",
        _COMPLETED: "{a} invested in {b}",
        _ENDED: "{a}’s investment in {b} ended",
        _DENIED: "{a}’s investment in {b} was denied",
    },
    TieKind.PARTNERSHIP: {
        _RUMORED: "{a} and {b} may become partners",
        _ANNOUNCED: "{a} and {b} are to be partners",
        _COMPLETED: "{a} and {b} are partners",
        _ENDED: "{a} and {b} are partners no more",
        _DENIED: "A partnership of {a} and {b} was denied",
    },
    TieKind.SUPPLY: {
        _RUMORED: "{a} may supply {b}",
        _ANNOUNCED: "{a} [supplies|supply] {b} (announced)",
        _COMPLETED: "{a} [supplies|supply] {b}",
        _ENDED: "{a} no longer [supplies|supply] {b}",
        _DENIED: "That {a} [supplies|supply] {b} was denied",
    },
    TieKind.LICENSING: {
        _RUMORED: "{a} may license to {b}",
        _ANNOUNCED: "{a} [licenses|license] to {b} (announced)",
        _COMPLETED: "{a} [licenses|license] to {b}",
        _ENDED: "{a} no longer [licenses|license] to {b}",
        _DENIED: "That {a} [licenses|license] to {b} was denied",
    },
    TieKind.FINANCING: {
        _RUMORED: "{a} may lend to {b}",
        _ANNOUNCED: "{a} [is|are] to lend to {b}",
        _COMPLETED: "{a} lent to {b}",
        _ENDED: "{a}’s financing of {b} ended",
        _DENIED: "{a}’s financing of {b} was denied",
    },
    TieKind.OWNERSHIP: {
        _RUMORED: "{a} may own {b}",
        _ANNOUNCED: "{a} [is|are] to own {b}",
        _COMPLETED: "{a} [owns|own] {b}",
        _ENDED: "{a} no longer [owns|own] {b}",
        _DENIED: "That {a} [owns|own] {b} was denied",
    },
    TieKind.DEPENDENCY: {
        _RUMORED: "{a} may depend on {b}",
        _ANNOUNCED: "{a} [is|are] to depend on {b}",
        _COMPLETED: "{a} [depends|depend] on {b}",
        _ENDED: "{a} no longer [depends|depend] on {b}",
        _DENIED: "That {a} [depends|depend] on {b} was denied",
    },
    TieKind.COMPETITION: {
        _RUMORED: "{a} and {b} may compete",
        _ANNOUNCED: "{a} and {b} are to compete",
        _COMPLETED: "{a} and {b} compete",
        _ENDED: "{a} and {b} no longer compete",
        _DENIED: "That {a} and {b} compete was denied",
    },
    TieKind.DISPUTE: {
        _RUMORED: "{a} and {b} may be in dispute",
        _ANNOUNCED: "A dispute between {a} and {b} is announced",
        _COMPLETED: "{a} and {b} are in dispute",
        _ENDED: "The dispute between {a} and {b} ended",
        _DENIED: "A dispute between {a} and {b} was denied",
    },
    TieKind.LITIGATION: {
        _RUMORED: "{a} may take legal action against {b}",
        _ANNOUNCED: "{a} [is|are] to take legal action against {b}",
        _COMPLETED: "{a} [is|are] taking legal action against {b}",
        _ENDED: "{a}’s legal action against {b} ended",
        _DENIED: "{a}’s legal action against {b} was denied",
    },
}
_AGREEING = re.compile(r"\[(\w+)\|(\w+)\]")
_STATUSES = {
    Status.RUMORED: "rumoured",
    Status.ANNOUNCED: "announced",
    Status.COMPLETED: "completed",
    Status.ENDED: "ended",
    Status.DENIED: "denied",
}
# A standing tie is not something that gets completed.
_STANDING = frozenset(TieKind) - DEAL_KINDS | {TieKind.PARTNERSHIP, TieKind.SUPPLY, TieKind.LICENSING}
_LEVELS = {
    Level.BROKEN: "broken",
    Level.STRAINED: "strained",
    Level.NEUTRAL: "neutral",
    Level.COOPERATING: "cooperating",
    Level.ALLIED: "allied",
}


def tie_sentence(kind: TieKind, status: Status, source: str, target: str, *, plural: bool = False) -> str:
    """What two companies are to each other, without a full stop: "Microsoft acquired Inflection".

    `plural` says that `source` enumerates several.
    """
    sentence = _AGREEING.sub(lambda forms: forms[2 if plural else 1], _SENTENCES[kind][status])
    return sentence.format(a=source, b=target)


def status_word(status: Status, kind: TieKind | None = None) -> str:
    """A status in one word: "rumoured"; a standing tie that holds is "in force"."""
    return "in force" if status is Status.COMPLETED and kind in _STANDING else _STATUSES[status]


def level_word(level: Level) -> str:
    """A level in one word: "strained"."""
    return _LEVELS[level]


def joined(names: Sequence[str], *, most: int = 3) -> str:
    """Names as one enumerates them: "A", "A and B", "A, B and 4 others"."""
    if len(names) > most:
        rest = len(names) - (most - 1)
        return f"{', '.join(names[: most - 1])} and {rest} others"
    return _enumerated(names, " and ")


def either(names: Sequence[str]) -> str:
    """Names to choose from: "A", "A or B", "A, B or C"."""
    return _enumerated(names, " or ")


def _enumerated(names: Sequence[str], last: str) -> str:
    return last.join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: "1 deal", "12 deals"."""
    return f"{count} {one if count == 1 else many}"


_KINDS = {
    TieKind.ACQUISITION: "acquisitions",
    TieKind.MERGER: "mergers",
    TieKind.INVESTMENT: "investments",
    TieKind.PARTNERSHIP: "partnerships",
    TieKind.SUPPLY: "supply contracts",
    TieKind.LICENSING: "licences",
    TieKind.FINANCING: "loans and credit",
}


def kind_words(kind: TieKind) -> str:
    """A kind of deal in the plural: "acquisitions"."""
    return _KINDS.get(kind, kind.value)
