"""What an app may send without the Web API: to a response_url, or in the body of an acknowledgement."""

import json

from bot.console.tickets import ReplyAddress, TicketRefused
from bot.console.values import Json
from bot.console.web_api.call import ApiError, Call
from bot.console.web_api.chat import message_content, note_slips
from bot.console.workspace import Workspace


def reply_to_url(workspace: Workspace, key: str, body: bytes) -> tuple[int, Json]:
    """Handle a POST to a response_url; returns the HTTP status and the answer."""
    try:
        message = json.loads(body)
        address = workspace.tickets.use_address(key)
    except ValueError:
        return 400, {"ok": False, "error": "invalid_payload"}
    except TicketRefused as refusal:
        return 404, {"ok": False, "error": refusal.code}
    if not isinstance(message, dict):
        return 400, {"ok": False, "error": "invalid_payload"}
    try:
        say(workspace, address, message, key)
    except ApiError as error:
        return 400, {"ok": False, "error": error.code} | error.details
    return 200, {"ok": True}


def say(workspace: Workspace, address: ReplyAddress, message: Json, key: str) -> None:
    """Show what the app replied: to one reader unless it says in_channel. Raises ApiError."""
    origin = address.origin or workspace.tickets.last_reply(key)
    if message.get("delete_original"):
        _remove(workspace, address, origin)
        return
    call = Call(workspace, "", message | {"response_url": True})
    content = message_content(call)
    note_slips(workspace, address.channel, call)
    text = call.text("text")
    if call.flag("replace_original") and _stands(workspace, address, origin):
        workspace.edit(address.channel, str(origin), text=text, **content)
        return
    public = message.get("response_type") == "in_channel"
    posted = workspace.post(
        address.channel,
        workspace.bot_user,
        text,
        only_for=None if public else address.user,
        bot_id=workspace.bot_id,
        thread_ts=call.text("thread_ts") or address.thread_ts,
        **content,
    )
    workspace.tickets.remember_reply(key, posted.ts)


def _stands(workspace: Workspace, address: ReplyAddress, ts: str | None) -> bool:
    try:
        return ts is not None and workspace.any_message(address.channel, ts).user == workspace.bot_user
    except KeyError:
        return False


def _remove(workspace: Workspace, address: ReplyAddress, ts: str | None) -> None:
    if ts is not None and _stands(workspace, address, ts):
        workspace.remove(address.channel, ts)
