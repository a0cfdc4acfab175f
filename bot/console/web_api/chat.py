"""chat.*: the app speaks."""

import re

from bot.console.rules import TEXT_LIMIT, UPDATE_TEXT_LIMIT, is_too_much, message_problems
from bot.console.values import Channel, Json, Message
from bot.console.web_api.call import ApiError, Call
from bot.console.workspace import Content, Workspace

_ENTITY = re.compile(r"<(?:@[UW]\w+|#C\w+|!\w+|mailto:|https?://)[^<>]*>")


def post_message(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    channel = _destination(call)
    content = message_content(call)
    _check_thread(call, channel)
    note_slips(call.workspace, channel.id, call)
    message = call.workspace.post(
        channel.id,
        call.workspace.bot_user,
        call.text("text"),
        thread_ts=call.text("thread_ts") or None,
        bot_id=call.workspace.bot_id,
        subtype="thread_broadcast" if call.flag("reply_broadcast") else None,
        **content,
    )
    return {"channel": channel.id, "ts": message.ts, "message": _shown(call, message)}


def update(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.update"""
    channel = call.joined_channel()
    old = call.message(channel)
    if old.user != call.workspace.bot_user:
        raise ApiError("cant_update_message")
    content = message_content(call, limit=UPDATE_TEXT_LIMIT)
    note_slips(call.workspace, channel.id, call)
    message = call.workspace.edit(channel.id, old.ts, text=call.text("text"), **content)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": _shown(call, message)}


def delete(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.delete"""
    channel = call.channel()
    message = call.message(channel)
    if message.user != call.workspace.bot_user:
        raise ApiError("cant_delete_message")
    call.workspace.remove(channel.id, message.ts)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    channel = call.joined_channel()
    if call.text("user") not in channel.members:
        raise ApiError("user_not_in_channel")
    content = message_content(call)
    note_slips(call.workspace, channel.id, call)
    message = call.workspace.post(
        channel.id,
        call.workspace.bot_user,
        call.text("text"),
        only_for=call.text("user"),
        thread_ts=call.text("thread_ts") or None,
        bot_id=call.workspace.bot_id,
        **content,
    )
    return {"message_ts": message.ts}


def permalink(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.getPermalink"""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    link = f"https://{call.workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def message_content(call: Call, *, limit: int = TEXT_LIMIT) -> Content:
    """The blocks, attachments and metadata of a call that sends a message, checked. Raises ApiError."""
    blocks = call.records("blocks", "invalid_blocks_format")
    attachments = call.records("attachments", "invalid_attachments")
    if not call.text("text").strip() and not blocks and not attachments:
        raise ApiError("no_text")
    if len(call.text("text")) > limit:
        raise ApiError("msg_too_long")
    problems = message_problems({"blocks": list(blocks)})
    if problems:
        raise ApiError("invalid_blocks", errors=problems, response_metadata={"messages": problems})
    if is_too_much(blocks):
        raise ApiError("msg_blocks_too_long")
    content = Content(blocks=blocks, attachments=attachments)
    if call.args.get("metadata"):
        content["metadata"] = _metadata(call)
    return content


def note_slips(workspace: Workspace, channel: str, call: Call) -> None:
    """Record what Slack lets pass in a message and a careful app would not send."""
    text = call.text("text")
    if not text.strip():
        workspace.note("missing_text", channel, "blocks without a top-level text")
    for part in [text, *_mrkdwn(call.structure("blocks"))]:
        if "<" in _ENTITY.sub("", part):
            workspace.note("raw_angle", channel, part)
        if re.search(r"<!(?:channel|here|everyone)", part):
            workspace.note("mass_mention", channel, part)
    if not call.args.get("response_url") and (
        call.flag("unfurl_links", True) or call.flag("unfurl_media", True)
    ):
        workspace.note("unfurl", channel, "links may unfurl")


def _mrkdwn(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [str(node.get("text", ""))] if node.get("type") in {"mrkdwn", "markdown"} else []
        return own + [part for child in node.values() for part in _mrkdwn(child)]
    if isinstance(node, list):
        return [part for child in node for part in _mrkdwn(child)]
    return []


def _destination(call: Call) -> Channel:
    if any(user.id == call.text("channel") for user in call.workspace.users()):
        return call.workspace.channel(call.workspace.direct_channel(call.text("channel")))
    return call.joined_channel()


def _check_thread(call: Call, channel: Channel) -> None:
    # Slack posts to the channel itself when the thread's parent is gone; a stand-in should not hide that.
    thread = call.text("thread_ts")
    if thread and not any(thread in (m.ts, m.thread_ts) for m in call.workspace.messages(channel.id)):
        call.workspace.note("lost_thread", channel.id, thread)


def _metadata(call: Call) -> Json:
    metadata = call.structure("metadata")
    if not isinstance(metadata, dict) or not metadata.get("event_type"):
        raise ApiError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    return metadata


def _shown(call: Call, message: Message) -> Json:
    return message.as_slack(team_id=call.workspace.team_id, with_metadata=True) | {
        "app_id": call.workspace.app_id
    }
