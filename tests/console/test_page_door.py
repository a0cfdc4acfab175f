"""What the page's server tells, to whom, and what it refuses."""

import base64
import json
import re
from collections.abc import Iterator

import httpx
import pytest

from bot.console.news import NewsServer
from bot.console.page.acts import Hands
from bot.console.page.door import Page
from bot.console.sender import Slack
from bot.console.times import StageClock
from bot.console.values import Json, View
from bot.console.workspace import Workspace
from tests.console.building import section
from tests.console.conftest import START, App, deals

PNG = b"\x89PNG\r\n\x1a\n..."


class Idle:
    """An app with nothing to do."""

    url = ""
    ticks = 0

    def settle(self, timeout: float) -> bool:
        return True

    def tick(self) -> None:
        self.ticks += 1


class Visitor:
    """A browser that has loaded the page."""

    def __init__(self, page: Page, workspace: Workspace) -> None:
        self.url = page.url.rstrip("/")
        self.workspace = workspace
        self.client = httpx.Client(base_url=self.url)
        found = re.search(r'name="token" content="([\w-]+)"', self.client.get("/").text)
        assert found
        self.token = {"X-Page-Token": found[1]}

    def sees(self, who: str) -> Json:
        seen: Json = self.client.get("/state", params={"as": who, "since": "-1"}, headers=self.token).json()
        return seen

    def does(self, who: str, act: str, **args: object) -> httpx.Response:
        return self.client.post("/act", json={"as": who, "act": act, **args}, headers=self.token)


@pytest.fixture
def idle() -> Idle:
    return Idle()


@pytest.fixture
def visitor(slack: Slack, clock: StageClock, idle: Idle, workspace: Workspace) -> Iterator[Visitor]:
    with NewsServer(START.date()) as news:
        hands = Hands(slack, clock, idle, news, ("/deals",))
        with Page(hands) as page:
            yield Visitor(page, workspace)
        assert page.errors == ()


def modal(workspace: Workspace, who: str, *blocks: Json) -> View:
    body: Json = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": list(blocks)}
    return workspace.views.save(View(id=workspace.new_id("V"), user=workspace.user(who).id, body=body))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", ""])
def test_a_name_that_was_pointed_at_this_machine_is_refused(visitor: Visitor, host: str) -> None:
    assert visitor.client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("token", [{}, {"X-Page-Token": "guessed"}, {"X-Page-Token": "é".encode()}])
def test_without_the_token_nothing_is_told_or_done(
    visitor: Visitor, workspace: Workspace, token: dict[str, str]
) -> None:
    visitor.token = token
    assert set(visitor.sees("ana")) == {"error"}
    assert visitor.does("ana", "post", channel=deals(workspace), text="hello").status_code == 403
    assert workspace.messages("deals-watch") == ()


@pytest.mark.parametrize("path", ["/", "/page.js", "/nowhere", "/state"])
def test_nothing_from_elsewhere_is_ever_loaded(visitor: Visitor, path: str) -> None:
    policy = visitor.client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


def test_a_member_sees_the_private_channel_and_nobody_else(visitor: Visitor, workspace: Workspace) -> None:
    workspace.post("board", "ana", "the secret")
    assert "the secret" in json.dumps(visitor.sees("ana"))
    assert "the secret" not in json.dumps(visitor.sees("tom"))
    assert "board" not in json.dumps(visitor.sees("tom"))


def test_what_only_one_sees_only_one_sees(visitor: Visitor, workspace: Workspace) -> None:
    workspace.post("deals-watch", "seams", "for ana", only_for=workspace.user("ana").id)
    modal(workspace, "ana", section("her modal"))
    assert "for ana" in json.dumps(visitor.sees("ana"))
    assert "her modal" in json.dumps(visitor.sees("ana"))
    assert "for ana" not in json.dumps(visitor.sees("tom"))
    assert "her modal" not in json.dumps(visitor.sees("tom"))


def test_nobody_acts_on_what_they_do_not_see(visitor: Visitor, workspace: Workspace, app: App) -> None:
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "B"}}
    blocks: tuple[Json, ...] = ({"type": "actions", "elements": [button]},)
    hers = workspace.post("deals-watch", "seams", "", blocks=blocks, only_for=workspace.user("ana").id)
    view = modal(workspace, "ana", *blocks)
    board = workspace.channel("board").id
    refused = [
        visitor.does("tom", "press", channel=hers.channel, ts=hers.ts, place=0),
        visitor.does("tom", "press_view", view=view.id, place=0),
        visitor.does("tom", "submit", view=view.id),
        visitor.does("tom", "post", channel=board, text="hello"),
    ]
    assert [answer.status_code for answer in refused] == [409] * 4
    assert app.requests == []


