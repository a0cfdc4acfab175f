"""A file is claimed once, and keeps how far it is."""

from storage import file_posts, teams
from storage.file_posts import FileState
from tests.factories import NOW, OTHER_TEAM, TEAM, Desk

KEY = "file:C1:map"


def test_a_file_is_begun_once(desk: Desk) -> None:
    here = {"team_id": TEAM, "key": KEY}
    assert file_posts.claim_file(desk.session, **here, now=NOW).state is FileState.CLAIMED
    file_posts.mark_file(desk.session, **here, state=FileState.POSTING, file_id="F1")
    again = file_posts.claim_file(desk.session, **here, now=NOW)
    assert (again.state, again.file_id) == (FileState.POSTING, "F1")


def test_what_is_known_of_a_file_outlasts_its_failure(desk: Desk) -> None:
    here = {"team_id": TEAM, "key": KEY}
    file_posts.claim_file(desk.session, **here, now=NOW)
    file_posts.mark_file(desk.session, **here, state=FileState.POSTING, file_id="F1")
    file_posts.mark_file(desk.session, **here, state=FileState.FAILED, code="is_archived")
    failed = file_posts.claim_file(desk.session, **here, now=NOW)
    assert (failed.state, failed.file_id, failed.code) == (FileState.FAILED, "F1", "is_archived")


def test_the_same_key_is_another_file_in_another_team(desk: Desk) -> None:
    Desk(desk.session, OTHER_TEAM).open()
    file_posts.claim_file(desk.session, team_id=TEAM, key=KEY, now=NOW)
    file_posts.mark_file(desk.session, team_id=TEAM, key=KEY, state=FileState.POSTED)
    other = file_posts.claim_file(desk.session, team_id=OTHER_TEAM, key=KEY, now=NOW)
    assert other.state is FileState.CLAIMED


def test_a_purged_file_is_not_marked(desk: Desk) -> None:
    file_posts.claim_file(desk.session, team_id=TEAM, key=KEY, now=NOW)
    teams.purge_team(desk.session, team_id=TEAM)
    file_posts.mark_file(desk.session, team_id=TEAM, key=KEY, state=FileState.POSTED)
    teams.remember_team(desk.session, team_id=TEAM)
    assert file_posts.claim_file(desk.session, team_id=TEAM, key=KEY, now=NOW).state is FileState.CLAIMED
