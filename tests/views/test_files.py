"""What is said with a file, and where one can't be posted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.file_message import FileMessage
from bot.query_files import FileKind
from bot.query_filters import Filters
from bot.values import TieKind
from bot.views.files import MOST_ALT, MOST_COMMENT, picture_message, refusal, render_underway, table_message
from bot.views.limits import problems
from bot.views.message import Message
from bot.views.mrkdwn import mrkdwn_problems
from tests.examples import examples
from tests.views.charts.making import NAMES, company_picture, map_picture, relationship_picture
from tests.views.making import DEALS_ANSWERS, TEXTS, deals_answer

ANA = "U012AB3CD"


def test_a_map_says_what_it_is_and_who_wanted_it() -> None:
    message = picture_message(map_picture(2), asked_by=ANA)
    assert message.comment == f"Map around Microsoft, for <@{ANA}>"
    assert message.filename == "microsoft-map.png"
    assert message.title == "Map around Microsoft"
    assert message.alt_text.startswith("Map of Microsoft and 2 companies tied to it.")


def test_a_chart_of_two_names_both() -> None:
    message = picture_message(relationship_picture(1, 1), asked_by="")
    assert (message.comment, message.filename) == (
        "Chart of Microsoft and OpenAI",
        "microsoft-openai-chart.png",
    )


def test_a_name_without_latin_letters_still_makes_a_file_name() -> None:
    assert picture_message(company_picture(0, 1, name=NAMES[2]), asked_by="").filename == "seams-chart.png"


def test_words_beside_a_large_picture_keep_their_limits() -> None:
    message = picture_message(map_picture(20, 12), asked_by=ANA)
    assert len(message.alt_text) <= MOST_ALT
    assert len(message.comment) <= MOST_COMMENT


def test_a_table_says_whose_deals_and_which() -> None:
    answer = deals_answer(total=12, filters=Filters(kind=TieKind.MERGER))
    message = table_message(answer, b"", asked_by=ANA)
    assert message.comment == f"12 deals of Microsoft as a table, only mergers, for <@{ANA}>"
    assert message.filename == "microsoft-deals.csv"


def test_a_table_of_all_companies_says_so() -> None:
    message = table_message(deals_answer(companies=(), total=1), b"", asked_by="")
    assert message.comment == "1 deal of all companies as a table"
    assert message.filename == "seams-deals.csv"


@examples(30)
@given(DEALS_ANSWERS)
def test_what_is_said_with_any_table_is_sound(answer: object) -> None:
    message = table_message(answer, b"", asked_by=ANA)  # type: ignore[arg-type]
    assert list(mrkdwn_problems("comment", message.comment)) == []


@examples(5)
@given(TEXTS)
def test_what_is_said_with_any_picture_is_sound(name: str) -> None:
    message = picture_message(company_picture(1, 0, name=name), asked_by=ANA)
    assert list(mrkdwn_problems("comment", message.comment)) == []
    assert len(message.comment) <= MOST_COMMENT


@pytest.mark.parametrize("kind", FileKind)
def test_what_is_under_way_will_be_seen_by_all(kind: FileKind) -> None:
    message = render_underway(kind)
    assert problems(message) == []
    assert "for everybody in it" in message.text


def file(alt_text: str) -> FileMessage:
    return FileMessage(filename="a.png", title="A", content=b"", comment="A", alt_text=alt_text)


def test_a_missing_permission_is_named_and_the_picture_told() -> None:
    said = refusal("missing_scope", file("Microsoft – allied."))
    assert "files:write" in said
    assert said.endswith("What it would show: Microsoft – allied.")


@given(st.sampled_from(["missing_scope", "is_archived", "<!channel>"]), TEXTS)
def test_any_refusal_is_sound(code: str, alt_text: str) -> None:
    said = refusal(code, file(alt_text))
    assert problems(Message(said, ())) == []
