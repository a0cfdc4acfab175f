from datetime import timedelta

import httpx
import pytest
from slack_sdk import WebClient

from bot.console.times import StageClock
from bot.console.values import ChannelKind, Json
from bot.console.workspace import Workspace
from tests.console.building import error_of, modal, plain, section
from tests.console.conftest import deals


def test_a_private_channel_without_the_app_does_not_exist(client: WebClient, workspace: Workspace) -> None:
    board = workspace.channel("board").id
    assert error_of(lambda: client.conversations_info(channel=board)) == "channel_not_found"
    assert error_of(lambda: client.conversations_members(channel=board)) == "channel_not_found"


def test_a_channel_tells_whether_it_is_private_or_shared(client: WebClient, workspace: Workspace) -> None:
    workspace.change_channel("deals-watch", kind=ChannelKind.PRIVATE, shared=True)
    shown = client.conversations_info(channel=deals(workspace))["channel"]
    assert (shown["is_private"], shown["is_ext_shared"], shown["is_channel"]) == (True, True, False)


def test_members_come_in_pages(client: WebClient, workspace: Workspace) -> None:
    pages = [page["members"] for page in client.conversations_members(channel=deals(workspace), limit=2)]
    assert [len(page) for page in pages] == [2, 1]


def test_history_has_the_channel_and_replies_the_thread(client: WebClient, workspace: Workspace) -> None:
    parent = workspace.post("deals-watch", "ana", "look")
    reply = workspace.post("deals-watch", "tom", "nice", thread_ts=parent.ts)
    history = client.conversations_history(channel=deals(workspace))["messages"]
    replies = client.conversations_replies(channel=deals(workspace), ts=parent.ts)["messages"]
    assert [m["ts"] for m in history] == [parent.ts]
    assert [m["ts"] for m in replies] == [parent.ts, reply.ts]


@pytest.mark.parametrize("asked", [True, False])
def test_metadata_is_told_when_asked_for(client: WebClient, workspace: Workspace, asked: bool) -> None:
    client.chat_postMessage(
        channel=deals(workspace), text="t", metadata={"event_type": "e", "event_payload": {}}
    )
    answer = client.conversations_history(channel=deals(workspace), include_all_metadata=asked)
    assert ("metadata" in answer["messages"][0]) is asked


def test_a_user_has_a_time_zone_and_a_locale(client: WebClient, workspace: Workspace) -> None:
    user = client.users_info(user=workspace.user("ana").id, include_locale=True)["user"]
    assert (user["tz"], user["tz_offset"], user["locale"]) == ("Europe/Madrid", 3600, "es-ES")


def test_a_permalink_of_a_reply_names_its_thread(client: WebClient, workspace: Workspace) -> None:
    parent = workspace.post("deals-watch", "ana", "look")
    reply = workspace.post("deals-watch", "tom", "nice", thread_ts=parent.ts)
    link = client.chat_getPermalink(channel=deals(workspace), message_ts=reply.ts)["permalink"]
    assert link.endswith(f"/p{reply.ts.replace('.', '')}?thread_ts={parent.ts}&cid={deals(workspace)}")


def test_channels_are_listed_by_type(client: WebClient, workspace: Workspace) -> None:
    workspace.join("board", workspace.bot_user)
    names = [c["name"] for c in client.conversations_list(types="public_channel,private_channel")["channels"]]
    assert names == ["deals-watch", "lobby", "board"]


def test_a_trigger_opens_one_modal_within_three_seconds(
    client: WebClient, workspace: Workspace, clock: StageClock
) -> None:
    trigger = workspace.tickets.trigger(workspace.user("ana").id)
    clock.advance(timedelta(seconds=3))
    assert client.views_open(trigger_id=trigger, view=modal())["view"]["id"]
    assert error_of(lambda: client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"


def test_a_trigger_is_dead_after_three_seconds(
    client: WebClient, workspace: Workspace, clock: StageClock
) -> None:
    trigger = workspace.tickets.trigger(workspace.user("ana").id)
    clock.advance(timedelta(seconds=3, milliseconds=1))
    assert error_of(lambda: client.views_open(trigger_id=trigger, view=modal())) == "expired_trigger_id"


@pytest.mark.parametrize(
    "view",
    [
        modal(title=plain(25)),
        modal(private_metadata="x" * 3001),
        modal(blocks=[{"type": "divider"}] * 101),
        modal(type="home"),
        {"type": "modal", "blocks": []},
    ],
)
def test_a_view_past_a_limit_is_refused(client: WebClient, workspace: Workspace, view: Json) -> None:
    trigger = workspace.tickets.trigger(workspace.user("ana").id)
    assert error_of(lambda: client.views_open(trigger_id=trigger, view=view)) == "invalid_arguments"


def test_a_home_is_replaced_by_the_next(client: WebClient, workspace: Workspace) -> None:
    ana = workspace.user("ana").id
    for text in ("one", "two"):
        client.views_publish(user_id=ana, view={"type": "home", "blocks": [section(text)]})
    home = workspace.views.home(ana)
    assert home is not None
    assert home.body["blocks"] == [section("two")]


def test_an_update_with_an_old_hash_is_refused(client: WebClient, workspace: Workspace) -> None:
    trigger = workspace.tickets.trigger(workspace.user("ana").id)
    view = client.views_open(trigger_id=trigger, view=modal())["view"]
    client.views_update(view_id=view["id"], view=modal(callback_id="new"), hash=view["hash"])
    call = lambda: client.views_update(view_id=view["id"], view=modal(), hash=view["hash"])  # noqa: E731
    assert error_of(call) == "hash_conflict"


def test_a_file_goes_up_in_three_steps(client: WebClient, workspace: Workspace) -> None:
    client.files_upload_v2(channel=deals(workspace), filename="deals.csv", content="a,b", title="Deals")
    message = workspace.messages("deals-watch")[0]
    assert (message.files[0]["title"], workspace.file(message.files[0]["id"])["content"]) == ("Deals", b"a,b")


def test_a_private_file_needs_the_token(client: WebClient, workspace: Workspace) -> None:
    client.files_upload_v2(channel=deals(workspace), filename="deals.csv", content="a,b")
    url = workspace.messages("deals-watch")[0].files[0]["url_private"]
    assert "Sign in" in httpx.get(url).text
