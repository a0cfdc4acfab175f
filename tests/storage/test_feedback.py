"""One word a person on each digest and line; the same again takes it back, the other one changes it."""

from storage import feedback
from storage.feedback import WHOLE, FeedbackCount, Pressed
from tests.factories import NOW, PUBLIC, TEAM, Desk


def press(desk: Desk, *, useful: bool, who: str = "U1", line: str = "") -> Pressed:
    return feedback.press(
        desk.session,
        team_id=TEAM,
        channel_id=PUBLIC,
        period_key="2026-W10",
        change_id=line,
        user_id=who,
        useful=useful,
        now=NOW,
        change_type="new_deal" if line else None,
        kind="supply" if line else None,
    )


def counts(desk: Desk) -> tuple[FeedbackCount, ...]:
    return feedback.count_feedback(desk.session, team_id=TEAM)


def test_every_person_counts_once(desk: Desk) -> None:
    assert [press(desk, useful=False, who=who) for who in ("U1", "U2")] == [Pressed.GIVEN, Pressed.GIVEN]
    assert press(desk, useful=True) is Pressed.CHANGED
    assert counts(desk) == (FeedbackCount(WHOLE, None, useful=1, not_useful=1),)


def test_the_same_again_takes_it_back(desk: Desk) -> None:
    press(desk, useful=False)
    assert press(desk, useful=False) is Pressed.TAKEN_BACK
    assert counts(desk) == ()


def test_lines_are_counted_by_what_had_changed(desk: Desk) -> None:
    press(desk, useful=True)
    press(desk, useful=False, line="c1")
    press(desk, useful=False, line="c2")
    assert counts(desk) == (
        FeedbackCount(WHOLE, None, useful=1, not_useful=0),
        FeedbackCount("new_deal", "supply", useful=0, not_useful=2),
    )
