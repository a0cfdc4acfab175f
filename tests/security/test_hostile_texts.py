"""Texts made to hurt take no more than their length deserves: no pattern goes over them again and again."""

import time
from datetime import date

import pytest

from bot.errors import ReadingError
from bot.extraction.dates import find_days
from bot.extraction.money import find_amounts
from bot.extraction.pipeline import Reader
from bot.extraction.sentences import paragraphs, sentences
from bot.reading.page import read_page
from tests.security.texts import TEXTS

LENGTH = 20_000  # characters: what grows with the square of it takes many seconds at that
READ = 600  # characters of one sentence: what tries all ways through it never ends
# Of those that the whole reader reads, what runs with all tests: one in each language.
FEW = {"names and commas", "deals of many", "conditional words"}
SECONDS = 2.0  # of processor time; ten times what the slowest takes


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_made_to_hurt_is_looked_through_in_time(name: str) -> None:
    lang, make = TEXTS[name]
    text = make()[:LENGTH]
    begun = time.process_time()
    find_amounts(text, lang=lang)
    find_days(text, lang=lang, published=date(2026, 5, 4))
    for paragraph in paragraphs(text):
        list(sentences(text, paragraph))
    assert time.process_time() - begun < SECONDS


@pytest.fixture(scope="module")
def loaded(reader: Reader) -> Reader:
    """With the models of all languages in memory, which takes seconds itself."""
    for lang in ("en", "es", "fr"):
        reader.extract("Corvane Inc bought Tessel.", lang=lang)
    return reader


@pytest.mark.parametrize(
    "name", [name if name in FEW else pytest.param(name, marks=pytest.mark.slow) for name in TEXTS]
)
def test_a_text_made_to_hurt_is_read_in_time(loaded: Reader, name: str) -> None:
    """By the whole reader, whose models take most of it, and so by less of the text."""
    lang, make = TEXTS[name]
    text = make()[:READ]
    begun = time.process_time()
    found = loaded.extract(text, lang=lang)
    assert time.process_time() - begun < SECONDS
    assert all(text[tie.evidence.start : tie.evidence.end] == tie.evidence.text for tie in found.ties)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one word", "spaces", "line breaks", "names in a row", "lists", "emoji"])
def test_five_megabytes_are_cut_and_read(name: str) -> None:
    text = TEXTS[name][1]() * 25
    begun = time.process_time()
    try:
        read = len(read_page(text.encode(), content_type="text/plain", url=None).text)
    except ReadingError:
        read = 0
    assert read <= 200_000
    assert time.process_time() - begun < SECONDS
