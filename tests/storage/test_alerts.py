"""What is to be told at once: each change once per reader, in batches that are claimed once."""

from datetime import timedelta

from storage import alerts
from storage.alerts import AlertState, Reader
from tests.factories import ELSEWHERE, NOW, PUBLIC, TEAM, Desk

HERE = {"team_id": TEAM, "reader_id": PUBLIC}


def waits(desk: Desk, *change_ids: str, reader_id: str = PUBLIC) -> None:
    alerts.add_alerts(desk.session, team_id=TEAM, reader_id=reader_id, change_ids=change_ids, now=NOW)


def settle(desk: Desk, state: AlertState, *change_ids: str) -> None:
    alerts.mark_alerts(desk.session, **HERE, change_ids=change_ids, state=state, now=NOW)


def test_a_batch_takes_what_waits_and_keeps_it(desk: Desk) -> None:
    waits(desk, "a", "b")
    assert alerts.claim_batch(desk.session, **HERE, batch="1") == (frozenset({"a", "b"}), False)
    waits(desk, "c")
    assert alerts.claim_batch(desk.session, **HERE, batch="1") == (frozenset({"a", "b"}), True)
    assert alerts.claim_batch(desk.session, **HERE, batch="2") == (frozenset({"c"}), False)


def test_a_batch_that_was_told_is_not_begun_again(desk: Desk) -> None:
    waits(desk, "a")
    alerts.claim_batch(desk.session, **HERE, batch="1")
    settle(desk, AlertState.TOLD, "a")
    waits(desk, "b")
    assert alerts.claim_batch(desk.session, **HERE, batch="1") == (frozenset(), True)


def test_what_was_told_does_not_wait_again(desk: Desk) -> None:
    waits(desk, "a")
    settle(desk, AlertState.TOLD, "a")
    waits(desk, "a")
    assert alerts.readers_waiting(desk.session) == ()


def test_a_released_batch_waits_for_the_next(desk: Desk) -> None:
    waits(desk, "a")
    alerts.claim_batch(desk.session, **HERE, batch="1")
    alerts.release_batch(desk.session, **HERE, batch="1")
    assert alerts.readers_waiting(desk.session) == (Reader(TEAM, PUBLIC),)
    assert alerts.claim_batch(desk.session, **HERE, batch="2") == (frozenset({"a"}), False)


def test_each_reader_waits_for_itself(desk: Desk) -> None:
    waits(desk, "a")
    waits(desk, "a", reader_id=ELSEWHERE)
    settle(desk, AlertState.TOLD, "a")
    assert alerts.readers_waiting(desk.session) == (Reader(TEAM, ELSEWHERE),)


def test_only_lines_told_since_the_moment_count(desk: Desk) -> None:
    waits(desk, "a", "b", "c")
    settle(desk, AlertState.TOLD, "a")
    settle(desk, AlertState.BESIDE, "b")
    settle(desk, AlertState.DROPPED, "c")
    assert alerts.count_told(desk.session, **HERE, since=NOW) == 1
    assert alerts.count_told(desk.session, **HERE, since=NOW + timedelta(seconds=1)) == 0


def test_what_was_settled_long_ago_is_forgotten_and_what_waits_is_not(desk: Desk) -> None:
    waits(desk, "a", "b")
    settle(desk, AlertState.TOLD, "a")
    alerts.forget_alerts(desk.session, before=NOW, limit=9)
    assert alerts.count_told(desk.session, **HERE, since=NOW) == 1
    alerts.forget_alerts(desk.session, before=NOW + timedelta(seconds=1), limit=9)
    assert alerts.count_told(desk.session, **HERE, since=NOW) == 0
    assert alerts.claim_batch(desk.session, **HERE, batch="1") == (frozenset({"b"}), False)
