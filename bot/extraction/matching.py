"""Frames applied to the parse of one sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.extraction.arguments import Arguments, Filler, Place
from bot.extraction.candidates import Candidate
from bot.extraction.frames import Frame, Roles, frames
from bot.extraction.mentions import MentionKind
from bot.extraction.modality import is_tensed, status_of
from bot.extraction.syntax import Parse
from bot.values import Status, TieKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# What the confidence of a frame is multiplied with.
ROLE_ARGUMENT = 0.93  # "the bank" instead of a name
FAR_ARGUMENT = 0.96  # through a governing word
UNIT = 0.8  # an unnamed unit, for which its owner stands
FILLED_ARGUMENT = 0.8  # the other company of a sentence that names two
CONTEXT_ARGUMENT = 0.8  # the subject of the sentence before
_CLAUSE_END = re.compile(
    r"[;:?!]|\.\s|,? (?:pero|aunque|mientras que|but|while|although|mais|tandis que|alors que) "
)
# What an agreement may be about that another frame tells better.
_NAMED_DEALS = frozenset(
    {"buy", "take", "bid", "sell", "merge", "invest", "stake", "license", "license_deal", "loan", "lend", "partner"}
)
_SUBJECT_GAP = re.compile(r"(?:,[^,;:?!]{3,120},)?[^,;:?!]{0,30}")


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentences before leave: the last subject and the last pair of companies."""

    subject: str | None = None
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    frame: Frame
    trigger: "Token"
    source: Filler
    target: Filler
    weight: float
    status: Status


def match_frames(parse: Parse, context: Context) -> list[Candidate]:
    """Every tie that the sentence's triggers tell by syntax."""
    arguments = Arguments(parse)
    found: list[Candidate] = []
    for trigger, frame, noun in triggers(parse):
        status = status_of(parse, trigger, frame, noun=noun)
        if status is None:
            continue
        matches = list(_matches(arguments, trigger, frame, noun, status, context))
        for match in matches:
            found += _candidate(parse, match, noun)
        if matches and status is Status.COMPLETED:
            found += _seller(arguments, matches[0], noun)
    return found


def triggers(parse: Parse) -> Iterator[tuple["Token", Frame, bool]]:
    """The words of a sentence that may tell a tie, with their frames."""
    lexicon = parse.lexicon
    for token in parse.doc:
        if parse.slot_at(token) is not None or len(token.text) < 3:
            continue
        for noun in (False, True):
            pos = "noun" if noun else "verb"
            if noun == parse.is_verb(token) and not (not noun and token.pos_ == "ADJ"):
                continue
            if token.i and parse.doc[token.i - 1].text in ("-", "–"):
                continue  # "post-acquisition"
            for name in lexicon.frames_of(token.lower_, pos):
                frame = frames()[name]
                if frame.roles(pos) and _needs_met(parse, token, name, pos):
                    yield token, frame, noun


def _needs_met(parse: Parse, token: "Token", name: str, pos: str) -> bool:
    needs = parse.lexicon.needs
    text = parse.masked.text
    after = needs.get(f"{name}.{pos}")
    before = needs.get(f"{name}.{pos}.before")
    clause = text[token.idx :]
    end = _CLAUSE_END.search(clause)
    clause = clause[: end.start()] if end else clause
    if after is not None and not after.search(clause):
        return False
    return (
        before is None
        or before.search(text[: token.idx]) is not None
        or before.search(token.lower_) is not None
    )


