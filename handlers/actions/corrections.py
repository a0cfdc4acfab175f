"""The menus of facts and companies, and the buttons that take a correction back or tell of earlier ones."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.services import Services, company_corrections, corrections
from bot.views.actions import Action
from bot.views.correction_actions import (
    CompanyVerb,
    FactVerb,
    Opened,
    read_company_choice,
    read_fact_choice,
    read_redraw,
    read_undoing,
)
from handlers.actions.answers import is_theirs_alone, pattern, viewer_of
from handlers.reply import reply, spoken_to

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to the menus and buttons."""

    @app.action(pattern(Action.FACT))
    def choose_fact(
        ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond, client: WebClient
    ) -> None:
        ack()
        with spoken_to(services, context):
            _about_fact(services, action, body, context, respond, client)

    @app.action(pattern(Action.COMPANY))
    def choose_company(
        ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond, client: WebClient
    ) -> None:
        ack()
        with spoken_to(services, context):
            _about_company(services, action, body, context, respond, client)

    @app.action(pattern(Action.CORRECT))
    def show_facts(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()
        viewer, refs = viewer_of(body, context), str(action.get("value") or "").split()
        with spoken_to(services, context):
            reply(respond, lambda: corrections.show_facts(services, viewer, refs))

    @app.action(pattern(Action.UNDO))
    def take_back(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()
        viewer, value = viewer_of(body, context), str(action.get("value") or "")
        with spoken_to(services, context):
            reply(
                respond,
                lambda: corrections.take_back(services, viewer, read_undoing(value)),
                replace=is_theirs_alone(body),
            )

    @app.action(pattern(Action.HISTORY))
    def show_history(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()
        viewer, about = viewer_of(body, context), str(action.get("value") or "")
        with spoken_to(services, context):
            reply(respond, lambda: corrections.show_history(services, viewer, about))


def _about_fact(
    services: Services, action: Json, body: Json, context: BoltContext, respond: Respond, client: WebClient
) -> None:
    viewer, redraw = viewer_of(body, context), read_redraw(str(action.get("block_id") or ""))
    alone = is_theirs_alone(body)

    def open_form(ref: str) -> None:
        opened = Opened(ref, viewer.channel_id, str(body.get("response_url") or ""), redraw, alone)
        client.views_open(trigger_id=body["trigger_id"], view=corrections.open_fact(services, viewer, opened))

    corrected = False

    def choose() -> Any:
        nonlocal corrected
        verb, ref = read_fact_choice(_chosen(action))
        if verb is FactVerb.EDIT:
            return open_form(ref)
        if verb is FactVerb.HISTORY:
            return corrections.show_history(services, viewer, ref)
        message = corrections.judge(services, viewer, ref, verb)
        corrected = True
        return message

    reply(respond, choose)
    if corrected:
        reply(respond, lambda: corrections.redraw(services, viewer, redraw, alone=alone), replace=True)


def _about_company(
    services: Services, action: Json, body: Json, context: BoltContext, respond: Respond, client: WebClient
) -> None:
    viewer = viewer_of(body, context)

    def choose() -> Any:
        verb, company_id = read_company_choice(_chosen(action))
        if verb is CompanyVerb.HISTORY:
            return corrections.show_history(services, viewer, f"c:{company_id}")
        if verb is CompanyVerb.HIDE:
            return company_corrections.hide(services, viewer, company_id)
        opened = Opened(company_id, viewer.channel_id, str(body.get("response_url") or ""))
        view = company_corrections.open_company(services, viewer, verb, opened)
        client.views_open(trigger_id=body["trigger_id"], view=view)
        return None

    reply(respond, choose)


def _chosen(action: Json) -> str:
    return str((action.get("selected_option") or {}).get("value") or "")
