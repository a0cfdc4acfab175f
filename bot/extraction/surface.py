"""The guarded surface pattern behind a verb's frame: source, trigger and target in order, in one clause.

It speaks only where the parser was silent, with less confidence.
"""

import re
from collections.abc import Iterator, Sequence

from bot.extraction.arguments import Arguments, Filler
from bot.extraction.candidates import Candidate
from bot.extraction.masking import Slot
from bot.extraction.mentions import MentionKind
from bot.extraction.modality import Stand, stand_of
from bot.extraction.settling import stake_kind
from bot.extraction.shares import PERCENT, percent_of
from bot.extraction.syntax import Parse
from bot.extraction.triggers import Trigger, find_triggers
from bot.values import TieKind

SURFACE = 0.72  # what a frame's confidence is multiplied with
ROLE_ARGUMENT = 0.93
_DIRECT = frozenset({"buy", "own", "sue"})  # the target is an object; else it follows a preposition
_FRAMES = _DIRECT | {"merge", "partner", "compete", "depend"}
_BEFORE = re.compile(r"[^,;:.()?!«»\"]{0,60}")
_OBJECT_WORDS = (
    "all of the issued share shares stake capital in a an la el los las de del en l le du majority "
    "remaining control interest acciones participación company empresa compañía startup outstanding ordinary "
    "firm group grupo rival parts société"
).split()
_AFTER_OBJECT = re.compile(
    rf"\s+(?:\d{{1,3}}(?:[.,]\d+)?\s?(?:%|per cent|por ciento)\s+)?"
    rf"(?:(?:that it does not already own|not already owned by it|{'|'.join(_OBJECT_WORDS)})\s*)*",
    re.IGNORECASE,
)
_AFTER_WITH = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:with|con|avec|against|contra|contre|on|upon|del?|d['’])\s+(?:la |el |the |le )?",
    re.IGNORECASE,
)
# "bought Y shares": not Y
_OF_IT = re.compile(
    r"['’]?s?\s+(?:shares?|stocks?|bonds?|options|notes|debt|products|jets|planes|aircraft|patents|stores)\b"
)
_STAKE_WORD = re.compile(r"stake|participaci|acciones|interest|%", re.IGNORECASE)
_HELD_IN = re.compile(r"\s+(?:in|en|dans)\b")


def match_surface(parse: Parse, found: Sequence[Candidate]) -> list[Candidate]:
    """What order alone tells, for the triggers that no syntactic match used."""
    used = {c.trigger for c in found}
    return [
        candidate
        for trigger in find_triggers(parse)
        if not trigger.noun
        and trigger.frame.id in _FRAMES
        and parse.masked.origin(trigger.token.idx) not in used
        for candidate in _match(parse, trigger)
    ]


def _match(parse: Parse, trigger: Trigger) -> Iterator[Candidate]:
    token, text = trigger.token, parse.masked.text
    before = [s for s in parse.masked.slots if s.end <= token.idx]
    after = [s for s in parse.masked.slots if s.start >= token.idx]
    if not before or not after or parse.is_passive(token):
        return
    source, target = before[-1], after[0]
    end = token.idx + len(token.text)
    between = text[end : target.start]
    gap = _AFTER_OBJECT if trigger.frame.id in _DIRECT else _AFTER_WITH
    if not _BEFORE.fullmatch(text[source.end : token.idx]) or not gap.fullmatch(between):
        return
    if trigger.frame.id == "own" and _HELD_IN.match(between):
        return  # "the interest that X holds in Y" does not say how much
    if target.authority or _is_object(parse, source) or _OF_IT.match(text, target.end):
        return
    if _is_seller(parse, target, between):
        return
    stand = stand_of(parse, trigger)
    if stand is not None and (not source.authority or trigger.frame.kind is TieKind.LITIGATION):
        yield from _candidates(parse, trigger, stand, source, target, between)


def _is_seller(parse: Parse, target: Slot, between: str) -> bool:
    """ "compra a Y un edificio": Y sells it, in the languages that have words for such a turn."""
    cues = parse.lexicon.cues
    if "seller_before" not in cues or not cues["seller_before"].fullmatch(between):
        return False
    return cues["goods_after"].match(parse.masked.text, target.end) is not None


def _is_object(parse: Parse, slot: Slot) -> bool:
    """ "X beat Y in the race to buy Z": Y is no buyer."""
    root = Arguments(parse).root(slot)
    return root.dep_ in ("dobj", "obj", "pobj", "iobj") or bool(parse.preposition(root))


def _candidates(
    parse: Parse, trigger: Trigger, stand: Stand, source: Slot, target: Slot, between: str
) -> Iterator[Candidate]:
    frame = trigger.frame
    kind = frame.kind
    if frame.stake:
        share = PERCENT.search(between)
        value = percent_of(share.group("share")) if share else None
        passed = frozenset({"stake"}) if _STAKE_WORD.search(between) else frozenset[str]()
        kind = stake_kind(frame, Filler(target.companies[0], target, passed, value))
    roles = sum(s.kind is MentionKind.ROLE for s in (source, target))
    for a in source.companies:
        for b in target.companies:
            if a != b:
                yield Candidate(
                    kind=kind,
                    source=a,
                    target=b,
                    status=stand.status,
                    confidence=round(frame.confidence * SURFACE * ROLE_ARGUMENT**roles, 3),
                    rule=f"{parse.lexicon.lang}.{frame.id}.surface",
                    sentence=parse.masked.span,
                    trigger=parse.masked.origin(trigger.token.idx),
                    near=(parse.masked.origin(source.start), parse.masked.origin(target.end)),
                    worded=stand.worded,
                )