def _matches(
    arguments: Arguments, trigger: "Token", frame: Frame, noun: bool, status: Status, context: Context
) -> Iterator[_Match]:
    roles = frame.roles("noun" if noun else "verb")
    if roles is None:
        return
    places = arguments.places(trigger, noun=noun)
    if frame.object is not None and not _has_object(arguments, places, frame.object):
        return
    if frame.goods and any(
        arguments.fillers(p.token, frames()["buy"], source=False) for p in places if p.role == "obj" and not p.far
    ):
        return  # what is handed over is a company: a sale, no supply
    sources, source_weight = _fill(arguments, places, roles.source, frame, source=True)
    taken = {id(f.slot) for f in sources}
    targets, target_weight = _fill(arguments, places, roles.target, frame, source=False, taken=taken)
    if noun and frame.id == "stake":
        targets = [arguments.with_stake(trigger, t) for t in targets]
    if frame.symmetric and not targets:
        yield from _among(frame, trigger, sources, source_weight, status)
        return
    if frame.id == "buy" and not noun and sources and not targets and _buys_unit(arguments, places):
        targets, target_weight = _fill(arguments, places, ("from",), frame, source=False, taken=taken)
    weight = source_weight * target_weight
    if not sources or not targets:
        filled = _fill_missing(arguments, trigger, frame, noun, roles, places, sources, targets, context)
        if filled is None:
            return
        sources, targets, factor = filled
        weight *= factor
    for source in sources:
        for target in targets:
            if source.company != target.company:
                yield _Match(frame, trigger, source, target, weight, status)


def _buys_unit(arguments: Arguments, places: Iterable[Place]) -> bool:
    """ "acquires certain assets from Y": an unnamed unit stands for its owner."""
    unit = arguments.parse.lexicon.transparent["unit"]
    return any(p.role == "obj" and not p.far and unit.fullmatch(p.token.lower_) for p in places)


def _has_object(arguments: Arguments, places: Iterable[Place], table: str) -> bool:
    pattern = arguments.parse.lexicon.transparent[table]
    return any(p.role == "obj" and pattern.fullmatch(p.token.lower_) for p in places)


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


def _among(
    frame: Frame, trigger: "Token", fillers: Sequence[Filler], weight: float, status: Status
) -> Iterator[_Match]:
    """A symmetric tie between those that stand together ("X and Y merge")."""
    for i, first in enumerate(fillers):
        for second in fillers[i + 1 :]:
            if first.company != second.company:
                yield _Match(frame, trigger, first, second, weight, status)


def _fill_missing(
    arguments: Arguments,
    trigger: "Token",
    frame: Frame,
    noun: bool,
    roles: Roles,
    places: Sequence[Place],
    sources: list[Filler],
    targets: list[Filler],
    context: Context,
) -> tuple[list[Filler], list[Filler], float] | None:
    """One side is known: the other may be the only other company of the sentence, or the last subject."""
    if not sources and not targets:
        return None
    slots = [s for s in arguments.parse.masked.slots if not s.authority]
    companies = {c for s in slots for c in s.companies}
    known = sources or targets
    others = [Filler(c, s) for s in slots for c in s.companies if c not in {f.company for f in known}]
    if noun and frame.id in ("buy", "invest") and len(companies) == 2 and sources and others:
        if not any(
            p.role in ("in", "into", "of", "obj") and not _is_amount(p.token) for p in places if not p.far
        ):
            return sources, others[:1], FILLED_ARGUMENT
    if not sources and frame.id != "stake" and "subj" in roles.source and not any(p.role == "subj" for p in places):
        subject = _surface_subject(arguments, trigger, noun, {f.company for f in known})
        if subject:
            return subject, targets, FILLED_ARGUMENT
    if noun or context.subject is None or context.subject in companies:
        return None
    ghost = replace(known[0], company=context.subject, passed=frozenset(), percent=None)
    if not sources and "subj" in roles.source and _is_pro_drop(arguments, trigger, places):
        return [ghost], targets, CONTEXT_ARGUMENT
    if not targets and _is_verb_first(arguments, trigger, places, sources):
        return [replace(ghost, slot=sources[0].slot)], sources, CONTEXT_ARGUMENT
    if not targets and _is_pronoun(arguments, places, roles.target[0] if roles.target else ""):
        return sources, [ghost], CONTEXT_ARGUMENT
    return None


