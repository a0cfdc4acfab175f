"""The guarded surface pattern behind each syntactic frame: source, trigger and target in order, in one clause.

It speaks only where the parser was silent, with less confidence.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.extraction.arguments import Filler
from bot.extraction.candidates import Candidate
from bot.extraction.frames import Frame
from bot.extraction.masking import Slot
from bot.extraction.matching import stake_kind, triggers
from bot.extraction.mentions import MentionKind
from bot.extraction.modality import status_of
from bot.extraction.syntax import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

SURFACE = 0.72  # what a frame's confidence is multiplied with
_FRAMES = frozenset({"buy", "merge", "partner", "own", "sue", "compete", "depend"})
_BEFORE = re.compile(r"^[^,;:.()?!«»\"]{0,60}$")
_AFTER_OBJECT = re.compile(
    r"^\s+(?:(?:100|\d{1,3}(?:[.,]\d+)?)\s?(?:%|per cent|por ciento)\s+)?(?:(?:all|of|the|issued|share|shares|stake|capital|in|"
    r"a|an|la|el|los|las|de|del|en|l|le|du|majority|remaining|control|interest|acciones|participación|company|empresa|compañía|"
    r"startup|that it does not already own|not already owned by it|outstanding|ordinary|firm|group|grupo|rival|parts|société|capital)\s*)*$",
    re.IGNORECASE,
)
_AFTER_WITH = re.compile(
    r"^\s+(?:\w+\s+){0,2}?(?:with|con|avec|against|contra|contre|on|upon|de|del|d['’])\s+(?:la |el |the |le )?$",
    re.I,
)


def match_surface(parse: Parse, found: Sequence[Candidate]) -> list[Candidate]:
    """What order alone tells, for the triggers that no syntactic match used."""
    used = {c.trigger for c in found}
    result: list[Candidate] = []
    for trigger, frame, noun in triggers(parse):
        if noun or frame.id not in _FRAMES or parse.masked.origin(trigger.idx) in used:
            continue
        result += _match(parse, trigger, frame)
    return result


def _match(parse: Parse, trigger: "Token", frame: Frame) -> Iterator[Candidate]:
    text = parse.masked.text
    slots = [s for s in parse.masked.slots if not s.authority or frame.kind.value == "litigation"]
    before = [s for s in slots if s.end <= trigger.idx]
    after = [s for s in slots if s.start >= trigger.idx]
    if not before or not after or parse.is_passive(trigger):
        return
    source, target = before[-1], after[0]
    end = trigger.idx + len(trigger.text)
    gap = _AFTER_OBJECT if frame.id in ("buy", "own", "sue") else _AFTER_WITH
    if not _BEFORE.match(text[source.end : trigger.idx]) or not gap.match(text[end : target.start]):
        return
    status = status_of(parse, trigger, frame, noun=False)
    if status is None or target.authority:
        return
    if frame.id == "own" and re.match(r"\s+(?:in|en|dans)\b", text[end:]):
        return  # "the interest that X holds in Y" does not say how much
    yield from _candidates(parse, trigger, frame, source, target, text[end : target.start])
    return


def _candidates(
    parse: Parse, trigger: "Token", frame: Frame, source: Slot, target: Slot, between: str
) -> Iterator[Candidate]:
    status = status_of(parse, trigger, frame, noun=False)
    percent = re.search(r"(\d{1,3}(?:[.,]\d+)?)\s?(?:%|per cent|por ciento)", between)
    stake = (
        frozenset({"stake"}) if re.search(r"stake|participaci|acciones|interest|%", between) else frozenset()
    )
    value = float(percent.group(1).replace(",", ".")) if percent else None
    kind = frame.kind
    if frame.stake:
        settled = stake_kind(frame, Filler(target.companies[0], target, stake, value))
        if settled is None:
            return
        kind = settled
    factor = SURFACE * (0.93 if MentionKind.ROLE in (source.kind, target.kind) else 1.0)
    for a in source.companies:
        for b in target.companies:
            if a != b and status is not None:
                yield Candidate(
                    kind=kind,
                    source=a,
                    target=b,
                    status=status,
                    confidence=round(frame.confidence * factor, 3),
                    rule=f"{parse.lexicon.lang}.{frame.id}.surface",
                    sentence=parse.masked.span,
                    trigger=parse.masked.origin(trigger.idx),
                    near=(parse.masked.origin(source.start), parse.masked.origin(target.end)),
                )
