from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.errors import StorageError
from bot.jobs import BADLY, OPEN, Job, Outbox, prepare
from storage import migrate, queues
from storage.engine import Engine, is_sqlite, open_engine, transaction


@pytest.fixture
def prepared(database: str) -> Iterator[Engine]:
    engine = open_engine(database)
    prepare(engine)
    yield engine
    engine.dispose()


def test_what_waits_is_counted_by_queue_with_the_age_of_the_oldest(prepared: Engine) -> None:
    outbox = Outbox(prepared)
    with transaction(prepared) as session:
        for queue, number in (("reading", 1), ("reading", 2), ("telling", 3)):
            outbox.add(session, Job("read_article", queue, f"read_article:T1:{number}", ("T1",)))
    outbox.close()
    in_an_hour = datetime.now(UTC) + timedelta(hours=1)
    reading, telling = queues.depths(prepared, now=in_an_hour)
    assert (reading.queue, reading.state, reading.jobs) == ("reading", "waiting", 2)
    assert (telling.queue, telling.jobs) == ("telling", 1)
    assert 3590 < reading.oldest_seconds < 3700


@pytest.mark.parametrize("state", [*OPEN, *BADLY])
def test_what_waits_or_failed_is_counted_by_an_index(prepared: Engine, state: str) -> None:
    """So what was done, and is kept for some days, costs nothing."""
    asked: list[tuple[str, Any]] = []
    event.listen(prepared, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    queues.count(prepared, [state])
    ((statement, values),) = [each for each in asked if "workflow_status" in each[0]]
    with prepared.connect() as connection:
        if is_sqlite(prepared):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        else:
            connection.exec_driver_sql("SET enable_seqscan = off")  # which an empty table invites
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values).all()
    assert "idx_workflow_status_" in str(plan)


def test_a_database_that_is_away_is_said() -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    with pytest.raises(StorageError):
        queues.depths(engine, now=datetime.now(UTC))
    assert migrate.Readiness(engine).problems() == ["The database can't be reached."]


def test_a_database_is_ready_once_it_has_the_tables_of_this_version(bare_engine: Engine) -> None:
    readiness = migrate.Readiness(bare_engine)
    assert readiness.problems() == ["The tables are not those of this version."]
    migrate.upgrade(bare_engine)
    assert readiness.problems() == []


def test_the_jobs_that_name_a_person_are_found_and_no_others(prepared: Engine) -> None:
    theirs = ["greet:T1:U1", "tell_reader:T1:U1:9:30", "post_file:T1:C1:U1:/deals:x:1", "greet:T1:U1#1.0"]
    others = [
        "greet:T1:U12",
        "greet:T2:U1",
        "greet:T11:U1",
        "post_file:T2:T1:U1:/deals:x:1",
        "refresh:T1:XU1",
    ]
    outbox = Outbox(prepared)
    with transaction(prepared) as session:
        for key in (*theirs, *others):
            outbox.add(session, Job("greet", "telling", key, ("T1",)))
    found = queues.naming(prepared, team_id="T1", user_id="U1")
    assert sorted(found) == sorted(theirs)
    outbox.forget(found)
    assert outbox.job_keys() == set(others)
    outbox.close()
