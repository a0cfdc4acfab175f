"""What the page makes of blocks, in a browser: nothing foreign runs, every element can be used."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from bot.console.loopback import Answer, Request
from bot.console.page.acts import Hands
from bot.console.page.door import Page
from bot.console.sender import Slack
from bot.console.times import StageClock
from bot.console.values import Json, View
from bot.console.workspace import Workspace
from tests.console.browsing import PATIENCE, open_browser
from tests.console.building import section
from tests.console.conftest import App
from tests.console.test_page_door import Idle

HOSTILE = "</script><img src=x onerror=alert(1)><script>alert(2)</script>"
ESCAPED = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def tab(browser: Browser, slack: Slack, clock: StageClock) -> Iterator[Tab]:
    """Ana's view of #deals-watch; she has no newspapers here."""
    with Page(Hands(slack, clock, Idle(), None, ("/deals",))) as page:  # type: ignore[arg-type]
        tab = browser.new_page(base_url=page.url)
        tab.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        wrong: list[str] = []
        tab.on("console", lambda message: wrong.append(message.text))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("request", lambda asked: None if asked.url.startswith(page.url) else wrong.append(asked.url))
        tab.goto("/#/ana/deals-watch")
        yield tab
        tab.close()
        assert wrong == []


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def element(kind: str, **parts: object) -> Json:
    return {"type": kind, "action_id": kind, **parts}


def asked(block_id: str, used: Json, **parts: object) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": used, **parts}


def say(workspace: Workspace, *blocks: Json) -> None:
    workspace.post("deals-watch", "seams", "", blocks=blocks, bot_id=workspace.bot_id)


def modal(workspace: Workspace, *blocks: Json) -> View:
    body = {"type": "modal", "title": plain("Settings"), "submit": plain("Save"), "blocks": list(blocks)}
    return workspace.views.save(View(id=workspace.new_id("V"), user=workspace.user("ana").id, body=body))


def sent(request: Request) -> Json:
    payload: Json = json.loads(parse_qs(request.body.decode())["payload"][0])
    return payload


def used(app: App, tab: Tab) -> Json:
    """The action that the app hears of next; what it hears of once more is taken for the following one."""
    action: Json = sent(app.next())["actions"][0]
    expect(tab.locator("[aria-busy]")).to_have_count(0)
    return action


def test_foreign_text_is_shown_and_never_run(tab: Tab, workspace: Workspace) -> None:
    rich = {
        "type": "rich_text_section",
        "elements": [
            {"type": "text", "text": HOSTILE},
            {"type": "link", "url": "javascript:alert(3)", "text": "rich"},
        ],
    }
    say(
        workspace,
        {"type": "header", "text": plain(HOSTILE)},
        section(f"*{ESCAPED}* <javascript:alert(4)|click> <https://a.example/?a=1&amp;b=2|good>"),
        {"type": "context", "elements": [{"type": "mrkdwn", "text": ESCAPED}]},
        {"type": "image", "image_url": "https://a.example/x.png", "alt_text": HOSTILE},
        {"type": "rich_text", "elements": [rich]},
        {"type": "something_new", "inside": [plain(HOSTILE)]},
    )
    message = tab.locator(".message")
    expect(message.get_by_text(HOSTILE)).to_have_count(6)
    expect(message.locator("script, img:not(.avatar)")).to_have_count(0)
    expect(message.locator("a")).to_have_count(2)
    expect(message.get_by_role("link", name="good")).to_have_attribute("href", "https://a.example/?a=1&b=2")


def test_styles_quotes_and_mentions_read_as_in_slack(tab: Tab, workspace: Workspace) -> None:
    ana = workspace.user("ana").id
    say(workspace, section(f"*bold _both_* ~gone~ `code`\n&gt; one\n&gt; two\nfor <@{ana}>"))
    words = tab.locator(".message .plain")
    expect(words.locator("strong > em")).to_have_text("both")
    expect(words.locator("s")).to_have_text("gone")
    expect(words.locator("code")).to_have_text("code")
    expect(words.locator("blockquote")).to_have_text("one two", use_inner_text=False)
    expect(words.locator(".mention")).to_have_text("@ana")


