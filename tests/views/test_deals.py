"""What /deals shows: each deal in words, with its amount, history, sentence and sources."""

import json
from datetime import date
from decimal import Decimal

import pytest

from bot.answers import DealLine, Suggestion
from bot.query_filters import Filters
from bot.values import Money, ReportedMoney, Status, StatusStep, TieKind
from bot.views.actions import State
from bot.views.deals import filter_words, render
from bot.views.limits import problems
from tests.views.making import (
    BOUGHT,
    INFLECTION,
    JULY,
    JUNE,
    MICROSOFT,
    OPENAI,
    ORACLE,
    buttons,
    deal,
    deal_line,
    deals_answer,
    shown,
    source,
)


def test_a_deal_shows_all_that_is_known_of_it() -> None:
    text = shown(render(deals_answer(deal_line())))
    assert "*Microsoft* acquired *Inflection* · $650 m" in text
    assert "Completed · Mar 2024" in text
    assert f"> “{BOUGHT}”" in text
    assert "<https://elpais.com/costuras|El País>, 14 Jun 2024" in text
    assert (
        "shared by <@U012AB3CD> <https://acme.slack.com/archives/C012AB3CD/p1718441234567890|15 Jun 2024>"
        in text
    )


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (TieKind.ACQUISITION, Status.RUMORED, "*Oracle* may acquire *OpenAI*"),
        (TieKind.INVESTMENT, Status.RUMORED, "*Oracle* may invest in *OpenAI*"),
        (TieKind.SUPPLY, Status.ANNOUNCED, "*Oracle* supplies *OpenAI* (announced)"),
        (TieKind.SUPPLY, Status.ENDED, "*Oracle* no longer supplies *OpenAI*"),
        (TieKind.MERGER, Status.DENIED, "A merger of *Oracle* and *OpenAI* was denied"),
        (TieKind.PARTNERSHIP, Status.COMPLETED, "*Oracle* and *OpenAI* are partners"),
    ],
)
def test_kind_and_status_are_said_in_words(kind: TieKind, status: Status, words: str) -> None:
    line = DealLine(deal(kind=kind, status=status), ORACLE, OPENAI, (source(),))
    assert words in shown(render(deals_answer(line)))


def test_disagreeing_sources_are_named_with_their_amounts() -> None:
    amounts = (
        ReportedMoney(Money(Decimal(600_000_000), "USD"), ("t1",)),
        ReportedMoney(Money(Decimal(650_000_000), "USD"), ("t2", "t3")),
    )
    sources = (source("t1"), source("t2", site="Reuters"), source("t3", site="Reuters"))
    text = shown(render(deals_answer(deal_line(*sources, amounts=amounts))))
    assert "$600 m (El País) / $650 m (Reuters)" in text


def test_a_status_that_moved_shows_its_steps() -> None:
    history = (
        StatusStep(Status.RUMORED, JUNE, JUNE, ("t1",)),
        StatusStep(Status.COMPLETED, JULY, JULY, ("t1",)),
    )
    text = shown(render(deals_answer(deal_line(history=history))))
    assert "Rumoured 15 Jun 2024 → completed 1 Jul 2024 · Mar 2024" in text


def test_a_deal_without_a_date_says_when_it_was_reported() -> None:
    assert "Completed · reported 15 Jun 2024" in shown(render(deals_answer(deal_line(date=None))))


@pytest.mark.parametrize(("confidence", "said"), [(0.59, True), (0.6, False), (1.0, False)])
def test_only_low_confidence_is_mentioned(confidence: float, said: bool) -> None:
    assert ("not sure" in shown(render(deals_answer(deal_line(confidence=confidence))))) is said


def test_a_long_sentence_is_cut_on_a_word() -> None:
    long = "palabra " * 200
    text = shown(render(deals_answer(deal_line(source(text=long)))))
    quoted = text.partition("“")[2].partition("”")[0]
    assert 500 < len(quoted) <= 600
    assert quoted.endswith("palabra…")


def test_many_articles_are_counted() -> None:
    sources = [source(f"t{n}") for n in range(5)]
    assert "2 more articles" in shown(render(deals_answer(deal_line(*sources))))


def test_two_sentences_of_one_article_are_one_source() -> None:
    sources = [source("t1", article_id="a"), source("t2", article_id="a")]
    assert shown(render(deals_answer(deal_line(*sources)))).count("El País") == 1


