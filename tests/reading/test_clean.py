"""Text as it is kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.clean import MAX_TEXT, MAX_TITLE, clean_line, clean_lines, clean_title, join_paragraphs


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \t b  ", "a b"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("a\nb\r\nc\u2028d", "a b c d"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("Mic\u200bro\u200dsoft\ufeff", "Microsoft"),
        ("acqui\u00adsition", "acquisition"),
        ("a\x00b\x07c\x9fd", "abcd"),
        ("\U000e0041a\ue000", "a"),
        ("Telefo\u0301nica", "Telefónica"),
        ("ﬁnancial oﬀer", "financial offer"),
        ("Peña & Söhne — 3 €", "Peña & Söhne — 3 €"),
        ("🚀 go", "🚀 go"),
    ],
)
def test_a_line_holds_what_can_be_seen(text: str, line: str) -> None:
    assert clean_line(text) == line


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_lines(text)
    assert clean_lines(once) == once


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    assert not {unicodedata.category(c) for c in clean_line(text)} & {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
        "Zl",
        "Zp",
    }


def test_blank_lines_stay_between_lines() -> None:
    assert clean_lines(" a \r\n\r\n b\u00a0") == "a\n\nb"


@pytest.mark.parametrize("text", [None, "", " ", "\u200b", "\x00"])
def test_a_title_without_anything_to_see_is_none(text: str | None) -> None:
    assert clean_title(text) is None


@pytest.mark.parametrize("size", [MAX_TITLE, MAX_TITLE + 1, 5000])
def test_a_title_is_at_most_so_long(size: int) -> None:
    title = clean_title("x" * size)
    assert title is not None
    assert len(title) <= MAX_TITLE
    assert title.endswith("…") is (size > MAX_TITLE)


def test_a_title_is_cut_between_words() -> None:
    title = clean_title("word " * 100)
    assert title is not None
    assert title.endswith("word…")


def test_paragraphs_stand_a_blank_line_apart() -> None:
    assert join_paragraphs(["a", "b"]) == "a\n\nb"


def test_a_text_without_end_is_cut_between_paragraphs() -> None:
    text = join_paragraphs(["x" * 1000] * 1000)
    assert MAX_TEXT - 1002 < len(text) <= MAX_TEXT
    assert text.endswith("x")
