"""What Slack refuses: Block Kit's limits as checks that name every problem, used by tests and stand-ins.

`problems(message)`, `view_problems(view)` and `block_problems(blocks)` give one line for each thing wrong; an
empty list means that Slack would take it. Lengths are in characters of the text as it is sent (escaped).
Sources: docs.slack.dev/reference/block-kit, slack_sdk.models.blocks; the sum over a message's blocks
(msg_blocks_too_long) is undocumented, and others measured it near 13,000 (slackapi/bolt-js #2509, #2867).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.views.blocks import MAX_BLOCKS, MAX_TEXT, MAX_TOTAL, size
from bot.views.message import Message
from bot.views.mrkdwn import mrkdwn_problems, text_object_problems

Json = Mapping[str, Any]
Check = Callable[[Json], Iterator[str]]

MAX_VIEW_BLOCKS = 100
_MAX_ID = 255
_MAX_METADATA = 3000
_ONLY_IN_VIEWS = frozenset({"input", "alert"})


def problems(message: Message) -> list[str]:
    """Everything for which Slack would refuse a message with these `text` and `blocks`, or show it wrong."""
    found = list(mrkdwn_problems("text", message.text))
    if not message.text.strip():
        found.append("text: is empty; a screen reader has nothing to read")
    if len(message.text) > MAX_TEXT:
        found.append(f"text: {len(message.text)} characters, at most {MAX_TEXT}")
    found += block_problems(message.blocks, most=MAX_BLOCKS)
    found += [f"{b['type']}: only in modals" for b in message.blocks if b.get("type") in _ONLY_IN_VIEWS]
    total = size(message.blocks)
    if total > MAX_TOTAL:
        found.append(f"blocks: {total} characters together, at most {MAX_TOTAL}")
    return found


def view_problems(view: Json) -> list[str]:
    """Everything for which Slack would refuse a modal or a Home tab."""
    found: list[str] = []
    if view.get("type") == "modal":
        for part in ("title", "submit", "close"):
            if part in view or part == "title":
                found += text_object_problems(part, view.get(part), 24, plain_only=True)
    elif view.get("type") != "home":
        found.append(f"view: unknown type {view.get('type')!r}")
    found += _too_long("private_metadata", view.get("private_metadata"), _MAX_METADATA)
    found += _too_long("callback_id", view.get("callback_id"), _MAX_ID)
    return found + block_problems(view.get("blocks", ()), most=MAX_VIEW_BLOCKS)


def block_problems(blocks: Sequence[Json], *, most: int = MAX_BLOCKS) -> list[str]:
    """Everything wrong with these blocks; `most` is how many the surface takes."""
    found = []
    if len(blocks) > most:
        found.append(f"blocks: {len(blocks)}, at most {most}")
    for number, block in enumerate(blocks):
        kind = str(block.get("type"))
        check = _BLOCKS.get(kind)
        wrong = check(block) if check else iter([f"unknown type {kind!r}"])
        found += [f"block {number} ({kind}): {line}" for line in wrong]
        found += [f"block {number}: {line}" for line in _too_long("block_id", block.get("block_id"), _MAX_ID)]
    found += _repeated("block_id", (b.get("block_id") for b in blocks))
    tables = sum(b.get("type") in ("table", "data_table") for b in blocks)
    if tables > 1:
        found.append("blocks: more than one table")
    markdown = sum(len(b.get("text", "")) for b in blocks if b.get("type") == "markdown")
    if markdown > MAX_TOTAL:
        found.append(f"blocks: {markdown} characters of markdown, at most {MAX_TOTAL}")
    return found


def _too_long(what: str, value: object, most: int) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, str):
        return [f"{what}: is no text"]
    return [f"{what}: {len(value)} characters, at most {most}"] if len(value) > most else []


def _repeated(what: str, values: Iterator[object]) -> list[str]:
    counts = Counter(v for v in values if v is not None)
    return [f"{what}: {value!r} occurs {n} times" for value, n in counts.items() if n > 1]


def _items(block: Json, key: str, least: int, most: int) -> Iterator[str]:
    count = len(block.get(key) or ())
    if not least <= count <= most:
        yield f"{key}: {count} items, {least} to {most} allowed"


def _header(block: Json) -> Iterator[str]:
    yield from text_object_problems("text", block.get("text"), 150, plain_only=True)


def _section(block: Json) -> Iterator[str]:
    if "text" in block or not block.get("fields"):
        yield from text_object_problems("text", block.get("text"), 3000)
    if "fields" in block:
        yield from _items(block, "fields", 1, 10)
        for field in block["fields"]:
            yield from text_object_problems("field", field, 2000)
    if "accessory" in block:
        yield from _element(block["accessory"])


def _context(block: Json) -> Iterator[str]:
    yield from _items(block, "elements", 1, 10)
    for element in block.get("elements", ()):
        if element.get("type") == "image":
            yield from _image(element)
        else:
            yield from text_object_problems("element", element, 3000)


def _elements(most: int) -> Check:
    def check(block: Json) -> Iterator[str]:
        yield from _items(block, "elements", 1, most)
        for element in block.get("elements", ()):
            yield from _element(element)
        yield from _repeated("action_id", (e.get("action_id") for e in block.get("elements", ())))

    return check


def _image(block: Json) -> Iterator[str]:
    if not block.get("alt_text"):
        yield "alt_text: is missing"
    yield from _too_long("alt_text", block.get("alt_text"), 2000)
    yield from _too_long("image_url", block.get("image_url"), 3000)
    if not block.get("image_url") and not block.get("slack_file"):
        yield "image_url: is missing"
    if "title" in block:
        yield from text_object_problems("title", block["title"], 2000, plain_only=True)


def _input(block: Json) -> Iterator[str]:
    yield from text_object_problems("label", block.get("label"), 2000, plain_only=True)
    if "hint" in block:
        yield from text_object_problems("hint", block["hint"], 2000, plain_only=True)
    yield from _element(block.get("element") or {})


def _markdown(block: Json) -> Iterator[str]:
    if not block.get("text"):
        yield "text: is empty"


def _table(rows: int) -> Check:
    def check(block: Json) -> Iterator[str]:
        yield from _items(block, "rows", 1, rows)
        for row in block.get("rows", ()):
            cells = row.get("cells", ()) if isinstance(row, Mapping) else row
            if not 1 <= len(cells) <= 20:
                yield f"row: {len(cells)} cells, 1 to 20 allowed"
        if rows == 201 and not block.get("caption"):
            yield "caption: is missing"
        if not 1 <= block.get("page_size", 5) <= 100:
            yield f"page_size: {block['page_size']}, 1 to 100 allowed"

    return check


def _card(block: Json) -> Iterator[str]:
    for part, most in (("title", 150), ("subtitle", 150), ("body", 200), ("subtext", 200)):
        if part in block:
            yield from text_object_problems(part, block[part], most)
    if "actions" in block:
        yield from _items(block, "actions", 0, 3)
        for element in block["actions"]:
            yield from _element(element)


def _children(key: str, most: int) -> Check:
    def check(block: Json) -> Iterator[str]:
        yield from _items(block, key, 1, most)
        children = block.get(key) or ()
        yield from block_problems(children, most=len(children))

    return check


def _rich_text(block: Json) -> Iterator[str]:
    if not block.get("elements"):
        yield "elements: is empty"


def _alert(block: Json) -> Iterator[str]:
    yield from text_object_problems("text", block.get("text"), 200)


def _nothing(_block: Json) -> Iterator[str]:
    yield from ()


_BLOCKS: Mapping[str, Check] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "context_actions": _elements(5),
    "actions": _elements(25),
    "divider": _nothing,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": _table(100),
    "data_table": _table(201),
    "card": _card,
    "carousel": _children("elements", 10),
    "container": _children("child_blocks", 10),
    "alert": _alert,
}


def _element(element: Json) -> Iterator[str]:
    kind = str(element.get("type"))
    yield from _too_long("action_id", element.get("action_id"), _MAX_ID)
    if "confirm" in element:
        yield from _confirm(element["confirm"])
    if "placeholder" in element:
        yield from text_object_problems("placeholder", element["placeholder"], 150, plain_only=True)
    if kind == "button":
        yield from _button(element)
    elif kind == "image":
        yield from _image(element)
    elif kind == "plain_text_input":
        yield from _plain_text_input(element)
    elif "options" in element or kind in ("static_select", "overflow", "checkboxes", "radio_buttons"):
        yield from _options(element, kind)
    elif kind == "None":
        yield "element: is missing"


def _button(element: Json) -> Iterator[str]:
    yield from text_object_problems("button text", element.get("text"), 75, plain_only=True)
    yield from _too_long("button value", element.get("value"), 2000)
    yield from _too_long("button url", element.get("url"), 3000)
    if element.get("style", "primary") not in ("primary", "danger"):
        yield f"button style: {element['style']!r}"


def _plain_text_input(element: Json) -> Iterator[str]:
    most = element.get("max_length", 3000)
    if not 1 <= most <= 3000 or not 0 <= element.get("min_length", 0) <= most:
        yield "plain_text_input: min_length and max_length go up to 3000"


def _options(element: Json, kind: str) -> Iterator[str]:
    most = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.get(kind, 100)
    if "option_groups" not in element:
        yield from _items(element, "options", 1, most)
    for option in element.get("options", ()):
        yield from text_object_problems("option text", option.get("text"), 75)
        yield from _too_long("option value", option.get("value", ""), 150)


def _confirm(confirm: Json) -> Iterator[str]:
    for part, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        if part in confirm or part == "text":
            yield from text_object_problems(f"confirm {part}", confirm.get(part), most)
