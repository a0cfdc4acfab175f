"""The modal in which a person follows a company for themselves, opened from App Home."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.digest.watching import Tier
from bot.locale import _
from bot.views.actions import Callback
from bot.views.blocks import modal, text_input
from bot.views.message import View
from bot.views.selects import Option, select
from bot.views.watch import tier_word

NAME_BLOCK = "follow_name"
_TIER_BLOCK = "follow_tier"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed into the modal, and how soon the person wants to hear."""

    typed: str
    tier: Tier


def follow_modal() -> View:
    """Asks whom to follow and how soon to tell."""
    options = [Option(tier_word(tier), tier.value) for tier in Tier]
    menu = select("value", _("How soon"), options, Tier.NOW.value)
    fields = [
        text_input(
            NAME_BLOCK,
            _("Company, or two with a comma between"),
            hint=_("For example: OpenAI, Microsoft"),
        ),
        {
            "type": "input",
            "block_id": _TIER_BLOCK,
            "label": {"type": "plain_text", "text": _("How soon"), "emoji": False},
            "element": menu,
        },
    ]
    return modal(Callback.FOLLOW, _("Follow"), _("Follow"), fields, "")


def read_follow(view: Mapping[str, Any]) -> Wish:
    """What was chosen; at once when nothing else can be read."""
    values = (view.get("state") or {}).get("values") or {}
    typed = (values.get(NAME_BLOCK) or {}).get("value") or {}
    chosen = ((values.get(_TIER_BLOCK) or {}).get("value") or {}).get("selected_option") or {}
    tier = next((tier for tier in Tier if tier.value == chosen.get("value")), Tier.NOW)
    return Wish(str(typed.get("value") or ""), tier)
