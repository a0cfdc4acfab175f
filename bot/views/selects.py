"""Menus, radio buttons and fields: what a person chooses from, in a message or in a modal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.actions import Action
from bot.views.message import Block
from bot.views.text import plain_name

MAX_LABEL = 75
VALUE = "value"  # the action id of what a field of a modal holds


@dataclass(frozen=True, slots=True)
class Option:
    """What a person reads, and the value that comes back (at most 150 characters)."""

    label: str
    value: str


def select(
    action: Action | str, placeholder: str, options: Sequence[Option], chosen: str | None, *, index: int = 0
) -> Block:
    """A menu; `chosen` is the value of the option that is shown, if one is."""
    element: Block = {
        "type": "static_select",
        "action_id": f"{action}:{index}" if index else str(action),
        "placeholder": _plain(placeholder, 150),
        "options": [_option(option) for option in options],
    }
    return element | _initial(options, chosen)


def radio(options: Sequence[Option], chosen: str) -> Block:
    """Options of which each is seen; for a field."""
    element: Block = {
        "type": "radio_buttons",
        "action_id": VALUE,
        "options": [_option(option) for option in options],
    }
    return element | _initial(options, chosen)


def time_picker(hour: int, minute: int) -> Block:
    """A time of day; for a field."""
    return {"type": "timepicker", "action_id": VALUE, "initial_time": f"{hour:02}:{minute:02}"}


def line(initial: str) -> Block:
    """A line of text; for a field."""
    element: Block = {"type": "plain_text_input", "action_id": VALUE}
    return element | ({"initial_value": initial} if initial else {})


def field(block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """A field of a modal, in which an element stands."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label, 150),
        "element": element,
        "optional": optional,
    }
    return block | ({"hint": _plain(hint, 300)} if hint else {})


def held(view: Mapping[str, Any], block_id: str) -> str:
    """What a field holds: its text, its time or the value of its option; "" for nothing."""
    values = (view.get("state") or {}).get("values") or {}
    found = (values.get(block_id) or {}).get(VALUE) or {}
    option = found.get("selected_option") or {}
    return str(option.get("value") or found.get("selected_time") or found.get("value") or "").strip()


def _initial(options: Sequence[Option], chosen: str | None) -> Block:
    shown = next((option for option in options if option.value == chosen), None)
    return {} if shown is None else {"initial_option": _option(shown)}


def overflow(action: Action, options: Sequence[Option], *, index: int = 0) -> Block:
    """The "…" menu of what can be done, at most five things."""
    return {
        "type": "overflow",
        "action_id": f"{action}:{index}" if index else str(action),
        "options": [_option(option) for option in options],
    }


def _option(option: Option) -> Block:
    return {"text": _plain(option.label, MAX_LABEL), "value": option.value}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": plain_name(text, limit), "emoji": False}