def test_every_element_of_a_message_tells_the_app(tab: Tab, workspace: Workspace, app: App) -> None:
    say(
        workspace,
        section("Deal") | {"accessory": element("overflow", options=options("Right", "Wrong"))},
        {"type": "actions", "elements": [
            element("static_select", placeholder=plain("Tier"), options=options("Now", "Digest")),
            element("datepicker", placeholder=plain("Day")),
            element("timepicker", placeholder=plain("Hour")),
            element("radio_buttons", options=options("Yes", "No")),
            element("checkboxes", options=options("Rumours", "Denials"))]},
    )  # fmt: skip
    tab.get_by_role("button", name="More: Deal").click()
    tab.get_by_role("menuitem", name="Wrong").click()
    assert used(app, tab)["selected_option"]["value"] == "wrong"
    tab.get_by_label("Tier").select_option(label="Digest")
    assert used(app, tab)["selected_option"]["value"] == "digest"
    tab.get_by_label("Day").fill("2025-03-10")
    assert used(app, tab)["selected_date"] == "2025-03-10"
    tab.get_by_label("Hour").fill("09:30")
    assert used(app, tab)["selected_time"] == "09:30"
    tab.get_by_role("radio", name="No").check()
    assert used(app, tab)["selected_option"]["value"] == "no"
    tab.get_by_role("checkbox", name="Rumours").check()
    assert [o["value"] for o in used(app, tab)["selected_options"]] == ["rumours"]
    assert app.requests == []  # each use was told once


def test_a_page_is_turned_in_place_and_the_focus_stays(tab: Tab, workspace: Workspace, app: App) -> None:
    turn: Json = {"type": "actions", "elements": [element("button", text=plain("Next"), value="2")]}
    say(workspace, section("page 1"), turn)
    tab.get_by_role("button", name="Next").press("Enter")
    assert used(app, tab)["value"] == "2"
    [message] = workspace.messages("deals-watch")
    workspace.edit("deals-watch", message.ts, text="", mark=False, blocks=(section("page 2"), turn))
    expect(tab.locator(".message")).to_contain_text("page 2")
    expect(tab.get_by_role("button", name="Next")).to_be_focused()


def test_a_dangerous_button_asks_first(tab: Tab, workspace: Workspace, app: App) -> None:
    confirm = {name: plain(name) for name in ("title", "text", "confirm", "deny")}
    danger = element("button", text=plain("Delete"), style="danger", confirm=confirm)
    say(workspace, {"type": "actions", "elements": [danger]})
    tab.get_by_role("button", name="Delete").click()
    tab.get_by_role("button", name="deny").click()
    assert app.requests == []
    tab.get_by_role("button", name="Delete").click()
    tab.get_by_role("button", name="confirm").click()
    assert used(app, tab)["action_id"] == "button"


def test_a_modal_is_filled_in_refused_and_sent(tab: Tab, workspace: Workspace, app: App) -> None:
    modal(
        workspace,
        asked("Amount", element("number_input", is_decimal_allowed=True)),
        asked("Kinds", element("multi_static_select", options=options("Loan", "Merger"))),
        asked("Company", element("external_select", min_query_length=2), optional=True),
    )
    tab.get_by_role("button", name="Save").click()
    expect(tab.locator(".error")).to_have_text(["Fill this in.", "Fill this in."])
    tab.get_by_label("Amount").fill("1.5")
    tab.get_by_role("checkbox", name="Merger").check()
    offered = json.dumps({"options": options("Acme")}).encode()
    app.answers += [Answer(200, "application/json", offered)]
    tab.get_by_label("Company").fill("ac")
    expect(tab.locator("datalist option")).to_have_count(1)
    assert (sent(app.requests[-1])["type"], sent(app.requests[-1])["value"]) == ("block_suggestion", "ac")
    tab.get_by_label("Company").fill("Acme")
    app.then(200, {"response_action": "errors", "errors": {"Amount": "Too little."}})
    tab.get_by_role("button", name="Save").click()
    expect(tab.locator(".error")).to_have_text(["Too little."])
    expect(tab.get_by_label("Amount")).to_be_focused()
    tab.get_by_label("Amount").fill("150")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    values = sent(app.requests[-1])["view"]["state"]["values"]
    assert values["Amount"]["number_input"]["value"] == "150"
    assert [o["value"] for o in values["Kinds"]["multi_static_select"]["selected_options"]] == ["merger"]
    assert values["Company"]["external_select"]["selected_option"]["value"] == "acme"


def test_a_picture_that_was_uploaded_is_shown_with_its_words(tab: Tab, workspace: Workspace) -> None:
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
    )
    workspace.save_file({"id": "F1", "name": "chart.png", "content": pixel, "alt_txt": "A line that falls"})
    workspace.post("deals-watch", "seams", "", files=({"id": "F1", "name": "chart.png"},))
    picture = tab.get_by_role("img", name="A line that falls")
    expect(picture).to_be_visible()
