import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import SettingsError
from storage import teams
from storage.engine import (
    WRITERS,
    Engine,
    background,
    database_url,
    is_sqlite,
    open_engine,
    snapshot,
    transaction,
)
from tests.conftest import SET_UP_SQLITE


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgres://u:p@h:5432/d", "postgresql+psycopg"),
        ("postgresql://u:p@h/d?sslmode=require", "postgresql+psycopg"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg"),
        ("sqlite:///a.db", "sqlite"),
        ("sqlite:////var/lib/a.db", "sqlite"),
    ],
)
def test_url_names_its_driver(given: str, driver: str) -> None:
    assert database_url(given).drivername == driver


def test_url_keeps_a_password_with_special_characters() -> None:
    assert database_url("postgres://u:p%40%2F@h/d").password == "p@/"


@pytest.mark.parametrize(
    "given",
    ["", "mysql://h/d", "a.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "postgres://h:port/d"],
)
def test_url_of_anything_else_is_refused(given: str) -> None:
    with pytest.raises(SettingsError):
        database_url(given)


def test_refusal_does_not_repeat_the_password() -> None:
    with pytest.raises(SettingsError) as refusal:
        database_url("mysql://user:hunter2@h/d")
    assert "hunter2" not in refusal.value.message


def test_opening_makes_the_folder(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'deep' / 'seams.db'}")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 30000)],
)
def test_sqlite_is_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pragma: str, value: object
) -> None:
    monkeypatch.setattr("storage.engine._set_up_sqlite", SET_UP_SQLITE)
    engine = open_engine(f"sqlite:///{tmp_path / 'seams.db'}")
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value
    engine.dispose()


def test_transaction_keeps_nothing_when_it_fails(engine: Engine) -> None:
    with pytest.raises(RuntimeError), transaction(engine) as session:  # noqa: PT012
        teams.remember_team(session, team_id="T1")
        raise RuntimeError
    with snapshot(engine) as session:
        assert teams.list_teams(session) == ()


def test_snapshot_can_not_write(engine: Engine) -> None:
    with snapshot(engine) as session, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        teams.remember_team(session, team_id="T1")


def test_writing_works_after_a_snapshot_on_the_same_connection(engine: Engine) -> None:
    with snapshot(engine) as session:
        teams.list_teams(session)
    with transaction(engine) as session:
        teams.remember_team(session, team_id="T1")
    with snapshot(engine) as session:
        assert len(teams.list_teams(session)) == 1


def test_writing_works_after_a_snapshot_that_failed(engine: Engine) -> None:
    with pytest.raises(RuntimeError), snapshot(engine):
        raise RuntimeError
    with transaction(engine) as session:
        teams.remember_team(session, team_id="T1")


def test_what_is_asked_often_is_planned_once(engine: Engine) -> None:
    """However often the reader's transaction ends in between."""
    if is_sqlite(engine):
        pytest.skip("SQLite's driver keeps its statements whatever happens")
    prepared = text("SELECT statement FROM pg_prepared_statements")
    for _ in range(10):
        with snapshot(engine) as session:
            teams.list_teams(session)
    with snapshot(engine) as session:
        assert [statement for statement in session.scalars(prepared) if "FROM teams" in statement] != []


def test_nothing_is_prepared_where_the_address_says_so(engine: Engine) -> None:
    """As behind a pooler that knows nothing of prepared statements."""
    if is_sqlite(engine):
        pytest.skip("SQLite has no poolers")
    address = engine.url.update_query_dict({"prepare_threshold": "none"})
    bare = open_engine(address.render_as_string(hide_password=False))
    try:
        for _ in range(10):
            with snapshot(bare) as session:
                teams.list_teams(session)
        with snapshot(bare) as session:
            assert session.scalars(text("SELECT statement FROM pg_prepared_statements")).all() == []
    finally:
        bare.dispose()


@pytest.mark.parametrize("given", ["often", "-1", "3&prepare_threshold=4"])
def test_an_address_that_says_it_badly_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="prepare_threshold"):
        open_engine(f"postgresql://u:secret@h/d?prepare_threshold={given}")


