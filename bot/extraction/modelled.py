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
from bot.extraction.mentions import Companies, Mention
from bot.extraction.merging import DEFAULT_THRESHOLD, tie_key
from bot.extraction.sentences import MAX_SENTENCE, Span
from bot.values import TieKind

MAX_PAIRS = 28  # of one sentence: all of eight companies
RULE = "model.pair"
NEVER = 0.99  # the threshold of a kind that has none
FLOOR = 0.2  # what is less sure isn't even considered
UNSUPPORTED = 0.7  # what is left of a rule's confidence where the network sees no such tie
_Key = tuple[TieKind, str, str, int]  # of a tie, and the start of its sentence


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and what its answer speaks of."""

    question: Question
    sentence: Span
    first: str
    second: str
    near: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Modelled:
    """What the network sees any sign of, and of which pairs and sentences (by their start) it was asked."""

    candidates: tuple[Candidate, ...]
    asked: frozenset[tuple[frozenset[str], int]]


def find_modelled(spans: Sequence[tuple[int, Span]], companies: Companies, encoded: EncodedText) -> Modelled:
    """Ask the network about the pairs of every sentence."""
    asked = list(_questions(spans, companies))
    answers = list(zip(asked, encoded.ask([a.question for a in asked]), strict=True))
    return Modelled(
        tuple(c for q, told in answers if told for c in _candidates(q, told, encoded.model.thresholds)),
        frozenset((frozenset((q.first, q.second)), q.sentence.start) for q, told in answers if told),
    )


def combined(ruled: Sequence[Candidate], modelled: Modelled) -> list[Candidate]:
    """The candidates of both: what both tell gains, what the network was asked and does not tell loses."""
    told = {_key(c): c for c in modelled.candidates}
    held = {_key(c) for c in ruled}
    return [*(_weighed(c, modelled, told) for c in ruled), *(c for k, c in told.items() if k not in held)]


def _weighed(ruled: Candidate, modelled: Modelled, told: dict[_Key, Candidate]) -> Candidate:
    same = told.get(_key(ruled))
    if same is not None:
        doubt = (1.0 - ruled.confidence) * (1.0 - same.confidence)
        return replace(ruled, confidence=round(1.0 - doubt, 3))
    if (ruled.pair, ruled.sentence.start) in modelled.asked:
        return replace(ruled, confidence=round(UNSUPPORTED * ruled.confidence, 3))
    return ruled


def _key(candidate: Candidate) -> _Key:
    return (*tie_key(candidate.kind, candidate.source, candidate.target), candidate.sentence.start)


def _candidates(asked: _Asked, told: Told, thresholds: dict[str, float]) -> Iterator[Candidate]:
    for (kind, forward), probability in zip(CLASSES, told.classes, strict=True):
        confidence = _confidence(probability, thresholds.get(kind.value, NEVER))
        if confidence < FLOOR:
            continue
        source, target = (asked.first, asked.second) if forward else (asked.second, asked.first)
        yield Candidate(
            kind=kind,
            source=source,
            target=target,
            status=told.status,
            confidence=confidence,
            rule=RULE,
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
    everyone = sorted((*companies.mentions, *companies.authority_mentions), key=lambda m: m.start)
    before: tuple[Mention, ...] = ()
    for _, span in spans:
        if span.end - span.start > MAX_SENTENCE:
            before = ()
            continue
        here = tuple(m for m in everyone if span.start <= m.start and m.end <= span.end)
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
        yield _asked(span, (*before, *here), first, second)


def _asked(span: Span, mentions: Sequence[Mention], first: str, second: str) -> _Asked:
    a, b = (tuple((m.start, m.end) for m in mentions if m.company == name) for name in (first, second))
    places = sorted(s for s in (*a, *b) if s[0] >= span.start)
    return _Asked(Question(span.start, a, b), span, first, second, (places[0][0], places[-1][1]))
