"""What Slack told of people is kept with their team."""

from datetime import timedelta

import pytest

from bot.errors import StorageError
from storage import people, teams
from storage.people import Person
from tests.factories import NOW, OTHER_TEAM, TEAM, Desk

ANA = Person("U1", "es-ES", "Europe/Madrid", NOW)


def test_nobody_is_known_before_slack_was_asked(desk: Desk) -> None:
    assert people.get_person(desk.session, team_id=TEAM, user_id="U1") is None


def test_what_slack_told_last_counts(desk: Desk) -> None:
    later = Person("U1", "en-GB", None, NOW + timedelta(days=2))
    for person in (ANA, later):
        people.remember_person(desk.session, team_id=TEAM, person=person)
    assert people.get_person(desk.session, team_id=TEAM, user_id="U1") == later


def test_people_go_with_their_team(desk: Desk) -> None:
    people.remember_person(desk.session, team_id=TEAM, person=ANA)
    teams.purge_team(desk.session, team_id=TEAM)
    assert people.get_person(desk.session, team_id=TEAM, user_id="U1") is None


def test_nobody_of_a_team_that_is_not_installed_is_kept(desk: Desk) -> None:
    teams.purge_team(desk.session, team_id=OTHER_TEAM)
    with pytest.raises(StorageError):
        people.remember_person(desk.session, team_id=OTHER_TEAM, person=ANA)