def test_a_pasted_text_is_a_source_without_a_link() -> None:
    text = shown(render(deals_answer(deal_line(source(url=None, site=None, title=None, published=None)))))
    assert "a pasted text · shared by" in text


def test_a_screen_reader_hears_the_same_facts_without_marks() -> None:
    text = render(deals_answer(deal_line())).text
    assert text.startswith("Deals of Microsoft, 1 deal.")
    assert "1. Microsoft acquired Inflection, $650 m. Completed · Mar 2024." in text
    assert BOUGHT in text
    assert "*" not in text
    assert "<" not in text


@pytest.mark.parametrize(
    ("page", "pages", "labels"),
    [
        (0, 1, ["Share in channel"]),
        (0, 3, ["Next", "Share in channel"]),
        (1, 3, ["Previous", "Next", "Share in channel"]),
        (2, 3, ["Previous", "Share in channel"]),
    ],
)
def test_pages_have_the_buttons_that_lead_somewhere(page: int, pages: int, labels: list[str]) -> None:
    answer = deals_answer(deal_line(), page=page, pages=pages, total=11)
    assert list(buttons(render(answer))) == labels


def test_a_button_asks_for_the_same_deals_on_its_page() -> None:
    answer = deals_answer(deal_line(), page=1, pages=3, total=11, text='"#1a" type:merger')
    assert buttons(render(answer))["Next"] == State("/deals", '"#1a" type:merger', 2)


def test_a_later_page_counts_on() -> None:
    message = render(deals_answer(deal_line(), page=1, pages=2, total=6))
    assert "6 to 6 of 6" in message.text
    assert "\n6. " in message.text


def test_a_shared_answer_names_who_shared_it_and_has_no_buttons() -> None:
    message = render(deals_answer(deal_line()), shared_by="U012AB3CD")
    assert not buttons(message)
    assert "Shared by <@U012AB3CD>" in shown(message)


def test_a_state_too_long_for_a_button_leaves_it_out() -> None:
    message = render(deals_answer(deal_line(), text="x" * 2000))
    assert not buttons(message)
    assert problems(message) == []


def test_two_companies_are_both_in_the_title() -> None:
    message = render(deals_answer(deal_line(), companies=(MICROSOFT, INFLECTION)))
    assert "Deals between *Microsoft* and *Inflection*" in shown(message)


def test_filters_are_said_in_words() -> None:
    filters = Filters(
        TieKind.SUPPLY,
        Status.ANNOUNCED,
        date(2024, 1, 1),
        date(2024, 12, 31),
        Money(Decimal(10**8), "EUR"),
    )
    assert filter_words(filters) == (
        "supply contracts, announced, since 1 Jan 2024, until 31 Dec 2024, of at least 100 m in any currency"
    )


def test_an_empty_list_offers_what_the_filters_hide() -> None:
    answer = deals_answer(total=0, unfiltered=12, filters=Filters(TieKind.MERGER), unfiltered_text='"#1a"')
    message = render(answer)
    assert "Deals of Microsoft, only mergers" in message.text
    assert "Without the filters I know 12 deals" in message.text
    assert buttons(message) == {"Show all 12": State("/deals", '"#1a"')}


def test_a_company_without_deals_gets_a_next_step() -> None:
    message = render(deals_answer())
    assert "nothing posted so far tells of a deal of theirs" in message.text
    assert "Post a link" in message.text
    assert "`/articles Microsoft`" in shown(message)


def test_two_companies_without_deals_lead_to_the_deals_of_each() -> None:
    partners = (Suggestion("Deals of Microsoft", "", '"#1a"'), Suggestion("Deals of OpenAI", "", '"#2b"'))
    message = render(deals_answer(companies=(MICROSOFT, OPENAI), partners=partners))
    assert list(buttons(message)) == ["Deals of Microsoft", "Deals of OpenAI"]


def test_an_empty_record_says_how_to_begin() -> None:
    assert "Post a link" in render(deals_answer(companies=())).text


def test_five_long_deals_fit_with_less_detail() -> None:
    url = "https://news.example/" + "x" * 900
    sources = [source(f"t{n}", text="Muy largo. " * 200, url=url, message_url=url) for n in range(3)]
    message = render(deals_answer(*[deal_line(*sources)] * 5))
    assert problems(message) == []
    assert len(json.dumps(message.blocks)) > 3000
    assert shown(message).count("Muy largo") >= 5
