"""Forgets what is no longer needed."""

from datetime import timedelta

from bot.services import Services
from storage import events
from storage.engine import transaction

EVENTS_KEPT = timedelta(days=7)


def forget_old_events(services: Services) -> None:
    """Drop the ids of events that Slack can't send again any more."""
    with transaction(services.engine) as session:
        events.forget_events(session, before=services.now() - EVENTS_KEPT)
