"""What the trained network says of two companies -> candidates, weighed together with those of rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.extraction.arbiter import Signs, confidence
from bot.extraction.candidates import Candidate
from bot.extraction.encoder.classes import CLASSES, class_of
from bot.extraction.encoder.model import EncodedText, Told
from bot.extraction.encoder.names import NameSpan, coverage
from bot.extraction.mentions import Companies, MentionKind
from bot.extraction.places import ByPlace
from bot.extraction.questions import BY_NETWORK, ROLE, Asked, questions
from bot.extraction.sentences import Span
from bot.values import Status, TieKind

FLOOR = 0.05  # what the network gives a lower probability, and no rule tells, isn't even considered
STATUS_SURE = 0.99  # of a status: above it the network is right against a rule (chosen on labelled news)
# Of a status: below it what another sentence says is likelier (chosen on labelled press), and of a bare noun
# no end is heard.
HARDLY_SURE = 0.7
_Key = tuple[TieKind, str, str, int]  # of a tie, and the start of its sentence


@dataclass(frozen=True, slots=True)
class Judged:
    """What the network says of two companies of a sentence, and what once more without their names."""

    asked: Asked
    told: Told
    masked: Told | None = None

    @property
    def likely(self) -> tuple[float, ...]:
        """The probability of each of `CLASSES` at the look that gives it more."""
        if self.masked is None:
            return self.told.classes
        return tuple(map(max, self.told.classes, self.masked.classes))


def judge(spans: Sequence[tuple[int, Span]], companies: Companies, encoded: EncodedText) -> list[Judged]:
    """What the network says of every two companies that stand near each other, in the text's order."""
    asked = list(questions(spans, companies))
    answers = encoded.ask([a.question for a in asked])
    return [Judged(a, told) for a, told in zip(asked, answers, strict=True) if told is not None]


def combined(
    ruled: Sequence[Candidate],
    judged: Sequence[Judged],
    companies: Companies,
    named: Mapping[str, float],
    weights: Mapping[str, float],
) -> list[Candidate]:
    """The candidates of rules and network, each as sure as both together make it.

    `named` is how sure the tagger is of each company's name; `weights` are the arbiter's.
    """
    about = {j.asked.about: j for j in judged}
    authorities = {a.name for a in companies.authorities} - {n.name for n in companies.names}
    held = {_key(c) for c in ruled}
    settled = {_key(c) for c in ruled if c.tensed}
    alone = [c for j in judged for c in _candidates(j) if _key(c) not in held and _is_allowed(c, authorities)]
    found = []
    for candidate in (*ruled, *alone):
        answer = about.get((candidate.pair, candidate.sentence.start))
        signs = _signs(candidate, answer, named)
        # What one rule leaves open another may tell from the same words.
        elsewhere = not candidate.tensed and _key(candidate) in settled
        if answer is not None and not elsewhere and _leaves_open(candidate, answer.told):
            candidate = _heard(candidate, answer.told)
        found.append(replace(candidate, signs=signs, confidence=confidence(signs, weights)))
    return found


def _leaves_open(candidate: Candidate, told: Told) -> bool:
    """Whether the network hears more of the status: past a bare noun, and surely past a verb's tense.

    Rumours, denials and ends are said in words of their own, so is that a plan was carried out. What is
    carried out has not ended because it later did, nor what "shows signs of wear".
    """
    if not candidate.tensed:
        return told.status is not Status.ENDED or told.status_sure >= HARDLY_SURE
    done = candidate.status is Status.COMPLETED and not candidate.worded and told.status is not Status.ENDED
    return (done or candidate.status is Status.ANNOUNCED) and told.status_sure >= STATUS_SURE


def _heard(candidate: Candidate, told: Told) -> Candidate:
    return replace(candidate, status=told.status, tensed=told.status_sure >= HARDLY_SURE)


def name_sureness(companies: Companies, tagged: Sequence[NameSpan]) -> dict[str, float]:
    """How sure the tagger is of each company, by the best covered of its names; authorities stand firm."""
    names = ByPlace(n for n in tagged if not n.role)
    found = {name.name: 1.0 for name in companies.authorities}
    for mention in companies.mentions:
        if mention.kind is MentionKind.NAME:
            start, end = mention.start, mention.end
            share = coverage(start, end, (*names.before(start, 1), *names.inside(Span(start, end))))
            found[mention.company] = max(found.get(mention.company, 0.0), share)
    return found


def _signs(candidate: Candidate, judged: Judged | None, named: Mapping[str, float]) -> Signs:
    kind, source = candidate.kind, candidate.source
    signs = Signs(
        kind=kind,
        rule=None if candidate.rule in BY_NETWORK else candidate.confidence,
        network=None,
        named=min(named.get(c, 0.0) for c in (source, candidate.target)),
    )
    if judged is None:
        return signs
    own = class_of(kind, forward=source == judged.asked.first)
    signs = replace(
        signs,
        network=judged.told.classes[own],
        rival=_rival(judged.told, own),
        same=judged.told.same,
        role=judged.asked.role,
        across=judged.asked.across,
        far=judged.asked.far,
    )
    if judged.masked is None:
        return signs
    return replace(signs, masked=judged.masked.classes[own], masked_rival=_rival(judged.masked, own))


def _rival(told: Told, own: int) -> float:
    """The highest probability of any other tie of the two."""
    return max(p for i, p in enumerate(told.classes) if i != own)


def _is_allowed(candidate: Candidate, authorities: set[str]) -> bool:
    """An authority is only ever the source of a litigation, and only against whom the text names there."""
    if candidate.target in authorities:
        return False
    if candidate.source not in authorities:
        return True
    return candidate.kind is TieKind.LITIGATION and candidate.rule != ROLE


def _key(candidate: Candidate) -> _Key:
    return (*candidate.key, candidate.sentence.start)


def _candidates(judged: Judged) -> Iterator[Candidate]:
    asked = judged.asked
    for (kind, forward), probability in zip(CLASSES, judged.likely, strict=True):
        if probability < FLOOR:
            continue
        source, target = (asked.first, asked.second) if forward else (asked.second, asked.first)
        yield Candidate(
            kind=kind,
            source=source,
            target=target,
            status=judged.told.status,
            tensed=False,  # whatever the network hears
            confidence=probability,
            rule=asked.rule,
            sentence=asked.sentence,
            trigger=asked.near[0],
            near=asked.near,
        )
