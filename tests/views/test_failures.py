"""Every code with which reading can fail has words of its own for the person who posted the link."""

import re
from pathlib import Path

import pytest

import bot.reading
from bot.errors import NotAnArticle, PageBlocked, PageTooLarge, PageUnavailable, ReadingError, Unreadable
from bot.reading.answers import check_status
from bot.views.failures import FAILURES

CLASSES = (NotAnArticle, PageBlocked, PageTooLarge, PageUnavailable, Unreadable)
SOURCES = Path(bot.reading.__file__).parent.glob("*.py")
IN_SOURCES = {code for file in SOURCES for code in re.findall(r'code="(\w+)"', file.read_text("utf-8"))}


@pytest.mark.parametrize("code", sorted(IN_SOURCES | {error.code for error in CLASSES}))
def test_a_code_of_the_reader_has_words(code: str) -> None:
    assert code in FAILURES


@pytest.mark.parametrize("status", [401, 402, 403, 404, 407, 410, 418, 429, 451, 500, 503])
def test_a_status_of_a_site_has_words(status: int) -> None:
    with pytest.raises(ReadingError) as caught:
        check_status(status)
    assert caught.value.code in FAILURES


@pytest.mark.parametrize("code", ["page_unavailable", "rate_limited", "internal_error"])
def test_what_may_pass_can_be_tried_again(code: str) -> None:
    assert FAILURES[code].may_work_later


@pytest.mark.parametrize("code", ["paywall", "login_required", "dead_link", "pdf_locked"])
def test_what_stays_so_is_not_tried_again(code: str) -> None:
    assert not FAILURES[code].may_work_later
