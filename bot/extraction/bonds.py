"""Standing bonds that no frame's syntax catches: mutual ones, and those said of "the relationship"."""

import re
from collections.abc import Iterator, Sequence

from bot.extraction.arguments import Arguments
from bot.extraction.candidates import Candidate
from bot.extraction.masking import Slot
from bot.extraction.missing import FILLED, Context
from bot.extraction.modality import stand_of
from bot.extraction.syntax import Parse
from bot.extraction.triggers import find_triggers
from bot.values import Status, TieKind

_MUTUAL = 0.85
_TENSION = 0.66
_OF_RELATION = 0.74
_STRAINED = 0.78
_PARTICIPANT = 0.76


def match_bonds(parse: Parse, context: Context, found: Sequence[Candidate]) -> list[Candidate]:
    """Mutual dependence, tensions in a sentence of two companies, and what is said of the relationship."""
    known = {(c.kind, c.pair) for c in found}
    bonds = [
        *_mutual(parse),
        *_tensions(parse),
        *_of_the_relation(parse, context),
        *_strained(parse),
        *_investors(parse, context),
        *_participants(parse, found),
    ]
    return [b for b in bonds if b.kind is TieKind.DEPENDENCY or (b.kind, b.pair) not in known]


def _companies(parse: Parse) -> list[str]:
    return list(dict.fromkeys(c for s in parse.masked.slots if not s.authority for c in s.companies))


def _mutual(parse: Parse) -> Iterator[Candidate]:
    """ "X and Y depend on each other": once in each direction."""
    both = parse.lexicon.glue["both"].search(parse.masked.text)
    if both is None:
        return
    for trigger in find_triggers(parse):
        if trigger.frame.id != "depend" or not 0 < both.start() - trigger.token.idx < 40:
            continue
        stand = stand_of(parse, trigger)
        before = [s for s in parse.masked.slots if s.end <= trigger.token.idx]
        named = list(dict.fromkeys(c for s in before for c in s.companies))
        if stand is None or len(named) != 2:
            continue
        for source, target in (named, named[::-1]):
            yield _bond(
                parse, TieKind.DEPENDENCY, source, target, _MUTUAL, "mutual", trigger.token.idx, stand.status
            )


def _tensions(parse: Parse) -> Iterator[Candidate]:
    """Friction told in a sentence of exactly two companies, between which or before which it stands."""
    named = _companies(parse)
    if len(named) != 2:
        return
    slots = [s for s in parse.masked.slots if not s.authority]
    for trigger in find_triggers(parse):
        if trigger.frame.kind is not TieKind.DISPUTE or not trigger.noun or trigger.frame.id == "break_up":
            continue
        if not slots[0].start < trigger.token.idx < slots[-1].start or slots[-1].start - slots[0].end > 160:
            continue
        stand = stand_of(parse, trigger)
        if stand is not None and _no_clause_between(parse, slots, trigger.token.idx):
            yield _bond(
                parse,
                TieKind.DISPUTE,
                named[0],
                named[1],
                _TENSION,
                "tension",
                trigger.token.idx,
                stand.status,
            )


def _no_clause_between(parse: Parse, slots: Sequence[Slot], at: int) -> bool:
    text = parse.masked.text
    left = text[max((s.end for s in slots if s.end <= at), default=0) : at]
    right = text[at : min((s.start for s in slots if s.start > at), default=len(text))]
    return not any(mark in left + right for mark in (";", ":", ". ", "(", ", "))


def _of_the_relation(parse: Parse, context: Context) -> Iterator[Candidate]:
    """ "The relationship ... is now a mutual competition": said of the pair that was last spoken of."""
    if context.pair is None or _companies(parse):
        return
    text = parse.masked.text
    relation = parse.lexicon.cues["relation"].search(text)
    if relation is None:
        return
    mutual = parse.lexicon.cues["mutual"].search(text, relation.end())
    if mutual is None:
        return
    confidence = _OF_RELATION
    for trigger in find_triggers(parse):
        if trigger.frame.kind is TieKind.COMPETITION and trigger.token.idx >= relation.end():
            stand = stand_of(parse, trigger)
            if stand is not None:
                first, second = context.pair
                yield _bond(
                    parse,
                    TieKind.COMPETITION,
                    first,
                    second,
                    confidence,
                    "relation",
                    trigger.token.idx,
                    stand.status,
                )
                return


def _strained(parse: Parse) -> Iterator[Candidate]:
    """ "Relations between X and Y have frayed", "la tensa relación entre X e Y"."""
    words = parse.lexicon.cues
    text = parse.masked.text
    for match in words["relation_between"].finditer(text):
        after = next((g for g in Arguments(parse).groups if g[0].start == match.end()), [])
        named = list(dict.fromkeys(c for s in after for c in s.companies))
        if len(named) != 2:
            continue
        around = text[max(0, match.start() - 25) : match.end()] + text[after[-1].end :][:60]
        if words["strained"].search(around) and "?" not in around and "¿" not in around:
            status = Status.COMPLETED
            yield _bond(
                parse, TieKind.DISPUTE, named[0], named[1], _STRAINED, "strained", match.start(), status
            )


def _participants(parse: Parse, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """ "... with participation from X": X joins the round that the sentence tells of."""
    rounds = [c for c in found if c.kind is TieKind.INVESTMENT and c.rule.split(".")[1] in ("round", "raise")]
    for match in parse.lexicon.cues["participation"].finditer(parse.masked.text):
        group = next((g for g in Arguments(parse).groups if g[0].start == match.end()), [])
        for company in dict.fromkeys(c for s in group for c in s.companies):
            if rounds and company != rounds[0].target:
                yield _bond(
                    parse,
                    TieKind.INVESTMENT,
                    company,
                    rounds[0].target,
                    _PARTICIPANT,
                    "participant",
                    match.start(),
                    rounds[0].status,
                )


def _investors(parse: Parse, context: Context) -> Iterator[Candidate]:
    """ "Investors such as X and Y have shown interest": in the only other company, or the last subject."""
    arguments = Arguments(parse)
    pattern = re.compile(
        rf"\b(?:{parse.lexicon.relations['investor']})\s+(?:como|such as|like|including|comme|tels que)\s+"
        r"(?:la |el |the )?$",
        re.IGNORECASE,
    )
    text = parse.masked.text
    for group in arguments.groups:
        before = text[: group[0].start]
        match = pattern.search(before)
        if match is None:
            continue
        inside = {c for s in group for c in s.companies}
        others = [c for c in _companies(parse) if c not in inside]
        target = others[0] if len(others) == 1 else (context.subject if not others else None)
        if target is None or target in inside:
            continue
        rumored = parse.lexicon.cues["rumored"].search(text)
        status = Status.RUMORED if rumored else Status.COMPLETED
        for company in dict.fromkeys(c for s in group for c in s.companies):
            factor = 1.0 if others else FILLED
            yield _bond(
                parse, TieKind.INVESTMENT, company, target, 0.78 * factor, "investors", match.start(), status
            )


def _bond(
    parse: Parse,
    kind: TieKind,
    source: str,
    target: str,
    confidence: float,
    rule: str,
    at: int,
    status: Status,
) -> Candidate:
    place = parse.masked.origin(at)
    return Candidate(
        kind=kind,
        source=source,
        target=target,
        status=status,
        confidence=confidence,
        rule=f"{parse.lexicon.lang}.{rule}",
        sentence=parse.masked.span,
        trigger=place,
        near=(place, place),
    )
