"""Whom Seams speaks to, and in which language.

An answer to one person is in the language of their Slack, a post in the one its channel chose. What is made
and rendered inside `spoken_to` or `posted_in` is in that language; outside of them it is English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import available_timezones

from bot.errors import UserError
from bot.locale import _, speaking, supported
from bot.query_words import read_language
from bot.services import Services, members
from storage import channels
from storage.engine import snapshot, transaction
from storage.people import Person

ASK_AGAIN_AFTER = timedelta(days=1)


@contextmanager
def spoken_to(services: Services, *, team_id: str, user_id: str, ask: bool = True) -> Iterator[None]:
    """Speak the language of a person's Slack. Never raises for want of it.

    With `ask` Slack is asked once a day, so not before an ack; without it, what is known already counts.
    """
    person = get_person(services, team_id=team_id, user_id=user_id, ask=ask)
    with speaking(person.language if person else None):
        yield


@contextmanager
def posted_in(
    services: Services, *, team_id: str, channel_id: str, user_id: str | None = None
) -> Iterator[None]:
    """Speak the language of a channel; that of the person `user_id` in a conversation with them alone."""
    chosen = channel_language(services, team_id=team_id, channel_id=channel_id)
    if chosen is None and user_id and channel_id.startswith("D"):
        person = get_person(services, team_id=team_id, user_id=user_id)
        chosen = person.language if person else None
    with speaking(chosen):
        yield


def get_person(services: Services, *, team_id: str, user_id: str, ask: bool = True) -> Person | None:
    """A person's language and time zone, asked of Slack once a day; what was known before when it fails."""
    if ask:
        return members.get_person(services, team_id=team_id, user_id=user_id, fresh=ASK_AGAIN_AFTER)
    return members.known_person(services, team_id=team_id, user_id=user_id)


def language_of(services: Services, *, team_id: str, user_id: str) -> str:
    """The language in which a person is spoken to: "es"."""
    person = get_person(services, team_id=team_id, user_id=user_id)
    return supported(person.language if person else None)


def time_zone_of(services: Services, *, team_id: str, user_id: str) -> str | None:
    """The zone a person lives in, if Slack tells and this machine knows it."""
    person = get_person(services, team_id=team_id, user_id=user_id)
    zone = person.timezone if person else None
    return zone if zone in available_timezones() else None


def channel_language(services: Services, *, team_id: str, channel_id: str) -> str | None:
    """The language that a channel chose ("es"); None when nobody chose, and English is spoken."""
    with snapshot(services.engine) as session:
        return channels.get_channel(session, team_id=team_id, channel_id=channel_id).language


def choose_channel_language(services: Services, *, team_id: str, channel_id: str, named: str) -> str:
    """Speak a language in a channel from now on, by its code or its name; raises UserError for another."""
    language = read_language(named)
    if language is None:
        raise UserError(
            _("I speak English and Spanish here: /digest language en or /digest language es"),
            code="unknown_language",
        )
    with transaction(services.engine) as session:
        channels.set_language(session, team_id=team_id, channel_id=channel_id, language=language)
    return language
