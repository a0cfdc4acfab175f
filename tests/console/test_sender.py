import json
from urllib.parse import parse_qs

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook import WebhookClient

from bot.console.delivery import sign
from bot.console.sender import Slack
from bot.console.values import View
from bot.console.workspace import Workspace
from tests.console.conftest import SECRET, App, deals

BUTTON = {
    "type": "button",
    "action_id": "share",
    "value": "q1",
    "text": {"type": "plain_text", "text": "Share"},
}
ACTIONS = {"type": "actions", "block_id": "b", "elements": [BUTTON]}


def test_every_request_bears_a_signature_that_slack_sdk_accepts(slack: Slack, app: App) -> None:
    slack.post("deals-watch", "ana", "hola")
    request = app.requests[0]
    assert SignatureVerifier(SECRET).is_valid_request(request.body, dict(request.headers))


def test_another_secret_gives_another_signature() -> None:
    assert sign("one", 1, b"body") != sign("two", 1, b"body")


def test_a_posted_link_arrives_as_text_and_as_a_rich_text_element(slack: Slack, app: App) -> None:
    slack.post("deals-watch", "ana", "see https://news.example/a?x=1&y=2.")
    event = app.events()[0]
    assert event["text"] == "see <https://news.example/a?x=1&amp;y=2>."
    assert {"type": "link", "url": "https://news.example/a?x=1&y=2"} in event["blocks"][0]["elements"][0][
        "elements"
    ]


def test_a_message_event_says_where_and_when(slack: Slack, app: App, workspace: Workspace) -> None:
    ts = slack.post("deals-watch", "ana", "hola")
    event = app.events()[0]
    assert (event["channel"], event["channel_type"], event["ts"]) == (deals(workspace), "channel", ts)


def test_the_app_hears_nothing_of_channels_it_is_not_in(slack: Slack, app: App) -> None:
    slack.post("lobby", "ana", "hola")
    assert app.requests == []


def test_a_failed_event_is_repeated_three_times_under_the_same_id(slack: Slack, app: App) -> None:
    for _ in range(4):
        app.then(500)
    slack.post("deals-watch", "ana", "hola")
    ids = {json.loads(request.body)["event_id"] for request in app.requests}
    numbers = [request.headers.get("x-slack-retry-num") for request in app.requests]
    assert (len(ids), numbers) == (1, [None, "1", "2", "3"])


def test_a_repeated_event_says_why(slack: Slack, app: App) -> None:
    app.answers.append(None)
    slack.post("deals-watch", "ana", "hola")
    assert app.requests[1].headers["x-slack-retry-reason"] == "connection_failed"


def test_no_retry_header_ends_the_retries(slack: Slack, app: App) -> None:
    app.then(500, headers={"X-Slack-No-Retry": "1"})
    slack.post("deals-watch", "ana", "hola")
    assert len(app.requests) == 1


def test_an_edit_carries_the_message_before_and_after(slack: Slack, app: App) -> None:
    ts = slack.post("deals-watch", "ana", "before")
    slack.edit("deals-watch", ts, "after")
    event = app.events()[1]
    assert event["subtype"] == "message_changed"
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("before", "after")


def test_an_unfurl_is_a_change_that_leaves_the_text(slack: Slack, app: App) -> None:
    ts = slack.post("deals-watch", "ana", "https://news.example/a")
    slack.unfurl("deals-watch", ts, "A title")
    message = app.events()[1]["message"]
    assert "edited" not in message
    assert message["text"] == "<https://news.example/a>"


def test_a_deletion_names_the_message(slack: Slack, app: App) -> None:
    ts = slack.post("deals-watch", "ana", "hola")
    slack.delete("deals-watch", ts)
    assert (app.events()[1]["subtype"], app.events()[1]["deleted_ts"]) == ("message_deleted", ts)


def test_a_mention_arrives_as_a_second_event(slack: Slack, app: App) -> None:
    slack.post("deals-watch", "ana", "@seams hola")
    assert [event["type"] for event in app.events()] == ["message", "app_mention"]


def test_a_command_is_a_form_with_its_text_as_typed(slack: Slack, app: App) -> None:
    slack.command("ana", "deals-watch", "/deals", "microsoft & co")
    form = parse_qs(app.requests[0].body.decode())
    assert (form["command"], form["text"], form["channel_name"]) == (
        ["/deals"],
        ["microsoft & co"],
        ["deals-watch"],
    )


