"""Workspaces side by side: what is one's is never another's, and who leaves leaves nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from bot.jobs import team_of
from bot.services import digests, homes, workspaces
from storage import channels, installs
from storage.engine import snapshot
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage, words
from tests.workspaces.conftest import House

Event = dict[str, object]
REVOKED: Event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0000000001"]}}
UNINSTALLED: Event = {"type": "app_uninstalled"}


def fill(stage: Stage) -> None:
    """Let a workspace learn something."""
    stage.share(stage.publish(PURCHASE))
    stage.ask("/digest", "on")


def leave(stage: Stage, *events: Event) -> None:
    """The workspace removes Seams, and Slack says so."""
    stage.workspace.revoked = True
    for event in events:
        assert all(ack.ok for ack in stage.slack.event(dict(event)))


@pytest.fixture
def neighbours(house: House) -> House:
    """Two workspaces in which the same happened."""
    for stage in (house.one, house.two):
        house.install(stage)
        fill(stage)
    return house


def test_each_workspace_knows_only_its_own(house: House) -> None:
    house.install(house.one)
    house.install(house.two)
    fill(house.one)
    assert "Tessel" in words(house.one.ask("/deals", "corvane"))
    assert "Tessel" not in words(house.two.ask("/deals", "corvane"))
    assert "articles" not in house.rows("T0TWO")


def test_each_workspace_is_answered_with_its_own_token(house: House) -> None:
    for stage in (house.one, house.two):
        house.install(stage)
    for stage in (house.one, house.two):
        before = len(house.server.calls("chat.postMessage"))
        assert stage.replies(stage.share(stage.publish(PURCHASE)))
        answered = house.server.calls("chat.postMessage")[before:]
        assert {call.team_id for call in answered} == {stage.workspace.team_id}


@pytest.mark.parametrize(
    "events",
    [(UNINSTALLED, REVOKED), (REVOKED, UNINSTALLED), (UNINSTALLED,) * 3],
    ids=["uninstalled first", "revoked first", "repeated"],
)
def test_who_leaves_leaves_nothing_and_the_neighbour_stays(
    neighbours: House, events: tuple[Event, ...]
) -> None:
    before = neighbours.rows("T0TWO")
    leave(neighbours.one, *events)
    assert neighbours.rows("T0ONE") == {}
    assert neighbours.rows("T0TWO") == before
    assert "Tessel" in words(neighbours.two.ask("/deals", "corvane"))


def test_a_person_who_takes_back_a_token_of_their_own_removes_nothing(neighbours: House) -> None:
    before = neighbours.rows("T0ONE")
    neighbours.one.slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U0000000002"], "bot": []}})
    assert neighbours.rows("T0ONE") == before


def test_the_jobs_of_who_left_are_gone_from_the_queue(neighbours: House) -> None:
    leave(neighbours.one, UNINSTALLED)
    outbox = neighbours.seams.services.outbox
    left = {team_of(key) for key in outbox.job_keys()}
    assert "T0ONE" not in left
    assert "T0TWO" in left


def holding(house: House, word: str) -> set[str]:
    """The tables, the queue's among them, in which a word stands anywhere."""
    with house.seams.services.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {
            name
            for name in names
            if word in str(connection.execute(text(f'SELECT * FROM "{name}"')).all())  # noqa: S608
        }


def test_no_table_of_anybodys_names_who_left(neighbours: House) -> None:
    before = holding(neighbours, "T0TWO")
    assert {"workflow_status", "articles", "slack_bots"} <= before == holding(neighbours, "T0ONE")
    neighbours.one.settle()
    leave(neighbours.one, UNINSTALLED, REVOKED)
    assert holding(neighbours, "T0ONE") == set()
    assert holding(neighbours, "T0TWO") == before


def test_no_table_of_anybodys_names_who_wants_to_be_forgotten(house: House) -> None:
    stage = house.one
    house.install(stage)
    fill(stage)
    where = stage.workspace.direct_channel("tom")
    stage.ask("/watch", '"corvane" now', where=where, who="tom")
    stage.ask("/deals", "corvane csv", who="tom")
    stage.share(stage.publish(PURCHASE), who="tom")
    stage.settle()
    assert "workflow_status" in holding(house, stage.tom)
    homes.forget_person(house.seams.services, team_id="T0ONE", user_id=stage.tom)
    assert holding(house, stage.tom) == set()


