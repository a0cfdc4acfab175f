"""Menus of which one option is chosen, beside a paragraph or in a field of a modal."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.actions import Action
from bot.views.message import Block
from bot.views.text import plain_name

MAX_LABEL = 75


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
    shown = next((option for option in options if option.value == chosen), None)
    if shown is not None:
        element["initial_option"] = _option(shown)
    return element


def _option(option: Option) -> Block:
    return {"text": _plain(option.label, MAX_LABEL), "value": option.value}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": plain_name(text, limit), "emoji": False}
