"""Mentions of Seams: a question in plain words, asked in a channel or in a thread."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from bot.services import Services, questions
from handlers.asked import question_of

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to mentions; they are taken before they are acknowledged, as messages are."""

    def take(body: Json, event: Json, context: BoltContext, next: Callable[[], BoltResponse]) -> None:
        question = question_of(body, event, context)
        if question is not None:
            questions.take_question(services, str(body["event_id"]), question)
        next()

    @app.event("app_mention", middleware=[take])
    def acknowledge() -> None:
        """Everything has been done."""
