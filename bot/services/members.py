"""Who asks: full members of the workspace are answered, guests and strangers are not.

A guest may know only what is said in the channels they are in, and the record knows what every public
channel said. Slack is asked who somebody is; while it does not say, nobody is answered.
"""

import logging
from datetime import timedelta

from bot.errors import SlackGone, StorageError, UserError
from bot.jobs import RetryLater
from bot.locale import _
from bot.services import Services
from bot.slack_people import find_person
from storage import people
from storage.engine import snapshot, transaction
from storage.people import Person

STANDING_FRESH = timedelta(minutes=5)
STANDING_KEPT = timedelta(hours=1)
"""How long what Slack said of a person's standing counts while it says nothing newer."""

_log = logging.getLogger(__name__)


def refuse_guests(services: Services, *, team_id: str, user_id: str) -> None:
    """Raise UserError for guests, people of other organisations, and while Slack does not say who it is."""
    if not is_full_member(services, team_id=team_id, user_id=user_id):
        raise UserError(
            _(
                "I answer only full members of this workspace: what I know comes from all of its public "
                "channels. If you are one, Slack does not say so just now: try again."
            ),
            code="guest",
        )


def is_full_member(services: Services, *, team_id: str, user_id: str) -> bool:
    """Whether Slack said of late that somebody may look into every public channel."""
    return bool(standing(services, team_id=team_id, user_id=user_id))


def standing(services: Services, *, team_id: str, user_id: str) -> bool | None:
    """The same, but None when Slack did not say."""
    person = get_person(services, team_id=team_id, user_id=user_id, fresh=STANDING_FRESH)
    if person is None or services.now() - person.asked_at > STANDING_KEPT:
        return None
    return person.full_member


def get_person(services: Services, *, team_id: str, user_id: str, fresh: timedelta) -> Person | None:
    """What Slack says of a person; what it said before when that is `fresh`, or when it says nothing now."""
    known, now = known_person(services, team_id=team_id, user_id=user_id), services.now()
    if known is not None and known.full_member is not None and now - known.asked_at < fresh:
        return known
    try:
        told = find_person(services.slack(team_id), user_id, team_id=team_id)
        if told is None:
            return known
        person = Person(user_id, told.locale, told.timezone, now, told.full_member)
        with transaction(services.engine) as session:
            people.remember_person(session, team_id=team_id, person=person)
    except (SlackGone, RetryLater, StorageError) as error:
        _log.info("Slack does not tell who a person is: %s", type(error).__name__)
        return known
    return person


def known_person(services: Services, *, team_id: str, user_id: str) -> Person | None:
    """What Slack said of a person when it was last asked, however long ago."""
    with snapshot(services.engine) as session:
        return people.get_person(session, team_id=team_id, user_id=user_id)
