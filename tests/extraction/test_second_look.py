"""Which pairs are looked at again, and what is made of the second answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest

from bot.extraction.candidates import Candidate
from bot.extraction.encoder.classes import CLASSES, class_of
from bot.extraction.encoder.marks import MarkedText
from bot.extraction.encoder.model import EncodedText, Question, Told
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.modelled import combined, judge
from bot.extraction.second_look import look_again
from bot.extraction.sentences import Span
from bot.values import CompanyName, Status, TieKind

TEXT = "Dunar waits. Aldea buys Bruma, the rival of Cima."
FIRST, SECOND = Span(0, 12), Span(13, len(TEXT))
NAMES = ("Dunar", "Aldea", "Bruma", "Cima")
COMPANIES = Companies(
    names=tuple(CompanyName(n) for n in NAMES),
    mentions=tuple(Mention(TEXT.index(n), TEXT.index(n) + len(n), n, MentionKind.NAME) for n in NAMES),
)
PURCHASE = class_of("acquisition", forward=True)


@dataclass
class _Network:
    """Stands in for the network: tells a purchase of the pair, with one probability a look."""

    first: float
    second: float
    text: str = TEXT
    marked: list[MarkedText] = field(default_factory=list)

    @property
    def model(self) -> "_Network":
        return self

    def ask(self, questions: Sequence[Question]) -> list[Told | None]:
        names = [tuple(TEXT[slice(*spans[0])] for spans in (q.first, q.second)) for q in questions]
        return [_purchase(self.first if pair == ("Aldea", "Bruma") else 0.0) for pair in names]

    def ask_marked(self, texts: Sequence[MarkedText]) -> list[Told | None]:
        self.marked += texts
        return [_purchase(self.second) for _ in texts]


def _purchase(probability: float) -> Told:
    classes = [0.0] * len(CLASSES)
    classes[PURCHASE] = probability
    return Told(tuple(classes), 0.0, Status.COMPLETED, 1.0)


def _look(network: _Network, ruled: Sequence[Candidate] = ()) -> list[Candidate]:
    """The candidates where only the second look's odds count."""
    encoded = cast(EncodedText, network)
    judged = look_again(judge([(0, FIRST), (0, SECOND)], COMPANIES, encoded), ruled, COMPANIES, encoded)
    return combined(ruled, judged, COMPANIES, dict.fromkeys(NAMES, 1.0), {"masked odds": 1.0})


def _ruled(kind: TieKind, source: str, target: str) -> Candidate:
    near = TEXT.index(source), TEXT.index(target) + len(target)
    return Candidate(
        kind=kind, source=source, target=target, status=Status.COMPLETED, confidence=0.8,
        rule="some", sentence=SECOND, trigger=near[0], near=near,
    )  # fmt: skip


def test_a_pair_that_may_be_tied_is_looked_at_without_names_with_the_sentence_before() -> None:
    network = _Network(0.3, 0.9)
    _look(network)
    assert [m.text for m in network.marked] == ["@ waits.\n§ buys # , the rival of @ .\n"]


def test_the_second_look_s_word_counts() -> None:
    (found,) = _look(_Network(0.3, 0.9))
    assert found.confidence == pytest.approx(0.9, abs=0.001)


def test_a_pair_that_is_hardly_tied_is_not_looked_at_again() -> None:
    network = _Network(0.1, 0.9)
    _look(network)
    assert network.marked == []


def test_a_pair_that_a_rule_ties_is_looked_at_again_where_the_network_ties_it_less() -> None:
    network = _Network(0.0, 0.9)
    found = _look(network, [_ruled(TieKind.COMPETITION, "Bruma", "Cima")])
    assert [m.text for m in network.marked] == ["@ waits.\n@ buys § , the rival of # .\n"]
    assert {c.kind for c in found} == {TieKind.COMPETITION, TieKind.ACQUISITION}


def test_a_pair_that_rule_and_network_tie_is_not_looked_at_again() -> None:
    network = _Network(0.95, 0.9)
    _look(network, [_ruled(TieKind.ACQUISITION, "Aldea", "Bruma")])
    assert network.marked == []


def test_a_pair_without_a_second_answer_keeps_the_first() -> None:
    judged = judge([(0, FIRST), (0, SECOND)], COMPANIES, cast(EncodedText, _Network(0.3, 0.0)))
    found = combined((), judged, COMPANIES, dict.fromkeys(NAMES, 1.0), {"network odds": 1.0})
    assert [(c.signs.masked, c.confidence) for c in found if c.signs] == [(None, 0.3)]
