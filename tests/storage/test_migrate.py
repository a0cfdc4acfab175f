import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import inspect, text

from bot.errors import StorageError
from bot.jobs import prepare
from storage import migrate, teams
from storage.engine import Engine, open_engine, snapshot, transaction
from storage.tables import METADATA
from tests.factories import Desk
from tests.storage.test_teams import fill


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """On a database of the test's own, as its tables are changed."""
    engine = open_engine(database)
    yield engine
    engine.dispose()


def test_empty_database_lacks_its_tables(bare_engine: Engine) -> None:
    assert "missing" in " ".join(migrate.problems(bare_engine))


def test_upgraded_database_has_no_problems_and_equals_the_models(bare_engine: Engine) -> None:
    migrate.upgrade(bare_engine)
    assert migrate.problems(bare_engine) == []


def test_upgrading_twice_keeps_what_is_stored(engine: Engine) -> None:
    with transaction(engine) as session:
        teams.remember_team(session, team_id="T1")
    migrate.upgrade(engine)
    with snapshot(engine) as session:
        assert len(teams.list_teams(session)) == 1


def test_database_of_a_newer_release_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
    assert "newer" in " ".join(migrate.problems(engine))
    with pytest.raises(StorageError, match="newer"):
        migrate.upgrade(engine)


def test_missing_column_is_named(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE articles DROP COLUMN site"))
    assert "site" in " ".join(migrate.problems(engine))


def test_processes_that_start_at_once_upgrade_once(bare_engine: Engine) -> None:
    failures: list[BaseException] = []
    together = threading.Barrier(4)

    def start() -> None:
        together.wait()
        try:
            migrate.upgrade(bare_engine)
        except BaseException as error:  # noqa: BLE001  # whatever it is, the test must tell
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert migrate.problems(bare_engine) == []


def test_the_queues_own_tables_are_no_concern_of_ours(engine: Engine) -> None:
    prepare(engine)
    migrate.upgrade(engine)
    assert migrate.problems(engine) == []


def test_no_table_of_ours_has_a_name_of_the_queues(bare_engine: Engine) -> None:
    prepare(bare_engine)
    theirs = set(inspect(bare_engine).get_table_names()) | set(_names(bare_engine, "dbos"))
    assert theirs
    assert not theirs & METADATA.tables.keys()


def test_each_step_can_be_undone_and_taken_again_with_rows_in_the_tables(engine: Engine) -> None:
    """So from every revision to the newest, one step after the other."""
    with transaction(engine) as session:
        fill(Desk(session).open())
    while (step := _revision(engine)) is not None:
        before = _counts(engine)
        migrate.downgrade(engine, "-1")
        kept = _counts(engine)
        migrate.upgrade(engine, step)
        assert {name: count for name, count in _counts(engine).items() if name in kept} == kept, step
        assert _counts(engine).keys() == before.keys(), step
        migrate.downgrade(engine, "-1")
    assert not set(inspect(engine).get_table_names()) & METADATA.tables.keys()
    migrate.upgrade(engine)
    assert migrate.problems(engine) == []


def test_unreachable_database_is_a_problem_not_a_crash() -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    assert "can't be reached" in " ".join(migrate.problems(engine))
    with pytest.raises(StorageError):
        migrate.upgrade(engine)


def _names(engine: Engine, schema: str) -> list[str]:
    inspector = inspect(engine)
    return inspector.get_table_names(schema=schema) if schema in inspector.get_schema_names() else []


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT version_num FROM {migrate.VERSION_TABLE}"))  # noqa: S608
        return found.scalar()


def _counts(engine: Engine) -> dict[str, int]:
    """How many rows each table of ours has."""
    with engine.connect() as connection:
        names = sorted(set(inspect(connection).get_table_names()) - {migrate.VERSION_TABLE})
        rows = {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')) for name in names}  # noqa: S608
        return {name: found.scalar_one() for name, found in rows.items()}
