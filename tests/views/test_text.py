"""Foreign text comes out as text: one visible line, escaped, cut between graphemes, linking to the web."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views.mrkdwn import mrkdwn_problems
from bot.views.text import clean, link, mrkdwn, name, plain, plain_name, quotation, safe_url, user
from tests.views.making import TEXTS, URLS

FAMILY = "🇪🇸"  # two code points, one grapheme


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a & b", "a &amp; b"),
        ("&amp;", "&amp;amp;"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U012AB3CD>", "&lt;@U012AB3CD&gt;"),
        ("*bold* _it_ ~no~ `code`", "∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ"),
        ("one\ntwo\r\n\tthree", "one two three"),
        ("\u202eevil\u202c", "evil"),
        ("Micro\u200bsoft\ufeff", "Microsoft"),
        ("\x00\x1b[31mred", "[31mred"),
        ("\u3164", ""),
        ("\ud800", ""),
        ("Telefónica, S.A.", "Telefónica, S.A."),
        ("北京字节跳动", "北京字节跳动"),
    ],
)
def test_text_shows_as_itself(text: str, shown: str) -> None:
    assert mrkdwn(text) == shown


def test_marks_do_not_pile_up() -> None:
    assert clean("e" + "\u0301" * 50) == "e" + "\u0301" * 4


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("word", 4, "word"),
        ("words", 4, "wor…"),
        ("a long sentence", 10, "a long…"),
        ("a long sentence", 15, "a long sentence"),
        ("a long, sentence", 11, "a long…"),
        ("a & b", 8, "a &amp;…"),
        ("a & b", 6, "a…"),
        ("&&&", 5, "…"),
        ("&&&", 6, "&amp;…"),
        (FAMILY * 3, 6, FAMILY * 3),
        (FAMILY * 3, 5, FAMILY * 2 + "…"),
        (FAMILY * 3, 4, FAMILY + "…"),
        ("e\u0301" * 3, 5, "e\u0301" * 2 + "…"),
        ("x", 0, ""),
    ],
)
def test_text_is_cut_between_graphemes_on_the_escaped_length(text: str, limit: int, shown: str) -> None:
    assert mrkdwn(text, limit) == shown


def test_a_long_word_is_cut_within() -> None:
    assert plain("word " + "x" * 100, 50) == "word " + "x" * 44 + "…"


@given(TEXTS, st.integers(1, 300))
def test_no_text_is_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(mrkdwn(text, limit)) <= limit


@given(TEXTS, st.integers(1, 300))
def test_no_text_brings_markup(text: str, limit: int) -> None:
    assert list(mrkdwn_problems("text", mrkdwn(text, limit))) == []


@given(TEXTS)
def test_what_was_cleaned_stays_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u3164\u2800"])
def test_a_name_is_never_empty(text: str) -> None:
    assert name(text) == plain_name(text) == "(no name)"


def test_a_quotation_of_nothing_is_nothing() -> None:
    assert quotation("\u200b", 100) == ""


def test_a_quotation_is_one_quoted_line() -> None:
    assert quotation("It said\n> so.", 100) == "> “It said &gt; so.”"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://elpais.com/a?b=1&c=2#d", "https://elpais.com/a?b=1&amp;c=2#d"),
        ("https://a.com|hack><!channel>", None),
        ("https://a.com/|hack><!channel>", "https://a.com/%7Chack%3E%3C!channel%3E"),
        ("https://a.com/a b`c`\u202e", "https://a.com/a%20b%60c%60%E2%80%AE"),
        ("https://a.com/%7Ca", "https://a.com/%7Ca"),
        ("https://a.com/ñ", "https://a.com/%C3%B1"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//evil.com", None),
        ("https://", None),
        ("http://microsoft.com@evil.com/", None),
        ("https://еvil.com/", None),
        ("http://[::1", None),
        ("https://a.com/" + "x" * 1000, None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: str | None) -> None:
    assert safe_url(url) == safe


def test_a_label_without_an_address_is_text() -> None:
    assert link("javascript:alert(1)", "El <País>") == "El &lt;País&gt;"


def test_a_label_holds_no_second_bar() -> None:
    assert link("https://a.com", "a|b") == "<https://a.com|a∣b>"


@given(URLS, TEXTS)
def test_no_link_brings_markup(url: str | None, label: str) -> None:
    assert list(mrkdwn_problems("link", link(url, label))) == []


@pytest.mark.parametrize("wrong", [None, "", "u1", "U1", "U012><!channel>", "W01\n"])
def test_only_ids_are_mentioned(wrong: str | None) -> None:
    assert user(wrong) is None


def test_people_are_mentioned() -> None:
    assert user("U012AB3CD") == "<@U012AB3CD>"
