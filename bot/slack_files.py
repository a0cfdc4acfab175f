"""Files into Slack, in its three steps: ask for an address, send the bytes there, share what was sent.

The first two may be done again at will, since what is never shared is seen by nobody. The third posts a
message, and must not be done twice.
"""

from http import HTTPStatus

import httpx
from slack_sdk import WebClient

from bot.errors import SlackGone
from bot.file_message import FileMessage
from bot.jobs import RetryLater
from bot.slack import FAILURES, LOOK_BACK_MESSAGES, outcome_of

UPLOAD_SECONDS = 30


def upload(client: WebClient, file: FileMessage) -> str:
    """Send a file, seen by nobody yet; gives its id. Raises SlackGone or RetryLater."""
    try:
        answer = client.files_getUploadURLExternal(
            filename=file.filename, length=len(file.content), alt_txt=file.alt_text or None
        )
    except FAILURES as error:
        raise outcome_of(error) from error
    try:
        sent = httpx.post(str(answer["upload_url"]), content=file.content, timeout=UPLOAD_SECONDS)
    except httpx.HTTPError as error:
        raise RetryLater(type(error).__name__) from error
    if sent.status_code != HTTPStatus.OK:
        raise RetryLater(f"upload status {sent.status_code}")
    return str(answer["file_id"])


def share_once(
    client: WebClient,
    file: FileMessage,
    *,
    file_id: str,
    channel_id: str,
    may_be_shared: bool = False,
) -> None:
    """Post an uploaded file in a channel.

    `may_be_shared` says that an earlier try was cut off: then the channel is looked through first. Raises
    SlackGone or RetryLater.
    """
    try:
        if may_be_shared and _is_shared(client, file_id, channel_id):
            return
        client.files_completeUploadExternal(
            files=[{"id": file_id, "title": file.title}],
            channel_id=channel_id,
            initial_comment=file.comment,
        )
    except FAILURES as error:
        raise outcome_of(error) from error


def _is_shared(client: WebClient, file_id: str, channel_id: str) -> bool:
    try:
        answer = client.conversations_history(channel=channel_id, limit=LOOK_BACK_MESSAGES)
    except FAILURES as error:
        outcome = outcome_of(error)
        if isinstance(outcome, SlackGone):
            # Rather none than two: it may be there already.
            raise SlackGone("Slack does not say whether a file is posted.", code="not_known") from error
        raise outcome from error
    posted = (file for message in answer.get("messages") or () for file in message.get("files") or ())
    return any(file.get("id") == file_id for file in posted)


def whisper(client: WebClient, *, channel_id: str, user_id: str, text: str) -> None:
    """Tell one person in a channel something; what Slack refuses is not said. Raises RetryLater."""
    try:
        client.chat_postEphemeral(
            channel=channel_id,
            user=user_id,
            text=text,
            unfurl_links=False,
            unfurl_media=False,
        )
    except FAILURES as error:
        outcome = outcome_of(error)
        if isinstance(outcome, RetryLater):
            raise outcome from error
