"""What becomes one tie, and which ties of two companies give way to another."""

from dataclasses import replace

import pytest

from bot.extraction.candidates import Candidate
from bot.extraction.merging import merge
from bot.extraction.sentences import Span
from bot.values import Status, TieKind

TEXT = "Aldea will supply Bruma. Bruma will supply Aldea."
FIRST, SECOND = Span(0, 24), Span(25, 49)


def _candidate(
    source: str, target: str, confidence: float, *, kind: TieKind = TieKind.SUPPLY, sentence: Span = FIRST
) -> Candidate:
    return Candidate(
        kind=kind, source=source, target=target, status=Status.ANNOUNCED, confidence=confidence, rule="r",
        sentence=sentence, trigger=sentence.start, near=(sentence.start, sentence.end),
    )  # fmt: skip


def _told(*candidates: Candidate) -> list[tuple[str, str]]:
    return [(tie.source, tie.target) for tie in merge(candidates, TEXT)]


@pytest.mark.parametrize("kind", [TieKind.SUPPLY, TieKind.LICENSING, TieKind.FINANCING])
def test_of_both_ways_by_one_sentence_the_surer_is_told(kind: TieKind) -> None:
    there, back = _candidate("Aldea", "Bruma", 0.9, kind=kind), _candidate("Bruma", "Aldea", 0.7, kind=kind)
    assert _told(there, back) == [("Aldea", "Bruma")]


def test_two_sentences_may_tell_both_ways() -> None:
    there, back = _candidate("Aldea", "Bruma", 0.9), _candidate("Bruma", "Aldea", 0.7, sentence=SECOND)
    assert _told(there, back) == [("Aldea", "Bruma"), ("Bruma", "Aldea")]


@pytest.mark.parametrize("kind", [TieKind.DEPENDENCY, TieKind.LITIGATION])
def test_some_ties_go_both_ways_in_one_sentence(kind: TieKind) -> None:
    there, back = _candidate("Aldea", "Bruma", 0.9, kind=kind), _candidate("Bruma", "Aldea", 0.7, kind=kind)
    assert len(_told(there, back)) == 2


@pytest.mark.parametrize(("second", "confidence"), [(0.3, 0.7), (0.5, 0.74), (0.65, 0.74)])
def test_a_further_sentence_makes_a_tie_surer_if_it_hints_at_it_at_all(
    second: float, confidence: float
) -> None:
    candidates = [_candidate("Aldea", "Bruma", 0.7), _candidate("Aldea", "Bruma", second, sentence=SECOND)]
    (tie,) = merge(candidates, TEXT)
    assert tie.confidence == pytest.approx(confidence)


def test_what_stays_below_the_threshold_is_not_told() -> None:
    assert _told(_candidate("Aldea", "Bruma", 0.59)) == []


NEWS = "Aldea buys Bruma\n\nAldea has bought Bruma."
HEADLINE, STORY = Span(0, 16), Span(18, 41)


def _bought(sentence: Span, status: Status, confidence: float) -> Candidate:
    told = _candidate("Aldea", "Bruma", confidence, kind=TieKind.ACQUISITION, sentence=sentence)
    return replace(told, status=status)


def test_a_headlines_present_tense_gives_way_to_the_story() -> None:
    headline, story = _bought(HEADLINE, Status.ANNOUNCED, 0.9), _bought(STORY, Status.COMPLETED, 0.8)
    assert [tie.status for tie in merge([headline, story], NEWS)] == [Status.COMPLETED]


def test_a_headline_that_says_when_does_not_give_way() -> None:
    headline, story = _bought(HEADLINE, Status.RUMORED, 0.9), _bought(STORY, Status.COMPLETED, 0.8)
    assert [tie.status for tie in merge([headline, story], NEWS)] == [Status.RUMORED]
