"""First words: one post to a channel that invites Seams, one message to whoever installed it; never twice."""

import logging

from bot.errors import SlackGone
from bot.jobs import RetryLater
from bot.services import Services, languages
from bot.services.audiences import ask_again
from bot.services.capture import capture_refusal
from bot.services.direct import tell_person
from bot.services.work import add_greeting, add_resume
from bot.slack import post_once
from bot.views import greetings as view
from bot.views.message import Message
from storage import channels, events, greetings, teams
from storage.engine import snapshot, transaction

_log = logging.getLogger(__name__)


def joined_channel(services: Services, event_id: str, *, team_id: str, channel_id: str) -> None:
    """Greet a channel that Seams was invited to; the same event again, or another invitation, is nothing."""
    with transaction(services.engine) as session:
        if not events.claim_event(session, team_id=team_id, event_id=event_id, now=services.now()):
            return
        add_resume(services, session, team_id, event_id)  # a digest may have waited for this
        if greetings.claim_greeting(session, team_id=team_id, place_id=channel_id, now=services.now()):
            add_greeting(services, session, team_id, channel_id)


def welcome_installer(services: Services, team_id: str, user_id: str) -> None:
    """Greet the person who installed Seams, once; installing again is nothing."""
    with transaction(services.engine) as session:
        if greetings.claim_greeting(session, team_id=team_id, place_id=user_id, now=services.now()):
            add_greeting(services, session, team_id, user_id)


def greet(services: Services, team_id: str, place_id: str) -> None:
    """Post the greeting of a channel or a person; raises RetryLater while Slack is down."""
    key = f"greeting:{place_id}"
    with transaction(services.engine) as session:
        first = greetings.begin_greeting(session, team_id=team_id, place_id=place_id)
    try:
        client = services.slack(team_id)
        if place_id.startswith(("U", "W")):
            message = _to_person(services, team_id, place_id)
            tell_person(services, client, team_id, place_id, message, key=key, again=not first)
        else:
            ask_again(services, client, team_id, place_id)
            message = _to_channel(services, team_id, place_id)
            post_once(client, channel_id=place_id, message=message, key=key, may_be_posted=not first)
    except SlackGone as gone:
        _log.warning("%s can't be greeted: %s", place_id, gone.code)
    except RetryLater as later:
        if later.seconds is not None:  # Slack did not take it, and says when it will
            with transaction(services.engine) as session:
                greetings.put_greeting_back(session, team_id=team_id, place_id=place_id)
        raise


def _to_channel(services: Services, team_id: str, channel_id: str) -> Message:
    with snapshot(services.engine) as session:
        audience = channels.get_channel(session, team_id=team_id, channel_id=channel_id).audience
        team = teams.get_team(session, team_id=team_id)
    with languages.posted_in(services, team_id=team_id, channel_id=channel_id):
        if refusal := capture_refusal(services.settings, audience):
            return view.render_nothing_read(refusal)
        return view.render_channel(audience, bot_user_id=team.bot_user_id if team else None)


def _to_person(services: Services, team_id: str, user_id: str) -> Message:
    with languages.spoken_to(services, team_id=team_id, user_id=user_id):
        return view.render_installer()
