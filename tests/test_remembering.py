"""The tests' own memory of what was read must give what the reader gave, and for that text alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.services import reader
from bot.services.reader import FIRST, Patience
from bot.values import CompanyName, Extraction, Page
from tests import remembering
from tests.factories import make_tie, usd

PAGE = Page(url=None, title="Á deal", site=None, lang="en", published=date(2026, 3, 2), text="A text.")
TIE = make_tie(money=usd("0.10"), confidence=0.1234567890123, date="2026-05")
FOUND = Extraction("en", (CompanyName("Microsoft", ("MS",)), CompanyName("OpenAI")), (TIE,))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Page]:
    """What the reader was asked to read."""
    pages: list[Page] = []

    def extract(patience: Patience, page: Page) -> Extraction:
        pages.append(page)
        return FOUND

    monkeypatch.setattr(reader, "_extract", extract)
    return pages


def test_a_text_is_read_once_and_comes_to_the_same_again(tmp_path: Path, asked: list[Page]) -> None:
    assert [remembering.extract(tmp_path, FIRST, PAGE) for _ in range(2)] == [FOUND, FOUND]
    assert asked == [PAGE]


@pytest.mark.parametrize(
    "change", [{"text": "Another."}, {"title": None}, {"published": None}, {"lang": "fr"}], ids=str
)
def test_where_anything_is_otherwise_that_the_reader_is_given_it_is_read(
    tmp_path: Path, asked: list[Page], change: dict[str, Any]
) -> None:
    pages = [PAGE, replace(PAGE, **change)]
    for page in pages:
        remembering.extract(tmp_path, FIRST, page)
    assert asked == pages
