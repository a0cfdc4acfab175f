"""The modal that takes the text of an article.

Slack documents 3,000 characters for a text field and takes more when no max_length is set (node-slack-sdk
#940); an article has 8,000. So the field sets none, and others continue it where 3,000 is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import UserError
from bot.locale import N_, _
from bot.views.actions import Callback, Target, write_target
from bot.views.blocks import modal, text_input
from bot.views.message import View

PASTE_BLOCK = "text"  # the field under which problems are shown
_TITLE_BLOCK = "title"
_TEXT_BLOCKS = (PASTE_BLOCK, "text_2", "text_3", "text_4")
_WHO_SEES = N_("Everybody who sees the channel can see what I find in it.")
_SHORTEST = 80  # characters; less is a headline
_LONGEST = 200_000
_SENTENCE_END = re.compile(r"""[.!?…:;]["'”’»)\]]*$""")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that a person gave on purpose."""

    title: str | None
    text: str


def paste_modal(target: Target) -> View:
    """The modal; the target comes back as its private_metadata."""
    more = _("Only when the field above is full.")
    fields = [
        text_input(_TITLE_BLOCK, _("Title"), optional=True),
        text_input(
            PASTE_BLOCK,
            _("Text of the article"),
            hint=_(_WHO_SEES),
            multiline=True,
        ),
        *(
            text_input(block_id, _("Text, continued"), hint=more, multiline=True, optional=True)
            for block_id in _TEXT_BLOCKS[1:]
        ),
    ]
    return modal(Callback.PASTE_TEXT, _("Paste the article"), _("Read it"), fields, write_target(target))


def read_paste(view: Mapping[str, Any]) -> Pasted:
    """What was typed into a submitted modal; raises UserError when it is no article's text."""
    values = (view.get("state") or {}).get("values") or {}
    parts = [part for block_id in _TEXT_BLOCKS if (part := _typed(values, block_id))]
    text = ""
    for part in parts:
        # A part that ends in mid-sentence was cut by the field's limit, not by its writer.
        joint = "" if not text else "\n\n" if _SENTENCE_END.search(text) else " "
        text += joint + part
    if len(text) < _SHORTEST:
        raise UserError(_("That is too short for an article. Paste its whole text."), code="text_too_short")
    if len(text) > _LONGEST:
        raise UserError(_("That is too long for one article. Paste a part of it."), code="text_too_long")
    return Pasted(_typed(values, _TITLE_BLOCK) or None, text)


def _typed(values: Mapping[str, Any], block_id: str) -> str:
    return str(((values.get(block_id) or {}).get("value") or {}).get("value") or "").strip()
