import shutil
import stat
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.jobs import prepare
from storage import migrate, record
from storage.backup import backup, restore
from storage.engine import Engine, open_engine, snapshot, transaction
from storage.record import DealFilter, DealPage
from tests.factories import TEAM, Desk, make_page, make_tie, usd


def deals(engine: Engine) -> DealPage:
    with snapshot(engine) as session:
        return record.deals(session, team_id=TEAM, channel_id="", filter=DealFilter(), limit=9)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with transaction(engine) as session:
        Desk(session).open().share(make_tie(money=usd("13000000000.10")))
    return engine


def add_later(engine: Engine) -> None:
    with transaction(engine) as session:
        Desk(session, minute=5).share(
            make_tie("Oracle", "OpenAI"), url="https://news.example/2", page=make_page("Two.")
        )


def test_restored_copy_answers_as_the_original_did(
    filled: Engine, bare_database: str, tmp_path: Path
) -> None:
    before = deals(filled)
    backup(filled, tmp_path / "copy")
    add_later(filled)
    restore(bare_database, tmp_path / "copy")
    engine = open_engine(bare_database)
    assert deals(engine) == before
    assert migrate.problems(engine) == []
    engine.dispose()


def test_restoring_takes_the_place_of_what_is_there(filled: Engine, database: str, tmp_path: Path) -> None:
    before = deals(filled)
    backup(filled, tmp_path / "copy")
    add_later(filled)
    assert deals(filled) != before
    filled.dispose()
    restore(database, tmp_path / "copy")
    assert deals(filled) == before


def test_copy_holds_the_queues_tables_too(filled: Engine, bare_database: str, tmp_path: Path) -> None:
    prepare(filled)
    backup(filled, tmp_path / "copy")
    restore(bare_database, tmp_path / "copy")
    engine = open_engine(bare_database)
    prepare(engine)  # finds its own tables, up to date
    assert deals(engine) == deals(filled)
    engine.dispose()


def test_copy_is_for_its_owner_only(filled: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "new" / "copy")
    assert stat.S_IMODE((tmp_path / "new" / "copy").stat().st_mode) == 0o600


def test_existing_file_is_not_overwritten(filled: Engine, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")
    with pytest.raises(StorageError, match="exists"):
        backup(filled, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "precious"


def test_missing_copy_is_said(database: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no file"):
        restore(database, tmp_path / "nothing")


def test_copy_of_another_kind_is_refused_and_nothing_lost(
    filled: Engine, database: str, tmp_path: Path, dialect: str
) -> None:
    (tmp_path / "copy").write_bytes(b"PGDMP" if dialect == "sqlite" else b"SQLite format 3\x00 and so on")
    with pytest.raises(StorageError) as refusal:
        restore(database, tmp_path / "copy")
    assert refusal.value.code == "backup_kind"
    assert deals(filled).total == 1


def test_damaged_copy_is_refused_and_nothing_lost(filled: Engine, database: str, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(whole[: len(whole) // 3])
    before = deals(filled)
    filled.dispose()
    with pytest.raises(StorageError):
        restore(database, tmp_path / "copy")
    assert deals(filled) == before


def test_missing_tool_is_named(
    filled: Engine, tmp_path: Path, dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if dialect == "sqlite":
        pytest.skip("SQLite needs no tool")
    monkeypatch.setattr(shutil, "which", lambda _tool: None)
    with pytest.raises(StorageError, match="pg_dump is missing"):
        backup(filled, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
