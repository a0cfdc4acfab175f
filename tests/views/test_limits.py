"""The checks find what Slack refuses: every limit holds at its number and breaks one above."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.views.blocks import MAX_TEXT, MAX_TOTAL, size
from bot.views.limits import block_problems, problems, view_problems
from bot.views.message import Message

Block = dict[str, Any]


def plain(length: int) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Block:
    return {"type": "mrkdwn", "text": "x" * length}


def section(length: int) -> Block:
    return {"type": "section", "text": mrkdwn(length)}


def button(**changes: Any) -> Block:
    return {"type": "button", "text": plain(1), "action_id": "a", **changes}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def inside(element: Block) -> Block:
    return {"type": "section", "text": mrkdwn(1), "accessory": element}


def select(options: int, **option: Any) -> Block:
    one = {"text": plain(1), "value": "v", **option}
    return inside({"type": "static_select", "action_id": "a", "options": [one] * options})


def rows(kind: str, count: int, cells: int = 1, **more: str) -> Block:
    cell = {"type": "raw_text", "text": "x"}
    return {"type": kind, "rows": [[cell] * cells] * count, **more}


LIMITS: list[tuple[str, int, Callable[[int], Block]]] = [
    ("header", 150, lambda n: {"type": "header", "text": plain(n)}),
    ("section", 3000, section),
    ("fields", 10, lambda n: {"type": "section", "fields": [mrkdwn(1)] * n}),
    ("field", 2000, lambda n: {"type": "section", "fields": [mrkdwn(n)]}),
    ("markdown", 12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    ("context text", 3000, lambda n: {"type": "context", "elements": [mrkdwn(n)]}),
    ("context", 10, lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}),
    ("actions", 25, lambda n: actions(*(button(action_id=f"a{i}") for i in range(n)))),
    (
        "context_actions",
        5,
        lambda n: {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "action_id": f"a{i}"} for i in range(n)],
        },
    ),
    ("button text", 75, lambda n: actions(button(text=plain(n)))),
    ("button value", 2000, lambda n: actions(button(value="x" * n))),
    ("button url", 3000, lambda n: actions(button(url="x" * n))),
    ("action_id", 255, lambda n: actions(button(action_id="x" * n))),
    ("block_id", 255, lambda n: {"type": "divider", "block_id": "x" * n}),
    ("option text", 75, lambda n: select(1, text=plain(n))),
    ("option value", 150, lambda n: select(1, value="x" * n)),
    ("options", 100, select),
    (
        "overflow",
        5,
        lambda n: inside({"type": "overflow", "options": [{"text": plain(1), "value": "v"}] * n}),
    ),
    ("confirm title", 100, lambda n: actions(button(confirm={"title": plain(n), "text": plain(1)}))),
    ("confirm text", 300, lambda n: actions(button(confirm={"text": plain(n)}))),
    ("confirm deny", 30, lambda n: actions(button(confirm={"deny": plain(n), "text": plain(1)}))),
    ("confirm button", 30, lambda n: actions(button(confirm={"confirm": plain(n), "text": plain(1)}))),
    ("image url", 3000, lambda n: {"type": "image", "alt_text": "x", "image_url": "x" * n}),
    ("image alt", 2000, lambda n: {"type": "image", "alt_text": "x" * n, "image_url": "x"}),
    ("table rows", 100, lambda n: rows("table", n)),
    ("table cells", 20, lambda n: rows("table", 1, n)),
    ("data_table cells", 20, lambda n: rows("data_table", 1, n, caption="x")),
    ("data_table page_size", 100, lambda n: rows("data_table", 1, caption="x") | {"page_size": n}),
    ("data_table rows", 201, lambda n: rows("data_table", n, caption="x")),
    ("card title", 150, lambda n: {"type": "card", "title": plain(n)}),
    ("card body", 200, lambda n: {"type": "card", "body": plain(n)}),
    ("card subtitle", 150, lambda n: {"type": "card", "title": plain(1), "subtitle": plain(n)}),
    ("card actions", 3, lambda n: {"type": "card", "title": plain(1), "actions": [button()] * n}),
    ("carousel", 10, lambda n: {"type": "carousel", "elements": [{"type": "card", "title": plain(1)}] * n}),
    ("container", 10, lambda n: {"type": "container", "child_blocks": [{"type": "divider"}] * n}),
    ("label", 2000, lambda n: {"type": "input", "label": plain(n), "element": {"type": "plain_text_input"}}),
    (
        "max_length",
        3000,
        lambda n: {
            "type": "input",
            "label": plain(1),
            "element": {"type": "plain_text_input", "max_length": n},
        },
    ),
    ("alert", 200, lambda n: {"type": "alert", "text": plain(n)}),
]
CASES = [pytest.param(most, make, id=name) for name, most, make in LIMITS]


@pytest.mark.parametrize(("most", "make"), CASES)
def test_the_limit_itself_is_taken(most: int, make: Callable[[int], Block]) -> None:
    assert block_problems([make(most)]) == []


@pytest.mark.parametrize(("most", "make"), CASES)
def test_one_more_is_refused(most: int, make: Callable[[int], Block]) -> None:
    assert len(block_problems([make(most + 1)])) == 1


def message(*blocks: Block, text: str = "x") -> Message:
    return Message(text, blocks)


def test_fifty_blocks_are_taken_and_one_more_is_not() -> None:
    assert problems(message(*[section(1)] * 50)) == []
    assert problems(message(*[section(1)] * 51)) == ["blocks: 51, at most 50"]


def test_the_blocks_of_a_message_have_a_limit_together() -> None:
    full = [section(2000)] * 6
    room = MAX_TOTAL - size(full[:5])
    exact = [*full[:5], section(room - (size([section(1)]) - 1) + 1)]
    assert size(exact) == MAX_TOTAL
    assert problems(message(*exact)) == []
    assert len(problems(message(*full))) == 1


@pytest.mark.parametrize(("length", "count"), [(MAX_TEXT, 0), (MAX_TEXT + 1, 1)])
def test_the_text_has_a_limit(length: int, count: int) -> None:
    assert len(problems(message(section(1), text="x" * length))) == count


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_message_without_text_is_refused(text: str) -> None:
    assert problems(message(section(1), text=text)) == ["text: is empty; a screen reader has nothing to read"]


def test_plain_text_counts_as_slack_escapes_it() -> None:
    assert block_problems([{"type": "header", "text": {"type": "plain_text", "text": "&" * 31}}]) == [
        "block 0 (header): text: 155 characters, at most 150"
    ]


@pytest.mark.parametrize(
    "block",
    [
        {"type": "nonsense"},
        {},
        {"type": "header", "text": mrkdwn(1)},
        {"type": "header"},
        {"type": "section"},
        {"type": "section", "text": {"type": "mrkdwn", "text": " "}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}},
        {"type": "section", "text": {"type": "plain_text", "text": "x", "verbatim": True}},
        {"type": "context", "elements": []},
        {"type": "actions", "elements": []},
        actions(button(), button()),
        actions(button(style="blue")),
        actions({"type": "button", "action_id": "a"}),
        {"type": "image", "image_url": "https://a.com/a.png"},
        {"type": "image", "alt_text": "x"},
        {"type": "input", "label": plain(1)},
        {"type": "markdown", "text": ""},
        {"type": "rich_text", "elements": []},
        rows("data_table", 1),
    ],
)
def test_malformed_blocks_are_refused(block: Block) -> None:
    assert len(block_problems([block])) == 1


def test_two_tables_are_refused() -> None:
    assert block_problems([rows("table", 1), rows("table", 1)]) == ["blocks: more than one table"]


def test_a_repeated_block_id_is_refused() -> None:
    divider = {"type": "divider", "block_id": "x"}
    assert block_problems([divider, divider]) == ["block_id: 'x' occurs 2 times"]


def test_inputs_are_for_modals() -> None:
    block = {"type": "input", "label": plain(1), "element": {"type": "plain_text_input"}}
    assert problems(message(block)) == ["input: only in modals"]


@pytest.mark.parametrize(
    "text",
    [
        "<!channel>",
        "<!here|here>",
        "<!subteam^S012>",
        "<javascript:alert(1)|x>",
        "<https://a.com|a|b>x|<",
        "a < b",
        "a > b",
        "AT&T",
        "&nbsp;",
        "a\u202eb",
        "a\u200bb",
        "a\x00b",
    ],
)
def test_markup_that_is_not_ours_is_found(text: str) -> None:
    assert problems(message(section(1), text=text))


@pytest.mark.parametrize(
    "text",
    [
        "<https://a.com/b?c=1&amp;d=2|El País>",
        "<https://a.com>",
        "<@U012AB3CD> in <#C012AB3CD>",
        "<!date^1392734382^{date_short}|18 Feb 2014>",
        "> “quoted”\n> twice",
        "AT&amp;T &lt;b&gt;",
    ],
)
def test_our_own_markup_is_taken(text: str) -> None:
    assert problems(message(section(1), text=text)) == []


def modal(**changes: Any) -> Block:
    return {"type": "modal", "title": plain(24), "blocks": [section(1)], **changes}


@pytest.mark.parametrize(
    "view",
    [
        modal(),
        modal(submit=plain(24), close=plain(24), private_metadata="x" * 3000, callback_id="x" * 255),
        modal(blocks=[section(1)] * 100),
        {"type": "home", "blocks": [section(1)] * 100},
    ],
)
def test_views_within_the_limits_are_taken(view: Block) -> None:
    assert view_problems(view) == []


@pytest.mark.parametrize(
    "view",
    [
        modal(title=plain(25)),
        modal(submit=plain(25)),
        modal(private_metadata="x" * 3001),
        modal(callback_id="x" * 256),
        modal(blocks=[section(1)] * 101),
        {"type": "modal", "blocks": [section(1)]},
        {"type": "page", "blocks": [section(1)]},
    ],
)
def test_views_beyond_the_limits_are_refused(view: Block) -> None:
    assert len(view_problems(view)) == 1
