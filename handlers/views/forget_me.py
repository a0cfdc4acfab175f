"""The modal in which a person has what is held of them deleted."""

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.services import Services, homes
from bot.views import held
from bot.views.actions import Callback
from handlers.homes import show_home
from handlers.reply import spoken_to


def register(app: App, services: Services) -> None:
    """Listen to the submission."""

    @app.view(Callback.FORGET_ME)
    def forget(ack: Ack, context: BoltContext, client: WebClient) -> None:
        with spoken_to(services, context, ask=False):
            gone = held.render_gone()
        homes.forget_person(services, team_id=str(context.team_id), user_id=str(context.user_id))
        ack(response_action="update", view=gone)
        show_home(services, client, context, shown=None, ask=False)
