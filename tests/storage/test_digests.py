import threading
from datetime import timedelta

import pytest

from storage import digests, teams
from storage.digests import DigestRun, RunState
from storage.engine import Engine, Session, transaction
from tests.factories import NOW, PUBLIC, SECRET, TEAM, Desk

WEEK = "2026-W10"


def claim(session: Session, channel_id: str = PUBLIC, period_key: str = WEEK, minutes: int = 0) -> DigestRun:
    return digests.claim_digest(
        session,
        team_id=TEAM,
        channel_id=channel_id,
        period_key=period_key,
        now=NOW + timedelta(minutes=minutes),
    )


def test_first_claim_makes_the_run(desk: Desk) -> None:
    run = claim(desk.session)
    assert (run.state, run.claimed_at, run.message_ts) == (RunState.CLAIMED, NOW, None)


def test_later_claim_gets_the_first_ones_run(desk: Desk) -> None:
    first = claim(desk.session)
    assert claim(desk.session, minutes=5) == first


@pytest.mark.parametrize(("channel_id", "period_key"), [(SECRET, WEEK), (PUBLIC, "2026-W11")])
def test_other_channels_and_periods_have_runs_of_their_own(
    desk: Desk, channel_id: str, period_key: str
) -> None:
    claim(desk.session)
    digests.mark_digest(desk.session, team_id=TEAM, channel_id=PUBLIC, period_key=WEEK, state=RunState.POSTED)
    assert claim(desk.session, channel_id, period_key).state is RunState.CLAIMED


def test_posted_run_stays_posted_with_its_message(desk: Desk) -> None:
    claim(desk.session)
    digests.mark_digest(
        desk.session,
        team_id=TEAM,
        channel_id=PUBLIC,
        period_key=WEEK,
        state=RunState.POSTED,
        message_ts="1.5",
    )
    run = claim(desk.session, minutes=9)
    assert (run.state, run.message_ts) == (RunState.POSTED, "1.5")


def test_failure_keeps_its_code(desk: Desk) -> None:
    claim(desk.session)
    digests.mark_digest(
        desk.session,
        team_id=TEAM,
        channel_id=PUBLIC,
        period_key=WEEK,
        state=RunState.FAILED,
        code="not_in_channel",
    )
    run = digests.get_digest(desk.session, team_id=TEAM, channel_id=PUBLIC, period_key=WEEK)
    assert run
    assert run.code == "not_in_channel"


def test_marking_a_purged_run_is_nothing(desk: Desk) -> None:
    where = {"team_id": TEAM, "channel_id": PUBLIC, "period_key": WEEK}
    digests.mark_digest(desk.session, **where, state=RunState.POSTED)
    assert digests.get_digest(desk.session, **where) is None


def test_claims_at_once_make_one_run(engine: Engine) -> None:
    with transaction(engine) as session:
        teams.remember_team(session, team_id=TEAM)
    together = threading.Barrier(4)
    runs: list[DigestRun] = []

    def run(minutes: int) -> None:
        together.wait()
        with transaction(engine) as session:
            runs.append(claim(session, minutes=minutes))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 4
    assert len(set(runs)) == 1


def test_told_changes_are_a_channels_own(desk: Desk) -> None:
    digests.mark_told(desk.session, team_id=TEAM, channel_id=PUBLIC, change_ids=["a", "b", "a"], now=NOW)
    digests.mark_told(desk.session, team_id=TEAM, channel_id=PUBLIC, change_ids=["b", "c"], now=NOW)
    told = [digests.told_changes(desk.session, team_id=TEAM, channel_id=c) for c in (PUBLIC, SECRET)]
    assert told == [{"a", "b", "c"}, frozenset()]
