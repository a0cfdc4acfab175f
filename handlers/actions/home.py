"""What people do on App Home: change what they follow, set digests up, look at what is held of them."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.explaining import explain
from bot.services import Services, corrections, homes
from bot.services.commands import Viewer, choose_tier
from bot.services.digest_forms import open_form
from bot.views import follow, held
from bot.views.actions import Action, read_watch_choice
from bot.views.correction_actions import Undoing
from bot.views.message import View
from bot.views.notice import notice_modal
from handlers.actions.answers import pattern
from handlers.homes import show_home
from handlers.reply import spoken_to

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to the menus and the buttons of App Home."""
    _listen_to_changes(app, services)
    _listen_to_openings(app, services)


def _listen_to_changes(app: App, services: Services) -> None:
    @app.action(pattern(Action.HOME_TIER))
    def change_tier(ack: Ack, action: Json, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        value = str((action.get("selected_option") or {}).get("value") or "")

        def choose() -> None:
            choose_tier(services, _viewer(context), read_watch_choice(value))

        _change(services, body, context, client, choose)

    @app.action(pattern(Action.HOME_UNDO))
    def take_back(ack: Ack, action: Json, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        undoing = Undoing(str(action.get("value") or ""))

        def undo() -> None:
            corrections.take_back(services, _viewer(context), undoing)

        _change(services, body, context, client, undo)


def _listen_to_openings(app: App, services: Services) -> None:
    @app.action(pattern(Action.HOME_DIGEST))
    def ask_for_digest(ack: Ack, action: Json, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        viewer, channel_id = _viewer(context), str(action.get("value") or "")
        if not homes.is_open(services, team_id=viewer.team_id, channel_id=channel_id):
            show_home(services, client, context, shown=body.get("view"))  # where it is no more
            return

        def form() -> View:
            return open_form(services, viewer.team_id, channel_id, viewer.user_id)

        _open(services, body, context, client, form)

    @app.action(pattern(Action.HOME_FOLLOW))
    def ask_whom_to_follow(ack: Ack, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        _open(services, body, context, client, follow.follow_modal)

    @app.action(pattern(Action.HELD))
    def show_held(ack: Ack, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()

        def found() -> View:
            who = _viewer(context)
            return held.render(homes.held_of(services, team_id=who.team_id, user_id=who.user_id))

        _open(services, body, context, client, found)


def _viewer(context: BoltContext) -> Viewer:
    """Home is in no channel: what is done there is done for the person, with what everybody may know."""
    return Viewer(str(context.team_id), "", str(context.user_id))


def _change(
    services: Services, body: Json, context: BoltContext, client: WebClient, do: Callable[[], None]
) -> None:
    """Do something and show Home as it is then; what can't be done is told in a modal."""
    with spoken_to(services, context, ask=False):
        try:
            do()
        except Exception as error:  # noqa: BLE001 - told in a modal
            client.views_open(trigger_id=str(body["trigger_id"]), view=notice_modal(explain(error)))
    show_home(services, client, context, shown=body.get("view"))


def _open(
    services: Services, body: Json, context: BoltContext, client: WebClient, make: Callable[[], View]
) -> None:
    """Open a modal; what can't be shown is told in its place."""
    with spoken_to(services, context, ask=False):
        try:
            view = make()
        except Exception as error:  # noqa: BLE001 - told in its place
            view = notice_modal(explain(error))
    client.views_open(trigger_id=str(body["trigger_id"]), view=view)
