import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from bot.console.blocks import render_blocks
from bot.console.mrkdwn import Names, render_mrkdwn
from bot.console.plain import harmless, safe_link
from bot.console.render import Screen
from bot.console.values import Json, View
from bot.console.workspace import Workspace

NAMES = Names(user={"U1": "ana"}.__getitem__, channel={"C1": "deals"}.__getitem__)
SAFE_NAMES = Names(user=lambda user: user, channel=lambda channel: channel)
HYPERLINK = re.compile(r"\x1b\]8;[^\x1b\x07]*\x1b\\|\x1b\[[0-9;]*m")


def shown(part: RenderableType, *, terminal: bool = False) -> str:
    out = io.StringIO()
    Console(
        file=out, width=100, force_terminal=terminal, color_system="truecolor" if terminal else None
    ).print(part)
    return out.getvalue()


def lines(part: RenderableType) -> str:
    return "\n".join(line.strip() for line in shown(part).splitlines()).strip()


def controls(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"}


@pytest.mark.parametrize(
    ("mrkdwn", "plain"),
    [
        ("*bold* _it_ ~gone~", "bold it gone"),
        ("`a*b*`", "a*b*"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("<https://a.example/x|label>", "label"),
        ("_see <https://a.example/a_b|y>_", "see y"),
        ("<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2"),
        ("<@U1> in <#C1>", "@ana in #deals"),
        ("<!channel> <!subteam^S1|team>", "@channel @team"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        ("&gt; quoted", "▌ quoted"),
        ("```\ncode *x*\n```", "code *x*"),
        (":white_check_mark: :no_such_emoji:", "✅ :no_such_emoji:"),
        ("<!date^1700000000^{date_short} at {time}|then>", "Nov 14, 2023 at 22:13"),
        ("<!date^x^{date}|then>", "then"),
        ("<!date^1700000000^{nonsense}|then>", "then"),
        ("[red]not markup[/red]", "[red]not markup[/red]"),
        ("<javascript:alert(1)|click>", "<javascript:alert(1)|click>"),
    ],
)
def test_mrkdwn_reads_as_in_slack(mrkdwn: str, plain: str) -> None:
    assert render_mrkdwn(mrkdwn, NAMES).plain == plain


def test_bold_italic_and_strike_have_their_styles() -> None:
    styles = [str(span.style) for span in render_mrkdwn("*a* _b_ ~c~ `d`", NAMES).spans]
    assert styles == ["bold", "italic", "strike", "cyan"]


def test_a_link_is_a_terminal_hyperlink() -> None:
    assert "\x1b]8;" in shown(render_mrkdwn("<https://a.example|x>", NAMES), terminal=True)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.example/\x1b]8;;", "https://a.example/ñ", "file:///etc/passwd"]
)
def test_other_addresses_become_no_hyperlink(url: str) -> None:
    assert safe_link(url) is None


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x07", "a\x08b", "\x9b31m", "\u202etxt", "\ud800", "\x00"])
def test_what_could_drive_a_terminal_is_dropped(hostile: str) -> None:
    assert controls(harmless(hostile)) == set()
    assert "\u202e" not in harmless(hostile)


TEXTS = st.text(st.characters()) | st.text(
    st.sampled_from("*_~`<>@#!|:&;lgtamp https://x.y \n\x1b[]^{}"), max_size=60
)


@given(TEXTS)
def test_any_mrkdwn_renders_without_control_characters(text: str) -> None:
    assert controls(shown(render_mrkdwn(text, SAFE_NAMES))) == set()


@given(TEXTS)
def test_on_a_terminal_the_only_escapes_are_our_own(text: str) -> None:
    written = shown(render_mrkdwn(f"<https://a.example/{text}|{text}> {text}", SAFE_NAMES), terminal=True)
    assert controls(HYPERLINK.sub("", written)) == set()


KEYS = st.sampled_from(["text", "type", "elements", "url"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
    max_leaves=8,
)
KINDS = st.sampled_from(
    """section header context actions divider image input markdown rich_text table data_table card
    rich_text_list nonsense""".split()
)
PARTS = st.sampled_from(
    """text fields accessory elements element label hint alt_text image_url rows caption optional indent
    style""".split()
)


@given(KINDS, st.dictionaries(PARTS, JSON, max_size=5))
def test_any_block_renders_without_raising(kind: str, parts: Json) -> None:
    for part in render_blocks([parts | {"type": kind}], SAFE_NAMES):
        assert controls(shown(part)) == set()


def plain_text(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def rich(**parts: object) -> Json:
    return {"type": "rich_text", "elements": [parts]}


@pytest.mark.parametrize(
    ("block", "plain"),
    [
        ({"type": "header", "text": plain_text("Deals")}, "Deals"),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "*a*"}}, "a"),
        (
            {
                "type": "context",
                "elements": [{"type": "mrkdwn", "text": "_a_"}, {"type": "plain_text", "text": "b"}],
            },
            "a  b",
        ),
        (
            {
                "type": "actions",
                "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Share"}}],
            },
            "[ Share ]",
        ),
        (
            {"type": "image", "image_url": "https://a.example/i.png", "alt_text": "A chart"},
            "[image: A chart]",
        ),
        (
            rich(type="rich_text_section", elements=[{"type": "link", "url": "https://a.example"}]),
            "https://a.example",
        ),
        (rich(type="rich_text_quote", elements=[{"type": "text", "text": "a\nb"}]), "▌ a\n▌ b"),
        (
            rich(
                type="rich_text_list",
                style="ordered",
                elements=[{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}],
            ),
            "1. a",
        ),
    ],
)
def test_a_block_shows_what_slack_shows(block: Json, plain: str) -> None:
    assert "\n".join(lines(part) for part in render_blocks([block], NAMES)) == plain


