"""The edge to Slack's Web API: who we are, and posts that are made once."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import outcomes
from bot.errors import SlackGone
from bot.jobs import RetryLater
from bot.outcomes import Act, outcome
from bot.pacing import retry_after
from bot.values import Audience
from bot.views.message import Message
from bot.views.text import shortened

MESSAGE_EVENT = "seams_post"  # the metadata event under which our own posts can be found again
TIMEOUT_SECONDS = 15
LOOK_BACK_MESSAGES = 100
MAX_WAIT_SECONDS = 3600.0  # of what Slack may ask for

# Slack's own troubles, which pass. Every other error stays what it is however often one tries.
_PASSING = frozenset(
    """fatal_error internal_error ratelimited request_timeout rollup_error service_unavailable
    team_added_to_org""".split()
)
# A channel that we lack one of these scopes to know of is no public one.
_PRIVATE_SCOPES = frozenset({"groups:read", "im:read", "mpim:read"})
_SLUG = re.compile(r"\w+")  # what Slack's own errors look like; a proxy's or a maintenance page has none
_BAD_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format"})

# What a call may end in: Slack says no, no connection, no answer, an answer that is no JSON.
FAILURES = (SlackClientError, OSError, HTTPException, ValueError)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a post stands: the conversation of a person, where it was meant for one."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a bot token is: the workspace and the bot in it."""

    team_id: str
    team_name: str
    team_url: str  # "https://example.slack.com/"
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str] | None = None  # what it was granted; None where Slack does not say


def open_client(token: str, *, api_url: str) -> WebClient:
    """A Web API client that tries once.

    The SDK's own retries repeat a call whose answer was lost, and would post twice; the jobs try again
    instead, after looking whether the first try came through.
    """
    return WebClient(token=token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])


def identify(client: WebClient) -> Identity:
    """Ask Slack who the token is; raises SlackGone when it does not know the token or can't be reached."""
    try:
        answer = client.auth_test()
    except FAILURES as error:
        outcome = outcome_of(error)
        if isinstance(outcome, RetryLater):
            raise SlackGone(f"Slack can't be reached ({error}).", code="unreachable") from error
        raise SlackGone(
            f"Slack refuses SLACK_BOT_TOKEN ({outcome.code}). Copy it again from the app's page, "
            '"OAuth & Permissions".',
            code=outcome.code,
        ) from error
    return Identity(
        team_id=str(answer["team_id"]),
        team_name=str(answer.get("team") or ""),
        team_url=str(answer.get("url") or ""),
        bot_id=str(answer.get("bot_id") or ""),
        bot_user_id=str(answer["user_id"]),
        scopes=_granted(answer.headers),
    )


def _granted(headers: Mapping[str, str]) -> frozenset[str] | None:
    said = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    return frozenset(scope.strip() for scope in said.split(",")) if said else None


def post_once(
    client: WebClient,
    *,
    channel_id: str,
    message: Message,
    key: str,
    thread_ts: str | None = None,
    may_be_posted: bool = False,
) -> Posted:
    """Post a message that carries `key`, and say where it stands; the same key is never posted twice.

    `may_be_posted` says that an earlier try was cut off: then our own posts are looked through first.
    A workspace that takes nothing for now (its token is refused, say) makes the post wait. Raises SlackGone
    or RetryLater.
    """
    try:
        if may_be_posted:
            ts = _find_post(client, channel_id=channel_id, thread_ts=thread_ts, key=key)
            if ts is not None:
                return Posted(channel_id, ts)
        return _post(client, channel_id=channel_id, message=message, key=key, thread_ts=thread_ts)
    except FAILURES as error:
        raise held(outcome_of(error)) from error


def _post(
    client: WebClient,
    *,
    channel_id: str,
    message: Message,
    key: str,
    thread_ts: str | None,
    plain: bool = False,
) -> Posted:
    try:
        answer = client.chat_postMessage(
            channel=channel_id,
            text=shortened(message.text) if plain else message.text,
            blocks=None if plain else list(message.blocks),
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": MESSAGE_EVENT, "event_payload": {"key": key}},
        )
    except SlackApiError as error:
        refused = _code(error)
        if plain or (refused not in _BAD_BLOCKS and outcome(refused).act is not Act.SHORTEN):
            raise
        _log.error("Slack refused the blocks of %s (%s); posting its text alone", key, refused)
        return _post(client, channel_id=channel_id, message=message, key=key, thread_ts=thread_ts, plain=True)
    return Posted(str(answer.get("channel") or channel_id), str(answer["ts"]))


def _find_post(client: WebClient, *, channel_id: str, thread_ts: str | None, key: str) -> str | None:
    arguments: dict[str, Any] = {
        "channel": channel_id,
        "limit": LOOK_BACK_MESSAGES,
        "include_all_metadata": True,
    }
    if thread_ts is None:
        answer = client.conversations_history(**arguments)
    else:
        answer = client.conversations_replies(ts=thread_ts, **arguments)
    for message in answer.get("messages") or ():
        if _key_of(message) == key:
            return str(message["ts"])
    return None