def _surface_subject(arguments: Arguments, trigger: "Token", noun: bool, known: set[str]) -> list[Filler]:
    """The company right before a verb that the parser left without any subject."""
    parse = arguments.parse
    verb = trigger
    if noun:
        above = [g.token for g in parse.governors(trigger) if g.link == "object"][:1]
        if not above or parse.lexicon.status_of(parse.word(above[0]), noun=False) is None:
            return []
        verb = above[0]
    before = [s for s in parse.masked.slots if s.end <= verb.idx and not s.authority]
    if not before or parse.is_passive(verb):
        return []
    group = next(g for g in arguments.groups if before[-1] in g)
    if _SUBJECT_GAP.fullmatch(parse.masked.text[before[-1].end : verb.idx]) is None:
        return []
    root = arguments.root(group[0])
    if root.dep_ not in ("ROOT", "dep", "nsubj") or parse.preposition(root):
        return []
    return [Filler(c, s) for s in group for c in s.companies if c not in known]


def _is_verb_first(
    arguments: Arguments, trigger: "Token", places: Iterable[Place], sources: Sequence[Filler]
) -> bool:
    """ "Compró Y en mayo": what the parser calls a subject is the object of an unsaid one."""
    slots = arguments.parse.masked.slots
    return (
        arguments.parse.lexicon.lang == "es"
        and trigger.dep_ == "ROOT"
        and all(s.start > trigger.idx for s in slots)
        and all(f.slot.start > trigger.idx for f in sources)
        and not any(p.role == "obj" for p in places)
    )


def _is_pronoun(arguments: Arguments, places: Iterable[Place], role: str) -> bool:
    """Whether a role is held by a pronoun alone ("It is owned by X", "X la vendió a Y")."""
    tokens = [p.token for p in places if p.role == role and not p.far]
    return bool(tokens) and all(t.lower_ in arguments.parse.lexicon.words["pronoun"] for t in tokens)


def _is_amount(token: "Token") -> bool:
    return token.like_num or any(c.like_num for c in token.children) or token.pos_ in ("NUM", "SYM")


def _is_pro_drop(arguments: Arguments, trigger: "Token", places: Iterable[Place]) -> bool:
    """A finite verb without any subject of its own, or with a pronoun for one."""
    subjects = [p.token for p in places if p.role == "subj"]
    if subjects:
        return all(t.lower_ in arguments.parse.lexicon.words["pronoun"] for t in subjects)
    if (
        arguments.parse.lexicon.lang != "es"
        or arguments.parse.is_participle(trigger)
        and not list(trigger.children)
    ):
        return False
    return trigger.dep_ in ("ROOT", "conj") or any(
        g.token.dep_ == "ROOT" and g.link == "clause" for g in arguments.parse.governors(trigger)
    )


def _candidate(parse: Parse, match: _Match, noun: bool) -> list[Candidate]:
    """The candidate of one match, its kind settled by what was bought or agreed; none when it says nothing."""
    settled = _settle_kind(parse, match, noun)
    if settled is None:
        return []
    kind, source, target, factor = settled
    if kind is TieKind.LITIGATION and match.target.slot.authority:
        if match.frame.id != "settle" or match.source.slot.authority:
            return []
        source, target = target, source  # "X settled with the prosecutor": the authority is the source
        match = replace(match, source=match.target, target=match.source)
    confidence = match.frame.confidence * match.weight * factor
    for filler in (match.source, match.target):
        if filler.slot.kind is MentionKind.ROLE:
            confidence *= ROLE_ARGUMENT
    if match.frame.authority and not match.source.slot.authority:
        return []
    at = match.trigger.idx
    ends = (
        match.source.slot.start,
        match.source.slot.end,
        match.target.slot.start,
        match.target.slot.end,
        at,
    )
    return [
        Candidate(
            kind=kind,
            source=source,
            target=target,
            status=match.status,
            confidence=round(confidence, 3),
            rule=f"{parse.lexicon.lang}.{match.frame.id}.{'noun' if noun else 'verb'}",
            sentence=parse.masked.span,
            trigger=parse.masked.origin(at),
            near=(parse.masked.origin(min(ends)), parse.masked.origin(max(ends))),
            tensed=is_tensed(parse, match.trigger, noun=noun),
        )
    ]