def test_what_the_driver_alone_is_told_is_no_part_of_the_address() -> None:
    """The durable queue and PostgreSQL's own programs get that, and refuse what they do not know."""
    engine = open_engine("postgresql://u@h/d?prepare_threshold=7&sslmode=require")
    assert dict(engine.url.query) == {"sslmode": "require"}


def test_snapshot_sees_one_moment(engine: Engine) -> None:
    with snapshot(engine) as session:
        before = teams.list_teams(session)
        with transaction(engine) as other:
            teams.remember_team(other, team_id="T1")
        assert teams.list_teams(session) == before


def test_reader_is_not_kept_waiting_by_a_writer(engine: Engine) -> None:
    with transaction(engine) as writer:
        teams.remember_team(writer, team_id="T1")
        with snapshot(engine) as session:
            assert teams.list_teams(session) == ()


def test_writers_wait_for_each_other(engine: Engine) -> None:
    def write(team_id: str) -> None:
        with transaction(engine) as session:
            present = len(teams.list_teams(session))
            teams.remember_team(session, team_id=team_id, name=str(present))

    threads = [threading.Thread(target=write, args=(f"T{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with snapshot(engine) as session:
        found = teams.list_teams(session)
    assert len(found) == 8
    if is_sqlite(engine):  # there, one at a time: each saw all before it
        assert {team.name for team in found} == {str(number) for number in range(8)}


def test_only_some_write_at_once(engine: Engine) -> None:
    inside: list[None] = []
    most: list[int] = []

    def write() -> None:
        with transaction(engine) as session:
            inside.append(None)
            for _ in range(20):
                session.execute(text("SELECT 1"))
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=write) for _ in range(3 * WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) <= (1 if is_sqlite(engine) else WRITERS)


def test_the_background_takes_no_place_of_those_for_whom_somebody_waits(engine: Engine) -> None:
    if is_sqlite(engine):
        pytest.skip("one writes at a time")
    with ExitStack() as writing:
        for _ in range(WRITERS):
            writing.enter_context(transaction(engine))
        with transaction(background(engine)) as session:
            assert session.scalar(text("SELECT 1")) == 1


def waiting_in_line(engine: Engine) -> int:
    """How many wait behind others of the background, on PostgreSQL."""
    asked = text(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE NOT granted AND locktype = 'advisory' AND datname = current_database()"
    )
    with engine.connect() as connection:
        return int(connection.scalar(asked) or 0)


def test_the_background_waits_in_a_line_of_its_own(engine: Engine) -> None:
    """So before who answers a person stands one of it, however many wait."""
    with transaction(engine) as session:
        teams.remember_team(session, team_id="T1")
    turns: list[str] = []

    def write(name: str, through: Engine) -> None:
        with transaction(through) as session:
            teams.lock_team(session, team_id="T1")
            turns.append(name)

    with transaction(background(engine)) as session:
        teams.lock_team(session, team_id="T1")
        waiting = [threading.Thread(target=write, args=("background", background(engine))) for _ in range(3)]
        for thread in waiting:
            thread.start()
        if not is_sqlite(engine):
            while waiting_in_line(engine) < 3:
                pass
        answer = threading.Thread(target=write, args=("answer", engine))
        answer.start()
    for thread in (*waiting, answer):
        thread.join()
    assert sorted(turns) == ["answer", "background", "background", "background"]


def test_connections_that_the_server_closed_meanwhile_are_made_anew(engine: Engine) -> None:
    if is_sqlite(engine):
        pytest.skip("there is no server")
    own_pid = text("SELECT pg_backend_pid()")
    with engine.connect() as one, engine.connect() as other:
        pids = {one.scalar(own_pid), other.scalar(own_pid)}
    beside = open_engine(engine.url.render_as_string(hide_password=False))
    with beside.connect() as connection:
        for pid in pids:
            assert connection.scalar(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    beside.dispose()
    with transaction(engine) as session, snapshot(engine) as looking:
        assert pids.isdisjoint({session.scalar(own_pid), looking.scalar(own_pid)})
