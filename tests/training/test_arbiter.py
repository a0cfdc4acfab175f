"""The fitted confidence is the share that is right."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.extraction.arbiter import Signs, confidence
from bot.extraction.candidates import Candidate
from bot.extraction.sentences import Span
from bot.values import CompanyName, Status, TieKind
from training.arbiter import Example, calibration, examples, fit
from training.corpus import Mention, Passage, Sentence, Stated

SIGNS = Signs(kind=TieKind.SUPPLY, rule=None, network=0.9)


def _examples(network: float, *, right: int, wrong: int) -> list[Example]:
    signs = Signs(kind=TieKind.SUPPLY, rule=None, network=network)
    return [Example(signs, True)] * right + [Example(signs, False)] * wrong


def test_what_is_mostly_right_is_surer_than_what_is_mostly_wrong() -> None:
    found = _examples(0.9, right=80, wrong=20) + _examples(0.2, right=10, wrong=90)
    weights = fit(found)
    assert confidence(found[0].signs, weights) == pytest.approx(0.8, abs=0.05)
    assert confidence(found[-1].signs, weights) == pytest.approx(0.1, abs=0.05)


def test_a_kind_that_is_oftener_wrong_is_less_sure() -> None:
    other = Signs(kind=TieKind.MERGER, rule=None, network=0.9)
    found = [*_examples(0.9, right=80, wrong=20), *[Example(other, False)] * 50, *[Example(other, True)] * 10]
    weights = fit(found)
    assert confidence(other, weights) < confidence(found[0].signs, weights)


def test_calibration_tells_what_other_articles_taught() -> None:
    seen = [Example(SIGNS, True, article) for article in (1, 2, 3)] * 40
    unseen = [Example(SIGNS, False, 0)] * 4
    *_, last = calibration([*seen, *unseen])
    assert last == "0.9 to 1.0: 0.97 of 124 right"  # nothing of article 0 itself told that it is wrong


@dataclass
class _Reader:
    """Says what it is told to."""

    names: Sequence[CompanyName]
    candidates: Sequence[Candidate]

    def consider(self, text: str, *, lang: str) -> tuple[Sequence[CompanyName], Sequence[Candidate]]:
        assert (text, lang) == ("VW compra Aldea.", "es")
        return self.names, self.candidates


def _passage(*ties: Stated) -> Passage:
    sentence = Sentence("VW compra Aldea.", (Mention(0, 2, "A"), Mention(10, 15, "B")))
    return Passage("es", (sentence,), ties)


def _tie(kind: str, source: str, target: str, *, doubtful: bool = False) -> Stated:
    return Stated(kind, "completed", source, target, 0, doubtful)


def _candidate(source: str, target: str, *, kind: TieKind = TieKind.ACQUISITION) -> Candidate:
    return Candidate(
        kind=kind, source=source, target=target, status=Status.COMPLETED, confidence=0.5, rule="r",
        sentence=Span(0, 16), trigger=3, near=(0, 15), signs=SIGNS,
    )  # fmt: skip


NAMES = (CompanyName("Volkswagen", ("VW",)), CompanyName("Aldea"))


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [("Volkswagen", "Aldea", True), ("Aldea", "Volkswagen", False), ("Otra", "Aldea", False)],
)
def test_a_tie_is_right_by_its_label_whatever_the_reader_calls_the_company(
    source: str, target: str, right: bool
) -> None:
    reader = _Reader(NAMES, [_candidate(source, target)])
    (found,) = examples(reader, [_passage(_tie("acquisition", "A", "B"))])
    assert found.right is right


def test_of_a_symmetric_kind_either_way_is_right() -> None:
    reader = _Reader(NAMES, [_candidate("Aldea", "Volkswagen", kind=TieKind.MERGER)])
    (found,) = examples(reader, [_passage(_tie("merger", "A", "B"))])
    assert found.right


def test_what_the_labels_hold_doubtful_is_no_example() -> None:
    reader = _Reader(NAMES, [_candidate("Volkswagen", "Aldea")])
    assert list(examples(reader, [_passage(_tie("acquisition", "A", "B", doubtful=True))])) == []
