"""The reply under a link: what the article says, who had it first, or why it could not be read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.answers import ReadingAnswer
from bot.errors import (
    LinkRefused,
    NotAnArticle,
    PageBlocked,
    PageTooLarge,
    PageUnavailable,
    Unreadable,
)
from bot.values import Evidence, Money, Status, Tie, TieKind
from bot.views.actions import Target, read_target
from bot.views.message import Message
from bot.views.reading import (
    MAX_TIES,
    render,
    render_left_out,
    render_saving,
    render_trying_again,
)
from tests.views.making import BOUGHT, JUNE, shown

TIE = Tie(
    kind=TieKind.ACQUISITION,
    source="Microsoft",
    target="Inflection",
    status=Status.COMPLETED,
    money=Money(Decimal(650_000_000), "USD"),
    date="2024-03",
    confidence=0.9,
    evidence=Evidence(BOUGHT, 0, len(BOUGHT)),
    rule="r",
)
READ = ReadingAnswer(
    article_id="a1",
    channel_id="C012AB3CD",
    message_ts="1718441234.567890",
    thread_ts=None,
    url="https://elpais.com/costuras",
    title="Costuras",
    site="El País",
    published=date(2024, 6, 14),
    ties=(TIE,),
)
FAILED = replace(READ, title=None, site=None, published=None, ties=(), error_code="page_blocked")


def said(answer: ReadingAnswer) -> Message:
    message = render(answer)
    assert message is not None
    return message


def labels(message: Message) -> list[str]:
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row]


def test_the_reply_says_what_was_read_and_proves_it() -> None:
    text = shown(said(READ))
    assert text.startswith("I read <https://elpais.com/costuras|Costuras> (El País, 14 Jun 2024). It says:")
    assert "*Microsoft* acquired *Inflection* · $650 m · Mar 2024" in text
    assert f"> “{BOUGHT}”" in text


def test_one_sentence_that_proves_two_things_stands_once() -> None:
    text = shown(said(replace(READ, ties=(TIE, replace(TIE, target="Pi")))))
    assert text.count(BOUGHT) == 1


@pytest.mark.parametrize(("count", "more"), [(MAX_TIES, ""), (MAX_TIES + 3, "and 3 more")])
def test_only_some_ties_are_shown_and_the_others_counted(count: int, more: str) -> None:
    text = shown(said(replace(READ, ties=(TIE,) * count)))
    assert text.count("*Microsoft* acquired") == MAX_TIES
    assert more in text


def test_deals_come_before_bonds() -> None:
    depends = replace(TIE, kind=TieKind.DEPENDENCY, money=None, evidence=Evidence("x", 0, 1))
    text = shown(said(replace(READ, ties=(depends, TIE))))
    assert text.index("acquired") < text.index("depends on")


def test_an_article_that_says_nothing_of_companies_gets_no_reply() -> None:
    assert render(replace(READ, ties=())) is None


def test_a_known_article_says_who_saved_it_and_when() -> None:
    known = replace(READ, known_by="U012AB3CD", known_at=JUNE)
    assert "Already saved by <@U012AB3CD> on 15 Jun 2024." in shown(said(known))


def test_a_known_article_is_mentioned_even_when_it_says_nothing() -> None:
    known = replace(READ, ties=(), known_at=JUNE)
    assert "Already saved on 15 Jun 2024. <https://elpais.com/costuras|Costuras>" in shown(said(known))


def test_a_pasted_text_needs_no_title() -> None:
    pasted = replace(READ, url=None, title=None, site=None, published=None)
    assert shown(said(pasted)).startswith("I read the pasted text. It says:")


@pytest.mark.parametrize(
    ("code", "words", "buttons"),
    [
        (PageBlocked.code, "paywall", ["Paste the text"]),
        (PageUnavailable.code, "does not answer", ["Paste the text", "Try again"]),
        (PageTooLarge.code, "too large", ["Paste the text"]),
        (NotAnArticle.code, "no article", ["Paste the text"]),
        (LinkRefused.code, "don't open", ["Paste the text"]),
        (Unreadable.code, "broken", ["Paste the text"]),
        ("dead_link", "no page at that address", ["Paste the text"]),
        ("port_refused", "don't open", ["Paste the text"]),
        ("rate_limited", "no more requests", ["Paste the text", "Try again"]),
        ("something new", "broken", ["Paste the text"]),
    ],
)
def test_a_failure_says_what_happened_and_what_to_do(code: str, words: str, buttons: list[str]) -> None:
    message = said(replace(FAILED, error_code=code))
    assert words in message.text
    assert labels(message) == buttons


def test_the_button_knows_what_the_text_belongs_to() -> None:
    row = said(FAILED).blocks[-1]["elements"]
    assert read_target(row[0]["value"]) == Target("a1", "C012AB3CD", "1718441234.567890")


def test_a_screen_reader_hears_the_ties() -> None:
    text = said(READ).text
    assert "I read Costuras (El País, 14 Jun 2024). It says:" in text
    assert "Microsoft acquired Inflection, $650 m, Mar 2024." in text


@pytest.mark.parametrize(("links", "words"), [(0, "no link"), (1, "Saving 1 link."), (3, "Saving 3 links.")])
def test_saving_says_how_many_links(links: int, words: str) -> None:
    assert words in render_saving(links).text


def test_short_answers_say_what_happens_next() -> None:
    assert "again" in render_trying_again().text
    assert "5 links" in render_left_out(5).text
