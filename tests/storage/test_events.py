import threading
from datetime import timedelta

import pytest

from bot.errors import StorageError
from storage import events, teams
from storage.engine import Engine, transaction
from tests.factories import NOW, OTHER_TEAM, TEAM, Desk


def test_event_is_claimed_once(desk: Desk) -> None:
    claims = [events.claim_event(desk.session, team_id=TEAM, event_id="E1", now=NOW) for _ in range(3)]
    assert claims == [True, False, False]


def test_other_teams_may_have_the_same_event_id(desk: Desk) -> None:
    Desk(desk.session, OTHER_TEAM).open()
    assert events.claim_event(desk.session, team_id=TEAM, event_id="E1", now=NOW)
    assert events.claim_event(desk.session, team_id=OTHER_TEAM, event_id="E1", now=NOW)


def test_claim_of_a_failed_transaction_is_free_again(engine: Engine) -> None:
    with transaction(engine) as session:
        teams.remember_team(session, team_id=TEAM)
    with pytest.raises(RuntimeError), transaction(engine) as session:  # noqa: PT012
        events.claim_event(session, team_id=TEAM, event_id="E1", now=NOW)
        raise RuntimeError
    with transaction(engine) as session:
        assert events.claim_event(session, team_id=TEAM, event_id="E1", now=NOW)


def test_of_several_at_once_one_gets_the_event(engine: Engine) -> None:
    with transaction(engine) as session:
        teams.remember_team(session, team_id=TEAM)
    together = threading.Barrier(4)
    claims: list[bool] = []

    def claim() -> None:
        together.wait()
        with transaction(engine) as session:
            claims.append(events.claim_event(session, team_id=TEAM, event_id="E1", now=NOW))

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claims) == [False, False, False, True]


def test_event_of_a_team_that_left_is_refused(desk: Desk) -> None:
    with pytest.raises(StorageError) as refusal:
        events.claim_event(desk.session, team_id="T-gone", event_id="E1", now=NOW)
    assert refusal.value.code == "unknown_team"


def test_old_events_are_forgotten_and_young_ones_kept(desk: Desk) -> None:
    events.claim_event(desk.session, team_id=TEAM, event_id="old", now=NOW - timedelta(days=8))
    events.claim_event(desk.session, team_id=TEAM, event_id="young", now=NOW)
    events.forget_events(desk.session, before=NOW - timedelta(days=7), limit=9)
    assert events.claim_event(desk.session, team_id=TEAM, event_id="old", now=NOW)
    assert not events.claim_event(desk.session, team_id=TEAM, event_id="young", now=NOW)
