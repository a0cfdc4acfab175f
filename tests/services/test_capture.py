"""What is captured before Slack gets its answer: each statement is a round trip that somebody waits for."""

from collections.abc import Iterator
from unittest.mock import Mock

import pytest
from sqlalchemy import select

from bot.jobs import Outbox, prepare
from bot.services import Services
from bot.services.capture import SharedMessage, capture_message
from bot.settings import Settings
from bot.values import Audience
from storage import articles
from storage.engine import Engine, snapshot, transaction
from storage.schema import ArticleRow, PostingRow
from storage.teams import remember_team
from tests.bench.record.timing import statements_of
from tests.factories import NOW, TEAM

URL = "https://news.example/one"


@pytest.fixture
def services(database: str, engine: Engine) -> Iterator[Services]:
    """On a database of their own, for the queue adds its tables."""
    prepare(engine)
    with transaction(engine) as session:
        remember_team(session, team_id=TEAM)
    outbox = Outbox(engine)
    yield Services(
        engine=engine,
        settings=Settings(_env_file=None),
        outbox=outbox,
        slack=Mock(),
        read=Mock(),
        read_apart=Mock(),
        now=lambda: NOW,
    )
    outbox.close()


def post(services: Services, number: int, *links: str) -> None:
    message = SharedMessage(
        team_id=TEAM,
        channel_id="C1",
        audience=Audience.UNKNOWN,
        message_ts=f"1700000000.00000{number}",
        version_ts=None,
        thread_ts=None,
        user_id="U1",
        from_bot=False,
        links=links,
    )
    capture_message(services, f"Ev{number}", message)


def test_a_link_takes_eight_statements(services: Services) -> None:
    post(services, 1, f"{URL}/1")  # the queue asks at first what the tables are called
    sent = statements_of(services.engine, lambda: post(services, 2, f"{URL}/2"))
    # The event, its channel, the message, the article, its address, the posting, and two for the job.
    assert len([statement for statement, _given in sent if statement != "BEGIN IMMEDIATE"]) == 8


def test_a_text_beside_a_link_is_kept_when_the_message_is_heard_of_only_later(services: Services) -> None:
    post(services, 1, URL)
    with transaction(services.engine) as session:
        article_id = session.scalars(select(ArticleRow.id)).one()
        articles.add_text(
            session,
            team_id=TEAM,
            article_id=article_id,
            title=None,
            text="What the page says.",
            channel_id="C1",
            message_ts="1700000000.000002",
            now=NOW,
        )
    post(services, 2, URL)
    with snapshot(services.engine) as session:
        kept = session.execute(select(PostingRow.message_ts, PostingRow.by_link)).all()
    assert sorted(map(tuple, kept)) == [("1700000000.000001", True), ("1700000000.000002", False)]
