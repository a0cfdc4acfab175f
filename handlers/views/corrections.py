"""The forms in which facts and companies are corrected."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond

from bot.explaining import explain
from bot.fact_forms import SOURCE, FormRefused
from bot.services import Services, company_corrections, corrections
from bot.services.commands import Viewer
from bot.views import correction_forms as forms
from bot.views.actions import Callback
from bot.views.correction_actions import Opened, read_opened
from bot.views.message import Message
from handlers.reply import reply, spoken_to

Json = Mapping[str, Any]
Take = Callable[[Viewer, Opened], Message]


def register(app: App, services: Services) -> None:
    """Listen to the submissions; what was filled in stays in a form that can't be taken."""

    def listen(view: Json, ack: Ack, context: BoltContext, field: str, take: Take) -> None:
        with spoken_to(services, context, ask=False):
            _submit(services, view, ack, context, field, take)

    @app.view(Callback.EDIT_FACT)
    def edit_fact(ack: Ack, view: Json, context: BoltContext) -> None:
        def take(viewer: Viewer, opened: Opened) -> Message:
            return corrections.take_form(services, viewer, opened, forms.read_form(view))

        listen(view, ack, context, SOURCE, take)

    @app.view(Callback.RENAME_COMPANY)
    def rename_company(ack: Ack, view: Json, context: BoltContext) -> None:
        def take(viewer: Viewer, opened: Opened) -> Message:
            return company_corrections.rename(services, viewer, opened.about, forms.read_name(view))

        listen(view, ack, context, forms.NAME, take)

    @app.view(Callback.MERGE_COMPANY)
    def merge_companies(ack: Ack, view: Json, context: BoltContext) -> None:
        def take(viewer: Viewer, opened: Opened) -> Message:
            return company_corrections.merge(services, viewer, opened.about, forms.read_other(view))

        listen(view, ack, context, forms.OTHER, take)

    @app.view(Callback.SPLIT_COMPANY)
    def split_company(ack: Ack, view: Json, context: BoltContext) -> None:
        def take(viewer: Viewer, opened: Opened) -> Message:
            chosen = forms.read_split(view, opened)
            return company_corrections.split(services, viewer, opened.about, chosen)

        listen(view, ack, context, forms.FORM, take)


def _submit(services: Services, view: Json, ack: Ack, context: BoltContext, field: str, take: Take) -> None:
    """Take a form down, then ack; the confirmation goes where the form was opened. Errors show by field."""
    try:
        opened = read_opened(str(view.get("private_metadata") or ""))
        viewer = Viewer(str(context.team_id), opened.channel_id, str(context.user_id))
        message = take(viewer, opened)
    except FormRefused as refused:
        ack(response_action="errors", errors=refused.errors)
        return
    except Exception as error:  # noqa: BLE001 - told in the form
        ack(response_action="errors", errors={field: explain(error).text})
        return
    ack()
    respond = Respond(response_url=opened.answer_to)
    reply(respond, lambda: message)
    reply(
        respond,
        lambda: corrections.redraw(services, viewer, opened.redraw, alone=opened.alone),
        replace=True,
    )
