"""What Slack says of a person: their standing in the workspace, their language and their time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.errors import SlackGone
from bot.slack import FAILURES, held, outcome_of

SOON_SECONDS = 2  # a person waits, and is answered in English, or refused, rather than late


@dataclass(frozen=True, slots=True)
class SlackPerson:
    """The locale ("es-ES") and the IANA time zone that a person set, None where Slack does not tell.

    `full_member` says whether they may look into every public channel of the workspace.
    """

    locale: str | None
    timezone: str | None
    full_member: bool


def find_person(client: WebClient, user_id: str, *, team_id: str) -> SlackPerson | None:
    """Who a person is in the workspace; None when Slack does not answer soon.

    `client` is for this call alone.
    """
    client.timeout = SOON_SECONDS
    try:
        user = client.users_info(user=user_id, include_locale=True).get("user")
    except FAILURES:
        return None
    if not isinstance(user, Mapping):
        return None
    return SlackPerson(user.get("locale") or None, user.get("tz") or None, _is_full_member(user, team_id))


def find_conversation(client: WebClient, user_id: str) -> str | None:
    """The conversation in which a person reads what we write to them alone, which exists from then on.

    None where we lack the scope to ask. Raises SlackGone or RetryLater.
    """
    try:
        return str(client.conversations_open(users=user_id)["channel"]["id"])
    except FAILURES as error:
        ended = outcome_of(error)
        if isinstance(ended, SlackGone) and ended.code == "missing_scope":
            return None
        raise held(ended) from error


def _is_full_member(user: Mapping[str, Any], team_id: str) -> bool:
    # On Enterprise Grid a person belongs to several workspaces of one organisation.
    teams = {user.get("team_id"), *((user.get("enterprise_user") or {}).get("teams") or ())}
    marks = ("deleted", "is_restricted", "is_ultra_restricted", "is_stranger")
    return team_id in teams and not any(user.get(mark) for mark in marks)
