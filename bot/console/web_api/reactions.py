"""reactions.*: the app puts emoji under messages."""

import re

from bot.console.values import Json
from bot.console.web_api.call import ApiError, Call

_NAME = re.compile(r"[a-z0-9_+'-]+(?:::skin-tone-[2-6])?")


def add(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.add"""
    channel, ts, name = _aim(call)
    if not call.workspace.react(channel, ts, call.workspace.bot_user, name):
        raise ApiError("already_reacted")
    return {}


def remove(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.remove"""
    channel, ts, name = _aim(call)
    if not call.workspace.unreact(channel, ts, call.workspace.bot_user, name):
        raise ApiError("no_reaction")
    return {}


def get(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.get"""
    channel = call.channel()
    message = call.message(channel, "timestamp")
    shown = message.as_slack(team_id=call.workspace.team_id)
    return {"type": "message", "channel": channel.id, "message": shown}


def _aim(call: Call) -> tuple[str, str, str]:
    name = call.text("name").strip(":")
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name")
    if not call.text("timestamp"):
        raise ApiError("no_item_specified")
    channel = call.joined_channel()
    return channel.id, call.message(channel, "timestamp").ts, name
