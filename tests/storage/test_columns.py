from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from bot.values import Money
from storage import articles, events, ties
from storage.columns import storable
from storage.schema import SeenEventRow
from tests.factories import TEAM, Desk, make_extraction, make_page, make_tie


def test_times_come_back_in_utc(desk: Desk) -> None:
    seen = datetime(2026, 3, 29, 2, 30, 1, 123456, tzinfo=timezone(timedelta(hours=-5)))
    events.claim_event(desk.session, team_id=TEAM, event_id="E1", now=seen)
    stored = desk.session.get_one(SeenEventRow, (TEAM, "E1")).seen_at
    assert (stored, stored.utcoffset()) == (seen.astimezone(UTC), timedelta(0))


def test_a_time_without_a_zone_is_refused(desk: Desk) -> None:
    with pytest.raises(StatementError, match="zone"), desk.session.begin_nested():
        events.claim_event(desk.session, team_id=TEAM, event_id="E1", now=datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("digits", ["13000000000", "0.1", "1E+30", "123456789012345678901234567890.12", "-5"])
def test_amounts_come_back_exactly(desk: Desk, digits: str) -> None:
    article_id = desk.share(make_tie(money=Money(Decimal(digits), None)))
    (tie,) = ties.ties_of(desk.session, team_id=TEAM, article_id=article_id).values()
    assert tie.money == Money(Decimal(digits), None)


@pytest.mark.parametrize(
    "hostile", ["nul \x00 nul", "half \ud83d pair", "\U0001f600", "'; DROP TABLE teams; --"]
)
def test_any_text_can_be_stored_without_moving_offsets(desk: Desk, hostile: str) -> None:
    (article_id,) = desk.post("https://news.example/1").new_articles
    desk.read(article_id, make_extraction(), make_page(f"{hostile} end"))
    (found,) = [article.text for article in articles.iter_articles(desk.session, team_id=TEAM)]
    assert (len(found), found[-3:]) == (len(hostile) + 4, "end")


@given(st.text())
def test_storable_keeps_the_length_and_is_idempotent(text: str) -> None:
    assert len(storable(text)) == len(text)
    assert storable(storable(text)) == storable(text)
