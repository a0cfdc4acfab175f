"""A workspace, or a whole organisation, removes Seams: nothing of it is kept.

Slack tells it twice, in either order, and again while it gets no answer. So the work is done before the
acknowledgement (see `handlers.events.message`), and doing it again is harmless.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from bot.services import Services, workspaces

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to removals."""

    def forget(body: Json, event: Json, context: BoltContext, next: Callable[[], BoltResponse]) -> None:
        handle_leaving(services, body, event, context)
        next()

    @app.event("app_uninstalled", middleware=[forget])
    @app.event("tokens_revoked", middleware=[forget])
    @app.event("team_access_revoked", middleware=[forget])
    def acknowledge() -> None:
        """Everything has been done."""


def handle_leaving(services: Services, body: Json, event: Json, context: BoltContext) -> None:
    """Parse an event that may say that Seams was removed, and have everything forgotten if it does."""
    before = datetime.fromtimestamp(int(body.get("event_time") or 0), UTC)
    if event["type"] == "team_access_revoked":  # an organisation takes Seams from some of its workspaces
        for team_id in event.get("team_ids") or ():
            workspaces.leave(services, team_id=str(team_id), before=before)
    elif event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
        return  # a person's own token, of which Seams has none
    elif context.is_enterprise_install and context.enterprise_id:
        workspaces.leave_organisation(services, enterprise_id=context.enterprise_id, before=before)
    elif context.team_id:
        workspaces.leave(services, team_id=context.team_id, before=before)
