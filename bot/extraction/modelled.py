"""Sentences -> candidates by the trained model: two companies of a sentence, or of it and the one before.

Of a sentence that names many companies only the pairs nearest to each other are asked about, so the work is
bounded by the text's length.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bot.extraction.candidates import Candidate
from bot.extraction.encoder.classes import CLASSES
from bot.extraction.encoder.model import EncodedText, Question, Told
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.merging import DEFAULT_THRESHOLD, tie_key
from bot.extraction.places import ByPlace
from bot.extraction.sentences import MAX_SENTENCE, Span
from bot.values import TieKind

MAX_PAIRS = 28  # of one sentence: all of eight companies
# Of two names in a sentence, of a name and a noun that stands for one, of two sentences; and what is left of
# the network's probability: which company a noun or the sentence before means is itself in doubt.
PAIR, ROLE, ACROSS = "model.pair", "model.role", "model.across"
TRUST = {PAIR: 1.0, ROLE: 0.9, ACROSS: 0.8}
NEVER = 0.99  # the threshold of a kind that has none
FLOOR = 0.2  # what is less sure isn't even considered
_Key = tuple[TieKind, str, str, int]  # of a tie, and the start of its sentence


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and what its answer speaks of."""

    question: Question
    sentence: Span
    first: str
    second: str
    near: tuple[int, int]
    rule: str


def find_modelled(
    spans: Sequence[tuple[int, Span]], companies: Companies, encoded: EncodedText
) -> list[Candidate]:
    """Everything that the network sees any sign of, in the text's order."""
    asked = list(_questions(spans, companies))
    authorities = {a.name for a in companies.authorities} - {n.name for n in companies.names}
    return [
        candidate
        for question, told in zip(asked, encoded.ask([a.question for a in asked]), strict=True)
        if told is not None
        for candidate in _candidates(question, told, encoded.model.thresholds)
        if _is_allowed(candidate, authorities)
    ]


def _is_allowed(candidate: Candidate, authorities: set[str]) -> bool:
    """An authority is only ever the source of a litigation."""
    if candidate.target in authorities:
        return False
    return candidate.source not in authorities or candidate.kind is TieKind.LITIGATION


def combined(ruled: Sequence[Candidate], modelled: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of both; what both tell of a sentence is told once, by the rule, and surer."""
    told = {_key(c): c for c in modelled}
    held = {_key(c) for c in ruled}
    return [*(_surer(c, told.get(_key(c))) for c in ruled), *(c for k, c in told.items() if k not in held)]


def _surer(ruled: Candidate, same: Candidate | None) -> Candidate:
    if same is None:
        return ruled
    doubt = (1.0 - ruled.confidence) * (1.0 - same.confidence)
    return replace(ruled, confidence=round(1.0 - doubt, 3))


def _key(candidate: Candidate) -> _Key:
    return (*tie_key(candidate.kind, candidate.source, candidate.target), candidate.sentence.start)


def _candidates(asked: _Asked, told: Told, thresholds: dict[str, float]) -> Iterator[Candidate]:
    for (kind, forward), probability in zip(CLASSES, told.classes, strict=True):
        confidence = _confidence(TRUST[asked.rule] * probability, thresholds.get(kind.value, NEVER))
        if confidence < FLOOR:
            continue
        source, target = (asked.first, asked.second) if forward else (asked.second, asked.first)
        yield Candidate(
            kind=kind,
            source=source,
            target=target,
            status=told.status,
            confidence=confidence,
            rule=asked.rule,
            sentence=asked.sentence,
            trigger=asked.near[0],
            near=asked.near,
        )


def _confidence(probability: float, threshold: float) -> float:
    """The probability, stretched so that the threshold of its kind becomes that of all ties."""
    if probability < threshold:
        return round(DEFAULT_THRESHOLD * probability / threshold - 0.005, 2)
    rest = (probability - threshold) / (1.0 - threshold)
    return round(DEFAULT_THRESHOLD + (1.0 - DEFAULT_THRESHOLD) * rest, 2)


def _questions(spans: Sequence[tuple[int, Span]], companies: Companies) -> Iterator[_Asked]:
    everyone = ByPlace((*companies.mentions, *companies.authority_mentions))
    before: tuple[Mention, ...] = ()
    for _, span in spans:
        if span.end - span.start > MAX_SENTENCE:
            before = ()
            continue
        here = tuple(m for m in everyone.inside(span) if m.end <= span.end)
        yield from _of_sentence(span, here)
        yield from _across(before, span, here)
        before = here


def _of_sentence(span: Span, here: Sequence[Mention]) -> Iterator[_Asked]:
    names = list(dict.fromkeys(m.company for m in here))
    pairs = list(combinations(names, 2))
    if len(pairs) > MAX_PAIRS:
        pairs = sorted(pairs, key=lambda p: names.index(p[1]) - names.index(p[0]))[:MAX_PAIRS]
    for first, second in pairs:
        yield _asked(span, here, first, second)


def _across(before: Sequence[Mention], span: Span, here: Sequence[Mention]) -> Iterator[_Asked]:
    """Pairs of which only the sentence before names one end, and only this one the other."""
    earlier = dict.fromkeys(m.company for m in before)
    now = dict.fromkeys(m.company for m in here)
    pairs = [(a, b) for a in earlier if a not in now for b in now if b not in earlier]
    for first, second in pairs[:MAX_PAIRS]:
        yield replace(_asked(span, (*before, *here), first, second), rule=ACROSS)


def _asked(span: Span, mentions: Sequence[Mention], first: str, second: str) -> _Asked:
    a, b = ([m for m in mentions if m.company == name] for name in (first, second))
    places = sorted((m.start, m.end) for m in (*a, *b) if m.start >= span.start)
    question = Question(span.start, *(tuple((m.start, m.end) for m in of) for of in (a, b)))
    named = all(any(m.kind is MentionKind.NAME for m in of) for of in (a, b))
    near = (places[0][0], places[-1][1])
    return _Asked(question, span, first, second, near, PAIR if named else ROLE)
