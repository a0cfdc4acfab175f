"""Sentences -> candidates by the trained model: two companies of a sentence, or of it and the one before.

Of a sentence that names many companies only the pairs nearest to each other are asked about, so the work is
bounded by the text's length.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.extraction.candidates import Candidate
from bot.extraction.encoder.classes import CLASSES
from bot.extraction.encoder.model import EncodedText, Question, Told
from bot.extraction.mentions import Companies, Mention
from bot.extraction.merging import DEFAULT_THRESHOLD
from bot.extraction.sentences import MAX_SENTENCE, Span

MAX_PAIRS = 28  # of one sentence: all of eight companies
RULE = "model.pair"
NEVER = 0.99  # the threshold of a kind that has none
FLOOR = 0.2  # what is less sure isn't even considered


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and what its answer speaks of."""

    question: Question
    sentence: Span
    first: str
    second: str
    near: tuple[int, int]


def find_modelled(
    spans: Sequence[tuple[int, Span]], companies: Companies, encoded: EncodedText
) -> list[Candidate]:
    """Everything that the network sees any sign of, in the text's order."""
    asked = list(_questions(spans, companies))
    told = encoded.ask([a.question for a in asked])
    return [
        candidate
        for question, answer in zip(asked, told, strict=True)
        if answer is not None
        for candidate in _candidates(question, answer, encoded.model.thresholds)
    ]


def combined(ruled: Sequence[Candidate], modelled: Sequence[Candidate]) -> list[Candidate]:
    """Both, without what the model tells of a sentence and pair of which the rules tell that kind anyway."""
    held = {(c.kind, c.pair, c.sentence.start) for c in ruled}
    return [*ruled, *(c for c in modelled if (c.kind, c.pair, c.sentence.start) not in held)]


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
