"""The buttons under an answer: another page, a corrected name, share in the channel."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond

from bot.services import Services
from bot.services.commands import Viewer, after_sharing, answer, answer_openly, share
from bot.views.actions import Action, State, read_state
from handlers.reply import reply, spoken_to

Json = Mapping[str, Any]


def pattern(action: Action) -> re.Pattern[str]:
    """An action id, alone or numbered."""
    return re.compile(rf"^{action}(:\d+)?$")  # Bolt searches: "watch" is also in "watch_tier"


def viewer_of(body: Json, context: BoltContext) -> Viewer:
    """Who pressed a button, and where."""
    channel = body.get("channel") or body.get("container") or {}
    channel_id = str(channel.get("id") or channel.get("channel_id") or "")  # none on Home
    request_id = str(body.get("trigger_id") or "")
    return Viewer(str(context.team_id), channel_id, str(body["user"]["id"]), request_id)


def is_theirs_alone(body: Json) -> bool:
    """Whether only the person who pressed a button sees the message it is on."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


def state_of(action: Json) -> State:
    """What a button stands for; raises UserError when it is out of date."""
    return read_state(str(action.get("value") or ""))


def register(app: App, services: Services) -> None:
    """Listen to the buttons."""

    def show(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()
        viewer = viewer_of(body, context)
        make = answer if is_theirs_alone(body) else answer_openly
        with spoken_to(services, context):
            reply(respond, lambda: make(services, viewer, state_of(action)), replace=True)

    app.action(pattern(Action.PAGE))(show)
    app.action(pattern(Action.RUN))(show)

    @app.action(pattern(Action.ASK))
    def answer_below(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()
        viewer = viewer_of(body, context)
        with spoken_to(services, context):
            reply(respond, lambda: answer(services, viewer, state_of(action)))

    @app.action(pattern(Action.SHARE))
    def share_in_channel(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()
        viewer = viewer_of(body, context)
        with spoken_to(services, context):
            if reply(respond, lambda: share(services, viewer, state_of(action)), in_channel=True):
                reply(respond, lambda: after_sharing(services, viewer, state_of(action)), replace=True)