def _seller(arguments: Arguments, match: _Match, noun: bool) -> list[Candidate]:
    """Who has sold a whole company owned it until then."""
    if match.frame.id not in ("sell", "buy") or stake_kind(match.frame, match.target) is not TieKind.ACQUISITION:
        return []
    role = "from" if match.frame.id == "buy" else "subj"
    places = [p for p in arguments.places(match.trigger, noun=noun) if p.role == role]
    for place in places:
        for seller in arguments.fillers(place.token, match.frame, source=True):
            if seller.company not in (match.source.company, match.target.company) and not seller.slot.authority:
                gone = replace(match, source=seller, status=Status.ENDED, frame=frames()["sold"])
                return _candidate(arguments.parse, gone, noun)
    return []


def _settle_kind(parse: Parse, match: _Match, noun: bool) -> tuple[TieKind, str, str, float] | None:
    frame = match.frame
    source, target = match.source.company, match.target.company
    if frame.stake:
        kind = stake_kind(frame, match.target)
        if frame.id == "stake" and _is_sold(parse, match.trigger):
            return None  # the buyer's frame speaks of it
        if frame.id == "stake" and kind is TieKind.ACQUISITION and _is_held(parse, match.trigger):
            kind = TieKind.OWNERSHIP
        return None if kind is None else (kind, source, target, UNIT if "unit" in match.target.passed else 1.0)
    if frame.id == "agreement":
        return _agreement(parse, match, noun)
    return frame.kind, source, target, 1.0


def _is_sold(parse: Parse, trigger: "Token") -> bool:
    return any(
        "sell" in parse.lexicon.frames_of(g.token.lower_, "verb" if parse.is_verb(g.token) else "noun")
        for g in parse.governors(trigger)[:2]
    )


def _is_held(parse: Parse, trigger: "Token") -> bool:
    """Whether a stake is had rather than taken."""
    verbs = [g.token.lower_ for g in parse.governors(trigger) if g.link == "object"][:1]
    return not verbs or "own" in parse.lexicon.frames_of(verbs[0], "verb")


def stake_kind(frame: Frame, target: Filler) -> TieKind | None:
    """Half or more is a purchase or ownership, less an investment."""
    whole = TieKind.OWNERSHIP if frame.id == "own" else TieKind.ACQUISITION
    if frame.id == "own" and "stake" not in target.passed and target.percent is None:
        return whole
    if frame.id == "stake" and target.percent is None and "major" not in target.passed:
        return TieKind.INVESTMENT
    if target.percent is not None:
        return whole if target.percent >= 50 else TieKind.INVESTMENT
    if "minor" in target.passed:
        return TieKind.INVESTMENT
    if "major" in target.passed or "stake" not in target.passed:
        return whole
    return TieKind.INVESTMENT


def _agreement(parse: Parse, match: _Match, noun: bool) -> tuple[TieKind, str, str, float] | None:
    """A bare agreement is told apart by its topic: paid goods and services make it supply."""
    lexicon = parse.lexicon
    subtree = [t for t in match.trigger.subtree if t.i != match.trigger.i and abs(t.i - match.trigger.i) < 8]
    for token in subtree:
        for noun_word in (True, False):
            names = lexicon.frames_of(token.lower_, "noun" if noun_word else "verb")
            if any(
                frames()[n].id in _NAMED_DEALS
                for n in names
            ):
                return None
    text = parse.masked.text
    first, second = match.source.company, match.target.company
    after = text[match.trigger.idx :]
    if lexicon.cues["provide"].search(after):
        return TieKind.SUPPLY, first, second, 1.05
    paid = re.search(r"millones|million|billion|milliard|bn\b|\bM€", text)
    if lexicon.cues["supply_topic"].search(text) and paid:
        return TieKind.SUPPLY, second, first, 1.05
    return TieKind.PARTNERSHIP, first, second, 0.9