def test_what_an_ack_says_is_shown_to_the_asker_only(slack: Slack, app: App, workspace: Workspace) -> None:
    app.then(200, {"text": "Usage"})
    slack.command("ana", "deals-watch", "/deals", "help")
    assert [m.text for m in workspace.ephemerals("deals-watch", "ana")] == ["Usage"]


def test_a_response_url_works_where_the_app_is_not_a_member(
    slack: Slack, app: App, workspace: Workspace
) -> None:
    slack.command("ana", "lobby", "/deals", "x")
    url = parse_qs(app.requests[0].body.decode())["response_url"][0]
    WebhookClient(url).send(text="found", response_type="in_channel")
    assert [m.text for m in workspace.messages("lobby")] == ["found"]


def test_a_click_reports_the_button_and_its_message(
    slack: Slack, app: App, workspace: Workspace, client: WebClient
) -> None:
    ts = client.chat_postMessage(channel=deals(workspace), text="t", blocks=[ACTIONS])["ts"]
    slack.click("tom", workspace.message("deals-watch", str(ts)), "share")
    payload = json.loads(parse_qs(app.requests[0].body.decode())["payload"][0])
    assert (payload["type"], payload["actions"][0]["value"], payload["message"]["ts"]) == (
        "block_actions",
        "q1",
        ts,
    )


def test_a_click_on_nothing_is_an_error(slack: Slack, workspace: Workspace) -> None:
    message = workspace.post("deals-watch", "seams", "t", blocks=(ACTIONS,))
    with pytest.raises(LookupError):
        slack.click("tom", message, "other")


def test_an_answer_to_a_click_can_replace_the_ephemeral_it_stands_in(
    slack: Slack, app: App, workspace: Workspace
) -> None:
    message = workspace.post(
        "deals-watch", "seams", "t", only_for=workspace.user("tom").id, blocks=(ACTIONS,)
    )
    slack.click("tom", message, label="Share")
    payload = json.loads(parse_qs(app.requests[0].body.decode())["payload"][0])
    WebhookClient(payload["response_url"]).send(text="shared", replace_original=True)
    assert [m.text for m in workspace.ephemerals("deals-watch")] == ["shared"]


@pytest.fixture
def modal(workspace: Workspace) -> View:
    element = {"type": "plain_text_input", "action_id": "name", "initial_value": "Acme"}
    block = {
        "type": "input",
        "block_id": "company",
        "label": {"type": "plain_text", "text": "Name"},
        "element": element,
    }
    body = {
        "type": "modal",
        "callback_id": "rename",
        "title": {"type": "plain_text", "text": "Rename"},
        "blocks": [block],
    }
    return workspace.views.save(View(id="V1", user=workspace.user("ana").id, body=body))


def test_a_submission_carries_what_was_filled_in(slack: Slack, app: App, modal: View) -> None:
    slack.submit(modal, {"name": "Nimbus"})
    payload = json.loads(parse_qs(app.requests[0].body.decode())["payload"][0])
    assert payload["view"]["state"]["values"] == {
        "company": {"name": {"type": "plain_text_input", "value": "Nimbus"}}
    }


def test_an_untouched_input_keeps_its_initial_value(slack: Slack, app: App, modal: View) -> None:
    slack.submit(modal)
    payload = json.loads(parse_qs(app.requests[0].body.decode())["payload"][0])
    assert payload["view"]["state"]["values"]["company"]["name"]["value"] == "Acme"


def test_a_submitted_modal_closes(slack: Slack, modal: View) -> None:
    assert not slack.submit(modal).open


def test_errors_keep_a_modal_open(slack: Slack, app: App, modal: View) -> None:
    app.then(200, {"response_action": "errors", "errors": {"company": "taken"}})
    after = slack.submit(modal)
    assert (after.open, dict(after.errors)) == (True, {"company": "taken"})


def test_uninstalling_kills_the_token(slack: Slack, client: WebClient) -> None:
    slack.uninstall()
    with pytest.raises(SlackApiError, match="token_revoked"):
        client.auth_test()
