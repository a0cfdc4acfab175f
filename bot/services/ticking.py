"""What the clock has done every minute."""

from bot.services import Services, alerts, digests


def every_minute(services: Services) -> None:
    """Enqueue the digests that are due, and what readers are to be told at once."""
    digests.enqueue_due(services)
    alerts.enqueue_due(services)
