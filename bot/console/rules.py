"""Slack's limits on messages and views, checked on the raw JSON that arrived, whoever built it.

Source: https://docs.slack.dev/reference/block-kit/ (numbers in characters, counted after escaping).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from bot.console.values import Json

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT_LIMIT, UPDATE_TEXT_LIMIT = 40_000, 4_000
BLOCKS_TOTAL = 13_200  # undocumented; measured by others (slackapi/bolt-js #2509, #2867)
_TEXT_OF_BLOCK = {"section": 3000, "header": 150, "markdown": 12_000}
_ELEMENTS_OF_BLOCK = {"actions": 25, "context": 10, "context_actions": 5}
_KNOWN_BLOCKS = frozenset(
    """actions alert call card carousel container context context_actions data_table divider file header image
    input markdown plan rich_text section table task_card video""".split()
)
_OPTION_LIMITS = {"overflow": 5}
_BUTTON_TEXT, _BUTTON_VALUE, _URL, _ID = 75, 2000, 3000, 255
_OPTION_TEXT, _OPTION_VALUE, _OPTIONS = 75, 150, 100
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}


def message_problems(message: Mapping[str, object]) -> list[str]:
    """What Slack would refuse in a message's blocks; empty when it would take them."""
    return list(_blocks(message.get("blocks"), MESSAGE_BLOCKS))


def is_too_much(blocks: Sequence[Json]) -> bool:
    """Whether Slack would refuse these blocks together (msg_blocks_too_long), each being fine alone."""
    return len(json.dumps(list(blocks), ensure_ascii=False, separators=(",", ":"))) > BLOCKS_TOTAL


def view_problems(view: Mapping[str, object]) -> list[str]:
    """What Slack would refuse in a modal or an App Home; empty when it would take it."""
    found = _blocks(view.get("blocks"), VIEW_BLOCKS)
    if view.get("type") not in ("modal", "home"):
        found = chain(found, ["view: type must be modal or home"])
    if view.get("type") == "modal":
        found = chain(found, _modal(view))
    return list(chain(found, _too_long("view: private_metadata", view.get("private_metadata"), 3000)))


def _modal(view: Mapping[str, object]) -> Iterator[str]:
    if view.get("title") is None:
        yield "view: title is missing"
    for name in ("title", "submit", "close"):
        if view.get(name) is not None:
            yield from _text_object(f"view: {name}", view.get(name), 24, plain=True)
    yield from _too_long("view: callback_id", view.get("callback_id"), _ID)
    if view.get("submit") is None and any(b.get("type") == "input" for b in _dicts(view.get("blocks"))):
        yield "view: submit is missing and there is an input"


