import json
from collections.abc import Callable

import pytest
from slack_sdk import WebClient

from bot.console.values import ChannelKind, Json
from bot.console.workspace import Workspace
from tests.console.building import (
    LIMITS,
    error_of,
    mrkdwn,
    plain,
    section,
)
from tests.console.conftest import deals


def test_a_message_is_stored_as_the_app_sent_it(client: WebClient, workspace: Workspace) -> None:
    metadata = {"event_type": "digest", "event_payload": {"key": "2025-W10"}}
    answer = client.chat_postMessage(
        channel=deals(workspace), text="hi", blocks=[section("hi")], metadata=metadata, unfurl_links=False
    )
    stored = workspace.message("deals-watch", str(answer["ts"]))
    assert (stored.text, stored.blocks, stored.metadata, stored.user) == (
        "hi",
        (section("hi"),),
        metadata,
        workspace.bot_user,
    )


def test_time_stamps_come_from_the_clock_and_are_unique(client: WebClient, workspace: Workspace) -> None:
    stamps = [client.chat_postMessage(channel=deals(workspace), text="t")["ts"] for _ in range(3)]
    assert stamps == ["1740992400.000100", "1740992400.000200", "1740992400.000300"]


def test_a_form_with_blocks_as_text_is_read_as_well(client: WebClient, workspace: Workspace) -> None:
    params = {"channel": deals(workspace), "text": "t", "blocks": json.dumps([section("hi")])}
    client.api_call("chat.postMessage", params=params)
    assert workspace.messages("deals-watch")[0].blocks == (section("hi"),)


@pytest.mark.parametrize(("message", "limit"), LIMITS)
def test_a_message_at_the_limit_is_taken(
    client: WebClient, workspace: Workspace, message: Callable[[int], Json], limit: int
) -> None:
    assert client.chat_postMessage(channel=deals(workspace), **message(limit))["ok"]


@pytest.mark.parametrize(("message", "limit"), LIMITS)
def test_a_message_one_past_the_limit_is_refused(
    client: WebClient, workspace: Workspace, message: Callable[[int], Json], limit: int
) -> None:
    call = lambda: client.chat_postMessage(channel=deals(workspace), **message(limit + 1))  # noqa: E731
    assert error_of(call) == "invalid_blocks"


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": plain(1)}] * 2}],
        [{"type": "divider", "block_id": "same"}] * 2,
        [{"type": "nonsense"}],
        [{"type": "section"}],
        [{"type": "header", "text": mrkdwn(3)}],
        [{"type": "image", "image_url": "https://x.example"}],
        [section("")],
    ],
)
def test_malformed_blocks_are_refused(client: WebClient, workspace: Workspace, blocks: list[Json]) -> None:
    call = lambda: client.chat_postMessage(channel=deals(workspace), text="t", blocks=blocks)  # noqa: E731
    assert error_of(call) == "invalid_blocks"


@pytest.mark.parametrize("blocks", ['"text"', "[1]", '{"type": "divider"}'])
def test_blocks_of_the_wrong_shape_are_refused(client: WebClient, workspace: Workspace, blocks: str) -> None:
    call = lambda: client.chat_postMessage(channel=deals(workspace), text="t", blocks=blocks)  # noqa: E731
    assert error_of(call) == "invalid_blocks_format"


def test_blocks_that_are_too_much_together_are_refused(client: WebClient, workspace: Workspace) -> None:
    call = lambda: client.chat_postMessage(  # noqa: E731
        channel=deals(workspace), text="t", blocks=[section("x" * 2900)] * 5
    )
    assert error_of(call) == "msg_blocks_too_long"


@pytest.mark.parametrize("text", ["", "   "])
def test_a_message_needs_something_to_say(client: WebClient, workspace: Workspace, text: str) -> None:
    call = lambda: client.api_call("chat.postMessage", json={"channel": deals(workspace), "text": text})  # noqa: E731
    assert error_of(call) == "no_text"


def test_text_goes_up_to_forty_thousand_characters(client: WebClient, workspace: Workspace) -> None:
    assert client.chat_postMessage(channel=deals(workspace), text="x" * 40_000)["ok"]
    call = lambda: client.chat_postMessage(channel=deals(workspace), text="x" * 40_001)  # noqa: E731
    assert error_of(call) == "msg_too_long"


