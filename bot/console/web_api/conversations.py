"""conversations.*: what the app may learn of channels."""

from bot.console.values import Channel, ChannelKind, Json, Message
from bot.console.web_api.call import ApiError, Call

_TYPES = {
    ChannelKind.PUBLIC: "public_channel",
    ChannelKind.PRIVATE: "private_channel",
    ChannelKind.DIRECT: "im",
}


def info(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.info"""
    channel = call.channel()
    shown = _shown(call, channel)
    if call.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def list_all(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.list"""
    types = call.text("types", "public_channel").replace(" ", "").split(",")
    visible = tuple(
        _shown(call, channel)
        for channel in call.workspace.channels()
        if _TYPES[channel.kind] in types
        and (channel.kind is ChannelKind.PUBLIC or call.workspace.bot_user in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    )
    page, metadata = call.page(visible)
    return {"channels": list(page), "response_metadata": metadata}


def members(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.members"""
    page, metadata = call.page(tuple(sorted(call.channel().members)))
    return {"members": list(page), "response_metadata": metadata}


def open_direct(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open"""
    users = call.text("users")
    if "," in users:
        raise ApiError("method_not_supported_for_channel_type")
    if not any(user.id == users for user in call.workspace.users()):
        raise ApiError("user_not_found")
    return {"channel": {"id": call.workspace.direct_channel(users)}}


def history(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.history"""
    channel = call.joined_channel(open_only=False)
    top = [m for m in call.workspace.messages(channel.id) if not m.is_reply and _in_range(call, m)]
    page, metadata = call.page(tuple(reversed(top)))
    return _listing(call, page, metadata)


def replies(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies"""
    channel = call.joined_channel(open_only=False)
    parent = call.required("ts")
    found = tuple(m for m in call.workspace.messages(channel.id) if parent in (m.ts, m.thread_ts))
    if not found:
        raise ApiError("thread_not_found")
    page, metadata = call.page(tuple(m for m in found if m.ts == parent or _in_range(call, m)), default=1000)
    return _listing(call, page, metadata)


def _listing(call: Call, page: tuple[object, ...], metadata: Json) -> Json:
    shown = [
        m.as_slack(team_id=call.workspace.team_id, with_metadata=call.flag("include_all_metadata"))
        for m in page
        if isinstance(m, Message)
    ]
    return {"messages": shown, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


def _in_range(call: Call, message: Message) -> bool:
    oldest, latest = call.text("oldest", "0"), call.text("latest", "99999999999")
    at = float(message.ts)
    if call.flag("inclusive"):
        return float(oldest) <= at <= float(latest)
    return float(oldest) < at < float(latest)


def _shown(call: Call, channel: Channel) -> Json:
    direct = channel.kind is ChannelKind.DIRECT
    shown: Json = {
        "id": channel.id,
        "is_channel": channel.kind is ChannelKind.PUBLIC,
        "is_group": channel.kind is ChannelKind.PRIVATE,
        "is_im": direct,
        "is_mpim": False,
        "is_private": channel.kind is not ChannelKind.PUBLIC,
        "is_archived": channel.archived,
        "is_member": call.workspace.bot_user in channel.members,
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "context_team_id": call.workspace.team_id,
    }
    if direct:
        shown["user"] = next(iter(channel.members - {call.workspace.bot_user}), call.workspace.bot_user)
    else:
        shown["name"] = shown["name_normalized"] = channel.name
    return shown
