"""Forgets what is no longer needed."""

from datetime import timedelta

from bot.services import Services
from storage import alerts, events, readings
from storage.engine import transaction
from storage.installing import StateStore

EVENTS_KEPT = timedelta(days=7)
ALERTS_KEPT = timedelta(days=30)


def tidy(services: Services) -> None:
    """Drop ids of events that Slack can't send again, old alerts and readings, unfinished installations."""
    with transaction(services.engine) as session:
        events.forget_events(session, before=services.now() - EVENTS_KEPT)
        alerts.forget_alerts(session, before=services.now() - ALERTS_KEPT)
        shared = timedelta(hours=services.settings.shared_hours)
        readings.forget_readings(session, before=services.now() - shared)
    StateStore(engine=services.engine).forget_late()
