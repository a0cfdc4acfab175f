"""The contract lines of `seams extract --jsonl`."""

import json
from datetime import date
from decimal import Decimal

import pytest

from bot.extraction.jsonl import BadLine, answer_line, extract_lines, read_line
from bot.values import CompanyName, Evidence, Extraction, Money, Status, Tie, TieKind

TIE = Tie(
    kind=TieKind.ACQUISITION,
    source="Alba",
    target="Boreal",
    status=Status.COMPLETED,
    money=Money(Decimal("6.5E+8"), "USD"),
    date=None,
    confidence=0.93,
    evidence=Evidence("Alba compró Boreal.", 0, 19),
    rule="es.buy.verb",
)
FOUND = Extraction(lang="es", companies=(CompanyName("Alba", ("Grupo Alba",)),), ties=(TIE,))


class FakeReader:
    def extract(
        self, text: str, *, title: str | None = None, published: date | None = None, lang: str | None = None
    ) -> Extraction:
        if text == "poison":
            raise RuntimeError(text)
        return FOUND


def test_an_answer_has_exactly_the_fields_of_the_contract() -> None:
    assert json.loads(answer_line("a1", FOUND)) == {
        "id": "a1",
        "lang": "es",
        "companies": [{"name": "Alba", "aliases": ["Grupo Alba"]}],
        "ties": [
            {
                "kind": "acquisition",
                "source": "Alba",
                "target": "Boreal",
                "status": "completed",
                "amount": 650000000,
                "currency": "USD",
                "date": None,
                "confidence": 0.93,
                "evidence": {"text": "Alba compró Boreal.", "start": 0, "end": 19},
            }
        ],
    }


def test_a_whole_amount_is_written_as_an_integer() -> None:
    assert '"amount": 650000000,' in answer_line("a1", FOUND)


def test_accents_are_written_as_they_are() -> None:
    assert "compró" in answer_line("a1", FOUND)


def test_bad_lines_are_answered_on_their_place() -> None:
    lines = [
        '{"id": 1, "text": "x"}',
        "{",
        '{"id": "b"}',
        '{"id": "c", "text": "poison"}',
        '{"id": 2, "text": ""}',
    ]
    answers = list(extract_lines(lines, FakeReader()))
    assert [(json.loads(text)["id"], good) for text, good in answers] == [
        (1, True),
        (None, False),
        ("b", False),
        ("c", False),
        (2, True),
    ]


def test_blank_lines_have_no_answer() -> None:
    assert list(extract_lines(["\n", "  "], FakeReader())) == []


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        '"text"',
        "{}",
        '{"id": null, "text": "x"}',
        '{"id": true, "text": "x"}',
        '{"id": "a", "text": 3}',
        '{"id": "a", "text": "x", "lang": 3}',
        '{"id": "a", "text": "\\ud800"}',
        "[" * 100_000,
    ],
)
def test_what_is_no_article_is_refused(line: str) -> None:
    with pytest.raises(BadLine):
        read_line(line)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024-05-03", date(2024, 5, 3)),
        ("2024-05-03T10:00:00Z", date(2024, 5, 3)),
        ("2024", None),
        ("2020-2021", None),
        ("soon", None),
        ("", None),
    ],
)
def test_only_a_whole_day_dates_an_article(published: str, day: date | None) -> None:
    assert read_line(json.dumps({"id": "a", "text": "x", "published": published})).published == day
