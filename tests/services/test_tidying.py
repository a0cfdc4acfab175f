"""What is old goes, a few rows at a time; what rests on it stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import text

from bot.jobs import Job, Outbox, prepare
from bot.services import Services, tidying
from bot.settings import Settings
from storage import articles, queues, record, search
from storage.engine import Engine, is_sqlite, open_engine, snapshot, transaction
from storage.record import DealFilter
from tests.factories import NOW, PUBLIC, TEAM, Desk, make_page, make_tie

IN_A_YEAR = NOW + timedelta(days=365)


@pytest.fixture
def database_with_queue(database: str) -> Iterator[Engine]:
    engine = open_engine(database)
    prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def services(database_with_queue: Engine) -> Iterator[Services]:
    """A year after everything happened."""
    outbox = Outbox(database_with_queue)
    yield Services(
        engine=database_with_queue,
        settings=Settings(_env_file=None, keep_articles_days=30),
        outbox=outbox,
        slack=Mock(),
        read=Mock(),
        read_apart=Mock(),
        now=lambda: IN_A_YEAR,
    )
    outbox.close()


def share(services: Services) -> None:
    with transaction(services.engine) as session:
        desk = Desk(session).open()
        desk.share(make_tie(), page=make_page("The whole text, which is long.", title="Microsoft invests"))


def found(services: Services, words: str) -> int:
    with snapshot(services.engine) as session:
        return search.search_articles(session, team_id=TEAM, channel_id=PUBLIC, words=words, limit=9).total


def test_a_text_goes_and_the_sentence_that_proves_a_deal_stays(services: Services) -> None:
    share(services)

    def deals() -> record.DealPage:
        with snapshot(services.engine) as session:
            return record.deals(session, team_id=TEAM, channel_id=PUBLIC, filter=DealFilter(), limit=9)

    before = deals()
    assert found(services, "whole text") == 1
    tidying.tidy(services)
    assert deals() == before
    assert before.total == 1
    assert found(services, "whole text") == 0
    assert found(services, "invests") == 1  # by its title


def test_texts_stay_for_ever_unless_the_settings_say_otherwise(services: Services) -> None:
    share(services)
    kept = services.settings.model_copy(update={"keep_articles_days": 0})
    tidying.tidy(replace(services, settings=kept))
    assert found(services, "whole text") == 1


def test_texts_go_oldest_first_and_so_many_at_once(services: Services) -> None:
    with transaction(services.engine) as session:
        desk = Desk(session).open()
        for number in range(3):
            desk.share(make_tie(), url=f"https://news.example/{number}", page=make_page(f"Text {number}."))
    for expected in (2, 1, 0):
        with transaction(services.engine) as session:
            assert articles.forget_texts(session, before=IN_A_YEAR, limit=2) == expected


def test_work_long_done_goes_and_what_waits_stays(services: Services) -> None:
    with transaction(services.engine) as session:
        for number in range(tidying.AT_ONCE + 2):
            services.outbox.add(session, Job("tell", "telling", f"tell:{TEAM}:{number}", (TEAM,)))
    table = "workflow_status" if is_sqlite(services.engine) else "dbos.workflow_status"
    with transaction(services.engine) as session:
        session.execute(
            text(
                f"UPDATE {table} SET status = 'SUCCESS', completed_at = :then "  # noqa: S608
                "WHERE workflow_uuid <> :waits"
            ),
            {"then": int(NOW.timestamp() * 1000), "waits": f"tell:{TEAM}:0"},
        )
    tidying.tidy(services)
    assert services.outbox.job_keys() == {f"tell:{TEAM}:0"}
    assert [depth.jobs for depth in queues.depths(services.engine, now=IN_A_YEAR)] == [1]


def test_it_ends_when_the_process_is_told_to_stop(services: Services) -> None:
    share(services)
    tidying.tidy(services, stopping=lambda: True)
    assert found(services, "whole text") == 1


def test_the_planner_is_told_what_is_in_the_tables(services: Services) -> None:
    if not is_sqlite(services.engine):
        pytest.skip("PostgreSQL looks by itself")
    share(services)
    tidying.tidy(services)
    with services.engine.connect() as connection:
        told = connection.execute(text("SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_articles_content'"))
        assert told.scalar_one() == "1 1 1"  # one row, one for a workspace, one for a text in it