@pytest.mark.parametrize(
    ("channel", "code"),
    [("nowhere", "channel_not_found"), ("lobby", "not_in_channel"), ("board", "channel_not_found")],
)
def test_the_app_speaks_only_where_it_is(client: WebClient, channel: str, code: str) -> None:
    assert error_of(lambda: client.chat_postMessage(channel=channel, text="t")) == code


def test_an_archived_channel_takes_no_messages(client: WebClient, workspace: Workspace) -> None:
    workspace.change_channel("deals-watch", archived=True)
    assert error_of(lambda: client.chat_postMessage(channel=deals(workspace), text="t")) == "is_archived"


def test_a_user_id_as_channel_opens_a_direct_message(client: WebClient, workspace: Workspace) -> None:
    answer = client.chat_postMessage(channel=workspace.user("ana").id, text="welcome")
    assert workspace.channel(str(answer["channel"])).kind is ChannelKind.DIRECT


def test_only_the_apps_own_messages_can_be_updated(client: WebClient, workspace: Workspace) -> None:
    ts = workspace.post("deals-watch", "ana", "mine").ts
    call = lambda: client.chat_update(channel=deals(workspace), ts=ts, text="yours")  # noqa: E731
    assert error_of(call) == "cant_update_message"


def test_an_update_keeps_the_metadata_it_does_not_name(client: WebClient, workspace: Workspace) -> None:
    metadata = {"event_type": "e", "event_payload": {}}
    ts = client.chat_postMessage(channel=deals(workspace), text="a", metadata=metadata)["ts"]
    client.chat_update(channel=deals(workspace), ts=str(ts), text="b")
    stored = workspace.message("deals-watch", str(ts))
    assert (stored.text, stored.metadata) == ("b", metadata)


def test_an_update_takes_four_thousand_characters(client: WebClient, workspace: Workspace) -> None:
    ts = str(client.chat_postMessage(channel=deals(workspace), text="a")["ts"])
    assert client.chat_update(channel=deals(workspace), ts=ts, text="x" * 4000)["ok"]
    call = lambda: client.chat_update(channel=deals(workspace), ts=ts, text="x" * 4001)  # noqa: E731
    assert error_of(call) == "msg_too_long"


def test_an_ephemeral_message_is_seen_by_one_reader(client: WebClient, workspace: Workspace) -> None:
    client.chat_postEphemeral(channel=deals(workspace), user=workspace.user("ana").id, text="psst")
    seen = [len(workspace.ephemerals("deals-watch", who)) for who in ("ana", "tom")]
    assert (seen, workspace.messages("deals-watch")) == ([1, 0], ())


def test_an_ephemeral_message_needs_a_member(client: WebClient, workspace: Workspace) -> None:
    call = lambda: client.chat_postEphemeral(channel=deals(workspace), user="U404", text="psst")  # noqa: E731
    assert error_of(call) == "user_not_in_channel"


def test_a_reaction_counts_once(client: WebClient, workspace: Workspace) -> None:
    ts = workspace.post("deals-watch", "ana", "look").ts
    client.reactions_add(channel=deals(workspace), timestamp=ts, name="eyes")
    call = lambda: client.reactions_add(channel=deals(workspace), timestamp=ts, name="eyes")  # noqa: E731
    assert error_of(call) == "already_reacted"
    shown = client.reactions_get(channel=deals(workspace), timestamp=ts)["message"]["reactions"]
    assert shown == [{"name": "eyes", "users": [workspace.bot_user], "count": 1}]


def test_a_reaction_needs_a_message(client: WebClient, workspace: Workspace) -> None:
    call = lambda: client.reactions_add(channel=deals(workspace), timestamp="1.000001", name="eyes")  # noqa: E731
    assert error_of(call) == "message_not_found"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<script>", "raw_angle"),
        ("a < b", "raw_angle"),
        ("<javascript:alert(1)|x>", "raw_angle"),
        ("<!channel> hello", "mass_mention"),
        ("fine", "unfurl"),
    ],
)
def test_what_slack_lets_pass_is_noted(client: WebClient, workspace: Workspace, text: str, kind: str) -> None:
    client.chat_postMessage(channel=deals(workspace), text=text)
    assert workspace.notes(kind)


def test_proper_entities_are_not_noted(client: WebClient, workspace: Workspace) -> None:
    text = "<@U1> <#C1|x> <https://x.example|y> <!date^1^{date}|z> &lt;"
    client.chat_postMessage(channel=deals(workspace), text=text, unfurl_links=False, unfurl_media=False)
    assert workspace.notes() == ()
