"""Modals."""

from slack_bolt import App

from bot.services import Services
from handlers.views import corrections, digest_settings, follow, forget_me, paste_text


def register(app: App, services: Services) -> None:
    """Add the listeners of modals."""
    digest_settings.register(app, services)
    follow.register(app, services)
    forget_me.register(app, services)
    corrections.register(app, services)
    paste_text.register(app, services)
