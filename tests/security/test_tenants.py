"""Tenants: each function of the storage, on a database where two teams hold the very same."""

import inspect
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from storage import teams
from storage.engine import Session, open_engine, transaction
from storage.tables import METADATA
from tests.factories import OTHER_TEAM, PUBLIC, SECRET, TEAM, Desk
from tests.security.asking_storage import arguments_of, call, dump, functions
from tests.storage.test_teams import fill

NEWCOMER = "T3"  # a team in which nothing has happened
# Who is alive, and what public pages say, is about no team; the others are given the rows they work on.
APART = ("processes.", "readings.", "engine.", "counting.", "forgetting.", "inserting.")
# The clock's sweeps and the ledger's broom speak of all teams at once.
OF_NO_TEAM = {
    "alerts.forget_alerts",
    "articles.forget_texts",
    "file_posts.forget_files",
    "alerts.readers_waiting",
    "channels.digest_channels",
    "events.forget_events",
    "installs.list_installs",
    "teams.list_teams",
}
FUNCTIONS = {
    name: function
    for name, function in functions().items()
    if name not in OF_NO_TEAM and not name.startswith(APART)
}


@pytest.fixture(scope="module")
def full(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Two teams in which the very same happened, and one in which nothing did."""
    path = tmp_path_factory.mktemp("full") / "seams.db"
    shutil.copyfile(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    with transaction(engine) as session:
        for team_id in (TEAM, OTHER_TEAM):
            fill(Desk(session, team_id).open())
        teams.remember_team(session, team_id=NEWCOMER)
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def hollow(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The newcomer alone."""
    path = tmp_path_factory.mktemp("hollow") / "seams.db"
    shutil.copyfile(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    with transaction(engine) as session:
        teams.remember_team(session, team_id=NEWCOMER)
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def before(full: Session) -> str:
    """The rows of all teams but the first, to which every call goes back."""
    return dump(full, except_of=TEAM)


@pytest.fixture(scope="module")
def arguments(full: Session) -> Mapping[str, Any]:
    return arguments_of(Desk(full, TEAM))


def test_every_function_on_the_database_is_asked_for_one_team() -> None:
    without = [name for name in FUNCTIONS if "team_id" not in inspect.signature(FUNCTIONS[name]).parameters]
    assert without == [], "what works for all teams at once is named in OF_NO_TEAM"


def test_every_table_of_a_team_begins_its_key_with_it() -> None:
    others = {
        table.name
        for table in METADATA.tables.values()
        if "team_id" not in table.c or table.primary_key.columns.keys()[0] != "team_id"
    }
    of_installations = {"slack_bots", "slack_installations", "slack_oauth_states"}
    assert others == {*of_installations, "processes", "shared_readings"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_two_teams_with_the_very_same_are_kept_apart_by(
    full: Session, hollow: Session, arguments: Mapping[str, Any], before: str, name: str
) -> None:
    """One team's call changes nothing of the other's; a newcomer's finds what it would find alone."""
    for channel_id in (PUBLIC, SECRET):
        own, among, alone = (
            call(FUNCTIONS[name], session, arguments, team_id=team_id, channel_id=channel_id, look=look)
            for session, team_id, look in (
                (full, TEAM, True),
                (full, NEWCOMER, False),
                (hollow, NEWCOMER, False),
            )
        )
        assert own.others == before, own.found
        assert among.found == alone.found
