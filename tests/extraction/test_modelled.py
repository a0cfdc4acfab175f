"""What becomes of the network's answers: candidates, roles, and how they stand beside the rules'."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from bot.extraction.candidates import Candidate
from bot.extraction.encoder.classes import CLASSES, class_of
from bot.extraction.encoder.model import EncodedText, Question, Told
from bot.extraction.encoder.names import NameSpan
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.modelled import combined, find_modelled
from bot.extraction.modelled_roles import with_roles
from bot.extraction.sentences import Span
from bot.values import CompanyName, Status, TieKind

TEXT = "Aldea compra Bruma. La firma es rival de Cima."
FIRST, SECOND = Span(0, 19), Span(20, len(TEXT))
SPANS = [(0, FIRST), (0, SECOND)]
COMPANIES = Companies(
    names=tuple(CompanyName(n) for n in ("Aldea", "Bruma", "Cima")),
    mentions=tuple(
        Mention(TEXT.index(n), TEXT.index(n) + len(n), n, MentionKind.NAME)
        for n in ("Aldea", "Bruma", "Cima")
    ),
)
ROLE = NameSpan(20, 28, 0.9, role=True)


@dataclass
class _Model:
    thresholds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(TieKind, 0.8))


@dataclass
class _Answers:
    """Stands in for the network: tells a class with a probability for chosen pairs of spans."""

    told: dict[tuple[str, str], tuple[str, bool, float]] = field(default_factory=dict)
    same: dict[str, float] = field(default_factory=dict)
    model: _Model = field(default_factory=_Model)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, questions: Sequence[Question]) -> list[Told | None]:
        return [self._answer(q) for q in questions]

    def _answer(self, question: Question) -> Told:
        first, second = (TEXT[slice(*spans[0])] for spans in (question.first, question.second))
        self.asked.append((first, second))
        classes = [0.0] * len(CLASSES)
        if (first, second) in self.told:
            kind, forward, probability = self.told[first, second]
            classes[class_of(kind, forward=forward)] = probability
        return Told(tuple(classes), self.same.get(first, 0.0), Status.COMPLETED)


def _find(answers: _Answers) -> list[Candidate]:
    return find_modelled(SPANS, COMPANIES, cast(EncodedText, answers))


def test_pairs_of_a_sentence_and_of_it_with_the_one_before_are_asked_about() -> None:
    answers = _Answers()
    _find(answers)
    assert answers.asked == [("Aldea", "Bruma"), ("Aldea", "Cima"), ("Bruma", "Cima")]


@pytest.mark.parametrize(
    ("forward", "source", "target"), [(True, "Aldea", "Bruma"), (False, "Bruma", "Aldea")]
)
def test_the_direction_is_the_one_told(forward: bool, source: str, target: str) -> None:
    (found,) = _find(_Answers({("Aldea", "Bruma"): ("acquisition", forward, 0.95)}))
    assert (found.kind, found.source, found.target) == (TieKind.ACQUISITION, source, target)


@pytest.mark.parametrize(("probability", "confidence"), [(0.8, 0.5), (1.0, 1.0), (0.9, 0.75), (0.4, 0.245)])
def test_the_threshold_of_a_kind_becomes_that_of_all_ties(probability: float, confidence: float) -> None:
    (found,) = _find(_Answers({("Aldea", "Bruma"): ("supply", True, probability)}))
    assert found.confidence == pytest.approx(confidence, abs=0.01)


def test_what_is_hardly_likely_is_not_considered() -> None:
    assert _find(_Answers({("Aldea", "Bruma"): ("supply", True, 0.1)})) == []


def test_a_tie_across_two_sentences_stands_in_the_second() -> None:
    (found,) = _find(_Answers({("Bruma", "Cima"): ("competition", True, 1.0)}))
    assert (found.sentence, found.rule) == (SECOND, "model.across")


def test_a_tie_across_two_sentences_is_less_sure_than_one_within() -> None:
    (within,) = _find(_Answers({("Aldea", "Bruma"): ("supply", True, 0.98)}))
    (across,) = _find(_Answers({("Bruma", "Cima"): ("supply", True, 0.98)}))
    assert across.confidence < within.confidence


def test_a_noun_in_place_of_a_name_makes_a_tie_less_sure() -> None:
    role = replace(COMPANIES.mentions[1], kind=MentionKind.ROLE)
    roles = replace(COMPANIES, mentions=(COMPANIES.mentions[0], role, COMPANIES.mentions[2]))
    answers = cast(EncodedText, _Answers({("Aldea", "Bruma"): ("supply", True, 0.98)}))
    (found,) = find_modelled(SPANS, roles, answers)
    assert found.rule == "model.role"
    assert found.confidence == pytest.approx(0.5 + 0.5 * (0.9 * 0.98 - 0.8) / 0.2, abs=0.01)


@pytest.mark.parametrize(
    ("kind", "forward", "told"),
    [("litigation", True, True), ("litigation", False, False), ("acquisition", True, False)],
)
def test_an_authority_only_ever_proceeds_against_a_company(kind: str, forward: bool, told: bool) -> None:
    aldea, *others = COMPANIES.mentions
    acting = Companies(
        names=COMPANIES.names[1:],
        mentions=tuple(others),
        authorities=COMPANIES.names[:1],
        authority_mentions=(aldea,),
    )
    answers = cast(EncodedText, _Answers({("Aldea", "Bruma"): (kind, forward, 0.95)}))
    assert bool(find_modelled(SPANS, acting, answers)) is told


def test_a_noun_stands_for_the_company_it_most_likely_means() -> None:
    answers = cast(EncodedText, _Answers(same={"Aldea": 0.7, "Bruma": 0.9}))
    found = with_roles(COMPANIES, [ROLE], [FIRST, SECOND], answers)
    assert [m.company for m in found.mentions if m.kind is MentionKind.ROLE] == ["Bruma"]


def test_a_noun_that_may_mean_nobody_stands_for_nobody() -> None:
    answers = cast(EncodedText, _Answers(same={"Aldea": 0.3}))
    assert with_roles(COMPANIES, [ROLE], [FIRST, SECOND], answers) == COMPANIES


def test_a_noun_that_is_a_name_stays_one() -> None:
    answers = cast(EncodedText, _Answers(same={"Bruma": 0.9}))
    name = NameSpan(0, 5, 0.9, role=True)
    assert with_roles(COMPANIES, [name], [FIRST, SECOND], answers) == COMPANIES


def _candidate(kind: TieKind, rule: str, confidence: float = 0.9) -> Candidate:
    return Candidate(
        kind=kind, source="Aldea", target="Bruma", status=Status.COMPLETED, confidence=confidence,
        rule=rule, sentence=FIRST, trigger=6, near=(0, 18),
    )  # fmt: skip


def test_what_both_tell_is_told_once_and_surer() -> None:
    modelled = [_candidate(TieKind.ACQUISITION, "model.pair", 0.6)]
    (found,) = combined([_candidate(TieKind.ACQUISITION, "buy", 0.8)], modelled)
    assert found.rule == "buy"
    assert found.confidence == pytest.approx(0.92)


def test_what_a_rule_alone_tells_keeps_its_confidence() -> None:
    (found,) = combined([_candidate(TieKind.ACQUISITION, "buy", 0.8)], [])
    assert found.confidence == 0.8


def test_what_no_rule_tells_comes_from_the_network() -> None:
    assert [c.rule for c in combined([], [_candidate(TieKind.SUPPLY, "model.pair")])] == ["model.pair"]
