"""Events."""

from slack_bolt import App

from bot.services import Services
from handlers.events import mention, message


def register(app: App, services: Services) -> None:
    """Add the listeners of events."""
    mention.register(app, services)
    message.register(app, services)
