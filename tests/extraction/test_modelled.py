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
from bot.extraction.modelled import combined, judge, name_sureness
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


@dataclass
class _Answers:
    """Stands in for the network: tells a class with a probability for chosen pairs of spans."""

    told: dict[tuple[str, str], tuple[str, bool, float]] = field(default_factory=dict)
    same: dict[str, float] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    status_sure: float = 0.5
    status: Status = Status.COMPLETED

    def ask(self, questions: Sequence[Question]) -> list[Told | None]:
        return [self._answer(q) for q in questions]

    def _answer(self, question: Question) -> Told:
        first, second = (TEXT[slice(*spans[0])] for spans in (question.first, question.second))
        self.asked.append((first, second))
        classes = [0.0] * len(CLASSES)
        if (first, second) in self.told:
            kind, forward, probability = self.told[first, second]
            classes[class_of(kind, forward=forward)] = probability
        return Told(tuple(classes), self.same.get(first, 0.0), self.status, self.status_sure)


def _find(
    answers: _Answers, ruled: Sequence[Candidate] = (), companies: Companies = COMPANIES
) -> list[Candidate]:
    """The candidates where the network's probability is the confidence, and a rule's counts as much."""
    judged = judge(SPANS, companies, cast(EncodedText, answers))
    named = dict.fromkeys(("Aldea", "Bruma", "Cima"), 1.0)
    return combined(ruled, judged, companies, named, {"network odds": 1.0, "rule odds": 1.0})


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


def test_what_is_hardly_likely_is_not_considered() -> None:
    assert _find(_Answers({("Aldea", "Bruma"): ("supply", True, 0.04)})) == []


def test_a_tie_across_two_sentences_stands_in_the_second() -> None:
    (found,) = _find(_Answers({("Bruma", "Cima"): ("competition", True, 1.0)}))
    assert (found.sentence, found.rule) == (SECOND, "model.across")


def test_a_tie_across_two_sentences_is_marked_as_one() -> None:
    answers = _Answers({("Aldea", "Bruma"): ("supply", True, 0.9), ("Bruma", "Cima"): ("supply", True, 0.9)})
    found = _find(answers)
    assert [(c.signs.across, c.signs.role) for c in found if c.signs] == [(False, False), (True, False)]


def test_a_tie_with_a_noun_in_place_of_a_name_is_marked_as_one() -> None:
    role = replace(COMPANIES.mentions[1], kind=MentionKind.ROLE)
    roles = replace(COMPANIES, mentions=(COMPANIES.mentions[0], role, COMPANIES.mentions[2]))
    (found,) = _find(_Answers({("Aldea", "Bruma"): ("supply", True, 0.98)}), companies=roles)
    assert found.rule == "model.role"
    assert found.signs is not None
    assert found.signs.role


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
    answers = _Answers({("Aldea", "Bruma"): (kind, forward, 0.95)})
    assert bool(_find(answers, companies=acting)) is told


def test_an_authority_is_not_tied_to_what_only_a_noun_stands_for() -> None:
    aldea, bruma, cima = COMPANIES.mentions
    acting = Companies(
        names=COMPANIES.names[1:],
        mentions=(replace(bruma, kind=MentionKind.ROLE), cima),
        authorities=COMPANIES.names[:1],
        authority_mentions=(aldea,),
    )
    assert _find(_Answers({("Aldea", "Bruma"): ("litigation", True, 0.98)}), companies=acting) == []


def _candidate(kind: TieKind, rule: str, confidence: float = 0.9) -> Candidate:
    return Candidate(
        kind=kind, source="Aldea", target="Bruma", status=Status.COMPLETED, confidence=confidence,
        rule=rule, sentence=FIRST, trigger=6, near=(0, 18),
    )  # fmt: skip


def test_what_both_tell_is_told_once_and_surer() -> None:
    answers = _Answers({("Aldea", "Bruma"): ("acquisition", True, 0.6)})
    (found,) = _find(answers, [_candidate(TieKind.ACQUISITION, "buy", 0.8)])
    assert found.rule == "buy"
    assert found.confidence == pytest.approx(0.857, abs=0.001)  # odds of 1.5 times odds of 4: 6 to 1


