"""Frames applied to the parse of one sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.extraction.arguments import Arguments, Filler, Place
from bot.extraction.candidates import Candidate
from bot.extraction.frames import Frame, frames
from bot.extraction.mentions import MentionKind
from bot.extraction.missing import FILLED, Context, Missing, Sides
from bot.extraction.modality import Stand, stand_of
from bot.extraction.settling import Match, Settled, settle, stake_kind
from bot.extraction.syntax import Parse
from bot.extraction.triggers import Trigger, find_triggers
from bot.values import Status, TieKind

# What the confidence of a frame is multiplied with.
ROLE_ARGUMENT = 0.93  # "the bank" instead of a name
FAR_ARGUMENT = 0.96  # through a governing word


def match_frames(parse: Parse, context: Context) -> list[Candidate]:
    """Every tie that the sentence's triggers tell by syntax."""
    arguments = Arguments(parse)
    found: list[Candidate] = []
    for trigger in find_triggers(parse):
        stand = stand_of(parse, trigger)
        if stand is None:
            continue
        matches = list(_matches(arguments, trigger, stand, context))
        for match in matches:
            found += _candidates(parse, match)
        if matches and stand.status is Status.COMPLETED:
            found += _seller(arguments, matches[0])
    return found


def _matches(arguments: Arguments, trigger: Trigger, stand: Stand, context: Context) -> Iterator[Match]:
    frame = trigger.frame
    places = arguments.places(trigger.token, noun=trigger.noun)
    if not _object_fits(arguments, places, frame):
        return
    sources, weight = _fill(arguments, places, trigger.roles.source, frame, source=True)
    taken = {id(f.slot) for f in sources}
    targets, target_weight = _fill_targets(arguments, trigger, places, taken)
    if frame.symmetric and not targets and "obj" not in trigger.roles.target:  # who accuses accuses another
        for first, second in _pairs(sources):
            yield Match(trigger, first, second, weight, stand)
        return
    weight *= target_weight
    sides: Sides | None = Sides(sources, targets)
    if not sources or not targets:
        sides = Missing(arguments, trigger, places, Sides(sources, targets), context).fill()
        weight *= FILLED
    for source in sides.sources if sides else ():
        for target in sides.targets if sides else ():
            if source.company != target.company:
                yield Match(trigger, source, target, weight, stand)


def _object_fits(arguments: Arguments, places: Iterable[Place], frame: Frame) -> bool:
    """Whether a verb's object is what its frame asks for, and no company where goods are handed over."""
    objects = [p.token for p in places if p.role == "obj"]
    if frame.object is not None:
        pattern = arguments.parse.lexicon.transparent[frame.object]
        return any(pattern.fullmatch(t.lower_) for t in objects)
    own = [p.token for p in places if p.role == "obj" and not p.far]
    return not (frame.goods and any(arguments.fillers(t, frames()["buy"], source=False) for t in own))


def _fill_targets(
    arguments: Arguments, trigger: Trigger, places: Sequence[Place], taken: Iterable[int]
) -> tuple[list[Filler], float]:
    frame, roles = trigger.frame, trigger.roles.target
    targets, weight = _fill(arguments, places, roles, frame, source=False, taken=taken)
    if frame.id == "buy" and not trigger.noun and not targets and _buys_unit(arguments, places):
        return _fill(arguments, places, ("from",), frame, source=False, taken=taken)
    if frame.id == "stake" and trigger.noun:
        targets = [arguments.with_stake(trigger.token, t) for t in targets]
    return targets, weight


def _buys_unit(arguments: Arguments, places: Iterable[Place]) -> bool:
    """ "acquires certain assets from Y": an unnamed unit stands for its owner."""
    unit = arguments.parse.lexicon.transparent["unit"]
    return any(p.role == "obj" and not p.far and unit.fullmatch(p.token.lower_) for p in places)


def _fill(
    arguments: Arguments,
    places: Sequence[Place],
    roles: Sequence[str],
    frame: Frame,
    *,
    source: bool,
    taken: Iterable[int] = (),
) -> tuple[list[Filler], float]:
    """The companies in the first of the roles that has any, and the weight of how they were reached."""
    used = set(taken)
    for role in roles:
        for far in (False, True):
            found = [
                filler
                for place in places
                if place.role == role and place.far == far
                for filler in arguments.fillers(place.token, frame, source=source)
                if id(filler.slot) not in used
                and (frame.kind is TieKind.LITIGATION or not filler.slot.authority)
            ]
            if found:
                return found, FAR_ARGUMENT if far else 1.0
    return [], 1.0


def _pairs(fillers: Sequence[Filler]) -> Iterator[tuple[Filler, Filler]]:
    """A symmetric tie is between all that stand together ("X and Y merge")."""
    for i, first in enumerate(fillers):
        for second in fillers[i + 1 :]:
            if first.company != second.company:
                yield first, second


def _candidates(parse: Parse, match: Match) -> list[Candidate]:
    """The candidate of one match, none when it says nothing."""
    settled = settle(parse, match)
    oriented = _oriented(match, settled) if settled is not None else None
    if oriented is None:
        return []
    trigger = match.trigger
    at = trigger.token.idx
    slots = (match.source.slot, match.target.slot)
    ends = [at, *(s.start for s in slots), *(s.end for s in slots)]
    roles = sum(s.kind is MentionKind.ROLE for s in slots)
    confidence = trigger.frame.confidence * match.weight * oriented.factor * ROLE_ARGUMENT**roles
    return [
        Candidate(
            kind=oriented.kind,
            source=oriented.source,
            target=oriented.target,
            status=match.stand.status,
            confidence=round(confidence, 3),
            rule=f"{parse.lexicon.lang}.{trigger.frame.id}.{trigger.pos}",
            sentence=parse.masked.span,
            trigger=parse.masked.origin(at),
            near=(parse.masked.origin(min(ends)), parse.masked.origin(max(ends))),
            tensed=match.stand.worded or not trigger.noun,
            worded=match.stand.worded,
        )
    ]


def _oriented(match: Match, settled: Settled) -> Settled | None:
    """Authorities act and are not acted upon: "X settled with the prosecutor" is a suit against X."""
    source_acts, target_acts = match.source.slot.authority, match.target.slot.authority
    if target_acts:
        if match.trigger.frame.id != "settle" or source_acts:
            return None
        return replace(settled, source=settled.target, target=settled.source)
    if match.trigger.frame.authority and not source_acts:
        return None
    return settled


def _seller(arguments: Arguments, match: Match) -> list[Candidate]:
    """Who has sold a whole company owned it until then."""
    frame = match.trigger.frame
    if frame.id not in ("sell", "buy") or stake_kind(frame, match.target) is not TieKind.ACQUISITION:
        return []
    role = "from" if frame.id == "buy" else "subj"
    token, noun = match.trigger.token, match.trigger.noun
    for place in arguments.places(token, noun=noun):
        if place.role != role or "unit" in match.target.passed:
            continue
        for seller in arguments.fillers(place.token, frame, source=True):
            if (
                seller.company not in (match.source.company, match.target.company)
                and not seller.slot.authority
            ):
                sold = Trigger(token, frames()["sold"], noun)
                ended = replace(match.stand, status=Status.ENDED)
                return _candidates(arguments.parse, replace(match, source=seller, stand=ended, trigger=sold))
    return []