def test_fields_stand_in_two_columns() -> None:
    fields = [{"type": "mrkdwn", "text": word} for word in ("one", "two", "three")]
    block = {"type": "section", "fields": fields}
    assert [line.split() for line in shown(render_blocks([block], NAMES)[0]).splitlines()] == [
        ["one", "two"],
        ["three"],
    ]


@pytest.fixture
def screen(workspace: Workspace) -> Screen:
    return Screen(workspace, "ana")


def test_a_message_says_who_and_when_in_the_readers_zone(workspace: Workspace, screen: Screen) -> None:
    message = workspace.post("deals-watch", "tom", "hola")
    assert lines(screen.message(message)) == "Tom  Mon 3 Mar 10:00\nhola"


def test_an_ephemeral_message_says_so(workspace: Workspace, screen: Screen) -> None:
    message = workspace.post("deals-watch", "seams", "psst", only_for=workspace.user("ana").id)
    assert "Only visible to you" in shown(screen.message(message))


def test_replies_are_moved_to_the_right(workspace: Workspace, screen: Screen) -> None:
    parent = workspace.post("deals-watch", "tom", "parent")
    workspace.post("deals-watch", "ana", "reply", thread_ts=parent.ts)
    thread = shown(screen.thread("deals-watch", parent.ts)).splitlines()
    body = next(line for line in thread if "reply" in line)
    assert len(body) - len(body.lstrip()) == 6


def test_reactions_are_counted(workspace: Workspace, screen: Screen) -> None:
    message = workspace.post("deals-watch", "tom", "look")
    workspace.react("deals-watch", message.ts, "ana", "eyes")
    workspace.react("deals-watch", message.ts, "tom", "eyes")
    assert "👀 2" in shown(screen.message(workspace.message("deals-watch", message.ts)))


def test_a_modal_has_a_title_its_inputs_and_its_errors(workspace: Workspace, screen: Screen) -> None:
    element = {"type": "plain_text_input", "action_id": "n", "initial_value": "Acme"}
    body = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Rename"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [{"type": "input", "label": {"type": "plain_text", "text": "Name"}, "element": element}],
    }
    view = View(id="V1", user=workspace.user("ana").id, body=body, errors={"name": "taken"})
    text = shown(screen.view(view))
    assert [word for word in ("Rename", "Name", "Acme", "[ Save ]", "name: taken") if word not in text] == []
