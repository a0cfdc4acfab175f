"""Modals."""

from slack_bolt import App

from bot.services import Services
from handlers.views import paste_text


def register(app: App, services: Services) -> None:
    """Add the listeners of modals."""
    paste_text.register(app, services)
