"""Shortcuts."""

from slack_bolt import App

from bot.services import Services
from handlers.shortcuts import save_article


def register(app: App, services: Services) -> None:
    """Add the listeners of shortcuts."""
    save_article.register(app, services)