def test_no_table_of_anybodys_names_an_installer_who_wants_to_be_forgotten(house: House) -> None:
    stage = house.one
    house.install(stage)
    with snapshot(house.seams.services.engine) as session:
        known = installs.get_install(session, team_id="T0ONE")
    assert known is not None
    installer = str(known.user_id)
    assert homes.held_of(house.seams.services, team_id="T0ONE", user_id=installer).installed
    homes.forget_person(house.seams.services, team_id="T0ONE", user_id=installer)
    assert holding(house, installer) == set()
    assert "Tessel" in words(stage.replies(stage.share(stage.publish(PURCHASE)))[0])  # it works on


def test_the_clock_skips_who_left(neighbours: House) -> None:
    leave(neighbours.one, UNINSTALLED)
    with snapshot(neighbours.seams.services.engine) as session:
        assert {channel.team_id for channel in channels.digest_channels(session)} == {"T0TWO"}


def test_who_installs_again_begins_anew(neighbours: House) -> None:
    leave(neighbours.one, UNINSTALLED, REVOKED)
    neighbours.clock.advance(timedelta(minutes=1))
    neighbours.install(neighbours.one)
    assert "Tessel" not in words(neighbours.one.ask("/deals", "corvane"))
    fill(neighbours.one)
    assert "Tessel" in words(neighbours.one.ask("/deals", "corvane"))


def test_a_late_word_of_an_old_removal_does_not_remove_the_new_installation(neighbours: House) -> None:
    left_at = neighbours.clock()
    neighbours.clock.advance(timedelta(minutes=5))
    neighbours.install(neighbours.one)
    before = neighbours.rows("T0ONE")
    workspaces.leave(neighbours.seams.services, team_id="T0ONE", before=left_at)
    assert neighbours.rows("T0ONE") == before


def test_an_organisation_installs_once_and_each_workspace_keeps_its_own_record(house: House) -> None:
    house.install(house.east)
    fill(house.east)
    assert "Tessel" in words(house.east.ask("/deals", "corvane"))
    assert "Tessel" not in words(house.west.ask("/deals", "corvane"))
    with snapshot(house.seams.services.engine) as session:
        known = installs.get_install(session, team_id="T0WEST")
    assert known is not None
    assert known.enterprise_id == "E0ORG"


def test_an_organisations_workspace_is_told_on_the_workers_path_too(house: House) -> None:
    house.install(house.east)
    ts = house.west.share(house.west.publish(PURCHASE))
    assert "Tessel" in words(house.west.replies(ts)[0])


def test_an_organisation_that_leaves_takes_all_its_workspaces_along(house: House) -> None:
    house.install(house.one)
    fill(house.one)
    house.install(house.east)
    for stage in (house.east, house.west):
        fill(stage)
        stage.workspace.revoked = True
    house.east.slack.event(UNINSTALLED)
    assert house.rows("T0EAST") == house.rows("T0WEST") == {}
    assert house.rows("T0ONE")


def test_a_workspace_that_its_organisation_takes_out_leaves_alone(house: House) -> None:
    house.install(house.east)
    for stage in (house.east, house.west):
        fill(stage)
    house.east.slack.event({"type": "team_access_revoked", "team_ids": ["T0WEST"]})
    assert house.rows("T0WEST") == {}
    assert house.rows("T0EAST")


def test_every_workspaces_digest_comes_with_its_own_token(neighbours: House) -> None:
    neighbours.clock.advance(timedelta(weeks=1))
    digests.enqueue_due(neighbours.seams.services)
    neighbours.one.settle()
    for stage in (neighbours.one, neighbours.two):
        assert "Tessel" in words(stage.said()[-1])


def look(house: House) -> None:
    """Let the night come in which all tokens are looked at."""
    house.clock.advance(timedelta(days=1))
    workspaces.enqueue_looks(house.seams.services, ["T0ONE", "T0TWO"])
    house.one.settle()


def test_a_removal_that_nobody_told_is_noticed_and_done_after_a_month(neighbours: House) -> None:
    neighbours.one.workspace.revoked = True
    look(neighbours)
    neighbours.clock.advance(timedelta(days=28))
    look(neighbours)
    assert neighbours.rows("T0ONE")
    look(neighbours)
    assert neighbours.rows("T0ONE") == {}
    assert neighbours.rows("T0TWO")


def test_a_token_that_comes_to_life_again_is_forgiven(house: House) -> None:
    house.install(house.one)
    for revoked in (True, False, True):
        house.one.workspace.revoked = revoked
        look(house)
        house.clock.advance(timedelta(days=29))
    assert house.rows("T0ONE")
