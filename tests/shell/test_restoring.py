"""The way back from a backup, and upgrades that begin at once: the commands as operators type them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from typer.testing import CliRunner

from bot.cli import app
from bot.jobs import Job, Outbox
from bot.running import prepare_database
from storage import migrate
from storage.engine import Engine, open_engine, transaction
from tests.factories import PUBLIC, TEAM, Desk, make_tie, usd

ROOT = Path(__file__).parents[2]


def seams(database: str, *words: str) -> str:
    """What a command says; it must succeed."""
    environment = {"DATABASE_URL": database, "SLACK_BOT_TOKEN": None, "SEAMS_LOG_LEVEL": "ERROR"}
    done = CliRunner().invoke(app, words, env=environment, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def deals(database: str) -> Any:
    return json.loads(seams(database, "deals", "microsoft", "--json"))


def jobs(database: str) -> frozenset[str]:
    engine = open_engine(database)
    outbox = Outbox(engine)
    known = outbox.job_keys()
    outbox.close()
    engine.dispose()
    return known


@pytest.fixture
def lived_in(database: str) -> str:
    """A database with a deal in it, and work that waits."""
    engine = open_engine(database)
    prepare_database(engine)
    outbox = Outbox(engine)
    with transaction(engine) as session:
        Desk(session).open().share(make_tie(money=usd("13000000000")), channel_id=PUBLIC)
        outbox.add(session, Job("tell_posting", "telling", f"tell_posting:{TEAM}:P1:x", (TEAM, "P1", "x")))
    outbox.close()
    engine.dispose()
    return database


def test_a_backup_restored_elsewhere_answers_the_same_and_goes_on_with_the_same_work(
    lived_in: str, bare_database: str, tmp_path: Path
) -> None:
    before, waiting = deals(lived_in), jobs(lived_in)
    assert "Microsoft" in json.dumps(before)
    seams(lived_in, "db", "backup", str(tmp_path / "seams.backup"))
    seams(bare_database, "db", "restore", str(tmp_path / "seams.backup"))
    assert "what this version needs" in seams(bare_database, "db", "check")
    assert deals(bare_database) == before
    assert jobs(bare_database) == waiting == {f"tell_posting:{TEAM}:P1:x"}


def test_a_backup_of_an_older_version_is_upgraded_after_it_is_restored(
    lived_in: str, bare_database: str, tmp_path: Path
) -> None:
    before = deals(lived_in)
    script = ScriptDirectory.from_config(_config())
    newest = script.get_revision(script.get_current_head() or "")
    engine = open_engine(lived_in)
    migrate.downgrade(engine, str(newest.down_revision))
    engine.dispose()
    seams(lived_in, "db", "backup", str(tmp_path / "seams.backup"))
    seams(bare_database, "db", "restore", str(tmp_path / "seams.backup"))
    seams(bare_database, "db", "upgrade")
    assert "what this version needs" in seams(bare_database, "db", "check")
    assert deals(bare_database) == before


def test_processes_that_upgrade_at_once_all_succeed_and_do_it_once(
    bare_database: str, bare_engine: Engine
) -> None:
    command = [sys.executable, "-m", "bot.cli", "db", "upgrade"]
    environment = {**os.environ, "DATABASE_URL": bare_database, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=90)[0].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    assert migrate.problems(bare_engine) == []
    jobs(bare_database)  # the queue's own tables are there


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "newline")
    return config
