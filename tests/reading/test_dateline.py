"""The day at the head of an article."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.dateline import dateline_of


@pytest.mark.parametrize(
    "paragraph",
    [
        "Ámsterdam, 14 de junio de 2024.- Navarra Eólica ha alcanzado",
        "Madrid, a 14 de junio de 2024. Iberluz compra",
        "14 de junio de 2024",
        "GAITHERSBURG, Md., June 14, 2024 – Corvane today",
        "NEW YORK, June 14, 2024 /Trade Wire/ -- Corvane",
        "LEEDS, England and NEW YORK, June 14, 2024 (TRADE WIRE) --",
        "Paris, le 14 juin 2024 – Verneuil",
        "14 June 2024",
    ],
)
def test_a_full_date_at_the_head_is_the_day(paragraph: str) -> None:
    assert dateline_of(["Corvane grows", paragraph]) == date(2024, 6, 14)


@pytest.mark.parametrize(
    "paragraph",
    [
        "On June 14, 2024, Corvane bought Pallister.",
        "Corvane bought Pallister on June 14, 2024.",
        "La compañía cerró la compra el 14 de junio de 2024 (véase la nota).",
        "Madrid, 14 de junio. Iberluz compra",
        "14/06/2024",
        "LEEDS, Smarch 13, 2024 - Corvane",
        "",
    ],
)
def test_dates_in_sentences_and_parts_of_dates_are_none(paragraph: str) -> None:
    assert dateline_of([paragraph]) is None


def test_a_date_far_down_is_none() -> None:
    assert dateline_of(["A paragraph of the text."] * 9 + ["14 June 2024"]) is None


@given(st.lists(st.text(alphabet="A a,.-1234567890 june ", max_size=200), max_size=6))
def test_any_text_has_a_day_or_none(paragraphs: list[str]) -> None:
    day = dateline_of(paragraphs)
    assert day is None or day.year >= 1990
