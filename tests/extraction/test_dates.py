"""Dates at the precision that the text gives."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.dates import find_days

PUBLISHED = date(2024, 6, 19)  # a Wednesday


def read(text: str, lang: str, published: date | None = PUBLISHED) -> list[str]:
    return [day.iso for day in find_days(text, lang=lang, published=published)]


@pytest.mark.parametrize(
    ("lang", "text", "iso"),
    [
        ("es", "el 15 de junio de 2024", "2024-06-15"),
        ("es", "el 1 de enero del 2023", "2023-01-01"),
        ("es", "junio de 2023", "2023-06"),
        ("es", "en 2019", "2019"),
        ("es", "a finales de 2022", "2022"),
        ("es", "15/06/2024", "2024-06-15"),
        ("es", "05/06/24", "2024-06-05"),
        ("es", "el tercer trimestre de 2024", "2024"),
        ("en", "June 15, 2024", "2024-06-15"),
        ("en", "15 June 2024", "2024-06-15"),
        ("en", "Sept. 27, 2015", "2015-09-27"),
        ("en", "June 2024", "2024-06"),
        ("en", "in Q3 2024", "2024"),
        ("en", "the first half of 2023", "2023"),
        ("en", "mid-2023", "2023"),
        ("en", "06/17/2024", "2024-06-17"),
        ("en", "06/07/2024", "2024"),
        ("en", "2024-02-28", "2024-02-28"),
        ("fr", "le 15 juin 2024", "2024-06-15"),
        ("fr", "le 1er juin 2024", "2024-06-01"),
        ("fr", "fin 2023", "2023"),
        ("fr", "25/01/06", "2006-01-25"),
        ("fr", "décembre 2021", "2021-12"),
        ("en", "Orla's 2017 purchase of Brimly", "2017"),
        ("en", "the 2017 licensing deal", "2017"),
        ("en", "2017: Orla buys Brimly", "2017"),
        ("en", "It is Danish. 2017 Orla buys Brimly", "2017"),
        ("es", "la compra de 2017", "2017"),
        ("es", "2017 Orla compra Brimly", "2017"),
        ("fr", "le rachat de 2017", "2017"),
        ("fr", "2017 – Orla rachète Brimly", "2017"),
    ],
)
def test_an_absolute_date_needs_no_day_of_publication(lang: str, text: str, iso: str) -> None:
    assert read(text, lang, published=None) == [iso]


@pytest.mark.parametrize(
    ("lang", "text", "iso"),
    [
        ("es", "hoy", "2024-06-19"),
        ("es", "ayer", "2024-06-18"),
        ("es", "el lunes", "2024-06-17"),
        ("es", "el miércoles", "2024-06-19"),
        ("es", "el próximo viernes", "2024-06-21"),
        ("es", "el pasado miércoles", "2024-06-12"),
        ("es", "el pasado mes de marzo", "2024-03"),
        ("es", "a partir de junio", "2024-06"),
        ("es", "en noviembre", "2024-11"),
        ("es", "el mes pasado", "2024-05"),
        ("es", "el próximo año", "2025"),
        ("es", "hace dos años", "2022"),
        ("es", "hace tres meses", "2024-03"),
        ("es", "el 28 de diciembre", "2023-12-28"),
        ("en", "yesterday", "2024-06-18"),
        ("en", "on Monday", "2024-06-17"),
        ("en", "last year", "2023"),
        ("en", "next month", "2024-07"),
        ("en", "June 3", "2024-06-03"),
        ("en", "last May", "2024-05"),
        ("en", "two years ago", "2022"),
        ("fr", "hier", "2024-06-18"),
        ("fr", "mardi dernier", "2024-06-18"),
        ("fr", "en mars dernier", "2024-03"),
        ("fr", "l'année dernière", "2023"),
        ("fr", "il y a deux ans", "2022"),
    ],
)
def test_a_relative_date_counts_from_publication(lang: str, text: str, iso: str) -> None:
    assert read(text, lang) == [iso]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "A partir de junio"),
        ("es", "ayer, el lunes y el próximo año"),
        ("es", "el 15 de junio"),
        ("en", "yesterday, last year and on June 3"),
        ("fr", "hier, lundi, en mars"),
    ],
)
def test_what_is_relative_gives_nothing_without_publication(lang: str, text: str) -> None:
    assert read(text, lang, published=None) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "2019 empleados y 2.019 millones"),
        ("es", "por la mañana"),
        ("en", "they may march on"),
        ("en", "2024-02-30"),
        ("en", "version 2024.1"),
        ("fr", "il marche"),
    ],
)
def test_what_is_no_date_is_left_alone(lang: str, text: str) -> None:
    assert read(text, lang) == []


def test_a_day_that_does_not_exist_gives_its_month() -> None:
    assert read("el 31 de febrero de 2024", "es") == ["2024-02"]


def test_dates_come_in_the_order_of_the_text_and_never_overlap() -> None:
    days = find_days("En 2019 nació; el 3 de mayo de 2021 cerró.", lang="es", published=None)
    assert [(d.start, d.iso) for d in days] == [(0, "2019"), (18, "2021-05-03")]


def test_a_nonsense_day_of_publication_counts_as_none() -> None:
    assert read("ayer", "es", published=date(1, 1, 1)) == []


def test_an_unknown_language_gives_nothing() -> None:
    assert find_days("15. Juni 2024", lang="de", published=PUBLISHED) == ()


@pytest.mark.parametrize(
    "piece", ["12/12/", "15 de ", "in 20", "2024 ", "June 1 ", "el pasado ", " ", "hace más de "]
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    for lang in ("es", "en"):
        find_days(text, lang=lang, published=PUBLISHED)
    assert time.process_time() - start < 3.0


@given(st.text(max_size=60), st.dates(), st.sampled_from(["es", "en", "fr"]))
def test_no_text_breaks_the_reading(text: str, published: date, lang: str) -> None:
    for day in find_days(text, lang=lang, published=published):
        assert 0 <= day.start < day.end <= len(text)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_written_out_is_read_back(day: date) -> None:
    months = (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
    )
    text = f"El {day.day} de {months[day.month - 1]} de {day.year} firmaron."
    assert read(text, "es", published=None) == [day.isoformat()]
