"""What the shell prints as JSON is JSON, and says what the answer says."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given

from bot.answers import (
    AmbiguousName,
    ArticlesAnswer,
    DealsAnswer,
    DigestAnswer,
    MissingName,
    RelationshipAnswer,
    Suggestion,
    UnknownName,
    message_url,
)
from bot.answers_json import as_json, number
from bot.queries import Command
from tests.views.making import (
    ARTICLES_ANSWERS,
    DEALS_ANSWERS,
    DIGEST_ANSWERS,
    MICROSOFT,
    RELATIONSHIP_ANSWERS,
    deal_line,
    deals_answer,
)


def test_a_deal_is_said_in_full() -> None:
    (deal,) = as_json(deals_answer(deal_line()))["deals"]
    assert (deal["kind"], deal["source"]["name"], deal["target"]["name"]) == (
        "acquisition",
        "Microsoft",
        "Inflection",
    )
    assert deal["amounts"] == [{"amount": 650_000_000, "currency": "USD", "sites": ["El País"]}]
    assert deal["evidence"][0]["article"]["published"] == "2024-06-14"


@pytest.mark.parametrize(
    ("amount", "shown"), [("650000000", "650000000"), ("1E+9", "1000000000"), ("0.5", "0.5")]
)
def test_amounts_are_numbers(amount: str, shown: str) -> None:
    assert json.dumps(number(Decimal(amount))) == shown


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (UnknownName(Command.DEALS, ("x",), (Suggestion("Microsoft", "", "microsoft"),)), "unknown_name"),
        (AmbiguousName(Command.DEALS, "x", ()), "ambiguous_name"),
        (MissingName(Command.RELATIONSHIP, MICROSOFT, ()), "missing_name"),
    ],
)
def test_what_is_no_answer_is_an_error(answer: UnknownName | AmbiguousName | MissingName, error: str) -> None:
    assert as_json(answer)["error"] == error


@given(DEALS_ANSWERS | RELATIONSHIP_ANSWERS | ARTICLES_ANSWERS | DIGEST_ANSWERS)
def test_every_answer_can_be_written(
    answer: DealsAnswer | RelationshipAnswer | ArticlesAnswer | DigestAnswer,
) -> None:
    json.dumps(as_json(answer), allow_nan=False)


@pytest.mark.parametrize(
    ("team_url", "channel_id", "message_ts", "expected"),
    [
        (
            "https://acme.slack.com/",
            "C012AB3CD",
            "1718441234.567890",
            "https://acme.slack.com/archives/C012AB3CD/p1718441234567890",
        ),
        (None, "C012AB3CD", "1718441234.567890", None),
        ("https://acme.slack.com/", "", "1718441234.567890", None),
        ("https://acme.slack.com/", "C0/../x", "1718441234.567890", None),
        ("https://acme.slack.com/", "C012AB3CD", "now", None),
    ],
)
def test_links_to_messages(
    team_url: str | None, channel_id: str, message_ts: str, expected: str | None
) -> None:
    assert message_url(team_url, channel_id, message_ts) == expected


def test_times_are_iso() -> None:
    line = deal_line(first_seen=datetime(2024, 6, 15, tzinfo=UTC))
    assert as_json(deals_answer(line))["deals"][0]["first_seen"] == "2024-06-15T00:00:00+00:00"
