"""Slack <-> plain values: a listener parses, calls ONE service function, renders, responds."""

from slack_bolt import App

from bot.services import Services
from handlers import actions, commands, events, shortcuts, views


def register(app: App, services: Services) -> None:
    """Add every listener; `manifest.json` names the same commands, events and shortcuts."""
    for part in (commands, events, shortcuts, actions, views):
        part.register(app, services)
