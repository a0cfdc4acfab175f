"""What people said about the facts of one article, laid over what the reader found in it: pure.

A correction speaks of one tie of the reader's, its *origin*, kept with the correction as it was. So it holds
when the article is read again, by whatever reader: what was marked wrong stays away, what was marked right or
edited stays as it is, found again or not. Corrections of one origin are taken in the order in which they were
made; of each field the last word counts, and so does the last word on whether the tie is there at all.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.names import name_key
from bot.relationships.ids import stable_id
from bot.values import SYMMETRIC_KINDS, Money, Status, Tie, TieKind

PERSON_RULE = "person"
PERSON_CONFIDENCE = 1.0


class Verdict(StrEnum):
    """What a person says of a tie."""

    RIGHT = "right"
    WRONG = "wrong"
    EDIT = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The fields that a person changed; None leaves one as it is, () and "" take it away."""

    kind: TieKind | None = None
    source: str | None = None
    target: str | None = None
    status: Status | None = None
    money: tuple[Money, ...] | None = None
    date: str | None = None

    def __bool__(self) -> bool:
        """Whether anything is changed at all."""
        fields = (self.kind, self.source, self.target, self.status, self.money, self.date)
        return any(field is not None for field in fields)

    def of(self, tie: Tie) -> Tie:
        """The tie with the changes made."""
        money = tie.money if self.money is None else next(iter(self.money), None)
        return replace(
            tie,
            kind=self.kind or tie.kind,
            source=self.source or tie.source,
            target=self.target or tie.target,
            status=self.status or tie.status,
            money=money,
            date=tie.date if self.date is None else self.date or None,
        )


@dataclass(frozen=True, slots=True)
class FactSaid:
    """A verdict on the reader's tie `origin`.

    `others` are the evidence marks of the ties of the same kind and parties that stood beside it in the
    article: what the person did not speak of.
    """

    verdict: Verdict
    origin: Tie
    others: tuple[str, ...] = ()
    edit: Edit = Edit()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCorrection:
    """What somebody said of one tie of one article; `number` orders a team's corrections."""

    number: int
    made_at: datetime
    user_id: str
    article_id: str
    said: FactSaid


@dataclass(frozen=True, slots=True)
class StatedTie:
    """A tie as it counts: the reader's own, or what people made of it (`by` is the last of them)."""

    tie: Tie
    origin: Tie
    by: str | None = None
    at: datetime | None = None


def evidence_mark(tie: Tie) -> str:
    """The same for one sentence however it is spaced, and wherever it stands."""
    words = " ".join(tie.evidence.text.casefold().split())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def origin_id(article_id: str, tie: Tie) -> str:
    """Names a tie of the reader's within the team, whatever its place in the text."""
    return stable_id("origin", article_id, *map(str, _claim(tie)), evidence_mark(tie))


def state_ties(ties: Iterable[Tie], corrections: Iterable[FactCorrection]) -> tuple[StatedTie, ...]:
    """The ties of one article as they count, those that nobody spoke of first.

    The order of `corrections` does not matter, their numbers do.
    """
    by_origin: defaultdict[tuple[object, ...], list[FactCorrection]] = defaultdict(list)
    for correction in sorted(corrections, key=lambda correction: correction.number):
        by_origin[_address(correction.said.origin)].append(correction)
    left = _unaddressed(list(ties), [group[0].said for group in by_origin.values()])
    stated: dict[tuple[object, ...], StatedTie] = {_place(tie): StatedTie(tie, tie) for tie in left}
    for group in sorted(by_origin.values(), key=lambda group: group[-1].number):
        tie = _result(group)
        if tie is not None:
            # Two ties that people made the same are one, as the last of them said it.
            stated.pop(_place(tie), None)
            stated[_place(tie)] = StatedTie(tie, group[0].said.origin, group[-1].user_id, group[-1].made_at)
    return tuple(stated.values())


def neighbours(tie: Tie, stated: Iterable[StatedTie]) -> tuple[str, ...]:
    """The evidence marks of an article's other ties of the same kind and parties, for `FactSaid.others`."""
    marks = {evidence_mark(other.origin) for other in stated if _claim(other.origin) == _claim(tie)}
    return tuple(sorted(marks - {evidence_mark(tie)}))


def _result(group: Sequence[FactCorrection]) -> Tie | None:
    """What the corrections of one origin, oldest first, make of it; None when it is not so."""
    if group[-1].said.verdict is Verdict.WRONG:
        return None
    tie = group[0].said.origin
    for correction in group:
        tie = correction.said.edit.of(tie)
    return replace(tie, confidence=PERSON_CONFIDENCE, rule=PERSON_RULE)


def _unaddressed(ties: Sequence[Tie], spoken_of: Sequence[FactSaid]) -> list[Tie]:
    """The ties of which no correction speaks.

    Where the reader now proves the same by another sentence, that is spoken of too.
    """
    exact = {_address(said.origin) for said in spoken_of}
    found = {_address(tie) for tie in ties}
    moved = [said for said in spoken_of if _address(said.origin) not in found]
    return [
        tie
        for tie in ties
        if _address(tie) not in exact and not any(_is_same_claim(said, tie) for said in moved)
    ]


def _is_same_claim(said: FactSaid, tie: Tie) -> bool:
    one, other = said.origin.money, tie.money
    contradicts = one is not None and other is not None and one != other
    return _claim(said.origin) == _claim(tie) and evidence_mark(tie) not in said.others and not contradicts


def _claim(tie: Tie) -> tuple[TieKind, str, str]:
    source, target = name_key(tie.source), name_key(tie.target)
    if tie.kind in SYMMETRIC_KINDS and target < source:
        source, target = target, source
    return tie.kind, source, target


def _address(tie: Tie) -> tuple[object, ...]:
    return *_claim(tie), evidence_mark(tie)


def _place(tie: Tie) -> tuple[object, ...]:
    """What makes the id of a stored tie, see `storage.ties`."""
    source, target = name_key(tie.source), name_key(tie.target)
    return tie.kind, source, target, tie.evidence.start, tie.evidence.end
