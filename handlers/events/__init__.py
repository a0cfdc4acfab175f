"""Events."""

from slack_bolt import App

from bot.services import Services
from handlers.events import joining, leaving, mention, message


def register(app: App, services: Services) -> None:
    """Add the listeners of events."""
    joining.register(app, services)
    mention.register(app, services)
    message.register(app, services)
    leaving.register(app, services)
