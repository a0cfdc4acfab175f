"""Finds the interactive elements of blocks and says what Slack sends when somebody uses them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.console.values import Json, View

_INITIAL = tuple(
    f"initial_{what}"
    for what in """value date time date_time user conversation channel users conversations channels""".split()
)


def interactive(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) that somebody could use, in the order in which they stand."""
    for block in blocks:
        for element in [*_list(block, "elements"), *_list(block, "actions")]:
            if element.get("action_id"):
                yield block, element
        for part in ("accessory", "element"):
            single = block.get(part)
            if isinstance(single, dict) and single.get("action_id"):
                yield block, single
        for part in ("elements", "child_blocks"):
            if block.get("type") in {"carousel", "container"}:
                yield from interactive(_list(block, part))


def find_element(
    blocks: Sequence[Json], action_id: str, *, value: str | None = None, label: str | None = None
) -> tuple[Json, Json]:
    """The element of that action_id and, if given, that value (or option) and label. Raises LookupError."""
    for block, element in interactive(blocks):
        if action_id not in (element["action_id"], ""):
            continue
        values = [element.get("value"), *(option.get("value") for option in _list(element, "options"))]
        if value is not None and value not in values:
            continue
        if label is not None and label != label_of(element):
            continue
        return block, element
    raise LookupError(f"no element {action_id!r} value={value!r} label={label!r}")


def label_of(element: Json) -> str:
    """What a reader sees on a button or select."""
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def used(block: Json, element: Json, *, value: str | None, action_ts: str) -> Json:
    """The action that Slack reports for a use of an element; `value` picks an option or fills a text."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block.get("block_id") or "auto",
        "action_ts": action_ts,
    }
    if element["type"] == "button":
        action |= {"text": element["text"]} | ({"value": element["value"]} if "value" in element else {})
        return action
    return action | state_of(element, value)


def state_of(element: Json, value: object) -> Json:
    """The state of an input element that holds `value`: text, or the value(s) of options.

    Of a menu whose options the app suggests, `value` is the option itself (or a list of them).
    """
    kind = str(element["type"])
    if kind in {"static_select", "radio_buttons", "overflow"}:
        return {"type": kind, "selected_option": _option(element, value)}
    if kind in {"multi_static_select", "checkboxes"}:
        chosen = value if isinstance(value, list | tuple) else [value]
        return {"type": kind, "selected_options": [_option(element, v) for v in chosen if v is not None]}
    if kind in {"external_select", "multi_external_select"}:  # options that the app suggested, whole
        many = kind.startswith("multi_")
        return {
            "type": kind,
            "selected_options" if many else "selected_option": value or ([] if many else None),
        }
    names = {
        "datetimepicker": "selected_date_time",
        "datepicker": "selected_date",
        "timepicker": "selected_time",
        "users_select": "selected_user",
        "conversations_select": "selected_conversation",
        "channels_select": "selected_channel",
        "multi_users_select": "selected_users",
        "multi_conversations_select": "selected_conversations",
        "multi_channels_select": "selected_channels",
    }
    return {"type": kind, names.get(kind, "value"): value}


def view_values(blocks: Sequence[Json], filled: Mapping[str, object]) -> Json:
    """A view's `state.values`: `filled` (by action_id or block_id), else the initial values."""
    values: Json = {}
    for block, element in interactive(blocks):
        if block.get("type") != "input":
            continue
        block_id = str(block.get("block_id") or element["action_id"])
        value = filled.get(element["action_id"], filled.get(block_id, initial(element)))
        values.setdefault(block_id, {})[element["action_id"]] = state_of(element, value)
    return values


def inputs(blocks: Sequence[Json]) -> list[tuple[str, str, Json]]:
    """The (block id, label, element) of the inputs that must be filled; of all, when none must."""
    found = [(block, element) for block, element in interactive(blocks) if block.get("type") == "input"]
    needed = [pair for pair in found if not pair[0].get("optional")] or found
    return [
        (str(block.get("block_id") or element["action_id"]), str(block["label"]["text"]), element)
        for block, element in needed
    ]


def fill(view: View, texts: Mapping[str, str]) -> View:
    """The view as its reader sees it with these texts (by block_id) typed in."""
    blocks = [_filled(block, texts) for block in view.body["blocks"]]
    return replace(view, body=view.body | {"blocks": blocks})


def _filled(block: Json, texts: Mapping[str, str]) -> Json:
    text = texts.get(str(block.get("block_id")))
    if text is None or not isinstance(block.get("element"), dict):
        return block
    return block | {"element": block["element"] | {"initial_value": text}}


def initial(element: Json) -> object:
    """The value that an input element begins with, as `state_of` takes it."""
    for name in _INITIAL:
        if name in element:
            value: object = element[name]
            return value
    if "external" in element["type"]:
        return element.get("initial_option") or element.get("initial_options")
    if "initial_option" in element:
        return str(element["initial_option"]["value"])
    return [option["value"] for option in _list(element, "initial_options")] or None


def _option(element: Json, value: object) -> Json | None:
    options = [*_list(element, "options")]
    for group in _list(element, "option_groups"):
        options += _list(group, "options")
    if value is None:
        return None
    for option in options:
        if option.get("value") == value:
            return option
    raise LookupError(f"no option {value!r}")


def _list(holder: Json, key: str) -> list[Json]:
    found = holder.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
