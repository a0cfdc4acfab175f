"""Plain text, pasted or uploaded."""

import pytest

from bot.errors import NotAnArticle
from bot.reading.text_page import read_text

STORY = "Corvane compró el lunes un rival en Lyon por cuatro millones de euros."


def test_paragraphs_and_title_are_found() -> None:
    page = read_text(f"Corvane crece\n\n\n{STORY}\n\n{STORY}\n", url=None)
    assert page.title == "Corvane crece"
    assert page.text == f"Corvane crece\n\n{STORY}\n\n{STORY}"
    assert (page.url, page.site, page.published, page.lang) == (None, None, None, "es")


def test_each_line_is_a_paragraph_where_lines_are_whole() -> None:
    assert read_text(f"{STORY}\n{STORY}", url=None).text == f"{STORY}\n\n{STORY}"


def test_wrapped_lines_are_put_together() -> None:
    text = "Corvane compró el lunes un rival en la ciudad de\nLyon, según fuentes que conocen el caso\nbien."
    assert "\n" not in read_text(text, url=None).text


@pytest.mark.parametrize("text", [STORY, f"{STORY}\n\n{STORY}", f"{'x' * 201}\n\n{STORY}"])
def test_a_first_sentence_is_no_title(text: str) -> None:
    assert read_text(text, url=None).title is None


def test_the_address_gives_the_site() -> None:
    page = read_text(STORY, url="https://www.paper.example/a.txt?utm_source=x")
    assert (page.url, page.site) == ("https://www.paper.example/a.txt", "paper.example")


@pytest.mark.parametrize("text", ["", " \n ", "hi", "12 34 " * 20, "\u200b" * 80])
def test_too_little_is_no_article(text: str) -> None:
    with pytest.raises(NotAnArticle):
        read_text(text, url=None)
