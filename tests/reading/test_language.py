"""Which language a text is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.language import detect_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Repsol vende su negocio en Canadá a Peyto por 468 millones de dólares.", "es"),
        ("NVIDIA y MGX podrían invertir en OpenAI", "es"),
        ("Halden Robotics has agreed to merge with its Dutch rival.", "en"),
        ("Air Liquide rachète l'américain Airgas", "fr"),
        ("Die Deutsche Bank kauft die Anteile der Postbank zurück", "de"),
        ("MICROSOFT COMPRA ACTIVISION POR 68.700 MILLONES DE DÓLARES", "es"),
    ],
)
def test_languages_are_told(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_the_whole_text_counts_and_not_its_first_words() -> None:
    names = "Navarra Eólica, Iberluz, Banco Duero, Volta Motor. " * 2
    told = "The companies said on Monday that they expect to close the sale before the end of October. "
    assert detect_language(names + told * 5) == "en"


@pytest.mark.parametrize("text", ["", "  ", "12 34 %", "OpenAI", "$ 3.5", "OpenAI Oracle NVIDIA"])
def test_too_little_is_no_language(text: str) -> None:
    assert detect_language(text) is None


@given(st.text(max_size=200))
def test_any_text_has_a_code_or_none(text: str) -> None:
    lang = detect_language(text)
    assert lang is None or (lang.isalpha() and lang.islower())


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Grumbly Foods compra Pasta Lirio por 40 millones de euros.", "es"),
        ("Grumbly Foods compra Pasta Lirio. La compañía no da el precio.", "es"),
        ("Natura y Avon firman un acuerdo con Magalu", "es"),
        ("Natura e Avon firmam um acordo com a Magalu", "pt"),
        ("O grupo compra a empresa do sector", "pt"),
        ("Il gruppo compra la rivale per 40 milioni", "it"),
        ("El Grup Puig compra una empresa amb seu a Lleó", "ca"),
    ],
)
def test_small_words_tell_short_texts_of_one_family_apart(text: str, lang: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("OpenAI compra Rockset", "es"),  # names and one word of several languages
        ("OpenAI", "es"),
        (
            "Halden Robotics has agreed to merge with its Dutch rival.",
            "en",
        ),  # a template's lang is often wrong
    ],
)
def test_the_declared_language_counts_where_the_text_is_unsure(text: str, lang: str) -> None:
    assert detect_language(text, declared="es") == lang
