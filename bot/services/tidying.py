"""Forgets what is no longer needed."""

from datetime import timedelta

from bot.services import Services
from storage import alerts, events
from storage.engine import transaction
from storage.installing import StateStore

EVENTS_KEPT = timedelta(days=7)
ALERTS_KEPT = timedelta(days=30)


def tidy(services: Services) -> None:
    """Drop the ids of events that Slack can't send again, old alerts, and installations nobody finished."""
    with transaction(services.engine) as session:
        events.forget_events(session, before=services.now() - EVENTS_KEPT)
        alerts.forget_alerts(session, before=services.now() - ALERTS_KEPT)
    StateStore(engine=services.engine).forget_late()
