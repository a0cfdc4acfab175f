"""What Slack says of a person's standing in the workspace."""

from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError


def is_full_member(client: WebClient, user_id: str) -> bool:
    """Whether a person may look into every public channel; False for a guest, and when Slack does not say."""
    try:
        user = client.users_info(user=user_id).get("user")
    except (SlackClientError, OSError, HTTPException, ValueError):
        return False
    if not isinstance(user, dict) or user.get("deleted"):
        return False
    return not any(user.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_stranger"))
