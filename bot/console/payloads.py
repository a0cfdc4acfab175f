"""The payloads that Slack sends to an app, built from the workspace's state."""

from bot.console.values import Channel, ChannelKind, Json, Message, User, View
from bot.console.web_api.views import shown_view
from bot.console.workspace import Workspace

_CHANNEL_TYPES = {ChannelKind.PUBLIC: "channel", ChannelKind.PRIVATE: "group", ChannelKind.DIRECT: "im"}


def event_callback(workspace: Workspace, event: Json, event_id: str) -> Json:
    """https://docs.slack.dev/apis/events-api/#event_type_structure"""
    return {
        "token": "deprecated",
        "team_id": workspace.team_id,
        "enterprise_id": workspace.enterprise_id,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(workspace.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": workspace.enterprise_id,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user,
                "is_bot": True,
                "is_enterprise_install": workspace.org_wide,
            }
        ],
        "is_ext_shared_channel": _is_shared(workspace, event),
        "event_context": f"4-{event_id}",
    }


def message_event(workspace: Workspace, message: Message) -> Json:
    """A message as the app hears of it: https://docs.slack.dev/reference/events/message/"""
    channel = workspace.channel(message.channel)
    said = message.as_slack(team_id=workspace.team_id, with_metadata=True)
    if message.subtype == "bot_message":
        said.pop("user")
    return said | _place(channel, message.ts)


def message_changed(workspace: Workspace, new: Message, old: Message) -> Json:
    """https://docs.slack.dev/reference/events/message/message_changed"""
    event_ts = workspace.stamp()
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "ts": event_ts,
        "message": new.as_slack(team_id=workspace.team_id, with_metadata=True),
        "previous_message": old.as_slack(team_id=workspace.team_id, with_metadata=True),
    } | _place(workspace.channel(new.channel), event_ts)


def message_deleted(workspace: Workspace, old: Message) -> Json:
    """https://docs.slack.dev/reference/events/message/message_deleted"""
    event_ts = workspace.stamp()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": old.ts,
        "ts": event_ts,
        "previous_message": old.as_slack(team_id=workspace.team_id, with_metadata=True),
    } | _place(workspace.channel(old.channel), event_ts)


def app_mention(workspace: Workspace, message: Message) -> Json:
    """https://docs.slack.dev/reference/events/app_mention"""
    said = message.as_slack(team_id=workspace.team_id)
    return said | {"type": "app_mention", "channel": message.channel, "event_ts": message.ts}


def home_opened(workspace: Workspace, user: User, tab: str) -> Json:
    """https://docs.slack.dev/reference/events/app_home_opened"""
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": workspace.direct_channel(user.id),
        "tab": tab,
        "event_ts": workspace.stamp(),
    }
    home = workspace.views.home(user.id)
    if home is not None:
        event["view"] = shown_view(home, workspace.team_id, workspace.app_id)
    return event


def member_joined(workspace: Workspace, user: User, channel: Channel, inviter: User | None) -> Json:
    """https://docs.slack.dev/reference/events/member_joined_channel"""
    event: Json = {
        "type": "member_joined_channel",
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.kind is ChannelKind.PRIVATE else "C",
        "team": workspace.team_id,
        "event_ts": workspace.stamp(),
    }
    return event | ({"inviter": inviter.id} if inviter else {})


def slash_command(
    workspace: Workspace,
    user: User,
    channel: Channel,
    command: str,
    text: str,
    *,
    trigger_id: str,
    reply_url: str,
) -> Json:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    private = channel.kind is not ChannelKind.PUBLIC
    name = (
        "directmessage" if channel.kind is ChannelKind.DIRECT else "privategroup" if private else channel.name
    )
    return {
        "token": "deprecated",
        "team_id": user.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": str(workspace.org_wide).lower(),
        **({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {}),
        "response_url": reply_url,
        "trigger_id": trigger_id,
    }


def interaction(workspace: Workspace, kind: str, user: User, trigger_id: str) -> Json:
    """What every interactive payload begins with."""
    return {
        "type": kind,
        "token": "deprecated",
        "api_app_id": workspace.app_id,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "enterprise": {"id": workspace.enterprise_id, "name": ""} if workspace.enterprise_id else None,
        "is_enterprise_install": workspace.org_wide,
        "trigger_id": trigger_id,
    }


def clicked_in_message(workspace: Workspace, message: Message, action: Json, reply_url: str) -> Json:
    """What a click on a message adds: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    ephemeral = message.only_for is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    said: Json = {
        "container": container,
        "channel": {"id": message.channel, "name": workspace.channel(message.channel).name},
        "actions": [action],
        "response_url": reply_url,
        "state": {"values": {}},
    }
    if not ephemeral:  # Slack sends no message with a click on an ephemeral one
        said["message"] = message.as_slack(team_id=workspace.team_id)
    return said


def clicked_in_view(workspace: Workspace, view: View, action: Json, values: Json) -> Json:
    """What a click in a modal or in App Home adds."""
    shown = shown_view(view, workspace.team_id, workspace.app_id)
    shown["state"] = {"values": values}
    return {"container": {"type": "view", "view_id": view.id}, "view": shown, "actions": [action]}


def chosen_on_message(workspace: Workspace, message: Message, callback_id: str, reply_url: str) -> Json:
    """What a message shortcut adds: https://docs.slack.dev/interactivity/implementing-shortcuts"""
    return {
        "callback_id": callback_id,
        "action_ts": workspace.stamp(),
        "channel": {"id": message.channel, "name": workspace.channel(message.channel).name},
        "message_ts": message.ts,
        "message": message.as_slack(team_id=workspace.team_id),
        "response_url": reply_url,
    }


def _place(channel: Channel, event_ts: str) -> Json:
    return {"channel": channel.id, "channel_type": _CHANNEL_TYPES[channel.kind], "event_ts": event_ts}


def _is_shared(workspace: Workspace, event: Json) -> bool:
    channel = event.get("channel")
    return isinstance(channel, str) and workspace.channel(channel).shared
