"""Buttons."""

from slack_bolt import App

from bot.services import Services
from handlers.actions import answers, corrections, digest, home, reading, watch


def register(app: App, services: Services) -> None:
    """Add the listeners of buttons."""
    answers.register(app, services)
    home.register(app, services)
    corrections.register(app, services)
    reading.register(app, services)
    digest.register(app, services)
    watch.register(app, services)
