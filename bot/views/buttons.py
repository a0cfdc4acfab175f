"""The rows of buttons under answers, and the line that replaces them in a shared one."""

from collections.abc import Sequence

from bot.locale import _
from bot.queries import Command
from bot.views.actions import Action, State, write_state
from bot.views.blocks import MAX_VALUE, actions, button, context
from bot.views.message import Block, Message
from bot.views.text import user

MAX_CHOICES = 5


def page_buttons(command: Command, text: str, page: int, pages: int, *, shareable: bool) -> list[Block]:
    """Previous, Next and Share in channel, as far as each makes sense."""
    row = []
    if page > 0:
        row.append(_button(_("Previous"), Action.PAGE, State(command, text, page - 1), 1))
    if page + 1 < pages:
        row.append(_button(_("Next"), Action.PAGE, State(command, text, page + 1), 2))
    if shareable:
        row.append(_button(_("Share in channel"), Action.SHARE, State(command, text, page)))
    shown = [each for each in row if each]
    return [actions(*shown)] if shown else []


def run_buttons(command: Command, choices: Sequence[tuple[str, str]]) -> list[Block]:
    """A button for each (label, text of the command)."""
    row = [
        _button(label, Action.RUN, State(command, text), index)
        for index, (label, text) in enumerate(choices[:MAX_CHOICES], 1)
    ]
    shown = [each for each in row if each]
    return [actions(*shown)] if shown else []


def without_sharing(message: Message) -> Message:
    """The message as it stands where everybody sees it already: nothing in it offers to share it."""
    blocks = []
    for block in message.blocks:
        if block["type"] == "actions":
            kept = [each for each in block["elements"] if each.get("action_id") != Action.SHARE]
            if not kept:
                continue
            block = {**block, "elements": kept}
        blocks.append(block)
    return Message(message.text, tuple(blocks))


def shared_note(user_id: str | None) -> list[Block]:
    """Who put the answer into the channel; nothing when nobody did."""
    who = user(user_id)
    return [context(_("Shared by {person}").format(person=who))] if who else []


def _button(label: str, action: Action, state: State, index: int = 0) -> Block | None:
    """A button, or None when what it stands for does not fit into its value."""
    value = write_state(state)
    return button(label, action, value, index=index) if len(value) <= MAX_VALUE else None
