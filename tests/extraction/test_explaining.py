"""Why a tie was told or not."""

import pytest

from bot.extraction.candidates import Candidate
from bot.extraction.explaining import Outcome, explain
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.pipeline import Reader
from bot.extraction.sentences import Span
from bot.values import Evidence, Status, Tie, TieKind

TEXT = "Aldea compra Bruma.\nLlueve."
SPANS = [Span(0, 19), Span(20, len(TEXT))]
COMPANIES = Companies(
    mentions=tuple(Mention(TEXT.index(n), TEXT.index(n) + 5, n, MentionKind.NAME) for n in ("Aldea", "Bruma"))
)


def _candidate(kind: TieKind, confidence: float) -> Candidate:
    return Candidate(
        kind=kind, source="Aldea", target="Bruma", status=Status.COMPLETED, confidence=confidence,
        rule="r", sentence=SPANS[0], trigger=6, near=(0, 18),
    )  # fmt: skip


TOLD = Tie(
    kind=TieKind.ACQUISITION, source="Aldea", target="Bruma", status=Status.COMPLETED, money=None, date=None,
    confidence=0.9, evidence=Evidence(TEXT[:19], 0, 19), rule="r",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "confidence", "outcome"),
    [
        (TieKind.ACQUISITION, 0.9, Outcome.TOLD),
        (TieKind.SUPPLY, 0.3, Outcome.WEAK),
        (TieKind.MERGER, 0.8, Outcome.OUTWEIGHED),
    ],
)
def test_each_suggested_tie_says_what_became_of_it(
    kind: TieKind, confidence: float, outcome: Outcome
) -> None:
    (sentence,) = explain(TEXT, SPANS, COMPANIES, [_candidate(kind, confidence)], [TOLD])
    assert [c.outcome for c in sentence.considered] == [outcome]


def test_a_sentence_names_its_companies_in_their_order() -> None:
    (sentence,) = explain(TEXT, SPANS, COMPANIES, [], [])
    assert sentence.companies == ("Aldea", "Bruma")


def test_a_sentence_without_companies_is_left_out() -> None:
    assert [s.text for s in explain(TEXT, SPANS, COMPANIES, [], [])] == ["Aldea compra Bruma."]


def test_the_reader_explains_what_it_extracts(reader: Reader) -> None:
    text = "The logistics group Corvane has acquired Tessel Robotics for $650 million."
    told = [
        c.candidate
        for s in reader.explain(text, lang="en")
        for c in s.considered
        if c.outcome is Outcome.TOLD
    ]
    assert {(t.kind, t.source, t.target) for t in reader.extract(text, lang="en").ties} == {
        (c.kind, c.source, c.target) for c in told
    }


def test_a_language_that_is_not_read_has_nothing_to_explain(reader: Reader) -> None:
    assert reader.explain("Firma kupuje firmę.", lang="pl") == ()