def test_a_message_is_sent_and_heard(visitor: Visitor, workspace: Workspace, app: App) -> None:
    assert visitor.does("tom", "post", channel=deals(workspace), text="look <b>").json() == {}
    assert [event["text"] for event in app.events()] == ["look &lt;b&gt;"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"text": "/shout"}, "/shout is no command here"),
        ({"text": "/deals acme", "thread": "1.1"}, "don't work in threads"),
        ({"text": "  "}, "nothing to send"),
        ({}, "no longer there"),
    ],
)
def test_what_can_not_be_sent_is_explained(
    visitor: Visitor, workspace: Workspace, args: Json, words: str
) -> None:
    assert words in visitor.does("tom", "post", channel=deals(workspace), **args).json()["error"]


def test_an_app_that_breaks_is_said_to_be_broken(visitor: Visitor, workspace: Workspace, app: App) -> None:
    app.then(500)
    answer = visitor.does("tom", "post", channel=deals(workspace), text="/deals acme")
    assert "did not answer (http_error)" in answer.json()["error"]


def test_an_unknown_act_is_refused(visitor: Visitor) -> None:
    assert visitor.does("ana", "format_disk").status_code == 409


def test_only_ones_own_messages_can_be_deleted(visitor: Visitor, workspace: Workspace) -> None:
    ts = workspace.post("deals-watch", "ana", "mine").ts
    assert visitor.does("tom", "delete", channel=deals(workspace), ts=ts).status_code == 409
    assert visitor.does("ana", "delete", channel=deals(workspace), ts=ts).status_code == 200
    assert workspace.messages("deals-watch") == ()


def test_a_modal_reports_each_input_under_its_own_block(
    visitor: Visitor, workspace: Workspace, app: App
) -> None:
    def asked(block_id: str, **element: object) -> Json:
        label = {"type": "plain_text", "text": block_id}
        return {
            "type": "input",
            "block_id": block_id,
            "label": label,
            "element": {"action_id": "v", **element},
        }

    option = {"text": {"type": "plain_text", "text": "One"}, "value": "1"}
    view = modal(
        workspace,
        "ana",
        asked("typed", type="plain_text_input"),
        asked("kept", type="plain_text_input", initial_value="was there"),
        asked("chosen", type="static_select", options=[option]),
        asked("ticked", type="checkboxes", options=[option]),
        asked("found", type="external_select"),
    )
    visitor.does("ana", "submit", view=view.id, values={"0": "t", "2": "1", "3": ["1"], "4": option})
    sent = json.loads(dict(httpx.QueryParams(app.requests[-1].body.decode()))["payload"])
    state = {block: values["v"] for block, values in sent["view"]["state"]["values"].items()}
    assert state == {
        "typed": {"type": "plain_text_input", "value": "t"},
        "kept": {"type": "plain_text_input", "value": "was there"},
        "chosen": {"type": "static_select", "selected_option": option},
        "ticked": {"type": "checkboxes", "selected_options": [option]},
        "found": {"type": "external_select", "selected_option": option},
    }


@pytest.mark.parametrize(
    ("args", "kind"),
    [
        ({"text": "A title\nA text."}, "text.html"),
        ({"name": "a.pdf", "content": base64.b64encode(b"%PDF").decode()}, "a.pdf"),
    ],
)
def test_an_article_of_ones_own_is_printed_and_its_link_posted(
    visitor: Visitor, workspace: Workspace, args: Json, kind: str
) -> None:
    visitor.does("ana", "upload", channel=deals(workspace), **args)
    [message] = workspace.messages("deals-watch")
    address = message.text.strip("<>")
    assert address.endswith(f"/news/pasted/1/{kind}")
    assert httpx.get(address).status_code == 200


def test_monday_comes_and_the_clock_process_looks(visitor: Visitor, clock: StageClock, idle: Idle) -> None:
    visitor.does("ana", "later", until="monday")
    assert (f"{clock():%a %d %H:%M}", idle.ticks) == ("Mon 10 08:00", 1)  # 9:00 in Madrid


@pytest.mark.parametrize(
    ("content", "kind"), [(PNG, "image/png"), (b"<script>alert(1)</script>", "application/octet-stream")]
)
def test_only_pictures_are_shown_and_other_files_saved(
    visitor: Visitor, workspace: Workspace, content: bytes, kind: str
) -> None:
    workspace.save_file({"id": "F1", "name": "a.html", "content": content})
    answer = visitor.client.get("/files/F1")
    assert answer.headers["Content-Type"] == kind
    assert ("attachment" in answer.headers.get("Content-Disposition", "")) == (kind != "image/png")
