"""The stand-in judges raw JSON by its own rules; these and the ones the views are tested with must agree."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.rules import message_problems, view_problems
from bot.console.values import Json
from bot.views.limits import block_problems
from tests.console.building import LIMITS, modal, plain

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KINDS = st.sampled_from("section header context actions image input markdown rich_text table x".split())
PARTS = st.sampled_from("text fields accessory elements element label rows block_id alt_text options".split())
BLOCK = st.builds(lambda kind, parts: parts | {"type": kind}, KINDS, st.dictionaries(PARTS, JSON))


@pytest.mark.parametrize(("message", "limit"), LIMITS)
@pytest.mark.parametrize("past", [0, 1])
def test_both_sets_of_rules_agree(message: Callable[[int], Json], limit: int, past: int) -> None:
    sent = message(limit + past)
    assert bool(message_problems(sent)) == bool(block_problems(sent["blocks"])) == bool(past)


@given(st.lists(BLOCK, max_size=3))
def test_whatever_an_app_sends_is_judged_without_raising(blocks: list[Json]) -> None:
    assert isinstance(message_problems({"blocks": blocks}), list)


@given(st.dictionaries(st.sampled_from("type title submit close blocks private_metadata".split()), JSON))
def test_whatever_view_an_app_sends_is_judged_without_raising(view: Json) -> None:
    assert view_problems(view)


def test_a_modal_with_an_input_needs_a_submit_button() -> None:
    element = {"type": "plain_text_input", "action_id": "a"}
    view = modal(blocks=[{"type": "input", "label": plain(3), "element": element}])
    assert view_problems(view)
    assert view_problems(view | {"submit": plain(4)}) == []
