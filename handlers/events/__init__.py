"""Events."""

from slack_bolt import App

from bot.services import Services
from handlers.events import home, joining, leaving, mention, message


def register(app: App, services: Services) -> None:
    """Add the listeners of events."""
    home.register(app, services)
    joining.register(app, services)
    mention.register(app, services)
    message.register(app, services)
    leaving.register(app, services)