@pytest.mark.parametrize(
    ("said", "tensed", "sure", "status"),
    [
        (Status.ANNOUNCED, True, 0.9, Status.ANNOUNCED),
        (Status.ANNOUNCED, True, 0.995, Status.COMPLETED),
        (Status.RUMORED, True, 0.995, Status.RUMORED),
        (Status.RUMORED, False, 0.4, Status.COMPLETED),
    ],
    ids=["a verb and an unsure network", "a verb and a sure one", "words of rumour", "a bare noun"],
)
def test_the_network_says_the_status_where_it_is_sure_or_a_bare_noun_leaves_it_open(
    said: Status, tensed: bool, sure: float, status: Status
) -> None:
    ruled = replace(_candidate(TieKind.ACQUISITION, "buy"), status=said, tensed=tensed)
    (found,) = _find(_Answers(status_sure=sure), [ruled])
    assert found.status is status


@pytest.mark.parametrize(
    ("worded", "heard", "status"),
    [
        (False, Status.ANNOUNCED, Status.ANNOUNCED),
        (True, Status.ANNOUNCED, Status.COMPLETED),
        (False, Status.ENDED, Status.COMPLETED),
    ],
    ids=["a tense", "words that say it is done", "what came of it"],
)
def test_the_network_takes_nothing_back_that_words_say_to_be_done(
    worded: bool, heard: Status, status: Status
) -> None:
    ruled = replace(_candidate(TieKind.ACQUISITION, "buy"), worded=worded)
    (found,) = _find(_Answers(status_sure=0.99, status=heard), [ruled])
    assert found.status is status


@pytest.mark.parametrize(("sure", "status"), [(0.6, Status.COMPLETED), (0.8, Status.ENDED)])
def test_that_a_bare_noun_has_ended_is_heard_where_the_network_is_rather_sure(
    sure: float, status: Status
) -> None:
    ruled = replace(_candidate(TieKind.PARTNERSHIP, "noun"), tensed=False)
    (found,) = _find(_Answers(status_sure=sure, status=Status.ENDED), [ruled])
    assert found.status is status


@pytest.mark.parametrize("tensed", [True, False])
def test_what_a_bare_noun_leaves_open_another_rule_may_tell_rather_than_the_network(tensed: bool) -> None:
    noun = replace(_candidate(TieKind.PARTNERSHIP, "noun"), tensed=False)
    phrase = replace(_candidate(TieKind.PARTNERSHIP, "phrase"), tensed=tensed)
    found = _find(_Answers(status_sure=0.99, status=Status.ENDED), [noun, phrase])
    assert {c.status for c in found} == {Status.COMPLETED if tensed else Status.ENDED}


@pytest.mark.parametrize(("sure", "tensed"), [(0.9, True), (0.6, False)])
def test_a_status_that_the_network_is_hardly_sure_of_may_come_from_another_sentence(
    sure: float, tensed: bool
) -> None:
    (found,) = _find(_Answers({("Aldea", "Bruma"): ("acquisition", True, 0.9)}, status_sure=sure))
    assert found.tensed is tensed


def test_what_only_a_rule_tells_is_less_sure() -> None:
    (found,) = _find(_Answers(), [_candidate(TieKind.ACQUISITION, "buy", 0.8)])
    assert 0.6 < found.confidence < 0.8


def test_the_likeliest_other_tie_of_the_two_is_a_sign() -> None:
    answers = _Answers({("Aldea", "Bruma"): ("supply", True, 0.9)})
    ruled, told = _find(answers, [_candidate(TieKind.ACQUISITION, "buy", 0.8)])
    assert ruled.signs is not None
    assert told.signs is not None
    assert (ruled.signs.rival, told.signs.rival) == (0.9, 0.0)


def test_a_rule_in_a_sentence_that_the_network_was_not_asked_about_stands_alone() -> None:
    elsewhere = replace(_candidate(TieKind.ACQUISITION, "buy", 0.8), sentence=Span(50, 60))
    (found,) = _find(_Answers(), [elsewhere])
    assert found.signs is not None
    assert found.signs.network is None
    assert found.confidence == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("spans", "sure"),
    [
        ([NameSpan(0, 5, 0.9)], 0.9),
        ([NameSpan(0, 3, 0.5)], 0.3),  # three of five letters
        ([NameSpan(0, 5, 0.9, role=True)], 0.0),
        ([NameSpan(13, 18, 0.9)], 0.0),  # another's
        ([], 0.0),
    ],
)
def test_a_name_is_as_sure_as_the_tagger_covers_it(spans: list[NameSpan], sure: float) -> None:
    assert name_sureness(COMPANIES, spans)["Aldea"] == pytest.approx(sure)


def test_of_an_authority_s_name_there_is_no_doubt() -> None:
    assert name_sureness(Companies(authorities=(CompanyName("FTC"),)), []) == {"FTC": 1.0}
