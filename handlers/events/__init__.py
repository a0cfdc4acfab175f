"""Events."""

from slack_bolt import App

from bot.services import Services
from handlers.events import message


def register(app: App, services: Services) -> None:
    """Add the listeners of events."""
    message.register(app, services)