def _key_of(message: Mapping[str, Any]) -> str:
    return str(((message.get("metadata") or {}).get("event_payload") or {}).get("key") or "")


def find_replies(client: WebClient, *, channel_id: str, thread_ts: str, key: str) -> tuple[str, ...]:
    """The replies of ours whose keys begin with `key`, by ts; raises SlackGone or RetryLater."""
    try:
        answer = client.conversations_replies(
            channel=channel_id, ts=thread_ts, limit=LOOK_BACK_MESSAGES, include_all_metadata=True
        )
    except FAILURES as error:
        raise outcome_of(error) from error
    found = answer.get("messages") or ()
    return tuple(str(message["ts"]) for message in found if _key_of(message).startswith(key))


def add_reaction(client: WebClient, *, channel_id: str, message_ts: str, name: str) -> None:
    """React to a message, if it lets us: it may have the reaction, take no more, or be gone.

    A refusal keeps back nothing else that is to be said. Raises RetryLater.
    """
    try:
        client.reactions_add(channel=channel_id, timestamp=message_ts, name=name)
    except FAILURES as error:
        outcome = outcome_of(error)
        if isinstance(outcome, RetryLater):
            raise outcome from error
        if outcome.code != "already_reacted":
            _log.info("no reaction in %s: %s", channel_id, outcome.code)


def can_post(client: WebClient, channel_id: str) -> bool:
    """Whether we are in a channel that is open, as far as Slack tells. Raises SlackGone or RetryLater."""
    channel = _find_channel(client, channel_id)
    return bool(channel.get("is_member") or channel.get("is_im")) and not channel.get("is_archived")


def find_audience(client: WebClient, channel_id: str) -> Audience:
    """Who may see a channel; UNKNOWN for one that is hidden from us. Raises SlackGone or RetryLater."""
    try:
        channel = _find_channel(client, channel_id)
    except SlackGone as gone:
        if gone.code != "channel_not_found":
            raise
        return Audience.UNKNOWN
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        return Audience.SHARED
    if channel.get("is_private") or channel.get("is_im") or channel.get("is_mpim") or channel.get("is_group"):
        return Audience.PRIVATE
    return Audience.PUBLIC if channel.get("is_channel") else Audience.UNKNOWN


def is_member(client: WebClient, channel_id: str) -> bool:
    """Whether we can post to a channel, as far as Slack tells; raises RetryLater.

    A private channel or conversation that we are not in does not exist for us. What we lack the scope to
    know is taken for granted.
    """
    try:
        channel = _find_channel(client, channel_id)
    except SlackGone as gone:
        return gone.code != "channel_not_found"
    return bool(channel.get("is_member") or channel.get("is_im"))


def _find_channel(client: WebClient, channel_id: str) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = client.conversations_info(channel=channel_id)["channel"]
    except FAILURES as error:
        if isinstance(error, SlackApiError) and _needed(error) in _PRIVATE_SCOPES:
            return {"is_private": True, "is_member": True}
        raise outcome_of(error) from error
    return found


def take_back(client: WebClient, *, channel_id: str, message_ts: str) -> None:
    """Delete a post of ours; one that is gone already is fine. Raises SlackGone or RetryLater."""
    try:
        client.chat_delete(channel=channel_id, ts=message_ts)
    except FAILURES as error:
        if isinstance(error, SlackApiError) and _code(error) in {"message_not_found", "cant_delete_message"}:
            return
        raise outcome_of(error) from error


def outcome_of(error: Exception) -> SlackGone | RetryLater:
    """Whether no further try will mend it, or when to try again."""
    if not isinstance(error, SlackApiError):
        return RetryLater(type(error).__name__)
    status, code = int(getattr(error.response, "status_code", 200)), _code(error)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        asked = retry_after(error)
        return RetryLater(code, seconds=None if asked is None else min(MAX_WAIT_SECONDS, asked))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _PASSING or not _SLUG.fullmatch(code):
        return RetryLater(code)
    lacking = f" (it needs {needed})" if (needed := _needed(error)) else ""
    return SlackGone(f"Slack says {code}{lacking}.", code=code)


def held(ended: SlackGone | RetryLater) -> SlackGone | RetryLater:
    """A refusal that concerns the whole workspace, and may end, is waited out."""
    if isinstance(ended, RetryLater) or (found := outcome(ended.code)).act is not Act.HOLD:
        return ended
    return RetryLater(f"{ended.message} {found.operator}", seconds=outcomes.HOLD_SECONDS, growing=True)


def _needed(error: SlackApiError) -> str:
    """The scope that a call lacked; "" when that was not the reason."""
    return str(error.response.get("needed") or "") if _code(error) == "missing_scope" else ""


def _code(error: SlackApiError) -> str:
    answer = error.response
    return str(answer.get("error") if hasattr(answer, "get") else answer) or "unknown_error"
