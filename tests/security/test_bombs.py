"""Pages, PDFs and texts that are made to hurt: taking them apart ends in time, and the next page is read."""

from collections.abc import Iterator

import pytest

from bot.errors import ReadingError
from bot.metrics import Metrics
from bot.reading.clean import MAX_TEXT, MAX_TITLE
from bot.reading.fetch import Fetcher
from bot.reading.pool import Workers
from bot.services.reader import FIRST, ArticleReader, Patience
from bot.values import Page
from tests.security.bombs import BOMBS, SENTENCE

# What one of them may take here: less than at work, where then too the child is ended. Other
# tests may keep it waiting for as long as they like.
HURRIED = Patience(parse=2.0, extract=2.0, waiting=40.0)
# What a page that is none may be called; nothing else may come out, and never a crash of this process.
ENDED = {"too_slow", "too_big", "page_too_large", "empty_page", "pdf_broken", "pdf_no_text", "not_an_article"}

MORE = [
    "deeply nested HTML",
    "deeply nested formatting",
    "huge meta description",
    "huge attribute",
    "attribute flood",
    "flood of tags",
    "flood of links",
    "flood of entities",
    "endless tag",
    "one word",
    "combining marks",
    "deep JSON-LD",
    "JSON-LD of one number",
    "text of short lines",
    "PDF bomb of one word",
    "PDF bomb of nothing",
    "PDF packed three times",
    "PDF of too many pages",
    "PDF that contains itself",
    "PDF of opening brackets",
    "PDF of rubbish",
]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(memory=3_000_000_000, nice=0) as workers:
        yield workers


@pytest.fixture
def hurried(workers: Workers) -> ArticleReader:
    return ArticleReader(Fetcher(), workers, Metrics(), HURRIED)


@pytest.fixture
def reader(workers: Workers) -> ArticleReader:
    """With the patience of work: for what takes a second, half of what is hurried away here."""
    return ArticleReader(Fetcher(), workers, Metrics(), FIRST)


def taken_apart(reader: ArticleReader, name: str) -> Page | str:
    """The page, or the code of why there is none."""
    kind, make = BOMBS[name]
    try:
        return reader.parse(make(), content_type=kind, filename=None)
    except ReadingError as error:
        return error.code


@pytest.mark.parametrize(
    "name",
    [
        "deeply nested tables",
        "endless comment",
        "text of blank lines",
        "PDF bomb of arrays",
        *(pytest.param(name, marks=pytest.mark.slow) for name in MORE),
    ],
)
def test_what_is_made_to_hurt_ends(hurried: ArticleReader, name: str) -> None:
    came = taken_apart(hurried, name)
    if isinstance(came, Page):
        assert len(came.text) <= MAX_TEXT
        assert len(came.title or "") <= MAX_TITLE
    else:
        assert came in ENDED


@pytest.mark.parametrize("name", ["attribute flood", "flood of tags", "flood of links"])
def test_a_page_of_too_many_parts_is_refused_before_the_work(reader: ArticleReader, name: str) -> None:
    assert taken_apart(reader, name) == "page_too_large"


def test_a_huge_title_is_cut(reader: ArticleReader) -> None:
    page = taken_apart(reader, "huge title")
    assert isinstance(page, Page)
    assert page.title is not None
    assert page.title.endswith("Tessel…")


@pytest.mark.parametrize("name", ["billion laughs", "outside entity"])
def test_entities_are_not_opened(reader: ArticleReader, name: str) -> None:
    page = taken_apart(reader, name)
    assert isinstance(page, Page)
    assert "lol" not in page.text
    assert "root:" not in page.text


def test_the_next_page_is_read_all_the_same(hurried: ArticleReader, reader: ArticleReader) -> None:
    assert taken_apart(hurried, "PDF bomb of graphics") in {"too_slow", "pdf_broken"}
    fair = reader.parse(f"<p>{SENTENCE * 3}".encode(), content_type="text/html", filename=None)
    assert SENTENCE.strip() in fair.text
