"""What people do on App Home: change what they follow, look at what is held of them."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.services import Services, corrections, homes
from bot.services.commands import Viewer, choose_tier
from bot.services.digest_forms import open_form
from bot.views import follow, held
from bot.views.actions import Action, read_watch_choice
from bot.views.correction_actions import Undoing
from handlers.actions.answers import pattern
from handlers.homes import show_home
from handlers.reply import spoken_to

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to the menus and the buttons of App Home."""

    @app.action(pattern(Action.HOME_TIER))
    def change_tier(ack: Ack, action: Json, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        value = str((action.get("selected_option") or {}).get("value") or "")
        # Home is in no channel, so what is followed here is followed by the person.
        viewer = Viewer(str(context.team_id), "", str(context.user_id))
        choose_tier(services, viewer, read_watch_choice(value))
        show_home(services, client, context, shown=body.get("view"))

    @app.action(pattern(Action.HOME_UNDO))
    def take_back(ack: Ack, action: Json, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        # Home is in no channel, so what everybody may know can be taken back here.
        viewer = Viewer(str(context.team_id), "", str(context.user_id))
        corrections.take_back(services, viewer, Undoing(str(action.get("value") or "")))
        show_home(services, client, context, shown=body.get("view"))

    @app.action(pattern(Action.HOME_DIGEST))
    def ask_for_digest(ack: Ack, action: Json, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        channel_id = str(action.get("value") or "")
        if not homes.is_open(services, team_id=str(context.team_id), channel_id=channel_id):
            show_home(services, client, context, shown=body.get("view"))  # where it is no more
            return
        with spoken_to(services, context, ask=False):
            view = open_form(services, str(context.team_id), channel_id, str(context.user_id))
        client.views_open(trigger_id=str(body["trigger_id"]), view=view)

    @app.action(pattern(Action.HOME_FOLLOW))
    def ask_whom_to_follow(ack: Ack, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        with spoken_to(services, context, ask=False):
            view = follow.follow_modal()
        client.views_open(trigger_id=str(body["trigger_id"]), view=view)

    @app.action(pattern(Action.HELD))
    def show_held(ack: Ack, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        found = homes.held_of(services, team_id=str(context.team_id), user_id=str(context.user_id))
        with spoken_to(services, context):
            view = held.render(found)
        client.views_open(trigger_id=str(body["trigger_id"]), view=view)
