"""Forgets what is no longer needed."""

from datetime import timedelta

from bot.services import Services
from storage import events
from storage.engine import transaction
from storage.installing import StateStore

EVENTS_KEPT = timedelta(days=7)


def tidy(services: Services) -> None:
    """Drop the ids of events that Slack can't send again, and installations that nobody finished."""
    with transaction(services.engine) as session:
        events.forget_events(session, before=services.now() - EVENTS_KEPT)
    StateStore(engine=services.engine).forget_late()