def _blocks(blocks: object, limit: int) -> Iterator[str]:
    if blocks is None:
        return
    if not isinstance(blocks, list) or len(_dicts(blocks)) != len(blocks):
        yield "blocks: not a list of objects"
        return
    if len(blocks) > limit:
        yield f"blocks: {len(blocks)} of at most {limit}"
    if _repeats(block.get("block_id") for block in blocks):
        yield "blocks: a block_id stands twice"
    if sum(len(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown") > 12_000:
        yield "blocks: more than 12000 characters of markdown"
    for number, block in enumerate(blocks):
        yield from _block(f"block {number}", block)


def _block(where: str, block: Json) -> Iterator[str]:
    kind = str(block.get("type"))
    if kind not in _KNOWN_BLOCKS:
        yield f"{where}: unknown type {kind}"
        return
    where = f"{where} ({kind})"
    yield from _too_long(f"{where}: block_id", block.get("block_id"), _ID)
    checks = {
        "section": _section,
        "header": _header,
        "markdown": _markdown,
        "image": _image,
        "input": _input,
        "table": _table,
        "rich_text": _rich_text,
    }
    if kind in checks:
        yield from checks[kind](where, block)
    if kind in _ELEMENTS_OF_BLOCK:
        yield from _elements(where, block, _ELEMENTS_OF_BLOCK[kind])


def _section(where: str, block: Json) -> Iterator[str]:
    text, fields = block.get("text"), block.get("fields")
    if text is None and not fields:
        yield f"{where}: neither text nor fields"
    if text is not None:
        yield from _text_object(f"{where}: text", text, _TEXT_OF_BLOCK["section"])
    if fields is not None and (not isinstance(fields, list) or not 1 <= len(fields) <= 10):
        yield f"{where}: 1 to 10 fields"
    for entry in fields if isinstance(fields, list) else ():
        yield from _text_object(f"{where}: field", entry, 2000)
    if block.get("accessory") is not None:
        yield from _element(f"{where}: accessory", block["accessory"])


def _header(where: str, block: Json) -> Iterator[str]:
    yield from _text_object(f"{where}: text", block.get("text"), _TEXT_OF_BLOCK["header"], plain=True)


def _markdown(where: str, block: Json) -> Iterator[str]:
    if not isinstance(block.get("text"), str) or not block["text"]:
        yield f"{where}: text is missing"


def _image(where: str, block: Json) -> Iterator[str]:
    if not block.get("alt_text"):
        yield f"{where}: alt_text is missing"
    if not block.get("image_url") and not block.get("slack_file"):
        yield f"{where}: image_url or slack_file is missing"
    yield from _too_long(f"{where}: image_url", block.get("image_url"), _URL)
    yield from _too_long(f"{where}: alt_text", block.get("alt_text"), 2000)


def _input(where: str, block: Json) -> Iterator[str]:
    yield from _text_object(f"{where}: label", block.get("label"), 2000, plain=True)
    if block.get("hint") is not None:
        yield from _text_object(f"{where}: hint", block["hint"], 2000, plain=True)
    yield from _element(f"{where}: element", block.get("element"))


def _table(where: str, block: Json) -> Iterator[str]:
    rows = block.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= 100:
        yield f"{where}: 1 to 100 rows"
        return
    if any(not isinstance(row, list) or not 1 <= len(row) <= 20 for row in rows):
        yield f"{where}: 1 to 20 cells in a row"


def _rich_text(where: str, block: Json) -> Iterator[str]:
    if not isinstance(block.get("elements"), list):
        yield f"{where}: elements are missing"


def _elements(where: str, block: Json, limit: int) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= limit:
        yield f"{where}: 1 to {limit} elements"
        return
    if _repeats(element.get("action_id") for element in _dicts(elements)):
        yield f"{where}: an action_id stands twice"
    for element in elements:
        if block["type"] == "context" and isinstance(element, dict) and element.get("type") != "image":
            yield from _text_object(f"{where}: element", element, 3000)
        else:
            yield from _element(f"{where}: element", element)


def _element(where: str, element: object) -> Iterator[str]:
    if not isinstance(element, dict) or not element.get("type"):
        yield f"{where}: not an element"
        return
    yield from _too_long(f"{where}: action_id", element.get("action_id"), _ID)
    yield from _too_long(f"{where}: url", element.get("url"), _URL)
    if element["type"] == "button":
        yield from _text_object(f"{where}: text", element.get("text"), _BUTTON_TEXT, plain=True)
        yield from _too_long(f"{where}: value", element.get("value"), _BUTTON_VALUE)
        if element.get("style") not in (None, "primary", "danger"):
            yield f"{where}: style must be primary or danger"
    if element["type"] == "image" and not element.get("alt_text"):
        yield f"{where}: alt_text is missing"
    if element.get("placeholder") is not None:
        yield from _text_object(f"{where}: placeholder", element["placeholder"], 150, plain=True)
    if element.get("options") is not None:
        yield from _options(where, element)
    for name, limit in _CONFIRM.items() if isinstance(element.get("confirm"), dict) else ():
        yield from _text_object(f"{where}: confirm {name}", element["confirm"].get(name), limit)


def _options(where: str, element: Json) -> Iterator[str]:
    limit = _OPTION_LIMITS.get(str(element["type"]), _OPTIONS)
    options = element["options"]
    if not isinstance(options, list) or not 1 <= len(options) <= limit:
        yield f"{where}: 1 to {limit} options"
    for option in _dicts(options):
        yield from _text_object(f"{where}: option", option.get("text"), _OPTION_TEXT)
        yield from _too_long(f"{where}: option value", option.get("value"), _OPTION_VALUE)


def _text_object(where: str, text: object, limit: int, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        yield f"{where}: not a text object"
        return
    if text.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
        yield f"{where}: wrong type of text"
    if not text["text"]:
        yield f"{where}: empty"
    yield from _too_long(where, text["text"], limit)


def _too_long(where: str, value: object, limit: int) -> Iterator[str]:
    if value is not None and not isinstance(value, str):
        yield f"{where}: not a text"
    elif value is not None and len(value) > limit:
        yield f"{where}: {len(value)} characters of at most {limit}"


def _repeats(ids: Iterator[object]) -> bool:
    given = [each for each in ids if isinstance(each, str) and each]
    return len(set(given)) != len(given)


def _dicts(items: object) -> list[Json]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
