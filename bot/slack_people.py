"""What Slack says of a person's standing in the workspace."""

from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError


def is_full_member(client: WebClient, user_id: str, *, team_id: str | None = None) -> bool:
    """Whether a person may look into every public channel; False for a guest, and when Slack does not say.

    With `team_id`, False also for people of another workspace in a shared channel.
    """
    try:
        user = client.users_info(user=user_id).get("user")
    except (SlackClientError, OSError, HTTPException, ValueError):
        return False
    if not isinstance(user, dict) or user.get("deleted"):
        return False
    # On Enterprise Grid a person belongs to several workspaces of one organisation.
    teams = {user.get("team_id"), *((user.get("enterprise_user") or {}).get("teams") or ())}
    if team_id is not None and team_id not in teams:
        return False
    return not any(user.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_stranger"))
