"""Who is answered: full members alone, and nobody while Slack does not say who they are."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackClientError

from bot.errors import UserError
from bot.services import members
from storage import people
from storage.engine import Engine, transaction
from storage.people import Person
from tests.factories import NOW, TEAM
from tests.services.slack_desk import SlackDesk

TOM = {"team_id": TEAM, "user_id": "U1"}


class Desk(SlackDesk):
    """A workspace that tells who Tom is."""

    def tell(self, **marks: object) -> None:
        self.client.users_info.side_effect = None
        self.client.users_info.return_value = {"user": {"team_id": TEAM, **marks}}

    def fail(self) -> None:
        self.client.users_info.side_effect = SlackClientError("no")

    def standing_after(self, passed: timedelta = timedelta()) -> bool | None:
        self.now += passed
        return members.standing(self.services, **TOM)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    made = Desk(engine)
    made.tell()
    return made


def test_a_full_member_is_one(desk: Desk) -> None:
    assert desk.standing_after() is True


def test_slack_is_not_asked_for_every_word(desk: Desk) -> None:
    for _ in range(3):
        desk.standing_after(timedelta(minutes=1))
    assert desk.client.users_info.call_count == 1


def test_who_becomes_a_guest_is_one_within_minutes(desk: Desk) -> None:
    desk.standing_after()
    desk.tell(is_restricted=True)
    assert desk.standing_after(members.STANDING_FRESH) is False


def test_while_slack_is_silent_its_last_word_counts_for_an_hour_and_no_longer(desk: Desk) -> None:
    desk.standing_after()
    desk.fail()
    assert desk.standing_after(members.STANDING_KEPT) is True
    assert desk.standing_after(timedelta(seconds=1)) is None


def test_somebody_of_whom_slack_says_nothing_is_refused(desk: Desk) -> None:
    desk.fail()
    with pytest.raises(UserError, match="try again"):
        members.refuse_guests(desk.services, **TOM)


def test_somebody_whose_standing_was_never_asked_after_is_asked_after(desk: Desk) -> None:
    with transaction(desk.services.engine) as session:
        people.remember_person(session, team_id=TEAM, person=Person("U1", "es", None, NOW))
    assert desk.standing_after() is True
